"""Texts that only the deployment knows, in places of the Kafka constructs where they are a part of something."""

from __future__ import annotations

from typing import Any

import aws_cdk as cdk
import pytest

import cdk_esm as esm
from tests.cdk.kafka.variants import POLLERS, by_name
from tests.cdk.templates import properties, resources


def test_a_hidden_consumption_mode_goes_into_the_mapping(stack: cdk.Stack, function: esm.NewFunction) -> None:
    mode = cdk.CfnParameter(stack, "Mode").value_as_string
    made = by_name["own-scram-512-public"].build(stack, function, consumption_mode=mode)
    config = properties(made.mapping)["SelfManagedKafkaEventSourceConfig"]

    assert config["ConsumptionMode"] == {"Ref": "Mode"}


def test_with_a_hidden_mode_nobody_asks_for_a_position(stack: cdk.Stack, function: esm.NewFunction) -> None:
    mode = cdk.CfnParameter(stack, "Mode").value_as_string
    made = by_name["own-scram-512-public"].build(
        stack, function, consumption_mode=mode, starting_position=None, provisioned_poller_config=POLLERS
    )
    given = properties(made.mapping)

    assert "StartingPosition" not in given
    assert "MaximumRetryAttempts" not in given


@pytest.mark.parametrize("name", ["msk-iam-arn", "msk-iam-l1", "own-scram-512-public"])
def test_a_hidden_topic_for_failures_is_in_the_mapping_and_in_the_role(
    name: str, stack: cdk.Stack, function: esm.NewFunction
) -> None:
    topic = cdk.CfnParameter(stack, "Failed").value_as_string
    made = by_name[name].build(
        stack, function, on_failure=esm.OnFailure.kafka_topic(topic), provisioned_poller_config=POLLERS
    )
    destination = properties(made.mapping)["DestinationConfig"]["OnFailure"]["Destination"]

    assert destination == {"Fn::Join": ["", ["kafka://", {"Ref": "Failed"}]]}
    writing = [one for one in _statements(stack) if "kafka-cluster:WriteData" in one["Action"]]
    assert [_ends_in_parameter(one["Resource"]) for one in writing] == [True] * name.startswith("msk")


def _statements(stack: cdk.Stack) -> list[dict[str, Any]]:
    policies = resources(stack, "AWS::IAM::Policy").values()
    return [one for policy in policies for one in policy["Properties"]["PolicyDocument"]["Statement"]]


def _ends_in_parameter(arn: Any) -> bool:
    return isinstance(arn, dict) and arn["Fn::Join"][1][-1] == {"Ref": "Failed"}
