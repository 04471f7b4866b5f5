from dataclasses import replace

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.plan import Door
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_queue

KINDS = [
    pytest.param("sqs", True, "SqsFifoToLambda", "sqs-fifo", id="fifo-where-standard-is-expected"),
    pytest.param("sqs-fifo", False, "SqsToLambda", "sqs", id="standard-where-fifo-is-expected"),
]


@pytest.mark.parametrize(("kind", "fifo", "construct", "other"), KINDS)
def test_a_queue_of_the_other_kind_is_refused_and_who_takes_it_is_named(
    *, kind: str, fifo: bool, construct: str, other: str
) -> None:
    plan = with_queue(mapping(kind), fifo=fifo)

    from_template, from_construct = check([plan, replace(plan, door=Door.CONSTRUCT)], select=["ESM212"])

    assert from_template.setting == from_construct.setting == "EventSourceArn"
    assert f"use the source kind {other}," in from_template.fix
    assert f"use {construct}," in from_construct.fix


@pytest.mark.parametrize("kind", ["sqs", "sqs-fifo"])
def test_a_queue_of_the_expected_kind_is_accepted(kind: str) -> None:
    assert ids(mapping(kind), select=["ESM212"]) == []


@pytest.mark.parametrize("hidden", [UNKNOWN, UNRESOLVED])
def test_a_hidden_kind_is_not_judged(hidden: object) -> None:
    assert ids(with_queue(mapping("sqs-fifo"), fifo=hidden), select=["ESM212"]) == []
