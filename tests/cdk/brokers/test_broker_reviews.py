"""What cdk-nag and AWS's own validator say of bundles on brokers and document clusters, and of brokers of the app."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import aws_cdk as cdk
import pytest

import cdk_esm as esm
from tests.cdk.brokers.variants import CREDENTIALS, a_broker, a_cluster, both_brokers, build, every_kind
from tests.cdk.streams.test_stream_validator import Validate, complaints
from tests.cdk.templates import quiet_app, template

__all__ = ["complaints"]  # the fixture

Place = tuple[str, str]
OF_EVERY_BUNDLE: Final[set[Place]] = {
    ("AwsSolutions-IAM5[Resource::*]", "Orders/Role/DefaultPolicy/Resource"),
    ("AwsSolutions-IAM5[Resource::*]", "Orders/Policy"),
    ("Serverless-LambdaDLQ", "Orders/Function/Resource"),
}
GROUPS: Final = "arn:aws:rds:eu-west-1:111122223333"
OF_A_CLUSTER: Final[set[Place]] = {
    (f"AwsSolutions-IAM5[Resource::{GROUPS}:cluster-pg:*]", "Orders/Policy"),
    (f"AwsSolutions-IAM5[Resource::{GROUPS}:subgrp:*]", "Orders/Policy"),
}


def settled(kind: str) -> set[Place]:
    mapping = "Resource4129958a" if kind != "documentdb" else "Resource0fd8db33"
    destination = ("Serverless-LambdaEventSourceMappingDestination", f"Orders/{mapping}")
    return OF_EVERY_BUNDLE | {destination} | (OF_A_CLUSTER if kind == "documentdb" else set())


@every_kind
def test_a_bundle_leaves_nothing_to_acknowledge(kind: str, tmp_path: Path, function: esm.NewFunction) -> None:
    nag: Any = pytest.importorskip("tests.cdk.test_nag")
    app = quiet_app(tmp_path)
    build(kind, cdk.Stack(app, "Shop"), function)
    reports = nag.reports_of(app)

    assert nag.places(reports, "violations", "") == []
    assert {place[0] for place in nag.places(reports, "suppressedViolations", "Shop/")} == {
        one for one, _ in settled(kind)
    }


@both_brokers
def test_what_nag_says_of_a_broker_of_the_app_is_said_of_the_broker_alone(
    kind: str, tmp_path: Path, function: esm.NewFunction
) -> None:
    """cdk-nag's two packs have no rule about Amazon MQ."""
    nag: Any = pytest.importorskip("tests.cdk.test_nag")
    app = quiet_app(tmp_path)
    stack = cdk.Stack(app, "Shop")
    build(kind, stack, function, broker=a_broker(stack, kind))

    assert nag.places(nag.reports_of(app), "violations", "") == []


def test_what_nag_says_of_a_document_cluster_of_the_app_is_said_of_the_cluster_alone(
    tmp_path: Path, function: esm.NewFunction
) -> None:
    nag: Any = pytest.importorskip("tests.cdk.test_nag")
    app = quiet_app(tmp_path)
    stack = cdk.Stack(app, "Shop")
    cluster = a_cluster(stack)
    build("documentdb", stack, function, cluster=cluster, credentials=cluster.secret)
    said = nag.places(nag.reports_of(app), "violations", "Shop/")

    assert said
    assert all(path.startswith(("Cluster/", "Vpc/")) for _, path in said)
    assert {rule.partition("[")[0] for rule, path in said if path.startswith("Cluster/")} == {
        "AwsSolutions-DOC2",  # the default port
        "AwsSolutions-DOC3",  # a password that the template resolves
        "AwsSolutions-DOC4",  # backups of one day
        "AwsSolutions-DOC5",  # no export of logs
        "AwsSolutions-SMG4",  # a secret without rotation
    }


@every_kind
@pytest.mark.parametrize("credentials", CREDENTIALS)
def test_a_bundle_has_no_error_and_no_warning(
    kind: str, credentials: str, stack: cdk.Stack, function: esm.NewFunction, complaints: Validate
) -> None:
    build(kind, stack, function, credentials=CREDENTIALS[credentials].make(stack))

    assert complaints(template(stack)) == []
