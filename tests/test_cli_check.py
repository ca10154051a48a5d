"""cli/check.py: what is said of findings, and the exit code."""

import json
import re
from pathlib import Path

from formgen.findings import ExitCode
from tests.support.locals import BROKEN, MINIMAL, SAMPLES, write, write_local

PRIVATE = f"{MINIMAL}archive: {{documents: [mentor-reflection]}}\n"
PLEDGE = "content/en/pledges/mentor-pledge.yaml"


def found_in(text):
    """Return the lines of findings, without those that show where they are."""
    return [line for line in text.splitlines() if not line.startswith(" ")]


def test_checking_a_sound_local_says_so(run):
    said = run("check", *SAMPLES)

    typed = " ".join(map(str, SAMPLES))
    assert (said.code, said.err) == (0, "")
    assert said.out == (
        f"Nothing is wrong.\nLooked at {len(SAMPLES)} locals. Then: formgen build {typed}\n"
    )


def test_checking_says_what_it_looked_at_what_is_empty_and_what_comes_next(run):
    write_local(Path("a"), {"local": {"president": "Ana Ruiz"}, "dates": {"matched_by": ""}})

    said = run("check", "a")

    _, looked, empty, then = said.out.splitlines()
    assert re.fullmatch(r"Looked at a/local\.yaml: \d+ documents, \d+ packets\.", looked)
    listed = empty.removeprefix("Still empty, and so on no page: ").rstrip(".").split(", ")
    assert {"brand.logo", "dates.matched_by", "local.address", "events"} <= {*listed}
    assert "local.president" not in listed
    assert then == "Then: formgen build a"


def test_checking_without_a_local_checks_all_of_the_usual_folder(run):
    write_local(Path("content/locals/a"))
    write_local(Path("content/locals/b"))

    assert "Looked at 2 locals. Then: formgen build content/locals\n" in run("check").out


def test_checking_quietly_says_nothing_of_a_sound_local(run):
    said = run("check", SAMPLES[0].parent, "--quiet")

    assert (said.code, said.out, said.err) == (0, "", "")


def test_checking_a_folder_checks_every_local_below(run):
    write_local(Path("state/a"))
    write_local(Path("state/b"), BROKEN)

    said = run("check", "state")

    assert said.code == ExitCode.BAD_INPUT
    assert {line.split(":")[0] for line in found_in(said.err)} == {"state/b/local.yaml"}
    assert re.fullmatch(
        r"\d+ mistakes? to correct; nothing is built before\. Then: formgen check state\n", said.out
    )


def test_the_local_of_the_folder_one_stands_in_is_meant(run):
    write_local(Path())

    assert run("check").out.startswith("Nothing is wrong.\n")


def test_checking_tells_every_finding_of_every_local_with_paths_as_seen_from_here(run):
    write_local(Path("a"), BROKEN)
    write_local(Path("b"), "a: [\n")
    write(Path("c") / PLEDGE, "lead: '{{ nobody }}'\n")
    write_local(Path("c"))

    said = run("check", "a", "b", "c", "d")

    lines = found_in(said.err)
    assert said.code == ExitCode.BAD_INPUT
    assert [re.split(r"(:\d+)*: ", line)[0] for line in lines] == [
        "a/local.yaml",
        "a/local.yaml",
        "b/local.yaml",
        f"c/{PLEDGE}",
        "d",
    ]
    assert all(" error[" in line for line in lines)


def test_a_warning_is_told_and_does_no_harm(run):
    write_local(Path(), {"program": {"governance": "joint"}})

    said = run("check")

    assert said.code == ExitCode.ALL_BUILT
    assert said.err.startswith("local.yaml:")
    assert ": warning[one-sided]: " in said.err


def test_what_policy_refuses_has_a_code_of_its_own(run):
    write_local(Path(), PRIVATE)

    said = run("check")

    assert said.code == ExitCode.REFUSED
    assert "error[private]: mentor-reflection belongs to the pair alone" in said.err


def test_findings_as_json_are_those_of_the_text(run):
    write_local(Path("a"), BROKEN)
    text, data = run("check", "a"), run("check", "a", "--json")

    findings = json.loads(data.out)["findings"]
    assert (data.code, data.err) == (text.code, "")
    assert [
        "{file}:{line}:{column}: ".format(**finding["place"])
        + "{severity}[{code}]: {message} Fix: {fix}".format(**finding)
        for finding in findings
    ] == found_in(text.err)
    assert all(set(f) >= {"policy", "details"} for f in findings)


def test_no_findings_as_json(run):
    write_local(Path("a"))

    assert json.loads(run("check", "a", "--json").out) == {
        "format": 1,
        "findings": [],
        "sentences": [],
    }


def test_reading_prints_every_sentence_with_a_value_by_document(run):
    write_local(Path("a"), {"meetings": {"frequency": "at noon"}})

    said = run("check", "a", "--read")

    lines = said.out.splitlines()
    title = lines.index("Welcome letter for mentees (L5)")
    assert "  How often: «at noon»." in lines[title + 1 :]
    assert lines[-1] == "Then: formgen build a"
    assert (said.code, said.err) == (0, "")


def test_reading_several_locals_names_each(run):
    write_local(Path("state/a"))
    write_local(Path("state/b"))

    lines = run("check", "state", "--read", "--quiet").out.splitlines()

    assert [line for line in lines if line.endswith("local.yaml:")] == [
        "state/a/local.yaml:",
        "state/b/local.yaml:",
    ]


def test_a_local_with_mistakes_is_not_read(run):
    write_local(Path("a"), BROKEN)

    said = run("check", "a", "--read")

    assert (said.code, "«" in said.out) == (ExitCode.BAD_INPUT, False)


def test_reading_for_programs_names_the_settings(run):
    write_local(Path("a"), {"meetings": {"frequency": "at noon"}})

    told = json.loads(run("check", "a", "--read", "--json").out)

    (found,) = (
        each
        for each in told["sentences"]
        if each["code"] == "F16" and any(part["text"] == "at noon" for part in each["parts"])
    )
    assert found["local"] == "a/local.yaml"
    assert found["parts"] == [
        {"text": "The program suggests: ", "setting": ""},
        {"text": "at noon", "setting": "meetings.frequency"},
    ]
