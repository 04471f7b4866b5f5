"""Advice and consent: how CDK hears of a finding, how a reason settles it, and where the reason is kept."""

from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_sqs as sqs
from constructs import IConstruct

from cdk_esm import InvalidMappingError, NewFunction, NewQueue, NoDeadLetterQueue, SqsToLambda
from tests.cdk.templates import made

REASON = "see runbook 12"


def queue(stack: cdk.Stack, *, visibility_seconds: int = 180, dead_letters: bool = True) -> sqs.Queue:
    """An existing queue, with what the caller wants to be wrong with it."""
    redrive = None
    if dead_letters:
        target = sqs.Queue(stack, "DeadLetters", retention_period=cdk.Duration.days(14))
        redrive = sqs.DeadLetterQueue(queue=target, max_receive_count=5)
    visibility = cdk.Duration.seconds(visibility_seconds)
    return sqs.Queue(stack, "Queue", visibility_timeout=visibility, dead_letter_queue=redrive)


def acknowledge(scope: IConstruct, rule: str) -> None:
    cdk.Validations.of(scope).acknowledge(cdk.Acknowledgment(id=f"cdk-esm::{rule}", reason=REASON))


def warnings(construct: IConstruct) -> list[str]:
    """What CDK is going to warn of."""
    return [str(entry.data) for entry in construct.node.metadata if entry.type == "aws:cdk:warning"]


def kept(bundle: SqsToLambda) -> Any:
    """What the mapping's metadata says of us."""
    return made(bundle.mapping).get("Metadata", {}).get("cdk-esm")


def test_advice_becomes_a_warning_of_cdk(stack: cdk.Stack, function: NewFunction) -> None:
    orders = SqsToLambda(stack, "Orders", function=function, queue=queue(stack, visibility_seconds=40))
    (finding,) = orders.findings
    (warning,) = warnings(orders)

    assert (finding.rule.id, finding.severity, finding.acknowledged) == ("ESM305", "advice", None)
    assert warning == f"{finding.message}; fix: {finding.fix}; see {finding.page} [ack: cdk-esm::ESM305]"


def test_advice_is_acknowledged_through_cdk_afterwards(stack: cdk.Stack, function: NewFunction) -> None:
    orders = SqsToLambda(stack, "Orders", function=function, queue=queue(stack, visibility_seconds=40))
    acknowledge(orders, "ESM305")

    assert warnings(orders) == []


@pytest.mark.parametrize("where", ["app", "stack"])
def test_advice_is_acknowledged_through_cdk_beforehand(
    where: str, app: cdk.App, stack: cdk.Stack, function: NewFunction
) -> None:
    acknowledge(app if where == "app" else stack, "ESM305")
    orders = SqsToLambda(stack, "Orders", function=function, queue=queue(stack, visibility_seconds=40))

    assert [finding.acknowledged for finding in orders.findings] == [REASON]
    assert warnings(orders) == []
    assert kept(orders) == {"acknowledged": {"ESM305": REASON}}


def test_advice_that_is_acknowledged_by_keyword_is_no_warning(stack: cdk.Stack, function: NewFunction) -> None:
    orders = SqsToLambda(
        stack,
        "Orders",
        function=function,
        queue=queue(stack, visibility_seconds=40),
        acknowledge={"ESM305": REASON},
    )

    assert [finding.acknowledged for finding in orders.findings] == [REASON]
    assert warnings(orders) == []
    assert kept(orders) == {"acknowledged": {"ESM305": REASON}}


def test_a_danger_raises_and_names_the_way_out(stack: cdk.Stack, function: NewFunction) -> None:
    with pytest.raises(InvalidMappingError) as caught:
        SqsToLambda(stack, "Orders", function=function, queue=queue(stack, dead_letters=False))

    assert [finding.rule.id for finding in caught.value.findings] == ["ESM308"]
    assert stack.node.try_find_child("Orders") is None


@pytest.mark.parametrize("where", ["app", "stack"])
def test_a_danger_that_is_acknowledged_above_passes_and_stays_in_the_template(
    where: str, app: cdk.App, stack: cdk.Stack, function: NewFunction
) -> None:
    acknowledge(app if where == "app" else stack, "ESM308")
    orders = SqsToLambda(stack, "Orders", function=function, queue=queue(stack, dead_letters=False))

    assert [(finding.rule.id, finding.acknowledged) for finding in orders.findings] == [("ESM308", REASON)]
    assert kept(orders) == {"acknowledged": {"ESM308": REASON}}


def test_a_danger_that_is_acknowledged_by_keyword_stays_in_the_template(
    stack: cdk.Stack, function: NewFunction
) -> None:
    without = queue(stack, dead_letters=False)
    orders = SqsToLambda(stack, "Orders", function=function, queue=without, acknowledge={"ESM308": REASON})

    assert kept(orders) == {"acknowledged": {"ESM308": REASON}}


def test_what_aws_refuses_is_not_acknowledged_through_cdk(stack: cdk.Stack, function: NewFunction) -> None:
    acknowledge(stack, "ESM301")

    with pytest.raises(ValueError, match="ESM301"):
        SqsToLambda(stack, "Orders", function=function, queue=queue(stack, visibility_seconds=20))


def test_a_quota_that_aws_can_raise_is_acknowledged_through_cdk(stack: cdk.Stack, function: NewFunction) -> None:
    acknowledge(stack, "ESM101")
    orders = SqsToLambda(stack, "Orders", function=function, max_concurrency=1_001)

    assert kept(orders) == {"acknowledged": {"ESM101": REASON}}


def test_an_acknowledgement_above_for_another_rule_is_not_kept(
    app: cdk.App, stack: cdk.Stack, function: NewFunction
) -> None:
    for rule in ("ESM208", "ESM304", "ESM999"):
        acknowledge(app, rule)
    acknowledge(app, "ESM308")
    orders = SqsToLambda(stack, "Orders", function=function, queue=queue(stack, dead_letters=False))

    assert kept(orders) == {"acknowledged": {"ESM308": REASON}}


@pytest.mark.parametrize(
    ("choices", "rules"),
    [
        pytest.param({"visibility_timeout_factor": 2}, ["ESM305"], id="factor"),
        pytest.param({"max_receive_count": 3}, ["ESM307"], id="receives"),
        pytest.param({"grants": False}, [], id="grants"),
        pytest.param({"report_batch_item_failures": False}, [], id="responses"),
    ],
)
def test_a_knob_that_is_turned_stays_in_the_template_and_leaves_what_aws_recommends(
    choices: dict[str, Any], rules: list[str], stack: cdk.Stack, function: NewFunction
) -> None:
    orders = SqsToLambda(stack, "Orders", function=function, **choices)

    assert [one.rule.id for one in orders.findings] == rules
    assert kept(orders) == {"choices": choices}


def test_no_dead_letter_queue_with_a_reason_counts_as_consent(stack: cdk.Stack, function: NewFunction) -> None:
    orders = SqsToLambda(stack, "Orders", function=function, dead_letter_queue=NoDeadLetterQueue(REASON))

    assert orders.findings == ()
    assert list(kept(orders)["choices"].values()) == [REASON]


def test_dead_letters_that_are_kept_for_less_time_want_a_reason(stack: cdk.Stack, function: NewFunction) -> None:
    day = NewQueue(retention_period=cdk.Duration.days(1))
    with pytest.raises(InvalidMappingError, match="ESM309"):
        SqsToLambda(stack, "Orders", function=function, dead_letter_queue=day)
    orders = SqsToLambda(stack, "Orders", function=function, dead_letter_queue=day, acknowledge={"ESM309": REASON})

    assert kept(orders) == {"acknowledged": {"ESM309": REASON}}
