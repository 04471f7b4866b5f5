from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.testing.plans import ids, mapping

ID = "ESM507"


@pytest.mark.parametrize("text", ['{"body":\n{"a": [1]}}', '{"body": {"a": [1]}}\n', '{"body":\r\n{"a": [1]}}'])
def test_line_break_is_pointed_out(text: str) -> None:
    assert ids(replace(mapping(), filters=(text,)), select=[ID]) == [ID]


@pytest.mark.parametrize("text", ['{"body": {"a": [1]}}', '{"body": {"a": ["two\\nlines"]}}', "no\njson"])
def test_one_line_and_an_escaped_break_are_fine_and_what_is_no_pattern_is_for_another_rule(text: str) -> None:
    assert ids(replace(mapping(), filters=(text,)), select=[ID]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    assert ids(replace(mapping(), filters=hidden), select=[ID]) == []
    assert ids(replace(mapping(), filters=(hidden,)), select=[ID]) == []
