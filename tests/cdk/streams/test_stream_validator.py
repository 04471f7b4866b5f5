"""What AWS's own template validator, the one inside CDK, says of the stream bundles: no error, no warning."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
import pytest

from cdk_esm import KinesisToLambda, NewFunction
from tests.cdk.streams.variants import Variant, every_variant_and_key
from tests.cdk.templates import template
from tests.cdk.test_validator import LEFT_OUT

validator: Any = pytest.importorskip("cloudformation_validate")
Validate = Callable[[dict[str, Any]], list[str]]


@pytest.fixture(scope="module")
def complaints() -> Validate:
    """Lists the errors and warnings in a template."""
    engine = validator.CompositeEngine()
    config = validator.ValidateConfig(
        exclude=validator.RuleFilterConfig(ids=LEFT_OUT), severity_level=validator.Severity.WARN
    )

    def validate(document: dict[str, Any]) -> list[str]:
        report = engine.validate_template(validator.TemplateContent(json.dumps(document)), config)
        assert report.status is validator.ReportStatus.OK
        return [f"{one.rule_id} {one.entity} {one.property_path}: {one.message}" for one in report.diagnostics]

    return validate


@every_variant_and_key
def test_a_stream_bundle_has_no_error_and_no_warning(
    variant: Variant, app: cdk.App, function: NewFunction, complaints: Validate
) -> None:
    stack = variant.stack(app)
    variant.build(stack, function)

    assert complaints(template(stack)) == []


def test_the_validator_reads_the_settings_of_a_streams_mapping(
    stack: cdk.Stack, function: NewFunction, complaints: Validate
) -> None:
    KinesisToLambda(stack, "Clicks", function=function)
    document = template(stack)
    for resource in document["Resources"].values():
        if resource["Type"] == "AWS::Lambda::EventSourceMapping":
            resource["Properties"] |= {"ParallelizationFactor": 11, "MaximumRecordAgeInSeconds": 604_801}
    found = complaints(document)

    assert any("ParallelizationFactor" in text for text in found)
    assert any("MaximumRecordAgeInSeconds" in text for text in found)
