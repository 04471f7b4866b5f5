"""A wrong call is answered for the source that the construct is for, and for no source if it is that of a record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
import pytest

import cdk_esm as esm
from cdk_esm.constructs import guard
from cdk_esm.constructs.intake import calls
from cdk_esm.plan import MappingPlan

WRONG: dict[str, tuple[str, Callable[[cdk.Stack, Any], object]]] = {
    "a-queue": ("sqs", lambda stack, wrong: esm.SqsToLambda(stack, "Orders", **wrong)),
    "a-fifo-queue": ("sqs-fifo", lambda stack, wrong: esm.SqsFifoToLambda(stack, "Orders", **wrong)),
    "a-stream": ("kinesis", lambda stack, wrong: esm.KinesisToLambda(stack, "Orders", **wrong)),
    "a-table": ("dynamodb", lambda stack, wrong: esm.DynamoDbToLambda(stack, "Orders", **wrong)),
    "a-queue-of-activemq": ("activemq", lambda stack, wrong: esm.ActiveMqToLambda(stack, "Orders", **wrong)),
    "a-queue-of-rabbitmq": ("rabbitmq", lambda stack, wrong: esm.RabbitMqToLambda(stack, "Orders", **wrong)),
    "a-change-stream": ("documentdb", lambda stack, wrong: esm.DocumentDbToLambda(stack, "Orders", **wrong)),
    "a-cluster": ("msk", lambda stack, wrong: esm.MskToLambda(stack, "Orders", **wrong)),
    "own-cluster": ("self-managed-kafka", lambda stack, wrong: esm.SelfManagedKafkaToLambda(stack, "Orders", **wrong)),
    "no-stack": ("kinesis", lambda _, wrong: esm.KinesisToLambda(None, "Orders", function=wrong)),  # type: ignore[arg-type]
    "a-new-queue": ("", lambda _, wrong: esm.NewQueue(**wrong)),
    "a-new-table": ("", lambda _, wrong: esm.NewTable(**wrong)),
    "a-new-function": ("", lambda _, wrong: esm.NewFunction(**wrong)),
}


@pytest.mark.parametrize(("source", "call"), WRONG.values(), ids=WRONG)
def test_a_wrong_call_is_about_the_source_of_its_construct(
    source: str, call: Callable[[cdk.Stack, Any], object], stack: cdk.Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[MappingPlan] = []

    def noted(plans: list[MappingPlan], **keywords: Any) -> list[esm.Finding]:
        seen.extend(plans)
        return esm.check(plans, **keywords)

    monkeypatch.setattr(calls, "check", noted)
    monkeypatch.setattr(guard, "check", noted)
    with pytest.raises(esm.EsmTypeError):
        call(stack, {"functoin": None})

    assert [plan.source for plan in seen] == [source]


def test_a_record_that_belongs_to_no_source_has_no_sheet() -> None:
    with pytest.raises(KeyError):
        _ = calls.malformed_plan("", "NewQueue", []).facts
