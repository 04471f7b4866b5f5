from typing import Any

import pytest

from cdk_esm.facts import UNKNOWN, Lack
from cdk_esm.plan import MappingPlan
from cdk_esm.testing.plans import ids, mapping, with_permission
from cdk_esm.testing.templates import document, get, inline, plan, resource
from cdk_esm.testing.templates import mapping as written

ONLY = ["ESM440"]
CLUSTER = "arn:aws:kafka:eu-west-1:111122223333:cluster/shop/0a1b-2"
STORED = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:AmazonMSK_shop-AbCdEf"


def of_msk(*statements: Any, **properties: Any) -> MappingPlan:
    """A mapping on a cluster elsewhere, which signs in with a secret elsewhere."""
    access = [{"Type": "SASL_SCRAM_512_AUTH", "URI": STORED}]
    orders = written(CLUSTER, Topics=["orders"], SourceAccessConfigurations=access, **properties)
    return plan({"Orders": orders, "Role": resource("IAM::Role", inline(*statements))})


@pytest.mark.parametrize("lack", [Lack.REFUSED, Lack.STUCK])
def test_what_no_policy_of_the_role_allows_is_pointed_out(lack: Lack) -> None:
    assert ids(with_permission(mapping(), "sqs:ReceiveMessage", held=UNKNOWN, nowhere=True, lack=lack)) == ONLY


@pytest.mark.parametrize(
    "about", [{"held": True}, {"held": UNKNOWN}, {"held": UNKNOWN, "nowhere": True, "lack": Lack.UNSEEN}]
)
def test_what_may_be_allowed_has_no_finding(about: dict[str, Any]) -> None:
    assert ids(with_permission(mapping(), "sqs:ReceiveMessage", **about), select=ONLY) == []


def test_a_secret_by_its_arn_that_the_role_may_not_read_is_pointed_out() -> None:
    found = of_msk(document("kafka:*", "*"), document("ec2:*", "*"))

    assert ids(found, select=ONLY) == ONLY
    assert ids(found, select=["ESM414", "ESM417"]) == []


@pytest.mark.parametrize("place", [STORED, "*", f"{STORED[:-6]}??????", {"Ref": "AnySecret"}])
def test_a_secret_that_the_role_may_read_is_right(place: Any) -> None:
    statements = (document("kafka:*", "*"), document("secretsmanager:GetSecretValue", place))

    assert [one for one in ids(of_msk(*statements), select=ONLY) if one] == []


def test_the_secret_of_another_cluster_is_not_this_one() -> None:
    other = STORED.replace("shop", "other")

    assert ids(of_msk(document("kafka:*", "*"), document("secretsmanager:GetSecretValue", other)), select=ONLY) == ONLY


@pytest.mark.parametrize(
    "source", ["arn:aws:sqs:eu-west-1:111122223333:orders", "arn:aws:kinesis:eu-west-1:111122223333:stream/orders"]
)
def test_a_source_elsewhere_that_no_policy_names_is_pointed_out(source: str) -> None:
    orders = written(source, StartingPosition="LATEST") if ":kinesis:" in source else written(source)
    role = resource("IAM::Role", inline(document("logs:*", "*")))

    assert set(ids(plan({"Orders": orders, "Role": role}), select=["ESM4"])) == set(ONLY)


def test_a_queue_of_the_template_is_another_rules_affair() -> None:
    role = resource("IAM::Role", inline(document("logs:*", "*")))
    resources = {"Queue": resource("SQS::Queue"), "Orders": written(get("Queue")), "Role": role}

    assert ids(plan(resources), select=["ESM4"]) == ["ESM414"]


def test_a_key_by_its_arn_that_the_role_may_not_use_is_pointed_out() -> None:
    key = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c"
    queue = resource("SQS::Queue", {"KmsMasterKeyId": key})
    role = resource("IAM::Role", inline(document("sqs:*", "*")))

    assert ids(plan({"Queue": queue, "Orders": written(get("Queue")), "Role": role}), select=["ESM4"]) == ONLY
