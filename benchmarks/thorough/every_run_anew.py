"""A pytest plugin for mutation tests: each run forgets what the runs before it left behind.

mutmut tests each mutant in a fork of a process that has imported and run all tests once. Three things would hide a
mutant there: values that were cached then, cases that a test module worked out when it was imported, and tables that
our own modules did. So the caches are emptied, the test modules are imported again, and our own too where a mutant is
in what they call when they are imported. What a test module calls while it is imported counts as reached by each of its
tests, and what our own modules call then as reached by all tests.

Two things beside that save hours. mutmut asks the environment at every call which mutant it tests, though the answer
stays the same for all of a run. And it runs every test that reaches a rule, as most tests of other rules do: here a
rule's mutants have to be killed by the rule's own tests, and those that look at every rule.

A mutant that never ends is stopped by the first test that takes much more processor time than it took without: mutmut
waits until all the tests together would have ended many times.
"""

import importlib
import os
import pkgutil
import signal
import sys
from collections.abc import Generator, Iterable
from pathlib import PurePath
from typing import Any

import pytest
from mutmut.configuration import config
from mutmut.mutation import trampoline
from mutmut.runners.harness import PytestRunner
from mutmut.state import state
from mutmut.utils.format_utils import mangled_name_from_mutant_name

REACHED: dict[str, set[str]] = {}
AT_IMPORT: set[str] = set()
SECONDS, TIMES = 3, 10
WITHOUT_MUTANT = ("", "fail", "stats", "list_all_tests", "mutant_generation")
OF_ALL_RULES = "test_every_rule"

_run_tests = PytestRunner.run_tests


def tests_of(mutant: str, tests: list[str]) -> list[str]:
    """The tests to run for a mutant, of those that reach it."""
    package, _, module = mutant.rpartition(".")[0].rpartition(".")
    if not package.startswith("cdk_esm.rules."):
        return tests
    files = (f"test_{module}", OF_ALL_RULES)
    return [test for test in tests if PurePath(test.partition("::")[0]).stem in files] or tests


def run_tests(self: PytestRunner, *, mutant_name: str | None, tests: Iterable[str]) -> int:
    """As mutmut runs tests for a mutant, and fewer of them."""
    return _run_tests(self, mutant_name=mutant_name, tests=tests_of(mutant_name or "", list(tests)))


PytestRunner.run_tests = run_tests  # type: ignore[method-assign]


def pytest_sessionstart() -> None:
    """Empty the caches, forget the test modules, and ask once for the mutant."""
    mutant = os.environ.get("MUTANT_UNDER_TEST", "")
    trampoline.get_mutant_under_test = lambda: mutant
    if mutant == "stats":
        import_everything()
    forgotten = ["tests"]
    if mutant not in WITHOUT_MUTANT and mangled_name_from_mutant_name(mutant) in AT_IMPORT:
        forgotten.append("cdk_esm")
    for name, module in list(sys.modules.items()):
        package = name.split(".")[0]
        if package in forgotten:
            del sys.modules[name]
        elif package == "cdk_esm":
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


def import_everything() -> None:
    """Import what is mutated, and note what it calls meanwhile."""
    for folder in config().source_paths:
        package = ".".join(folder.parts)
        for module in pkgutil.walk_packages([str(folder)], f"{package}."):
            importlib.import_module(module.name)
    AT_IMPORT.update(state()._stats)  # noqa: SLF001 - mutmut has no other place for it
    state()._stats.clear()  # noqa: SLF001


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Generator[None, Any, Any]:
    """Note what a test module calls while it is imported."""
    before = set(state()._stats)  # noqa: SLF001
    try:
        return (yield)
    finally:
        if isinstance(collector, pytest.Module):
            REACHED[collector.nodeid] = set(state()._stats) - before  # noqa: SLF001
            state()._stats.difference_update(REACHED[collector.nodeid])  # noqa: SLF001


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Count it for each test of the module, and limit the time that a mutant may take."""
    module = item.getparent(pytest.Module)
    if module is not None:
        state()._stats.update(AT_IMPORT, REACHED.get(module.nodeid, ()))  # noqa: SLF001
    if trampoline.get_mutant_under_test() not in WITHOUT_MUTANT:
        expected = state().duration_by_test.get(item.nodeid, 0)
        signal.setitimer(signal.ITIMER_PROF, SECONDS + TIMES * expected)  # SIGPROF ends the process
