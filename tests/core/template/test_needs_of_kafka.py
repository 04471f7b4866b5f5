"""What the poller of a Kafka cluster needs, by how it signs in and how it gets there, as a template tells."""

from typing import Any

import pytest

from cdk_esm.facts import UNKNOWN, Neighbour
from cdk_esm.plan import Cluster, MappingPlan
from cdk_esm.rules.engine import check
from cdk_esm.testing.templates import document, get, inline, permission, plan, ref, resource
from tests.core.template.need_cases import KAFKA, SECRET, SERVERS, with_access

CLUSTER = "arn:aws:kafka:eu-west-1:111122223333:cluster/shop/uuid-1"
SERVERLESS = "arn:aws:kafka:eu-west-1:111122223333:cluster/shop/uuid-s1"
CONNECTION = "arn:aws:kafka:eu-west-1:111122223333:vpc-connection/444455556666/shop/uuid-1"
TAKES = {"Iam": {"Sasl": {"Iam": {"Enabled": True}}}, "Scram": {"Sasl": {"Scram": {"Enabled": True}}}}
NETWORK = {(Neighbour.NETWORK, "*")}
OF_IAM = {
    (Neighbour.TOPIC, "orders of Shop/Cluster"),
    (Neighbour.GROUP, "its-own of Shop/Cluster"),
}
ON_SECRET = {(Neighbour.SECRET, "Shop/Secret"), (Neighbour.SECRET_KEY, "Shop/Key")}
ON_CLUSTER = {(Neighbour.SOURCE, "Shop/Cluster")}


def found(source: Any, *entries: tuple[str, Any], role: dict[str, Any] | None = None, **settings: Any) -> MappingPlan:
    """The plan of a mapping of this source, in a template with a cluster of each kind, a secret and a registry."""
    takes = settings.pop("takes", "Iam")
    orders = with_access(source, *entries, **KAFKA, **settings)
    if not entries:
        del orders["Properties"]["SourceAccessConfigurations"]
    return plan(
        {
            **SECRET,
            "Cluster": resource("MSK::Cluster", {"ClientAuthentication": TAKES[takes]}),
            "Connection": resource("MSK::VpcConnection", {"TargetClusterArn": CLUSTER}),
            "Registry": resource("Glue::Registry"),
            "Role": resource("IAM::Role", role),
            "Orders": orders,
        },
        Parameters={"Given": {"Type": "String"}},
    )


def places(read: MappingPlan) -> set[tuple[Neighbour, str]]:
    """Everything that something is needed on."""
    assert read.role.access is not None
    return {(one.on, one.resource) for one in read.role.access.permissions}


def actions(read: MappingPlan) -> set[str]:
    assert read.role.access is not None
    return {one.action for one in read.role.access.permissions}


def schemas(uri: Any) -> dict[str, Any]:
    return {"AmazonManagedKafkaEventSourceConfig": {"SchemaRegistryConfig": {"SchemaRegistryURI": uri}}}


@pytest.mark.parametrize(
    ("entries", "takes", "wanted"),
    [
        pytest.param((), "Iam", OF_IAM, id="IAM"),
        pytest.param((("SASL_SCRAM_512_AUTH", ref("Secret")),), "Iam", ON_SECRET, id="SCRAM on a cluster with IAM"),
        pytest.param((("SASL_SCRAM_512_AUTH", ref("Attached")),), "Scram", ON_SECRET, id="SCRAM, by its attachment"),
        pytest.param((("CLIENT_CERTIFICATE_TLS_AUTH", ref("Secret")),), "Iam", ON_SECRET, id="mutual TLS"),
        pytest.param((("SASL_SCRAM_512_AUTH", ref("Given")),), "Iam", set(), id="SCRAM with a secret elsewhere"),
        pytest.param((), "Scram", set(), id="nothing named"),
    ],
)
def test_cluster_is_signed_in_to_with_what_the_mapping_names(entries: Any, takes: str, wanted: Any) -> None:
    assert places(found(get("Cluster"), *entries, takes=takes)) == ON_CLUSTER | NETWORK | wanted


@pytest.mark.parametrize(("kind", "listed"), [("SASL_SCRAM_512_AUTH", True), ("CLIENT_CERTIFICATE_TLS_AUTH", False)])
def test_secrets_of_a_cluster_are_listed_for_a_password_only(kind: str, *, listed: bool) -> None:
    assert ("kafka:ListScramSecrets" in actions(found(get("Cluster"), (kind, ref("Secret"))))) is listed


@pytest.mark.parametrize(
    ("entries", "wanted"),
    [
        pytest.param([("BASIC_AUTH", ref("Secret"))], ON_SECRET, id="over the internet"),
        pytest.param([("VPC_SUBNET", "subnet:subnet-1"), ("BASIC_AUTH", ref("Secret"))], ON_SECRET | NETWORK, id="VPC"),
        pytest.param([("SERVER_ROOT_CA_CERTIFICATE", ref("Secret"))], ON_SECRET, id="root certificate"),
        pytest.param([("IAM_AUTH", "unused")], set(), id="with the role"),
    ],
)
def test_own_cluster_is_reached_by_what_the_mapping_names(entries: Any, wanted: Any) -> None:
    assert places(found(ref("AWS::NoValue"), *entries, SelfManagedEventSource=SERVERS)) == wanted


@pytest.mark.parametrize(
    ("uri", "registry"),
    [
        pytest.param(get("Registry", "Arn"), "Shop/Registry", id="of the template"),
        pytest.param(ref("Registry"), "Shop/Registry", id="of the template, by Ref"),
        pytest.param("arn:aws:glue:eu-west-1:111122223333:registry/s", None, id="elsewhere"),
    ],
)
def test_schemas_of_glue_are_read_with_the_role(uri: Any, registry: str | None) -> None:
    on = {(Neighbour.REGISTRY, registry or uri), (Neighbour.SCHEMAS, "*")}

    assert places(found(get("Cluster"), **schemas(uri))) == ON_CLUSTER | NETWORK | OF_IAM | on


@pytest.mark.parametrize("uri", ["https://schemas.example.com", ref("Given"), ref("Secret")])
def test_schemas_of_others_or_of_a_hidden_place_need_nothing_for_certain(uri: Any) -> None:
    assert places(found(get("Cluster"), **schemas(uri))) == ON_CLUSTER | NETWORK | OF_IAM


@pytest.mark.parametrize("source", [CONNECTION, ref("Connection"), get("Connection")], ids=["ARN", "Ref", "attribute"])
def test_cluster_of_another_account_is_described_by_its_connection(source: Any) -> None:
    read = found(source)
    name = CONNECTION if source == CONNECTION else "Shop/Connection"

    assert isinstance(read.event_source, Cluster)
    assert read.event_source.connection == name
    assert places(read) == NETWORK | {(Neighbour.CONNECTION, name), (Neighbour.SOURCE, "*")}
    assert permission(read, "kafka:DescribeVpcConnection", "vpc-connection").lack.value == "stuck"


def test_cluster_that_is_read_directly_needs_no_connection() -> None:
    assert "kafka:DescribeVpcConnection" not in actions(found(get("Cluster"))) | actions(found(ref("Given")))


@pytest.mark.parametrize(
    ("on", "held"),
    [
        pytest.param("*", True, id="everything"),
        pytest.param(ref("Connection"), True, id="Ref"),
        pytest.param(get("Connection"), True, id="attribute"),
        pytest.param({"Fn::Sub": "arn:aws:kafka:*:*:vpc-connection/*"}, UNKNOWN, id="pattern"),
        pytest.param(get("Cluster"), False, id="another cluster"),
    ],
)
def test_connection_of_the_template_is_described_where_a_policy_says_so(on: Any, held: Any) -> None:
    read = found(get("Connection"), role=inline(document("kafka:DescribeVpcConnection", on)))

    assert permission(read, "kafka:DescribeVpcConnection", "vpc-connection").held is held


@pytest.mark.parametrize(
    ("on", "held"),
    [
        pytest.param("*", True, id="everything"),
        pytest.param("arn:aws:kafka:eu-west-1:444455556666:cluster/shop/uuid-1", UNKNOWN, id="the cluster there"),
        pytest.param(get("Cluster"), UNKNOWN, id="a cluster here"),
    ],
)
def test_cluster_behind_a_connection_is_not_known_so_no_policy_on_it_is_wrong(on: Any, held: Any) -> None:
    read = found(CONNECTION, role=inline(document(["kafka:Describe*", "kafka:GetBootstrapBrokers", "ec2:*"], on)))

    assert permission(read, "kafka:DescribeClusterV2").held is held
    assert not [one for one in check([read], select=["ESM414", "ESM415", "ESM417"]) if "DescribeCluster" in one.message]


def test_role_that_may_not_describe_the_connection_is_told_so() -> None:
    allowed = ["kafka:DescribeClusterV2", "kafka:GetBootstrapBrokers", "ec2:*"]
    [finding] = check([found(get("Connection"), role=inline(document(allowed, "*")))], select=["ESM417"])

    assert "kafka:DescribeVpcConnection on the VPC connection Shop/Connection" in finding.message


TOPIC = "arn:aws:kafka:eu-west-1:111122223333:topic/shop/uuid-s1/orders"
TO_TOPIC = {"DestinationConfig": {"OnFailure": {"Destination": "kafka://failed"}}}


@pytest.mark.parametrize(
    ("on", "held"),
    [
        pytest.param(TOPIC, True, id="topic"),
        pytest.param("arn:aws:kafka:*:*:topic/shop/*/orders", True, id="pattern"),
        pytest.param("arn:aws:kafka:eu-west-1:111122223333:topic/shop/uuid-s1/refunds", False, id="another topic"),
        pytest.param(SERVERLESS, False, id="the cluster itself"),
        pytest.param({"Fn::Sub": "arn:${AWS::Partition}:kafka:eu-west-1:1:topic/s/u/orders"}, UNKNOWN, id="holes"),
        pytest.param(get("Registry", "Arn"), UNKNOWN, id="something of the template"),
    ],
)
def test_topic_of_a_cluster_elsewhere_has_the_arn_of_the_cluster_with_its_name(on: Any, held: Any) -> None:
    read = found(SERVERLESS, role=inline(document("kafka-cluster:*", on)))

    assert permission(read, "kafka-cluster:ReadData", "kafka-topic").resource == TOPIC
    assert permission(read, "kafka-cluster:ReadData", "kafka-topic").held is held


def test_topic_of_a_cluster_whose_arn_has_holes_is_not_compared_with_a_whole_one() -> None:
    source = {"Fn::Sub": "arn:aws:kafka:${AWS::Region}:${AWS::AccountId}:cluster/shop/uuid-s1"}
    read = found(source, role=inline(document("kafka-cluster:*", TOPIC)))

    assert permission(read, "kafka-cluster:ReadData", "kafka-topic").held is UNKNOWN


@pytest.mark.parametrize(
    ("on", "held"),
    [
        pytest.param(get("Cluster"), False, id="the cluster itself"),
        pytest.param({"Fn::Sub": "${Cluster.Arn}/*"}, False, id="below the cluster"),
        pytest.param("arn:aws:kafka:*:*:topic/shop/*", UNKNOWN, id="pattern"),
        pytest.param(
            {"Fn::Join": [":topic/", {"Fn::Split": [":cluster/", get("Cluster")]}]}, UNKNOWN, id="put together"
        ),
    ],
)
def test_topic_of_a_cluster_of_the_template_is_not_the_cluster(on: Any, held: Any) -> None:
    read = found(get("Cluster"), role=inline(document("kafka-cluster:*", on)))

    assert permission(read, "kafka-cluster:ReadData", "kafka-topic").held is held
    assert permission(read, "kafka-cluster:Connect").held is not False or on != get("Cluster")


@pytest.mark.parametrize(
    ("config", "wanted"),
    [
        pytest.param({}, "group/shop/uuid-s1/its-own", id="by the UUID of the mapping"),
        pytest.param({"ConsumerGroupId": "shop"}, "group/shop/uuid-s1/shop", id="by its name"),
        pytest.param({"ConsumerGroupId": ref("Given")}, None, id="hidden"),
    ],
)
def test_consumer_group_is_named_as_far_as_the_mapping_names_it(config: Any, wanted: str | None) -> None:
    read = found(SERVERLESS, AmazonManagedKafkaEventSourceConfig=config)
    name = "*" if wanted is None else f"arn:aws:kafka:eu-west-1:111122223333:{wanted}"

    assert permission(read, "kafka-cluster:AlterGroup", "consumer-group").resource == name


def test_group_that_the_service_names_may_be_any_group_of_the_cluster() -> None:
    on = "arn:aws:kafka:eu-west-1:111122223333:group/shop/uuid-s1/0c5c5f6a"
    read = found(SERVERLESS, role=inline(document("kafka-cluster:*", on)))

    assert permission(read, "kafka-cluster:AlterGroup", "consumer-group").held is UNKNOWN


def test_destination_in_the_cluster_is_another_topic_of_it() -> None:
    read = found(SERVERLESS, **TO_TOPIC)
    name = "arn:aws:kafka:eu-west-1:111122223333:topic/shop/uuid-s1/failed"

    assert permission(read, "kafka-cluster:WriteData", "destination-topic").resource == name
