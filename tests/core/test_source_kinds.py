"""Code asks the sheet of a source, and never which source it is.

A comparison with a source kind is an else-branch in which the next source ends up by mistake.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

import cdk_esm
from cdk_esm.sources import SOURCES

PACKAGE: Final = Path(cdk_esm.__file__).parent
EXCEPTIONS: Final = {
    "template/kinds.py": "this is where the reader finds out which kind of source a mapping has",
}
"""Files outside of ``sources`` and beside the constructs that tell kinds apart, and why they may."""

ASKING: Final = {"source", "kind"}
"""The names that hold a source kind in this package."""


def literals(node: ast.AST) -> set[object]:
    """The constants in a piece of code."""
    return {one.value for one in ast.walk(node) if isinstance(one, ast.Constant)}


def name_of(node: ast.AST) -> str | None:
    """The name that a value is asked from: ``source`` of ``source`` and of ``plan.source``."""
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else None


def asks_for_a_kind(node: ast.AST) -> bool:
    """Whether a piece of code tells one source kind from another."""
    if isinstance(node, ast.Compare):
        sides = (node.left, *node.comparators)
        return any(name_of(side) in ASKING for side in sides) and any(literals(side) & set(SOURCES) for side in sides)
    if isinstance(node, ast.Match):
        return name_of(node.subject) in ASKING and any(literals(case.pattern) & set(SOURCES) for case in node.cases)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("startswith", "find"):
        begins = [word for word in literals(node) if isinstance(word, str) and len(word) > 1]
        return any(kind.startswith(word) for word in begins for kind in SOURCES)
    return False


def asking(text: str) -> list[int]:
    """The lines of a text of Python that tell source kinds apart."""
    return [node.lineno for node in ast.walk(ast.parse(text)) if asks_for_a_kind(node) and hasattr(node, "lineno")]


def files() -> Iterator[tuple[str, str]]:
    """The files that must not, with their texts: all but the sheets and the constructs of one source each."""
    constructs = {sheet.construct for sheet in SOURCES.values()}
    for file in sorted(PACKAGE.rglob("*.py")):
        name, text = file.relative_to(PACKAGE).as_posix(), file.read_text(encoding="utf-8")
        classes = {node.name for node in ast.parse(text).body if isinstance(node, ast.ClassDef)}
        if not name.startswith("sources/") and not classes & constructs:
            yield name, text


def test_nothing_asks_which_source_it_is_but_where_kinds_are_found_out() -> None:
    found = {name: lines for name, text in files() if (lines := asking(text))}

    assert {name: lines for name, lines in found.items() if name not in EXCEPTIONS} == {}, "give the sheet a field"
    assert set(found) == set(EXCEPTIONS), "an exception that nobody needs any more"


@pytest.mark.parametrize(
    "text",
    [
        'plan.source == "sqs"',
        'if "kinesis" != sheet.kind: pass',
        'source in ("sqs", "sqs-fifo")',
        'plan.source not in {"msk"}',
        'plan.source.startswith("sqs")',
        'kind.startswith(("kinesis", "other"))',
        'match plan.source:\n    case "dynamodb" | "msk": pass',
        'key = 1 if plan.facts.kind == "rabbitmq" else 2',
    ],
)
def test_a_question_for_a_source_is_seen(text: str) -> None:
    assert asking(text)


@pytest.mark.parametrize(
    "text",
    [
        'failure.kind == "queue"',
        "plan.source == other.source",
        'SOURCES["sqs"]',
        'name.startswith("AWS::")',
        'reader = {"sqs": read_queue}[plan.source]',
        'arn.service == "sqs"',
    ],
)
def test_other_questions_are_none(text: str) -> None:
    assert not asking(text)
