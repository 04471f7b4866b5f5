"""Turns the conditions of a branch into a function that walks a record along them.

For each object of the pattern a Python function is written and compiled, the way ``dataclasses`` writes ``__init__``:
calling one function for each condition would cost three times as much as the conditions themselves. The text of the
function depends on the kinds of the conditions alone. Names and values of the pattern are never in it; they are
handed over as variables.

A walk is exact but for one case, in which it says so by ``UndecidedError``: a key of the record holds a dot and
could mean several steps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from types import CodeType
from typing import Any, Final, TypeAlias

from cdk_esm.filters.absence import MISSING, Tree, UndecidedError, array_test, joined, object_members, plain_members
from cdk_esm.filters.branches import Branch
from cdk_esm.filters.pattern import Condition
from cdk_esm.filters.values import Test, condition_test, numeric_range, plain_texts, takes_absence

Walk: TypeAlias = Callable[[dict[str, Any]], bool]

_PLAIN: Final = frozenset({str, int, float, bool, type(None)})
_FEW: Final = 4
"""How many keys it is quicker to look for one by one, as measured."""


def tree_of(branch: Branch) -> Tree | None:
    """The conditions by step; ``None`` if one is at a field and another below the same field."""
    root: Tree = {}
    for name, leaf in branch.items():
        *steps, last = name.split(".")
        node = root
        for step in steps:
            inner = node.setdefault(step, {})
            if isinstance(inner, Condition):
                return None
            node = inner
        if last in node:
            return None
        node[last] = leaf.condition
    return root


def walk_of(tree: Tree, otherwise: Test | None = None) -> Walk:
    """The function that walks one object. Conditions come before inner objects: they are cheaper.

    Args:
        tree: the conditions by step.
        otherwise: for the outermost object, what decides where the walk cannot; anything but an object never matches
            then.
    """
    given: dict[str, Any] = {"UndecidedError": UndecidedError, "PLAIN": _PLAIN, "MISSING": MISSING}
    steps: list[str] = []
    dotted = frozenset(joined(tree))
    if dotted:
        given |= {f"dotted{number}": name for number, name in enumerate(dotted)} | {"dotted": dotted}
        one_by_one = " or ".join(f"dotted{number} in node" for number in range(len(dotted)))
        there = one_by_one if len(dotted) <= _FEW else "not node.keys().isdisjoint(dotted)"
        steps.append(f"if {there}: raise UndecidedError")
    for number, (step, inner) in enumerate(sorted(tree.items(), key=lambda item: isinstance(item[1], dict))):
        given[f"key{number}"] = step
        if isinstance(inner, Condition):
            likely, fails = _settled_here(inner, number, given)
            given[f"other{number}"] = _other(inner)
        else:
            likely, fails = "type(value) is dict", f"not inner{number}(value)"
            given[f"inner{number}"] = walk_of(inner)
            given[f"other{number}"] = _not_an_object(inner, given[f"inner{number}"])
        steps.append(f"value = node.get(key{number}, MISSING)")
        steps.append(f"if {likely}:\n  if {fails}: return False")
        steps.append(f"elif not other{number}(value): return False")
    steps.append("return True")
    if otherwise is not None:
        given["otherwise"] = otherwise
        steps = [
            "if not isinstance(node, dict): return False",
            "try:",
            *(_indented(step) for step in steps),
            "except UndecidedError: return otherwise(node)",
        ]
    exec(_code("\n".join(["def walk(node):", *(_indented(step) for step in steps)])), given)  # noqa: S102
    walk: Walk = given["walk"]
    return walk


def _indented(lines: str) -> str:
    return " " + lines.replace("\n", "\n ")


@lru_cache(maxsize=1_000)
def _code(text: str) -> CodeType:
    return compile(text, "<filter pattern>", "exec")


def _settled_here(  # noqa: PLR0911 - one answer for each operator
    condition: Condition, number: int, given: dict[str, Any]
) -> tuple[str, str]:
    """Two expressions that settle the likely values of a condition without a call: whether it is one, and fails."""
    wanted = f"wanted{number}"
    texts = plain_texts(condition)
    if texts is not None:
        given[wanted] = texts
        return "type(value) is str", f"value not in {wanted}"
    matcher = condition.matchers[0]
    if len(condition.matchers) > 1 or matcher.inner is not None:
        return "False", "False"
    if matcher.operator in ("prefix", "suffix"):
        given[wanted] = matcher.values[0]
        return "type(value) is str", f"not value.{'starts' if matcher.operator == 'prefix' else 'ends'}with({wanted})"
    if matcher.operator == "anything-but" and isinstance(matcher.values[0], str):
        given[wanted] = frozenset(matcher.values)
        return "type(value) is str", f"value in {wanted}"
    if matcher.operator == "numeric":
        low, given[f"lowest{number}"], high, given[f"highest{number}"] = numeric_range(matcher)
        return (
            "type(value) is int or type(value) is float",
            f"not lowest{number} {low} value {high} highest{number}",
        )
    if matcher.operator == "exists":
        return "type(value) in PLAIN", str(not matcher.values[0])
    return "False", "False"


def _other(condition: Condition) -> Test:
    """The test of whatever is at a condition's field: a value, an array, an object, or nothing."""
    accepts, absence = condition_test(condition), takes_absence(condition)

    def other(value: Any) -> bool:
        if value is MISSING or isinstance(value, dict):
            return absence
        if not isinstance(value, list | tuple):
            return accepts(value)
        found = False
        for member in plain_members(value):
            if accepts(member):
                return True
            found = True
        return absence and not found

    return other


def _not_an_object(tree: Tree, walk: Walk) -> Test:
    """The test of what is found where the pattern has an object and the record has none."""
    absences = [takes_absence(condition) for condition in _conditions(tree)]
    all_absent, in_array = all(absences), array_test(tree, walk) if any(absences) else None

    def test(value: Any) -> bool:
        if isinstance(value, dict):
            return walk(value)
        if not isinstance(value, list | tuple):
            return all_absent
        if in_array is not None:
            return in_array(value)
        return any(walk(member) for member in object_members(value))

    return test


def _conditions(tree: Tree) -> Iterator[Condition]:
    for inner in tree.values():
        if isinstance(inner, Condition):
            yield inner
        else:
            yield from _conditions(inner)
