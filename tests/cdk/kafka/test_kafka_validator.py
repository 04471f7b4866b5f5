"""What AWS's own template validator, the one inside CDK, says of mappings on Kafka: no error, no warning."""

from __future__ import annotations

import aws_cdk as cdk
import pytest

from cdk_esm import NewFunction
from tests.cdk.kafka.variants import Variant, by_name, every_variant
from tests.cdk.streams.test_stream_validator import Validate, complaints
from tests.cdk.templates import template

__all__ = ["complaints"]
pytest.importorskip("cloudformation_validate")


@every_variant
def test_a_mapping_on_kafka_has_no_error_and_no_warning(
    variant: Variant, stack: cdk.Stack, function: NewFunction, complaints: Validate
) -> None:
    variant.build(stack, function)

    assert complaints(template(stack)) == []


def test_the_validator_reads_the_settings_of_a_mapping_on_kafka(
    stack: cdk.Stack, function: NewFunction, complaints: Validate
) -> None:
    by_name["msk-to-topic"].build(stack, function)
    document = template(stack)
    for resource in document["Resources"].values():
        if resource["Type"] == "AWS::Lambda::EventSourceMapping":
            resource["Properties"]["ProvisionedPollerConfig"]["MinimumPollers"] = 0
            resource["Properties"]["AmazonManagedKafkaEventSourceConfig"]["ConsumerGroupId"] = "a" * 201
    found = complaints(document)

    assert any("MinimumPollers" in text for text in found)
    assert any("ConsumerGroupId" in text for text in found)
