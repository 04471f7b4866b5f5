from typing import Any

import pytest

from cdk_esm.facts import Lack
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_permission
from cdk_esm.testing.templates import document, get, inline, plan, ref, resource
from cdk_esm.testing.templates import mapping as orders

ID = "ESM417"
STREAM = ["GetRecords", "GetShardIterator", "DescribeStreamSummary", "ListShards"]
IAM = {"ClientAuthentication": {"Sasl": {"Iam": {"Enabled": True}}}}
KAFKA = {"StartingPosition": "TRIM_HORIZON", "Topics": ["orders"]}
DESCRIBE = document(["kafka:DescribeClusterV2", "kafka:GetBootstrapBrokers"], ref("Source"))


def found(source: dict[str, Any], settings: dict[str, Any], *documents: dict[str, Any], arn: Any = None) -> list[str]:
    role = resource("IAM::Role", inline(*documents))
    named = ref("Source") if arn is None else arn
    one = plan({"Source": source, "Role": role, "Orders": orders(named, **settings)})
    return [str(finding.allowed) for finding in check([one], select=[ID])]


@pytest.mark.parametrize("kind", ["MSK::ServerlessCluster", "MSK::Cluster"])
def test_role_that_may_not_sign_in_to_kafka_is_told(kind: str) -> None:
    lacking = found(resource(kind, IAM), KAFKA, DESCRIBE)

    actions = ["Connect", "DescribeTopic", "ReadData", "AlterGroup", "DescribeGroup"]
    assert lacking == ["a role that is allowed " + ", ".join(f"kafka-cluster:{action}" for action in actions)]


@pytest.mark.parametrize("kind", ["MSK::ServerlessCluster", "MSK::Cluster"])
@pytest.mark.parametrize(
    "on",
    [
        pytest.param("*", id="everything"),
        pytest.param({"Fn::Sub": "arn:aws:kafka:${AWS::Region}:${AWS::AccountId}:*/shop/*"}, id="parts of ARNs"),
        pytest.param([ref("Source"), "arn:aws:kafka:*:*:topic/shop/*", "arn:aws:kafka:*:*:group/*"], id="each"),
    ],
)
def test_role_that_may_or_perhaps_may_sign_in_is_fine(kind: str, on: Any) -> None:
    assert found(resource(kind, IAM), KAFKA, DESCRIBE, document("kafka-cluster:*", on)) == []


def test_cluster_that_asks_for_a_password_needs_no_kafka_actions() -> None:
    secret = [{"Type": "SASL_SCRAM_512_AUTH", "URI": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:s"}]

    assert found(resource("MSK::Cluster", IAM), {**KAFKA, "SourceAccessConfigurations": secret}, DESCRIBE) == []
    assert found(resource("MSK::Cluster"), KAFKA, DESCRIBE) == []


def test_older_way_to_describe_a_cluster_does_as_well() -> None:
    older = document(["kafka:DescribeCluster", "kafka:GetBootstrapBrokers"], ref("Source"))

    assert found(resource("MSK::Cluster"), KAFKA, older) == []
    assert found(resource("MSK::ServerlessCluster"), KAFKA, older, document("kafka-cluster:*", "*")) == [
        "a role that is allowed kafka:DescribeClusterV2"
    ]
    assert found(resource("MSK::Cluster"), KAFKA) == [
        "a role that is allowed kafka:DescribeClusterV2, kafka:GetBootstrapBrokers"
    ]


def test_broker_and_document_cluster_want_to_be_described() -> None:
    broker, cluster = resource("AmazonMQ::Broker", {"EngineType": "RABBITMQ"}), resource("DocDB::DBCluster")

    assert found(broker, {"Queues": ["orders"]}, arn=get("Source")) == ["a role that is allowed mq:DescribeBroker"]
    assert found(broker, {"Queues": ["orders"]}, document("mq:*", "*"), arn=get("Source")) == []
    [lacking] = found(cluster, {"StartingPosition": "LATEST"})
    assert lacking.count("rds:Describe") == 3
    assert found(cluster, {"StartingPosition": "LATEST"}, document("rds:Describe*", "*")) == []


def through_consumer(on: Any) -> list[str]:
    around = {
        "Stream": resource("Kinesis::Stream"),
        "Consumer": resource("Kinesis::StreamConsumer", {"StreamARN": get("Stream")}),
        "Role": resource("IAM::Role", inline(document("kinesis:*", on))),
        "Orders": orders(ref("Consumer"), StartingPosition="TRIM_HORIZON"),
    }
    return [str(finding.got) for finding in check([plan(around)], select=[ID])]


def test_stream_alone_is_not_its_consumer() -> None:
    assert through_consumer(get("Stream")) == ["Shop/Stream"]


def test_policy_of_aws_is_enough_for_a_consumer() -> None:
    around = {
        "Stream": resource("Kinesis::Stream"),
        "Consumer": resource("Kinesis::StreamConsumer", {"StreamARN": get("Stream")}),
        "Role": resource(
            "IAM::Role",
            {"ManagedPolicyArns": ["arn:aws:iam::aws:policy/service-role/AWSLambdaKinesisExecutionRole"]},
        ),
        "Orders": orders(ref("Consumer"), StartingPosition="TRIM_HORIZON"),
    }

    assert [one.rule.id for one in check([plan(around)], select=["ESM41", "ESM424"])] == ["ESM424"]


def test_a_consumer_does_not_need_actions_that_other_tools_leave_out() -> None:
    statements = [
        *document([f"kinesis:{name}" for name in STREAM], get("Stream"))["Statement"],
        *document("kinesis:SubscribeToShard", ref("Consumer"))["Statement"],
    ]
    around = {
        "Stream": resource("Kinesis::Stream"),
        "Consumer": resource("Kinesis::StreamConsumer", {"StreamARN": get("Stream")}),
        "Role": resource("IAM::Role", inline({"Statement": statements})),
        "Orders": orders(ref("Consumer"), StartingPosition="TRIM_HORIZON"),
    }

    assert check([plan(around)], select=["ESM41"]) == []


@pytest.mark.parametrize(
    "on",
    [
        pytest.param([get("Stream"), ref("Consumer")], id="consumer"),
        pytest.param([get("Stream"), {"Fn::Sub": "${Stream.Arn}/consumer/*"}], id="every consumer of the stream"),
        pytest.param({"Fn::Sub": "${Stream.Arn}*"}, id="whatever begins with the stream"),
    ],
)
def test_a_pattern_below_the_stream_covers_its_consumer(on: Any) -> None:
    assert through_consumer(on) == []


def test_what_is_refused_is_told_by_other_rules() -> None:
    assert ids(with_permission(mapping(), "sqs:ReceiveMessage", lack=Lack.REFUSED, held=False), select=[ID]) == []
