"""What the role of a mapping on Kafka holds: exactly what is needed, on exactly those resources."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_kms as kms
from aws_cdk import aws_secretsmanager as secretsmanager

import cdk_esm as esm
from tests.cdk.existing import a_function
from tests.cdk.kafka.variants import (
    ACCOUNT,
    CONNECTION,
    IN_CLUSTER,
    KEY,
    NETWORK,
    POLLERS,
    REGION,
    ROOT,
    SECRET,
    UUID,
    Bundle,
    Grants,
    Variant,
    by_name,
    every_variant,
)
from tests.cdk.templates import made, resources

NAME = "AmazonMSK_shop"
OF_THIS_ACCOUNT = {"StringEquals": {"s3:ResourceAccount": {"Ref": "AWS::AccountId"}}}


def named_resources(bundle: Bundle, cluster: Any) -> Iterator[tuple[Any, str]]:
    """What a statement may name, as ARN and name; the ARNs in a cluster are written here in another way than there."""
    stack = cdk.Stack.of(bundle)
    group = bundle.consumer_group or "*"
    if isinstance(bundle, esm.MskToLambda):
        arn = cluster if isinstance(cluster, str) else cluster.attr_arn
        yield arn, "cluster"
        for word, name, label in (
            ("topic", "orders", "topic"),
            ("group", group, "group"),
            ("topic", "failed", "failed"),
        ):
            yield below(arn, word, name), label
        yield below(arn, "group", UUID), "group"
    yield "*", "*"
    yield CONNECTION, "connection"
    yield SECRET, "secret"
    yield ROOT, "root"
    yield KEY, "key"
    yield f"arn:aws:glue:{REGION}:{ACCOUNT}:registry/shop", "registry"
    yield f"arn:aws:glue:{REGION}:{ACCOUNT}:schema/shop/*", "schemas"
    bucket: Any = bundle.on_failure or stack.node.try_find_child("EsmFailures")
    if bucket is not None:
        yield bucket.bucket_arn, "bucket"
        yield f"{bucket.bucket_arn}/aws/lambda/*", "objects"


def below(arn: str, word: str, name: str) -> str:
    if "${Token" not in arn:
        before, after = arn.split(":cluster/")
        return f"{before}:{word}/{after}/{name}"
    before, after = (cdk.Fn.select(place, cdk.Fn.split(":cluster/", arn)) for place in (0, 1))
    return f"{before}:{word}/{after}/{name}"


def cluster_of(variant: Variant, stack: cdk.Stack) -> Any:
    given = variant.keywords.get("cluster")
    if isinstance(given, esm.ClusterConnection):
        return given.cluster_arn
    return given if isinstance(given, str) or given is None else stack.node.find_child("Cluster")


def granted(bundle: Bundle, cluster: Any) -> Grants:
    """Every action that the mapping's own policy allows, with the name of what it is allowed on."""
    stack = cdk.Stack.of(bundle)
    names = {json.dumps(stack.resolve(arn)): name for arn, name in named_resources(bundle, cluster)}
    (policy,) = made(bundle.mapping)["DependsOn"]
    found = set()
    for statement in resources(stack)[policy]["Properties"]["PolicyDocument"]["Statement"]:
        assert statement["Effect"] == "Allow"
        assert statement.get("Condition") in (None, OF_THIS_ACCOUNT)
        for action in listed(statement["Action"]):
            assert "*" not in action
            found |= {(action, names[json.dumps(one)]) for one in listed(statement["Resource"])}
    return found


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def needs_of(variant: Variant) -> Grants:
    """What a variant needs; a topic of Kafka takes the place of the bucket."""
    to_topic = variant.keywords.get("on_failure") is not None
    return {(action, on) for action, on in variant.needs if not (to_topic and on in ("bucket", "objects"))}


@every_variant
def test_a_role_holds_exactly_what_its_way_into_the_cluster_needs(
    variant: Variant, stack: cdk.Stack, function: esm.NewFunction
) -> None:
    bundle = variant.build(stack, function)

    assert granted(bundle, cluster_of(variant, stack)) == needs_of(variant)


@every_variant
def test_the_role_of_an_existing_function_gets_the_same(variant: Variant, stack: cdk.Stack) -> None:
    bundle = variant.build(stack, a_function(stack))

    assert granted(bundle, cluster_of(variant, stack)) == needs_of(variant)


def test_a_role_is_limited_to_its_own_group(stack: cdk.Stack, function: esm.NewFunction) -> None:
    bundle = by_name["msk-iam-arn"].build(stack, function)
    (policy,) = made(bundle.mapping)["DependsOn"]
    text = json.dumps(resources(stack)[policy])

    assert f":group/shop/{UUID}-2/" in text
    assert '/*"' not in text.replace("/aws/lambda/*", "")


def test_without_a_name_the_role_may_use_every_group_and_an_advice_says_so(
    stack: cdk.Stack, function: esm.NewFunction
) -> None:
    unknown = by_name["msk-service-group"].build(stack, function, "Unknown")
    known = by_name["msk-service-group-known"].build(stack, function, "Known")

    assert [one.rule.id for one in unknown.findings] == ["ESM331"]
    assert known.findings == ()
    assert unknown.consumer_group is known.consumer_group is None
    assert "ConsumerGroupId" not in json.dumps(made(known.mapping))


def test_a_secret_of_the_app_brings_its_key(stack: cdk.Stack, function: esm.NewFunction) -> None:
    key = kms.Key(stack, "Key")
    secret = secretsmanager.Secret(stack, "Password", secret_name=NAME, encryption_key=key)
    bundle = by_name["msk-scram-arn"].build(stack, function, authentication=esm.MskAuthentication.scram(secret))
    (policy,) = made(bundle.mapping)["DependsOn"]
    by_action = {
        action: one["Resource"]
        for one in resources(stack)[policy]["Properties"]["PolicyDocument"]["Statement"]
        for action in listed(one["Action"])
    }

    assert by_action["secretsmanager:GetSecretValue"] == stack.resolve(secret.secret_arn)
    assert by_action["kms:Decrypt"] == stack.resolve(key.key_arn)


def test_what_a_public_endpoint_leaves_out_is_the_network_alone() -> None:
    public, inside = (by_name[f"own-scram-512-{where}"] for where in ("public", "vpc"))

    assert needs_of(inside) - needs_of(public) == NETWORK


def test_a_topic_that_only_the_deployment_knows_is_granted_by_its_token(
    stack: cdk.Stack, function: esm.NewFunction
) -> None:
    topic = cdk.CfnParameter(stack, "Topic").value_as_string
    bundle = by_name["msk-iam-arn"].build(stack, function, topic=topic)
    (policy,) = made(bundle.mapping)["DependsOn"]

    assert '{"Ref": "Topic"}' in json.dumps(resources(stack)[policy])
    assert [one.rule.id for one in bundle.findings] == ["ESM346"]


def test_a_cluster_that_only_the_deployment_knows_has_its_topics_and_groups_below_it(
    stack: cdk.Stack, function: esm.NewFunction
) -> None:
    arn = cdk.Fn.import_value("ClusterArn")
    bundle = by_name["msk-iam-arn"].build(stack, function, cluster=arn)

    assert granted(bundle, arn) == by_name["msk-iam-arn"].needs
    assert {action for action, _ in IN_CLUSTER} <= {action for action, _ in granted(bundle, arn)}


def test_declined_grants_are_not_made(stack: cdk.Stack, function: esm.NewFunction) -> None:
    bundle = by_name["msk-iam-arn"].build(stack, function, grants=False)

    assert "DependsOn" not in made(bundle.mapping)
    assert bundle.findings == ()


def test_every_neighbour_of_a_full_bundle_is_granted(stack: cdk.Stack, function: esm.NewFunction) -> None:
    """Nothing is skipped because its ARN is not at hand."""
    bundle = by_name["own-scram-512-vpc-root"].build(
        stack,
        function,
        provisioned_poller_config=POLLERS,
        schema_registry=esm.SchemaRegistry.glue(f"arn:aws:glue:{REGION}:{ACCOUNT}:registry/shop"),
    )
    expected = by_name["own-scram-512-vpc-root"].needs

    assert granted(bundle, None) == expected | {("glue:GetRegistry", "registry"), ("glue:GetSchemaVersion", "schemas")}
