"""cdk-nag's AwsSolutions and Serverless packs find nothing around a mapping on Kafka that is not acknowledged."""

from __future__ import annotations

from pathlib import Path

import aws_cdk as cdk

from cdk_esm import NewFunction
from tests.cdk.kafka.variants import ACCOUNT, REGION, Variant, by_name, every_variant
from tests.cdk.templates import quiet_app
from tests.cdk.test_nag import places, reports_of


@every_variant
def test_a_mapping_on_kafka_leaves_nothing_to_acknowledge(
    variant: Variant, tmp_path: Path, function: NewFunction
) -> None:
    app = quiet_app(tmp_path)
    variant.build(cdk.Stack(app, "Shop"), function)

    assert places(reports_of(app), "violations", "Shop/Feed") == []


def test_what_is_acknowledged_is_on_the_mappings_own_policy_and_has_a_reason(
    tmp_path: Path, function: NewFunction
) -> None:
    app = quiet_app(tmp_path)
    bundle = by_name["msk-glue"].build(cdk.Stack(app, "Shop"), function)
    reports = reports_of(app)
    policy = [rule for rule, place in places(reports, "suppressedViolations", "Shop/") if place == "Feed/Policy"]

    assert sorted(policy) == [
        "AwsSolutions-IAM5[Resource::*]",
        "AwsSolutions-IAM5[Resource::<EsmFailures424D4986.Arn>/aws/lambda/*]",
        f"AwsSolutions-IAM5[Resource::arn:aws:glue:{REGION}:{ACCOUNT}:schema/shop/*]",
    ]
    assert bundle.findings == ()


def test_what_nag_says_of_a_cluster_of_the_app_is_about_the_cluster(tmp_path: Path, function: NewFunction) -> None:
    """A cluster that the app makes beside the bundle is the app's own affair: encryption, logs and public access."""
    app = quiet_app(tmp_path)
    by_name["msk-iam-l1"].build(cdk.Stack(app, "Shop"), function)
    found = places(reports_of(app), "violations", "Shop/")

    assert found
    assert {place for _, place in found} == {"Cluster"}
    assert {rule.rstrip("0123456789") for rule, _ in found} == {"AwsSolutions-MSK"}
