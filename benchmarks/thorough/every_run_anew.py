"""A pytest plugin for mutation tests: each run forgets what the runs before it left behind.

mutmut tests each mutant in a fork of a process that has imported and run all tests once. Two things would hide mutants
there: values that were cached then, and cases that a test module worked out when it was imported. So the caches are
emptied, the test modules are imported again, and what a test module calls while it is imported counts as reached by
each of its tests.

Beside that, mutmut asks the environment at every call which mutant it tests. That is a third of the time, and the
answer stays the same for all of a run.
"""

import os
import sys
from collections.abc import Generator
from typing import Any

import pytest
from mutmut.mutation import trampoline
from mutmut.state import state

REACHED: dict[str, set[str]] = {}


def pytest_sessionstart() -> None:
    """Empty the caches, forget the test modules, and ask once for the mutant."""
    mutant = os.environ.get("MUTANT_UNDER_TEST", "")
    trampoline.get_mutant_under_test = lambda: mutant
    for name, module in list(sys.modules.items()):
        package = name.split(".")[0]
        if package == "cdk_esm":
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear"):
                    value.cache_clear()
        elif package == "tests":
            del sys.modules[name]


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Generator[None, Any, Any]:
    """Note what a test module calls while it is imported."""
    before = set(state()._stats)  # noqa: SLF001 - mutmut has no other place for it
    try:
        return (yield)
    finally:
        if isinstance(collector, pytest.Module):
            REACHED[collector.nodeid] = set(state()._stats) - before  # noqa: SLF001
            state()._stats.difference_update(REACHED[collector.nodeid])  # noqa: SLF001


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Count it for each test of the module."""
    module = item.getparent(pytest.Module)
    if module is not None:
        state()._stats.update(REACHED.get(module.nodeid, ()))  # noqa: SLF001
