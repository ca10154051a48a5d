"""run.py, task.py: nothing is made twice, nothing is taken for something else, people stay out."""

import json
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formgen.codes import Code
from formgen.findings import Finding, InputError, Place
from formgen.graph.cache import Cache
from formgen.graph.interfaces import Watch, WorkError
from formgen.graph.run import MOST_OPEN, Run
from formgen.graph.store import Store
from formgen.graph.task import Made, Result, Task, WithFiles, Work, key_of, key_parts, work_task

PLACE = Place(Path("@0/local.yaml"))
PERSON = "Łucja"


@dataclass
class Workers:
    """Do work here, and remember what they got and made."""

    remote: bool = False
    seen: list[str] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    started: bool = False

    def start(self):
        self.started = True

    def submit(self, work, files, *, personal=False):
        self.seen.append(repr((work, files)))
        self.log.append(work.facts)
        future = Future()
        try:
            future.set_result(work.do(work.facts, {**work.carried, **files}))
        except Exception as problem:  # noqa: BLE001
            future.set_exception(problem)
        return future

    def problem(self, error):
        return WorkError(Code.TYPESET, f"it broke ({error}).", "mend it.")


def join(facts, files):
    """Put files together."""
    text = b"+".join(files[name] for name in sorted(files))
    return Made({"out": facts.encode() + b"(" + text + b")"}, {"length": len(text)})


def first_letter(facts, files):
    return Made({"out": b"".join(data[:1] for data in files.values())})


def broken(facts, files):
    raise ZeroDivisionError(facts)


def found(facts, files):
    return Made({"out": b"x"}, findings=(Finding(PLACE, Code.UNUSED_LOOK, facts),))


def of(name, do=join, *needs, lasting=True, personal=False, facts=None):
    """Return a task that works on the files of its needs."""

    def work(*results):
        files = {f"{n}": each.files["out"] for n, each in enumerate(results) if each.files}
        return Work(do, name if facts is None else facts, files, lasting=lasting)

    return replace(work_task(name, work, name, PLACE, needs), personal=personal)


def make(folder, *goals, workers=None, watch=None, code="1", store=None):
    """Make goals; return their results by name, the texts of their files, and what was done."""
    workers = workers or Workers()
    kept = store or Store(Cache(folder))
    run = Run(workers, kept, lambda _work: code, watch)
    results, texts = {}, {}
    for task, result in run.make(goals):
        results[task.name] = result
        texts[task.name] = {name: kept.read(digest) for name, digest in result.files.items()}
    return results, texts, workers.log


def wanting(name, *needs):
    """Return a task that is the files of others."""

    def steps():
        results = yield WithFiles(needs)
        return Result({f"{n}": each.files["out"] for n, each in enumerate(results) if each.files})

    return Task(name, steps)


def test_a_task_works_on_what_it_asked_for(tmp_path):
    _, texts, _ = make(tmp_path, of("top", join, of("a"), of("b")))

    assert texts == {"top": {"out": b"top(a()+b())"}}


def test_what_two_ask_for_is_made_once(tmp_path):
    shared = of("shared")
    _, _, done = make(tmp_path, of("top", join, of("a", join, shared), of("b", join, shared)))

    assert done.count("shared") == 1


def test_a_task_can_ask_for_more_when_it_knows_more(tmp_path):
    def steps():
        [first] = yield [of("first")]
        rest = yield [of(f"{n}") for n in range(first.facts["length"] + 2)]
        return Result(facts={"names": [each.facts["length"] for each in rest]})

    results, _, done = make(tmp_path, Task("top", steps))

    assert sorted(done) == ["0", "1", "first"]
    assert results["top"].facts == {"names": [0, 0]}


def test_few_goals_are_open_at_a_time_however_little_each_asks_for_first(tmp_path):
    begun, most, done = [], [0], []

    def goals():
        for number in range(20):
            begun.append(number)
            most[0] = max(most[0], len(begun) - len(done))
            yield of(f"kit {number}", join, of(f"page {number}", join, of(f"title {number}")))

    run = Run(Workers(), Store(Cache(tmp_path)), lambda _work: "1")
    for task, _ in run.make(goals()):
        done.append(task.name)

    assert sorted(done) == sorted(f"kit {number}" for number in range(20))
    assert most[0] <= MOST_OPEN


def test_the_same_work_is_not_done_again(tmp_path):
    make(tmp_path, of("top", join, of("a")))
    results, texts, done = make(tmp_path, of("top", join, of("a")))

    assert done == []
    assert texts["top"] == {"out": b"top(a())"}
    assert results["top"].facts == {"length": 3}


def test_other_code_other_facts_and_other_files_are_other_work(tmp_path):
    make(tmp_path, of("a"))

    assert make(tmp_path, of("a"), code="2")[2] == ["a"]
    assert make(tmp_path, of("a", facts="b"))[2] == ["b"]
    assert make(tmp_path, of("a", join, of("x")))[2] == ["x", "a"]


def test_an_equal_result_makes_nothing_above_it_anew(tmp_path):
    def top(word):
        return of("top", join, of("cut", first_letter, of("source", facts=word)))

    make(tmp_path, top("apple"))

    # Another source, the same first letter.
    assert make(tmp_path, top("avocado"))[2] == ["avocado", "cut"]


def test_a_warning_comes_back_with_what_it_is_about(tmp_path):
    for _ in range(2):
        results, _, _ = make(tmp_path, of("odd", found))
        assert [finding.message for finding in results["odd"].findings] == ["odd"]


def test_what_failed_is_a_finding_and_is_tried_again(tmp_path):
    for expected in (["bad", "good"], ["bad"]):
        results, _, done = make(tmp_path, of("bad", broken), of("good"))
        assert done == expected
        assert [str(each) for each in results["bad"].findings] == [
            "@0/local.yaml: error[typeset]: bad: it broke (bad). Fix: mend it."
        ]
        assert results["good"].files


def test_findings_end_a_task_and_no_other(tmp_path):
    def steps():
        yield [of("a")]
        raise InputError([Finding(PLACE, Code.EMPTY, "so it is.")])

    results, _, _ = make(tmp_path, Task("bad", steps), of("good"))

    assert [finding.code for finding in results["bad"].findings] == ["empty"]
    assert results["good"].files


def test_files_that_are_gone_are_made_again_where_they_are_read(tmp_path):
    top = wanting("files", of("top", join, of("a", lasting=False), lasting=False))
    _, texts, _ = make(tmp_path, top)
    # What does not last is let go with its goal.
    assert [path.read_bytes()[32:33] for path in files_in(tmp_path)] == [b"{", b"{"]

    _, again, done = make(tmp_path, top)

    assert done == ["a", "top"]
    assert again == texts == {"files": {"0": b"top(a())"}}


def test_files_that_nobody_reads_are_not_made_again(tmp_path):
    make(tmp_path, of("top", join, of("a", lasting=False)))

    assert make(tmp_path, of("top", join, of("a", lasting=False)))[2] == []


def test_a_result_known_by_its_leaves_asks_for_nothing(tmp_path):
    def whole(asked, leaves="1", is_good=lambda _: True):
        def steps():
            asked.append(leaves)
            yield [of("a")]
            return Result(facts={"made": leaves})

        return Task("whole", steps, leaves=leaves, is_good=is_good)

    asked = []
    for leaves in ("1", "1", "2", "1"):
        assert make(tmp_path, whole(asked, leaves))[0]["whole"].facts == {"made": leaves}
    assert asked == ["1", "2"]
    make(tmp_path, whole(asked, is_good=lambda _: False))
    assert asked == ["1", "2", "1"]


@pytest.mark.parametrize(
    "finding",
    [
        Finding(PLACE, Code.EMPTY, "an error."),
        Finding(Place(Path("/on/this/disk")), Code.UNUSED_LOOK, "a warning."),
    ],
)
def test_what_does_not_hold_elsewhere_is_not_known_by_its_leaves(finding, tmp_path):
    asked = []

    def steps():
        asked.append(1)
        yield []
        return Result(findings=(finding,))

    for _ in range(2):
        make(tmp_path, Task("whole", steps, leaves="1"))
    assert len(asked) == 2


def test_a_disk_without_room_is_made_up_for_by_memory(tmp_path):
    class Full(Cache):
        def put(self, key, content):
            return False

    _, texts, done = make(tmp_path, of("top", join, of("a")), store=Store(Full(tmp_path)))

    assert texts == {"top": {"out": b"top(a())"}}
    assert done == ["a", "top"]


def test_tasks_that_wait_for_each_other_are_a_bug_that_is_told(tmp_path):
    tasks = {}

    def steps(other):
        yield [tasks[other]]
        return Result()

    tasks["a"] = Task("a", lambda: steps("b"))
    tasks["b"] = Task("b", lambda: steps("a"))

    with pytest.raises(RuntimeError, match="wait for each other"):
        make(tmp_path, tasks["a"])


def test_each_part_of_work_is_part_of_its_key():
    work = Work(join, "facts", {"a": "1"})
    keys = {
        key_of(key_parts(each, code))
        for each, code in (
            (work, "1"),
            (work, "2"),
            (replace(work, do=first_letter), "1"),
            (replace(work, facts="other"), "1"),
            (replace(work, files={"a": "2"}), "1"),
            (replace(work, files={"b": "1"}), "1"),
            (replace(work, files={}), "1"),
        )
    }

    assert len(keys) == 7
    for same in (replace(work, carried={"kit": b"1"}), replace(work, here=True)):
        assert key_parts(same, "1") == key_parts(work, "1")


def test_whoever_watches_hears_of_work_and_of_keys(tmp_path):
    heard = []

    class Ear(Watch):
        def began(self, goal, task):
            heard.append(("began", goal.name, task.name))

        def ended(self, goal, task):
            heard.append(("ended", goal.name, task.name))

        def keyed(self, goal, task, parts, *, made):
            heard.append(("made" if made else "known", goal.name, task.name))

    make(tmp_path, of("top", join, of("a")), watch=Ear())
    assert heard == [
        ("made", "top", "a"),
        ("began", "top", "a"),
        ("ended", "top", "a"),
        ("made", "top", "top"),
        ("began", "top", "top"),
        ("ended", "top", "top"),
    ]
    heard.clear()
    make(tmp_path, of("top", join, of("a")), watch=Ear())
    assert heard == [("known", "top", "a"), ("known", "top", "top")]


def test_files_that_another_goal_lets_go_stay_for_those_who_need_them(tmp_path):
    store = Store(Cache(tmp_path))
    run = Run(Workers(), store, lambda _: "")

    def reading(name, *needs):
        def steps():
            [first] = yield needs
            # Others end meanwhile.
            yield [of(f"{name} later"), of(f"{name} latest")]
            return Result(facts={"there": store.read(first.files["out"]) is not None})

        return Task(name, steps)

    shared = of("shared", lasting=False)
    goals = [shared, reading("a", shared), shared, reading("b", shared)]
    found = {task.name: result.facts for task, result in run.make(goals)}

    assert found["a"] == found["b"] == {"there": True}


# --- People


def files_in(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


@st.composite
def graphs(draw):
    """Give tasks that need some of those before them, some of which say that they are personal."""
    count = draw(st.integers(1, 8))
    needs = [
        draw(st.lists(st.integers(0, n - 1), unique=True, max_size=3)) if n else []
        for n in range(count)
    ]
    return needs, draw(st.lists(st.booleans(), min_size=count, max_size=count))


@settings(max_examples=150, deadline=None)
@given(graph=graphs(), remote=st.booleans())
def test_what_is_personal_reaches_no_store_and_no_cluster(graph, remote, tmp_path_factory):
    folder = tmp_path_factory.mktemp("store")
    needs, says = graph
    tasks, is_personal = [], []
    for number, (asked, personal) in enumerate(zip(needs, says, strict=True)):
        # Whoever says so knows of a person, and what is made of that does as well.
        name = f"{PERSON} {number}" if personal else f"{number}"
        tasks.append(of(name, join, *(tasks[n] for n in asked), personal=personal))
        is_personal.append(personal or any(is_personal[n] for n in asked))
    workers = Workers(remote=remote)

    results, texts, _ = make(folder, wanting("all", *tasks), *tasks, workers=workers)

    assert [results[task.name].personal for task in tasks] == is_personal
    assert results["all"].personal == any(is_personal)
    # All is there, and what is personal knows of the person.
    known = [PERSON.encode() in texts[task.name]["out"] for task in tasks]
    assert known == is_personal
    kept = b"".join(path.read_bytes() for path in files_in(folder))
    secret = json.dumps(PERSON).strip('"')
    assert not {PERSON.encode(), secret.encode()} & {kept[n : n + 6] for n in range(len(kept))}
    if remote:
        assert not any(
            PERSON in seen or repr(PERSON.encode())[2:-1] in seen for seen in workers.seen
        )


def test_what_is_personal_is_let_go_with_its_goal(tmp_path):
    store = Store(Cache(tmp_path))
    run = Run(Workers(), store, lambda _: "")
    seen = []
    for _, result in run.make([of(PERSON, personal=True), of("next")]):
        seen += [store.read(digest) is not None for digest in result.files.values()]
        last = result
    assert seen == [True, True]
    assert len(store._memory) == 0
    assert store.read(last.files["out"]) is not None
