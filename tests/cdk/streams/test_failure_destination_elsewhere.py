"""A source or a failure destination of another account: advice at the construct, and what its policy says at synth."""

from dataclasses import replace
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs
from aws_cdk.assertions import Template

import cdk_esm as esm
from tests.cdk.reports import report

HERE, THERE = "111122223333", "444455556666"


@pytest.mark.parametrize(("account", "found"), [(THERE, ["ESM441"]), (HERE, [])])
@pytest.mark.parametrize("kind", ["queue", "topic"])
def test_a_destination_elsewhere_is_advised_on(
    kind: str, account: str, found: list[str], app: cdk.App, function: esm.NewFunction
) -> None:
    stack = cdk.Stack(app, "Shop", env=cdk.Environment(account=HERE, region="eu-west-1"))
    if kind == "queue":
        queue = sqs.Queue.from_queue_arn(stack, "Failed", f"arn:aws:sqs:eu-west-1:{account}:failed")
        chosen: Any = esm.OnFailure.queue(queue)
    else:
        chosen = esm.OnFailure.topic(
            sns.Topic.from_topic_arn(stack, "Failed", f"arn:aws:sns:eu-west-1:{account}:failed")
        )
    clicks = esm.KinesisToLambda(stack, "Clicks", function=function, on_failure=chosen)

    assert [one.rule.id for one in clicks.findings if one.rule.id == "ESM441"] == found
    assert "ESM426" not in [one.rule.id for one in esm.check(esm.read_template(Template.from_stack(stack).to_json()))]


def stacks(app: cdk.App) -> tuple[cdk.Stack, cdk.Stack, iam.Role]:
    """A stack here with the role of a function, and one of another account."""
    shop = cdk.Stack(app, "Shop", env=cdk.Environment(account=HERE, region="eu-west-1"))
    audit = cdk.Stack(app, "Audit", env=cdk.Environment(account=THERE, region="eu-west-1"))
    role = iam.Role(shop, "Role", role_name="fulfil", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
    return shop, audit, role


def found(app: cdk.App, *ids: str) -> set[str]:
    """Which of some rules speak about the templates as they are deployed together."""
    return {one["ruleName"].partition(" ")[0] for said in report(app) for one in said["violations"]} & {*ids}


@pytest.mark.parametrize(("let_in", "expected"), [(False, {"ESM442"}), (True, set())])
def test_the_policy_of_a_bucket_of_another_stack_answers(
    let_in: bool, expected: set[str], app: cdk.App, function: esm.NewFunction
) -> None:
    shop, audit, role = stacks(app)
    bucket = s3.Bucket(audit, "Failed", bucket_name="audit-failed")
    if let_in:
        bucket.grant_read_write(iam.ArnPrincipal(f"arn:aws:iam::{HERE}:role/fulfil"))
    function = replace(function, role=role)
    esm.KinesisToLambda(shop, "Clicks", function=function, on_failure=esm.OnFailure.bucket(bucket))

    assert found(app, "ESM441", "ESM442") == expected


@pytest.mark.parametrize(("let_in", "expected"), [(False, {"ESM414"}), (True, set())])
def test_the_policy_of_a_source_queue_of_another_stack_answers(
    let_in: bool, expected: set[str], app: cdk.App, function: esm.NewFunction
) -> None:
    shop, audit, role = stacks(app)
    queue = sqs.Queue(audit, "Orders", queue_name="orders", visibility_timeout=cdk.Duration.minutes(5))
    if let_in:
        queue.grant_consume_messages(iam.ArnPrincipal(f"arn:aws:iam::{HERE}:role/fulfil"))
    function = replace(function, role=role)
    keep = esm.NoDeadLetterQueue("the owner of the queue sees to it")
    esm.SqsToLambda(shop, "Fulfil", function=function, queue=queue, dead_letter_queue=keep)

    assert found(app, "ESM404", "ESM414") == expected
