"""How the construct door grants what the pure part says that a mapping needs."""

from dataclasses import replace
from typing import Any

import pytest

from cdk_esm.constructs.resources.roles import statements
from cdk_esm.facts import UNKNOWN, UNRESOLVED, Neighbour
from cdk_esm.plan import Destination, FailureKind, FailurePath
from cdk_esm.testing.plans import mapping, with_settings, with_source

QUEUE = {Neighbour.SOURCE: "arn:aws:sqs:eu-west-1:111122223333:orders"}
KEY = "arn:aws:kms:eu-west-1:111122223333:key/1"
ACCOUNT = "111122223333"


def granted(plan: Any, grantees: Any) -> dict[str, list[str]]:
    """Places with the actions that are granted on them."""
    return {one["Resource"]: one["Action"] for one in statements(plan, grantees, ACCOUNT)}


@pytest.mark.parametrize(
    ("key", "wanted"),
    [(None, False), ("alias/aws/sqs", False), (KEY, True), (UNKNOWN, True), (UNRESOLVED, True)],
)
def test_what_may_be_needed_is_granted(key: Any, *, wanted: bool) -> None:
    plan = with_source(mapping(), encryption_key=key)

    assert (KEY in granted(plan, {**QUEUE, Neighbour.SOURCE_KEY: KEY})) is wanted


def test_nothing_is_granted_on_what_is_hidden() -> None:
    plan = with_source(mapping(), encryption_key=UNKNOWN)

    assert set(granted(plan, {**QUEUE, Neighbour.SOURCE_KEY: None})) == {QUEUE[Neighbour.SOURCE]}


def test_a_construct_that_does_not_say_where_a_neighbour_is_cannot_grant_in_silence() -> None:
    with pytest.raises(KeyError, match="SOURCE_KEY"):
        statements(with_source(mapping(), encryption_key=KEY), QUEUE, ACCOUNT)


def test_actions_that_aws_does_not_scope_are_granted_on_everything() -> None:
    places = {neighbour: neighbour.value for neighbour in Neighbour if neighbour is not Neighbour.NETWORK}

    assert "ec2:CreateNetworkInterface" in granted(mapping("rabbitmq"), places)["*"]


def test_own_cluster_gets_network_interfaces_where_the_mapping_names_subnets_or_hides_what_it_names() -> None:
    places = {neighbour: neighbour.value for neighbour in Neighbour if neighbour is not Neighbour.NETWORK}
    plan = mapping("self-managed-kafka")
    entries: list[Any] = [{"Type": "BASIC_AUTH", "URI": "secret"}]

    assert "*" not in granted(with_settings(plan, SourceAccessConfigurations=entries), places)
    for hidden in ([*entries, {"Type": "VPC_SUBNET", "URI": "subnet:subnet-1"}], [*entries, UNRESOLVED], UNRESOLVED):
        assert "*" in granted(with_settings(plan, SourceAccessConfigurations=hidden), places)


def test_writing_into_a_bucket_is_granted_where_the_account_owns_it() -> None:
    bucket = FailurePath(
        kind=FailureKind.BUCKET, destination=Destination(identity="arn:aws:s3:::failed", encryption_key=KEY)
    )
    places = {neighbour: neighbour.value for neighbour in Neighbour}
    found = statements(replace(mapping("kinesis"), failure=bucket), places, ACCOUNT)
    owned = {one["Resource"] for one in found if "Condition" in one}

    assert owned == {"destination", "destination-objects"}
    assert [one["Action"] for one in found if one["Resource"] == "destination-key"] == [["kms:GenerateDataKey"]]
