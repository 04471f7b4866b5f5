"""Kafka clusters, message brokers and document clusters, as templates make them or name them."""

from typing import Any, TypeVar

import pytest

from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.plan import Broker, Cluster, DocumentCluster, FailurePath, MappingPlan
from cdk_esm.rules.engine import check
from cdk_esm.testing.templates import get, mapping, plan, ref, resource

R = TypeVar("R")
LATEST = {"StartingPosition": "LATEST"}
KAFKA = {**LATEST, "Topics": ["orders"]}
SERVERS = {"Endpoints": {"KafkaBootstrapServers": ["a.example.com:9092"]}}
NONE = ref("AWS::NoValue")
ARN = "arn:aws:{}:eu-west-1:111122223333:{}"
GIVEN = {"Parameters": {"Given": {"Type": "String"}}}


def read(kind: type[R], source: dict[str, Any], settings: dict[str, Any], arn: Any = None) -> R:
    resources = {"Source": source, "Orders": mapping(get("Source") if arn is None else arn, **settings)}
    found = plan(resources, **GIVEN).event_source
    assert isinstance(found, kind)
    return found


def cluster(properties: dict[str, Any], kind: str = "MSK::Cluster") -> Cluster:
    return read(Cluster, resource(kind, properties), KAFKA)


def elsewhere(arn: Any, **settings: Any) -> MappingPlan:
    return plan({"Orders": mapping(arn, **settings)})


@pytest.mark.parametrize(
    ("authentication", "wanted"),
    [
        pytest.param(None, {"Unauthenticated"}, id="nothing said"),
        pytest.param({"Sasl": {"Iam": {"Enabled": "true"}}}, {"Iam"}, id="IAM"),
        pytest.param(
            {"Sasl": {"Iam": {"Enabled": True}, "Scram": {"Enabled": True}}, "Tls": {"Enabled": True}},
            {"Iam", "Scram", "Tls"},
            id="several",
        ),
        pytest.param(
            {"Sasl": {"Iam": {"Enabled": False}}, "Unauthenticated": {"Enabled": True}}, {"Unauthenticated"}, id="none"
        ),
        pytest.param(ref("Given"), UNKNOWN, id="parameter"),
        pytest.param({"Sasl": {"Iam": {"Enabled": ref("Given")}}}, UNKNOWN, id="parameter within"),
    ],
)
def test_provisioned_cluster_says_what_it_offers_to_clients(authentication: Any, wanted: Any) -> None:
    found = cluster({"ClientAuthentication": authentication} if authentication is not None else {})

    assert (found.identity, found.existing) == ("Shop/Source", False)
    assert found.authentications == wanted


def test_serverless_cluster_takes_iam_alone() -> None:
    found = cluster({}, "MSK::ServerlessCluster")

    assert found.authentications == frozenset({"Iam"})


@pytest.mark.parametrize(
    ("suffix", "kind", "authentications"),
    [("-1", "msk", UNKNOWN), ("-s1", "msk-serverless", frozenset({"Iam"}))],
)
def test_cluster_elsewhere_is_known_by_its_arn(suffix: str, kind: str, authentications: Any) -> None:
    plan = elsewhere(ARN.format("kafka", "cluster/shop/uuid" + suffix), **KAFKA)
    found = plan.event_source

    assert isinstance(found, Cluster)
    assert (plan.source, found.existing, found.authentications) == (kind, True, authentications)
    assert (found.region, found.account, found.reaches_lambda) == ("eu-west-1", "111122223333", UNKNOWN)


@pytest.mark.parametrize(
    ("access", "wanted"),
    [
        pytest.param([{"Type": "BASIC_AUTH", "URI": "s"}], True, id="over the internet"),
        pytest.param([{"Type": "VPC_SUBNET", "URI": "subnet:subnet-1"}], UNKNOWN, id="in a network elsewhere"),
        pytest.param(ref("Given"), UNKNOWN, id="parameter"),
        pytest.param([{"Type": ref("Given"), "URI": "s"}], UNKNOWN, id="hidden type"),
    ],
)
def test_cluster_of_ones_own_is_reached_by_what_its_mapping_says(access: Any, wanted: Any) -> None:
    settings = {**KAFKA, "SelfManagedEventSource": SERVERS, "SourceAccessConfigurations": access}
    found = read(Cluster, resource("SNS::Topic"), settings, arn=NONE)

    assert (found.existing, found.reaches_lambda) == (True, wanted)


@pytest.mark.parametrize(
    ("properties", "engine", "strategy"),
    [
        pytest.param({"EngineType": "RabbitMQ"}, "RABBITMQ", None, id="default"),
        pytest.param({"EngineType": "ACTIVEMQ", "AuthenticationStrategy": "ldap"}, "ACTIVEMQ", "LDAP", id="LDAP"),
        pytest.param({"EngineType": "ActiveMQ", "AuthenticationStrategy": "Simple"}, "ACTIVEMQ", "SIMPLE", id="simple"),
        pytest.param(
            {"EngineType": "ACTIVEMQ", "AuthenticationStrategy": ref("Given")}, "ACTIVEMQ", UNRESOLVED, id="parameter"
        ),
    ],
)
def test_broker_says_its_engine_and_its_users_in_capitals(properties: Any, engine: str, strategy: Any) -> None:
    found = read(Broker, resource("AmazonMQ::Broker", properties), {"Queues": ["orders"]})

    assert (found.existing, found.engine, found.authentication_strategy) == (False, engine, strategy)


def test_broker_elsewhere_hides_its_users() -> None:
    access = [{"Type": "BASIC_AUTH", "URI": "s"}, {"Type": "VIRTUAL_HOST", "URI": "/"}]
    found = elsewhere(ARN.format("mq", "broker:shop:b-1"), Queues=["q"], SourceAccessConfigurations=access)

    assert isinstance(found.event_source, Broker)
    assert (found.event_source.existing, found.event_source.authentication_strategy) == (True, UNKNOWN)


@pytest.mark.parametrize(
    ("kind", "properties", "wanted"),
    [
        pytest.param("DocDB::DBCluster", {}, ("instance", None, True), id="defaults"),
        pytest.param("DocDB::DBCluster", {"EngineVersion": "3.6.0"}, ("instance", "3.6.0", True), id="version"),
        pytest.param("DocDB::DBCluster", {"EngineVersion": ref("Given")}, ("instance", UNRESOLVED, True), id="hidden"),
        pytest.param(
            "DocDB::DBCluster", {"GlobalClusterIdentifier": "g"}, ("global", None, True), id="in a global one"
        ),
        pytest.param(
            "DocDB::DBCluster", {"GlobalClusterIdentifier": ref("Given")}, (UNKNOWN, None, True), id="perhaps in one"
        ),
        pytest.param("DocDB::GlobalCluster", {}, ("global", None, True), id="global"),
        pytest.param("DocDBElastic::Cluster", {}, ("elastic", None, True), id="elastic"),
    ],
)
def test_document_cluster_says_its_form_and_its_version(kind: str, properties: Any, wanted: Any) -> None:
    settings = {**LATEST, "DocumentDBEventSourceConfig": {"DatabaseName": "shop"}}
    found = read(DocumentCluster, resource(kind, properties), settings)

    assert (found.form, found.engine_version, found.encrypts_connections) == wanted


@pytest.mark.parametrize(
    ("group", "parameters", "wanted"),
    [
        pytest.param("default.docdb5.0", {}, True, id="the service's own"),
        pytest.param("ours", {}, UNKNOWN, id="elsewhere"),
        pytest.param(ref("Given"), {}, UNKNOWN, id="parameter"),
        pytest.param(ref("Group"), {"tls": "Disabled"}, False, id="off"),
        pytest.param(ref("Group"), {"tls": "enabled"}, True, id="on"),
        pytest.param(ref("Group"), {"tls": "tls1.3+"}, True, id="newest"),
        pytest.param(ref("Group"), {}, True, id="not said"),
        pytest.param(ref("Group"), {"tls": ref("Given")}, UNKNOWN, id="hidden"),
        pytest.param(ref("Group"), ref("Given"), UNKNOWN, id="all hidden"),
        pytest.param(ref("Group"), ref("AWS::NoValue"), True, id="nothing said"),
        pytest.param(ref("Group"), {"tls": " disabled "}, False, id="off, with blanks"),
        pytest.param("Default.docdb5.0", {}, UNKNOWN, id="named alike"),
    ],
)
def test_document_cluster_encrypts_as_its_parameter_group_says(group: Any, parameters: Any, wanted: Any) -> None:
    resources = {
        "Source": resource("DocDB::DBCluster", {"DBClusterParameterGroupName": group}),
        "Group": resource("DocDB::DBClusterParameterGroup", {"Parameters": parameters}),
        "Orders": mapping(get("Source"), **LATEST),
    }
    found = plan(resources, **GIVEN).event_source

    assert isinstance(found, DocumentCluster)
    assert found.encrypts_connections is wanted


@pytest.mark.parametrize(
    ("arn", "form"),
    [
        (ARN.format("rds", "cluster:shop"), UNKNOWN),
        ("arn:aws:rds::111122223333:global-cluster:shop", "global"),
        (ARN.format("docdb-elastic", "cluster/1-2"), "elastic"),
    ],
)
def test_document_cluster_elsewhere_is_known_by_its_arn(arn: str, form: Any) -> None:
    found = elsewhere(arn, DocumentDBEventSourceConfig={"DatabaseName": "shop"}, **LATEST)

    assert isinstance(found.event_source, DocumentCluster)
    assert (found.event_source.form, found.event_source.engine_version) == (form, UNKNOWN)


@pytest.mark.parametrize(
    ("source", "settings", "rule"),
    [
        pytest.param(
            resource("AmazonMQ::Broker", {"EngineType": "ACTIVEMQ", "AuthenticationStrategy": "ldap"}),
            {"Queues": ["orders"]},
            "ESM413",
            id="LDAP",
        ),
        pytest.param(resource("AmazonMQ::Broker", {"EngineType": "RABBITMQ"}), {"Queues": ["q"]}, "ESM333", id="queue"),
        pytest.param(resource("DocDB::DBCluster"), LATEST, "ESM333", id="document cluster"),
        pytest.param(resource("DocDB::DBCluster", {"EngineVersion": "3.6.0"}), LATEST, "ESM242", id="old"),
        pytest.param(resource("MSK::Cluster"), KAFKA, "ESM328", id="retries without end"),
        pytest.param(resource("MSK::Cluster"), KAFKA, "ESM331", id="group without a name"),
    ],
)
def test_rules_about_brokers_see_templates_too(source: Any, settings: Any, rule: str) -> None:
    found = plan({"Source": source, "Orders": mapping(get("Source"), **settings)})

    assert isinstance(found.failure, FailurePath)
    assert found.failure.kind == "none"
    assert [one.rule.id for one in check([found], select=[rule])] == [rule]
