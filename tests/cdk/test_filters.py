"""Filters in each of their forms: what the template carries, and what is refused before there is one."""

import json
from typing import Any

import aws_cdk as cdk
import pytest

import cdk_esm as esm
from tests.cdk.templates import properties

f = esm.filters.f
TEXT = '{"body":{"type":["created","paid"],"total":[{"numeric":[">=",100]}]}}'


def patterns(stack: cdk.Stack, function: esm.NewFunction, *filters: Any) -> list[str]:
    """The patterns of a bundle with these filters, as its template has them."""
    orders = esm.SqsToLambda(stack, "Orders", function=function, filters=filters)
    return [one["Pattern"] for one in properties(orders.mapping)["FilterCriteria"]["Filters"]]


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(
            f.body({"type": f.any_of("created", "paid"), "total": f.numeric(">=", 100)}),
            id="typed",
        ),
        pytest.param(
            {"body": {"type": f.any_of("created", "paid"), "total": f.numeric(">=", 100)}},
            id="typed-inside-a-dict",
        ),
        pytest.param(json.loads(TEXT), id="dict"),
        pytest.param(TEXT, id="text"),
    ],
)
def test_every_form_gives_the_same_template(given: Any, stack: cdk.Stack, function: esm.NewFunction) -> None:
    assert patterns(stack, function, given) == [TEXT]


def test_a_text_stays_as_it_was_given(stack: cdk.Stack, function: esm.NewFunction) -> None:
    text = '{ "body": { "name": ["Z\\u00fcrich"] } }'

    assert patterns(stack, function, text) == [text]


def test_several_filters_keep_their_order(stack: cdk.Stack, function: esm.NewFunction) -> None:
    given = (f.body({"type": f.equals("paid")}), {"body": {"type": ["returned"]}})

    assert patterns(stack, function, *given) == ['{"body":{"type":["paid"]}}', '{"body":{"type":["returned"]}}']


@pytest.mark.parametrize(
    ("given", "rule", "place"),
    [
        pytest.param({"data": {"type": ["paid"]}}, "ESM502", "filters[0].data", id="key-of-another-source"),
        pytest.param(f.data({"type": f.equals("paid")}), "ESM502", "filters[0].data", id="typed"),
        pytest.param({"body": ["paid"]}, "ESM506", "filters[0].body", id="plain-text"),
        pytest.param({"body": {"a": ["x", f.anything_but("x")]}}, "ESM522", "filters[0].body.a", id="takes-all"),
    ],
)
def test_what_would_match_nothing_or_everything_is_refused(
    given: Any, rule: str, place: str, stack: cdk.Stack, function: esm.NewFunction
) -> None:
    with pytest.raises(esm.InvalidMappingError) as refused:
        esm.SqsToLambda(stack, "Orders", function=function, filters=[given])

    [finding] = refused.value.findings
    assert (finding.rule.id, finding.severity) == (rule, esm.Severity.DANGER)
    assert finding.message.startswith(f"{place}: ")


def test_consent_with_a_reason_is_enough(stack: cdk.Stack, function: esm.NewFunction) -> None:
    reason = {"ESM506": "the device sends plain text"}
    orders = esm.SqsToLambda(
        stack, "Orders", function=function, filters=[f.body([f.prefix("paid ")])], acknowledge=reason
    )

    assert [one.acknowledged for one in orders.findings if one.rule.id == "ESM506"] == list(reason.values())


@pytest.mark.parametrize(
    "given",
    [
        pytest.param({"body": {"total": 100}}, id="dict"),
        pytest.param('{"body": {"total": 100}}', id="text"),
        pytest.param({"body": {"total": 100, "type": f.any_of("paid")}}, id="half-typed"),
    ],
)
def test_what_aws_refuses_is_told_with_its_place(given: Any, stack: cdk.Stack, function: esm.NewFunction) -> None:
    with pytest.raises(esm.InvalidMappingError) as refused:
        esm.SqsToLambda(stack, "Orders", function=function, filters=[given])

    [finding] = refused.value.findings
    assert finding.rule.id == "ESM501"
    assert finding.message == (
        "filters[0].body.total: the value of a field is a list or an object, got the number 100; write [100]"
    )
