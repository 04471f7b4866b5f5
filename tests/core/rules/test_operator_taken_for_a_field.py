from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable
from cdk_esm.plan import Door
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping

ID = "ESM528"


@pytest.mark.parametrize(
    ("source", "pattern", "place"),
    [
        pytest.param("sqs", '{"body": {"total": {"numeric": [">=", 100]}}}', "body.total.numeric", id="numeric"),
        pytest.param("kinesis", '{"data": {"a": {"anything-but": ["b"]}}}', "data.a.anything-but", id="anything-but"),
        pytest.param(
            "msk", '{"value": {"a": {"anything-but": {"prefix": ["b"]}}}}', "value.a.anything-but", id="nested"
        ),
        pytest.param(
            "rabbitmq",
            '{"data": {"$or": [{"a": {"equals-ignore-case": ["b"]}}, {"c": ["d"]}]}}',
            None,
            id="refused inside or",
        ),
    ],
)
def test_operator_outside_of_a_list_is_a_danger(source: str, pattern: str, place: str | None) -> None:
    plan = replace(mapping(source), filters=(pattern,), door=Door.CONSTRUCT)
    if place is None:
        assert ids(plan, select=[ID, "ESM501"]) == ["ESM501"]
        return

    (finding,) = check([plan], select=[ID])

    assert finding.setting == "FilterCriteria"
    assert f"[0].{place}: " in finding.message
    assert "for the name of a field, so this matches nothing: Lambda " in finding.message


@pytest.mark.parametrize(
    ("source", "pattern"),
    [
        pytest.param("sqs", '{"body": {"total": [{"numeric": [">=", 100]}]}}', id="in a list"),
        pytest.param("sqs", '{"body": {"phone": {"prefix": ["+41"], "numeric": [true]}}}', id="words"),
        pytest.param("sqs", '{"body": {"phone": {"exists": [true], "suffix": ["1"]}}}', id="further words"),
        pytest.param("sqs", '{"body": {"numeric": {"a": ["1"]}}}', id="object"),
        pytest.param("sqs", '{"body": {"numeric": [{"prefix": ">"}]}}', id="operator inside"),
        pytest.param("dynamodb", '{"dynamodb": {"Keys": {"anything-but": {"S": ["a"]}}}}', id="attribute"),
    ],
)
def test_field_that_is_called_so_is_fine(source: str, pattern: str) -> None:
    assert ids(replace(mapping(source), filters=(pattern,)), select=[ID]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_what_is_not_known_is_not_judged(hidden: Unknowable) -> None:
    assert ids(replace(mapping("sqs"), filters=hidden), select=[ID]) == []
    assert ids(replace(mapping("sqs"), filters=(hidden,)), select=[ID]) == []
