"""The app that the type checkers read uses every keyword of every public class, so that none goes unchecked."""

from __future__ import annotations

import ast
import inspect
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest

import cdk_esm as esm
from cdk_esm import constructs

APP: Final = sorted((Path(__file__).parent / "app").glob("*.py"))
"""The app, in files: a new keyword goes into the call that has all of them."""
MADE_BY_METHODS: Final = {"Defaults", "OnFailure", "MskAuthentication", "KafkaAuthentication", "SchemaRegistry"}
"""Records that users make by methods, and never by their own call."""


def callables() -> Iterator[tuple[str, Callable[..., Any]]]:
    """What users call, each as they write it: constructs, records, the methods that make records, and functions."""
    for name in constructs.__all__:
        one = getattr(esm, name)
        if inspect.isclass(one) and name not in MADE_BY_METHODS:
            yield name, one
        elif inspect.isclass(one):
            makers = (method for method, made in vars(one).items() if isinstance(made, staticmethod))
            yield from ((f"{name}.{method}", getattr(one, method)) for method in makers)
        else:
            yield name, one
    yield "Defaults.of(app).set", esm.Defaults.set


def used() -> dict[str, set[str]]:
    """The keywords that the app uses, by what it calls."""
    found: dict[str, set[str]] = defaultdict(set)
    for node in (one for file in APP for one in ast.walk(ast.parse(file.read_text(encoding="utf-8")))):
        called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
        if isinstance(node, ast.Call) and called.startswith("esm."):
            found[called.removeprefix("esm.")] |= {one.arg for one in node.keywords if one.arg is not None}
    return found


USED: Final = used()
BY_PLACE: Final = {"allow_pollers": {"pollers"}, "Defaults.of(app).set": {"self"}}
"""Arguments that nobody writes by their names."""


@pytest.mark.parametrize(("name", "called"), [pytest.param(*one, id=one[0]) for one in callables()])
def test_the_app_calls_it_with_every_keyword(name: str, called: Callable[..., Any]) -> None:
    by_place = {"scope", "id"} if name.endswith(("ToLambda", "Dashboard")) else BY_PLACE.get(name, set())
    offered = set(inspect.signature(called).parameters) - by_place

    assert name in USED
    assert offered - USED[name] == set(), f"add these keywords to the call of esm.{name} in tests/typing/app"
    assert USED[name] <= offered
