from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import Door
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping

ID = "ESM501"


@pytest.mark.parametrize("text", ["null", "simple string", '{"eventSource": "aws:sqs"}', '{"eventSource": []}', "{}"])
def test_what_aws_calls_invalid_is_refused(text: str) -> None:
    assert ids(replace(mapping(), filters=(text,)), select=[ID]) == [ID]


def test_place_is_named_in_the_words_of_the_door() -> None:
    plan = replace(mapping(), filters=('{"body": {"a": ["b"]}}', '{"body": {"total": 100}}'))
    template, construct = (
        check([replace(plan, door=door)], select=[ID])[0] for door in (Door.TEMPLATE, Door.CONSTRUCT)
    )

    reason = "the value of a field is a list or an object, got the number 100; write [100]"
    assert template.message == f"FilterCriteria.Filters[1].body.total: {reason}"
    assert construct.message == f"filters[1].body.total: {reason}"
    assert construct.fix == "mend the pattern at filters[1].body.total"


def test_every_faulty_pattern_is_told() -> None:
    faulty = ('{"body": {"a": 1}}', '{"body": {"b": {}}}', "null")

    assert ids(replace(mapping(), filters=faulty), select=[ID]) == [ID] * 3


def test_misspelt_operator_is_told_the_right_one() -> None:
    (finding,) = check([replace(mapping(), filters=('{"body": {"a": [{"prefx": "x"}]}}',))], select=[ID])

    assert "did you mean 'prefix'?" in finding.message


def test_pattern_is_fine() -> None:
    assert ids(replace(mapping(), filters=('{"body": {"total": [{"numeric": [">", 100]}]}}',)), select=[ID]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    assert ids(replace(mapping(), filters=hidden), select=[ID]) == []
    assert ids(replace(mapping(), filters=(hidden, "null")), select=[ID]) == [ID]
