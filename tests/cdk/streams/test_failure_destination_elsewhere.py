"""A failure destination of another account is advised on at the construct."""

from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs
from aws_cdk.assertions import Template

import cdk_esm as esm

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
