"""Matches one pattern on one JSON document, as AWS does.

A pattern is worked out once, into functions that walk a document along it. Where such a walk could be wrong, the
engine's own way in ``fields`` decides.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cdk_esm.filters import fields
from cdk_esm.filters.branches import Branch, branches
from cdk_esm.filters.decoding import read_json
from cdk_esm.filters.parsing import parse
from cdk_esm.filters.pattern import Pattern
from cdk_esm.filters.walking import tree_of, walk_of


def match(pattern: object, document: object) -> bool:
    """Whether one pattern matches one JSON document.

    Args:
        pattern: a pattern in any form that ``parse`` takes. A ``Pattern`` is worked out once; any other form each time.
        document: a parsed JSON object, or the JSON text of one. Nothing else matches any pattern. A record of an event
            source hides its payload in a text or in base64: ``compile`` knows how.

    Returns:
        True if all fields of the pattern match. Objects in an array match within one member.

    Raises:
        FilterPatternError: AWS refuses the pattern.
    """
    if type(pattern) is not Pattern:
        pattern = parse(pattern)
    if isinstance(document, str):
        try:
            document = read_json(document, written_floats=True)
        except ValueError:
            return False
    return (pattern.matcher or matcher(pattern))(document)


def matcher(pattern: Pattern) -> Callable[[Any], bool]:
    """The function that matches a document; made once and kept in the pattern."""
    if pattern.matcher is None:
        object.__setattr__(pattern, "matcher", any_of([branch_matcher(branch) for branch in branches(pattern.root)]))
    assert pattern.matcher is not None
    return pattern.matcher


def any_of(tests: list[Callable[[Any], bool]]) -> Callable[[Any], bool]:
    """The test that passes what any of the tests passes."""
    if len(tests) == 1:
        return tests[0]

    def test(document: Any) -> bool:
        for each in tests:  # noqa: SIM110 - any() is slower
            if each(document):
                return True
        return False

    return test


def branch_matcher(branch: Branch) -> Callable[[Any], bool]:
    """The function that matches the conditions of one branch."""
    conditions = fields.wanted(branch)

    def engines_way(document: Any) -> bool:
        return fields.matches(conditions, document)

    tree = tree_of(branch)
    return engines_way if tree is None else walk_of(tree, engines_way)
