"""Make what goals ask for: tasks ask for what they need, ready work goes to whoever is free.

One loop in one thread. A goal's tasks live as long as the goal; results wait in the store.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import replace
from queue import SimpleQueue

from formgen.faults import findings_from
from formgen.findings import Finding, InputError
from formgen.graph.interfaces import Watch, Workers
from formgen.graph.nodes import Goal, Node
from formgen.graph.store import Store
from formgen.graph.task import (
    Made,
    Result,
    Task,
    WithFiles,
    Work,
    key_of,
    key_parts,
)

# Another goal is begun while less work than this waits for the workers, so that they are busy
# meanwhile, and while fewer goals than this are open, so that hundreds of locals take no more
# memory: the first that a kit asks for is a single piece of work.
MOST_WAITING = 48
MOST_OPEN = 4
# How often a task asks anew for files that are gone when it wants to read them.
_MOST_TRIALS = 5


class Run:
    """Makes goals one after the other, and several at a time where there is room."""

    def __init__(
        self,
        workers: Workers,
        store: Store,
        code_of: Callable[[Work], str],
        watch: Watch | None = None,
    ) -> None:
        """Hand work to workers; ``code_of`` names the code and libraries that do it."""
        self._workers, self._store, self._code_of = workers, store, code_of
        self._watch = watch or Watch()
        self._ready: deque[Node] = deque()
        self._back: SimpleQueue[Future[Made]] = SimpleQueue()
        self._out: dict[Future[Made], tuple[Node, Work]] = {}
        self._done: deque[Goal] = deque()
        self._open = 0

    def make(self, goals: Iterable[Task]) -> Iterator[tuple[Task, Result]]:
        """Yield each goal with what became of it, as they are done."""
        coming = iter(goals)
        more = True
        while True:
            while self._ready:
                self._go_on(self._ready.popleft())
            yield from self._taken()
            if more and len(self._out) < MOST_WAITING and self._open < MOST_OPEN:
                goal = next(coming, None)
                more = goal is not None
                if goal is not None:
                    self._open += 1
                    self._node(Goal(goal), goal)
            elif self._out:
                self._take_back(self._back.get())
            elif self._open:
                message = "tasks wait for each other"
                raise RuntimeError(message)
            else:
                return

    def _taken(self) -> Iterator[tuple[Task, Result]]:
        while self._done:
            goal = self._done.popleft()
            self._open -= 1
            yield goal.task, goal.result
            for node in goal.nodes.values():
                self._store.let_go(node.held)
            # Goal and nodes hold each other, and would wait for Python's collector of cycles.
            goal.nodes.clear()

    def _node(self, goal: Goal, task: Task) -> Node:
        """Return the node of a task; one that is new is begun."""
        node = goal.nodes.get(task.name)
        if node is None:
            node = goal.nodes[task.name] = Node(task, goal)
            self._ready.append(node)
        return node

    def _go_on(self, node: Node) -> None:
        """Take a node one step further; whatever that raises costs its goal alone."""
        try:
            self._step(node)
        except Exception as problem:  # noqa: BLE001  (whatever the files of a goal raise)
            found = findings_from(problem, node.place)
            self._finish(node, Result(findings=found, personal=node.personal))

    def _step(self, node: Node) -> None:
        results: list[Result] | None = None
        if node.steps is None:
            if self._is_known_whole(node):
                return
            self._workers.start()
            node.steps = node.task.steps()
        elif self._wait_for([each for each in node.asked if each.result is None], node) or (
            node.needs_files and self._make_files(node)
        ):
            return
        else:
            results = [each.result for each in node.asked if each.result is not None]
        try:
            # A generator that was not begun takes nothing but None.
            request = node.steps.send(results)  # type: ignore[arg-type]
        except StopIteration as stop:
            self._conclude(node, stop.value)
            return
        node.needs_files = node.wants_files or isinstance(request, WithFiles)
        tasks = request.tasks if isinstance(request, WithFiles) else request
        node.asked = [self._node(node.goal, task) for task in tasks]
        node.needs += node.asked
        if not self._wait_for([each for each in node.asked if each.result is None], node):
            self._ready.append(node)

    def _wait_for(self, needs: list[Node], node: Node) -> bool:
        """Let a node wait for others; tell whether there is anything to wait for."""
        node.waiting = len(needs)
        for need in needs:
            need.waiters.append(node)
        return bool(needs)

    def _is_known_whole(self, node: Node) -> bool:
        """Finish a node whose result is known from its leaves alone."""
        task = node.task
        if not task.leaves or task.personal:
            return False
        node.key = key_of({"leaves": task.leaves})
        known = None if node.must_make else self._store.get(node.key)
        if known is None or not task.is_good(known):
            return False
        self._finish(node, known)
        return True

    def _make_files(self, node: Node) -> bool:
        """See that the files of what was asked for are there; tell whether that takes work."""
        missing = [each for each in node.asked if not self._has_files(each)]
        for each in missing:
            each.wants_files = each.must_make = True
            each.restart()
            self._ready.append(each)
        return self._wait_for(missing, node)

    def _has_files(self, node: Node) -> bool:
        files = node.result.files.values() if node.result else ()
        # What is held cannot get lost; a cache can, at any moment.
        return node.must_make or all(map(self._store.has, files))

    def _conclude(self, node: Node, end: Work | Result) -> None:
        """Take in what a task ends with: its result, or work that makes it."""
        if isinstance(end, Result):
            personal = node.personal or end.personal
            if node.key and not personal and _can_be_kept(end):
                self._store.keep_result(node.key, end)
            self._finish(node, replace(end, personal=personal))
            return
        if not node.personal:
            parts = key_parts(end, self._code_of(end))
            node.key = key_of(parts)
            known = None if node.must_make else self._store.get(node.key)
            self._watch.keyed(node.goal.task, node.task, parts, made=known is None)
            if known is not None:
                # Others who hold its files may let them go meanwhile.
                node.held += self._store.hold_too(known.files.values())
                self._finish(node, known)
                return
        files = {name: self._store.read(digest) for name, digest in end.files.items()}
        if any(data is None for data in files.values()):
            self._begin_anew(node)
            return
        self._hand_out(node, end, {name: data for name, data in files.items() if data is not None})

    def _begin_anew(self, node: Node) -> None:
        """Ask again for what a task needs, since files of it are gone."""
        node.trials += 1
        if node.trials > _MOST_TRIALS:
            message = f"{node.task.name} reads files that nothing it needs has made"
            raise RuntimeError(message)
        node.restart()
        node.wants_files = node.needs_files = True
        self._ready.append(node)

    def _hand_out(self, node: Node, work: Work, files: Mapping[str, bytes]) -> None:
        self._watch.began(node.goal.task, node.task)
        if work.here or (node.personal and self._workers.remote):
            future: Future[Made] = Future()
            try:
                future.set_result(work.do(work.facts, {**work.carried, **files}))
            except Exception as problem:  # noqa: BLE001  (as workers would hand it on)
                future.set_exception(problem)
        else:
            future = self._workers.submit(work, files, personal=node.personal)
        self._out[future] = node, work
        future.add_done_callback(self._back.put)

    def _take_back(self, future: Future[Made]) -> None:
        """Take in what work has become."""
        node, work = self._out.pop(future)
        self._watch.ended(node.goal.task, node.task)
        try:
            made = future.result()
        except InputError as problem:
            self._finish(node, Result(findings=problem.findings, personal=node.personal))
        except Exception as problem:  # noqa: BLE001  (whatever work raises)
            self._finish(node, self._failed(node, problem))
        else:
            if not node.personal:
                result = self._store.keep(node.key, made, lasting=work.lasting)
                node.held += result.files.values()
            if node.personal or node.must_make:
                result = self._store.hold(made, personal=node.personal)
                node.held += result.files.values()
            self._finish(node, result)

    def _failed(self, node: Node, error: Exception) -> Result:
        """Return the finding that an error becomes; another run tries again."""
        problem, task = self._workers.problem(error), node.task
        message = f"{task.label}: {problem}" if task.label else str(problem)
        found = Finding(node.place, problem.code, message, problem.fix)
        return Result(findings=(found,), personal=node.personal)

    def _finish(self, node: Node, result: Result) -> None:
        node.result, node.steps = result, None
        for waiter in node.waiters:
            waiter.waiting -= 1
            if not waiter.waiting:
                self._ready.append(waiter)
        node.waiters.clear()
        if node.task is node.goal.task:
            self._done.append(node.goal)


def _can_be_kept(result: Result) -> bool:
    """Tell whether a result holds later and elsewhere: without errors, and places on a disk."""
    return not any(
        finding.severity == "error" or finding.place.file.is_absolute()
        for finding in result.findings
    )
