"""cdk-nag's AwsSolutions and Serverless packs find nothing around a stream that is not acknowledged, and why it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import aws_cdk as cdk
import pytest

from cdk_esm import DynamoDbToLambda, KinesisToLambda, NewFunction, OnFailure
from tests.cdk.streams.existing import a_bucket, a_table
from tests.cdk.streams.variants import SOURCES, Variant, variants
from tests.cdk.templates import logical_id, quiet_app
from tests.cdk.test_nag import places, reports_of

Place = tuple[str, str]

OF_EVERY_BUNDLE: set[Place] = {
    ("AwsSolutions-IAM5[Resource::*]", "Clicks/Role/DefaultPolicy/Resource"),
    ("Serverless-LambdaDLQ", "Clicks/Function/Resource"),
}
OF_THE_DESTINATION: dict[str, set[Place]] = {
    "bucket": {
        ("AwsSolutions-IAM5[Resource::<EsmFailures424D4986.Arn>/aws/lambda/*]", "Clicks/Policy"),
        ("AwsSolutions-S1", "EsmFailures/Resource"),
    },
    "queue": {
        ("AwsSolutions-SQS3", "Clicks/OnFailure/Resource"),
        ("Serverless-SQSRedrivePolicy", "Clicks/OnFailure/Resource"),
    },
    "topic": set(),
    "discard": {("Serverless-LambdaEventSourceMappingDestination", "Clicks/Resource")},
}
OF_THE_SOURCE: dict[str, set[Place]] = {
    "shared": set(),
    "fan-out": set(),
    "dynamodb": {("AwsSolutions-IAM5[Resource::<ClicksTable0661CCFB.Arn>/stream/*]", "Clicks/Policy")},
}
NEW = [variant for variant in variants() if not variant.existing]
EXISTING = [variant for variant in variants() if variant.existing]


def settled(variant: Variant) -> set[Place]:
    return OF_EVERY_BUNDLE | OF_THE_DESTINATION[variant.destination] | OF_THE_SOURCE[variant.source]


def acknowledgements(app: cdk.App) -> Iterator[tuple[str, str, str]]:
    """Path, rule and reason of everything that was acknowledged."""
    for construct in app.node.find_all():
        for entry in construct.node.metadata:
            if entry.type == cdk.Validations.ACKNOWLEDGED_RULES_METADATA_KEY:
                for rule, reason in dict(entry.data).items():
                    yield construct.node.path, rule, str(reason)


@pytest.mark.parametrize("variant", NEW, ids=str)
def test_a_stream_of_ones_own_leaves_nothing_to_acknowledge(
    variant: Variant, tmp_path: Path, function: NewFunction
) -> None:
    app = quiet_app(tmp_path)
    bundle = variant.build(cdk.Stack(app, "Shop"), function)
    reports = reports_of(app)

    assert places(reports, "violations", "") == []
    assert sorted(places(reports, "suppressedViolations", "Shop/")) == sorted(settled(variant))
    assert len(settled(variant)) <= 5

    # Each is said once, on one resource and with a reason.
    said = list(acknowledgements(app))
    assert sorted(rule.partition("::")[2] for _, rule, _ in said) == sorted(rule for rule, _ in settled(variant))
    assert all(len(reason.split()) > 10 for *_, reason in said)
    assert {path for path, *_ in said}.isdisjoint({"", "Shop", bundle.node.path})


@pytest.mark.parametrize("variant", EXISTING, ids=str)
def test_around_an_existing_stream_we_leave_nothing_to_acknowledge(
    variant: Variant, tmp_path: Path, function: NewFunction
) -> None:
    app = quiet_app(tmp_path)
    variant.build(cdk.Stack(app, "Shop"), function)

    assert places(reports_of(app), "violations", "Shop/Clicks/") == []


@pytest.mark.parametrize("source", SOURCES)
def test_around_what_stands_in_another_stack_we_leave_nothing_to_acknowledge(
    source: str, tmp_path: Path, function: NewFunction
) -> None:
    app = quiet_app(tmp_path)
    shared, stack = cdk.Stack(app, "Shared"), cdk.Stack(app, "Shop")
    on_failure = OnFailure.bucket(a_bucket(shared))
    if source == "dynamodb":
        DynamoDbToLambda(stack, "Clicks", function=function, table=a_table(shared), on_failure=on_failure)
    else:
        KinesisToLambda(stack, "Clicks", function=function, enhanced_fan_out=source == "fan-out", on_failure=on_failure)
    reports = reports_of(app)

    assert places(reports, "violations", "Shop/Clicks/") == []
    assert any("/aws/lambda/*" in rule for rule, _ in places(reports, "suppressedViolations", "Shop/Clicks/Policy"))


def test_the_shared_bucket_is_acknowledged_once_for_all_its_mappings(tmp_path: Path, function: NewFunction) -> None:
    app = quiet_app(tmp_path)
    stack = cdk.Stack(app, "Shop")
    bundles = [KinesisToLambda(stack, name, function=function) for name in ("Clicks", "Views", "Carts")]
    reports = reports_of(app)
    found = [rule for rule, _ in places(reports, "suppressedViolations", "Shop/")]
    bucket = bundles[0].on_failure
    assert bucket is not None

    assert places(reports, "violations", "") == []
    assert found.count("AwsSolutions-S1") == 1
    assert found.count(f"AwsSolutions-IAM5[Resource::<{logical_id(bucket)}.Arn>/aws/lambda/*]") == 3
