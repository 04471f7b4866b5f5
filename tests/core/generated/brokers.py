"""Amazon MQ brokers and Amazon DocumentDB clusters, and mappings on them."""

from __future__ import annotations

from typing import Any, Final

from tests.core.generated.case import Case
from tests.core.generated.common import add_mapping, batches, filter_now_and_then, start
from tests.core.generated.functions import add_function, attach, target
from tests.core.generated.kafka import network, secret

_CLUSTER: Final = ("rds:DescribeDBClusters",)
_EVERYWHERE: Final = ("rds:DescribeDBClusterParameters", "rds:DescribeDBSubnetGroups")


def on_broker(case: Case) -> None:
    """A mapping on a queue of a broker."""
    add_function(case)
    draw, rabbit = case.draw, case.kind == "rabbitmq"
    settings = add_mapping(case, None, target(case))
    access: list[dict[str, Any]] = [{"Type": "BASIC_AUTH", "URI": secret(case, "broker")}]
    # An ARN does not say which engine a broker has; the virtual host does, which only one of them knows.
    own = not rabbit or draw.chance(0.8)
    if rabbit and (not own or draw.chance(0.5)):
        access.append({"Type": "VIRTUAL_HOST", "URI": draw.one_of(("/", "shop", "/shop-1"))})
    if own:
        engine = draw.one_of(("RABBITMQ", "RabbitMQ") if rabbit else ("ACTIVEMQ", "ActiveMQ"))
        properties: dict[str, Any] = {
            "BrokerName": "shop",
            "EngineType": engine,
            "DeploymentMode": "SINGLE_INSTANCE",
            "HostInstanceType": "mq.m7g.large",
            "PubliclyAccessible": False,
            "Users": [{"Username": "lambda", "Password": "{{resolve:secretsmanager:broker:SecretString:password}}"}],
        }
        if draw.chance(0.3):
            properties["AuthenticationStrategy"] = "SIMPLE"
        case.add("Source", "AmazonMQ::Broker", properties)
    broker = case.arn("Source") if own else case.elsewhere("mq", f"broker:shop:b-{draw.uuid()}")
    settings["EventSourceArn"] = broker
    settings["Queues"] = [draw.one_of(("orders", "shop/orders", "a" * 1000))]
    settings["SourceAccessConfigurations"] = access
    case.allow(("mq:DescribeBroker",), broker)
    network(case)
    batches(case)
    filter_now_and_then(case, metrics=False)
    attach(case)


def on_document_cluster(case: Case) -> None:
    """A mapping on the change stream of a document cluster."""
    add_function(case)
    draw = case.draw
    cluster: Any = case.elsewhere("rds", "cluster:shop")
    if draw.chance(0.8):
        properties: dict[str, Any] = {"DBClusterIdentifier": "shop", "MasterUsername": "root"}
        if draw.chance(0.7):
            properties["EngineVersion"] = draw.one_of(("4.0.0", "5.0.0"))
        if draw.chance(0.4):
            group = {"Family": "docdb5.0", "Description": "shop", "Parameters": {"tls": "enabled"}}
            case.add("Group", "DocDB::DBClusterParameterGroup", group)
            properties["DBClusterParameterGroupName"] = {"Ref": "Group"}
        case.add("Source", "DocDB::DBCluster", properties)
        named = {"Fn::Sub": "arn:${AWS::Partition}:rds:${AWS::Region}:${AWS::AccountId}:cluster:${Source}"}
        cluster = draw.one_of((case.arn_by_name("rds", "cluster:shop"), named))
    settings = add_mapping(case, cluster, target(case))
    settings["SourceAccessConfigurations"] = [{"Type": "BASIC_AUTH", "URI": secret(case, "docdb")}]
    config: dict[str, Any] = {"DatabaseName": draw.one_of(("shop", "s", "d" * 63))}
    if draw.chance(0.7):
        config["CollectionName"] = draw.one_of(("orders", "_o", "c" * 57))
    if draw.chance(0.5):
        config["FullDocument"] = draw.one_of(("UpdateLookup", "Default"))
    settings["DocumentDBEventSourceConfig"] = config
    case.allow(_CLUSTER, cluster)
    case.allow(_EVERYWHERE, "*")
    network(case)
    start(case)
    batches(case)
    attach(case)
