"""One table of types: every reader knows what another one knew already."""

from pathlib import Path
from typing import Any

import pytest

from cdk_esm.diff.kinds import mappings, neighbors
from cdk_esm.facts import Unknowable
from cdk_esm.plan import DocumentCluster
from cdk_esm.testing.plans import ids
from cdk_esm.testing.templates import document, get, inline, mapping, permission, plan, ref, resource, template
from tests.core.diff.diff_templates import difference

HERE = "${AWS::Region}:${AWS::AccountId}"


def held(action: str, on: str, destination: Any, *allowed: dict[str, Any], **resources: Any) -> bool | Unknowable:
    """Whether the role of a mapping that fails to a destination is allowed an action there."""
    role = resource("IAM::Role", inline(*allowed))
    failing = {"StartingPosition": "LATEST", "DestinationConfig": {"OnFailure": {"Destination": destination}}}
    orders = mapping(get("Stream"), **failing)
    found = plan({"Stream": resource("Kinesis::Stream"), "Role": role, "Orders": orders, **resources})
    return permission(found, action, on).held


@pytest.mark.parametrize("destination", [ref("Topic"), get("Topic", "TopicArn"), "${Topic}", "put together"])
@pytest.mark.parametrize("granted", [ref("Topic"), get("Topic", "TopicArn"), "put together"])
def test_a_topic_is_the_same_topic_however_it_is_named(destination: Any, granted: Any) -> None:
    written = {"Fn::Sub": f"arn:aws:sns:{HERE}:${{Topic.TopicName}}"}
    destination = written if destination == "put together" else destination
    destination = {"Fn::Sub": destination} if isinstance(destination, str) else destination
    granted = written if granted == "put together" else granted
    topics = {"Topic": resource("SNS::Topic"), "Other": resource("SNS::Topic")}
    other = document("sns:Publish", ref("Other"))

    assert held("sns:Publish", "destination", destination, document("sns:Publish", granted), **topics) is True
    assert held("sns:Publish", "destination", destination, other, **topics) is False


@pytest.mark.parametrize("named", [get("Key"), {"Fn::Sub": f"arn:aws:kms:{HERE}:key/${{Key}}"}])
@pytest.mark.parametrize("kind", ["KMS::Key", "KMS::ReplicaKey"])
def test_a_key_is_the_same_key_by_its_id_in_an_arn(kind: str, named: Any) -> None:
    resources = {
        "Key": resource(kind, {"KeyPolicy": {}}),
        "Other": resource("KMS::Key", {"KeyPolicy": {}}),
        "Queue": resource("SQS::Queue", {"KmsMasterKeyId": named}),
    }
    decrypts, other = document("kms:Decrypt", named), document("kms:Decrypt", get("Other"))

    assert held("kms:Decrypt", "destination-key", get("Queue"), decrypts, **resources) is True
    assert held("kms:Decrypt", "destination-key", get("Queue"), other, **resources) is False


@pytest.mark.parametrize(
    ("kind", "named", "form", "refused"),
    [
        ("DocDBElastic::Cluster", ref("Cluster"), "elastic", False),
        ("DocDBElastic::Cluster", get("Cluster", "ClusterArn"), "elastic", False),
        ("DocDBElastic::Cluster", get("Cluster", "ClusterEndpoint"), "elastic", True),
        ("DocDB::GlobalCluster", get("Cluster", "GlobalClusterArn"), "global", False),
        ("DocDB::GlobalCluster", ref("Cluster"), "global", True),
        ("DocDB::DBCluster", ref("Cluster"), "instance", True),
        ("DocDB::DBCluster", {"Fn::Sub": f"arn:aws:rds:{HERE}:cluster:${{Cluster}}"}, "instance", False),
    ],
)
def test_a_document_cluster_is_named_by_what_gives_its_arn(kind: str, named: Any, form: str, *, refused: bool) -> None:
    found = plan({"Cluster": resource(kind), "Orders": mapping(named, StartingPosition="LATEST")})

    assert isinstance(found.event_source, DocumentCluster)
    assert (found.event_source.form, found.event_source.identity) == (form, "Shop/Cluster")
    assert ("ESM108" in ids(found)) is refused


def test_a_document_cluster_in_words_is_named_like_the_cluster() -> None:
    written = {"Fn::Sub": f"arn:aws:rds:{HERE}:cluster:shop"}
    resources = {"Cluster": resource("DocDB::DBCluster", {"DBClusterIdentifier": "shop"})}
    found = plan({**resources, "Orders": mapping(written, StartingPosition="LATEST")})

    assert found.event_source.identity == "Shop/Cluster"


@pytest.mark.parametrize(
    ("kind", "attribute", "said"),
    [
        ("DocDBElastic::Cluster", "ClusterArn", [neighbors.SOURCE_REMOVED]),
        ("DocDB::GlobalCluster", "GlobalClusterArn", []),
    ],
)
def test_diff_knows_every_kind_of_document_cluster(kind: str, attribute: str, said: list[Any], tmp_path: Path) -> None:
    orders = mapping(get("Cluster", attribute), StartingPosition="LATEST")
    old = template({"Cluster": resource(kind, {}), "Orders": orders})
    new = template({})

    assert [
        one.kind for one in difference(tmp_path, old, new).changes if one.kind is not mappings.MAPPING_REMOVED
    ] == said


def test_diff_knows_what_replaces_an_elastic_cluster(tmp_path: Path) -> None:
    orders = mapping(get("Cluster", "ClusterArn"), StartingPosition="LATEST")
    old, new = (
        template({"Cluster": resource("DocDBElastic::Cluster", {"AuthType": word}), "Orders": orders})
        for word in ("PLAIN_TEXT", "SECRET_ARN")
    )

    assert neighbors.SOURCE_REPLACED in [one.kind for one in difference(tmp_path, old, new).changes]
