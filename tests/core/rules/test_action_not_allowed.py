from typing import Any

import pytest

from cdk_esm.facts import UNKNOWN, Lack
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_permission
from cdk_esm.testing.templates import document, get, inline, plan, ref, resource
from cdk_esm.testing.templates import mapping as orders

ID = "ESM414"
KINESIS = ["kinesis:DescribeStream", "kinesis:GetRecords", "kinesis:GetShardIterator"]
DYNAMODB = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"]
SQS = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]
SECRET = "secretsmanager:GetSecretValue"  # noqa: S105 - an action
SOURCES: dict[str, tuple[dict[str, Any], Any, list[str]]] = {
    "sqs": (resource("SQS::Queue"), get("Source"), SQS),
    "kinesis": (resource("Kinesis::Stream"), get("Source"), KINESIS),
    "dynamodb": (resource("DynamoDB::Table", {"StreamSpecification": {}}), get("Source", "StreamArn"), DYNAMODB),
}
POSITION = {"StartingPosition": "TRIM_HORIZON"}


def missing(source: str, *documents: dict[str, Any]) -> list[str]:
    """The actions that are found missing with a role of these policies."""
    kind, arn, _ = SOURCES[source]
    role = resource("IAM::Role", inline(*documents))
    found = check([plan({"Source": kind, "Role": role, "Orders": orders(arn, **POSITION)})], select=[ID])
    return [action for one in found for action in one.allowed.removeprefix("a role that is allowed ").split(", ")]


@pytest.mark.parametrize("source", SOURCES)
def test_role_without_a_policy_lacks_all_that_lambda_tries(source: str) -> None:
    assert missing(source) == SOURCES[source][2]


@pytest.mark.parametrize("source", SOURCES)
def test_one_action_that_is_left_out_is_named(source: str) -> None:
    _, arn, actions = SOURCES[source]

    assert missing(source, document(actions[1:], arn)) == actions[:1]
    assert missing(source, document(actions, arn)) == []
    assert missing(source, document(actions[0].partition(":")[0].upper() + ":*", "*")) == []


@pytest.mark.parametrize(
    "on",
    [
        pytest.param({"Fn::Sub": "${Source.Arn}/stream/*"}, id="every stream of the table"),
        pytest.param({"Fn::Join": ["", [get("Source"), "/*"]]}, id="everything below the table"),
        pytest.param({"Fn::Sub": "arn:aws:dynamodb:*:*:table/${Source}/stream/*"}, id="ARN put together"),
    ],
)
def test_a_pattern_that_covers_the_streams_of_the_table_is_enough(on: Any) -> None:
    assert missing("dynamodb", document(DYNAMODB, on)) == []


@pytest.mark.parametrize("owner", ["activemq", "documentdb"])
def test_secret_that_the_role_may_not_read_is_named(owner: str) -> None:
    kinds = {"activemq": ("AmazonMQ::Broker", {"EngineType": "ACTIVEMQ"}), "documentdb": ("DocDB::DBCluster", {})}
    access = [{"Type": "BASIC_AUTH", "URI": ref("Secret")}]
    further = {"Source": resource(*kinds[owner]), "Secret": resource("SecretsManager::Secret")}
    reads = document(SECRET, ref("Secret"))

    for documents, wanted in ((), [ID]), ((reads,), []):
        role = resource("IAM::Role", inline(*documents))
        one = plan({**further, "Role": role, "Orders": orders(get("Source"), SourceAccessConfigurations=access)})
        assert [finding.rule.id for finding in check([one], select=[ID])] == wanted


@pytest.mark.parametrize(
    ("replica", "wanted"),
    [
        pytest.param({"Region": "eu-west-1"}, [ID], id="no policy of its own"),
        pytest.param({"ResourcePolicy": {"PolicyDocument": document("s3:*", "*", Principal="*")}}, [ID], id="another"),
        pytest.param({"ResourcePolicy": {"PolicyDocument": document("*", "*", Principal="*")}}, [], id="open"),
        pytest.param({"ReplicaStreamSpecification": {"ResourcePolicy": ref("AWS::StackName")}}, [], id="hidden"),
        pytest.param(ref("AWS::StackName"), [], id="all hidden"),
    ],
)
def test_global_table_may_let_the_role_in_by_its_replicas(replica: Any, wanted: list[str]) -> None:
    around = {
        "Source": resource("DynamoDB::GlobalTable", {"StreamSpecification": {}, "Replicas": [replica]}),
        "Role": resource("IAM::Role"),
        "Orders": orders(get("Source", "StreamArn"), **POSITION),
    }

    assert [one.rule.id for one in check([plan(around)], select=[ID])] == wanted


def test_newer_way_to_describe_a_stream_does_as_well() -> None:
    actions = ["kinesis:DescribeStreamSummary", "kinesis:GetRecords", "kinesis:GetShardIterator"]

    assert missing("kinesis", document(actions, get("Source"))) == []


def test_table_without_a_stream_has_nothing_to_read() -> None:
    around = {"Source": resource("DynamoDB::Table"), "Role": resource("IAM::Role")}
    one = plan({**around, "Orders": orders(get("Source", "StreamArn"), **POSITION)})

    assert check([one], select=["ESM41"]) == []


def test_attached_secret_is_the_secret() -> None:
    further = {
        "Source": resource("DocDB::DBCluster"),
        "Secret": resource("SecretsManager::Secret"),
        "Attached": resource("SecretsManager::SecretTargetAttachment", {"SecretId": ref("Secret")}),
        "Role": resource("IAM::Role", inline(document(SECRET, ref("Attached")))),
    }
    access = [{"Type": "BASIC_AUTH", "URI": ref("Secret")}]

    one = plan({**further, "Orders": orders(get("Source"), SourceAccessConfigurations=access)})

    assert check([one], select=[ID]) == []


@pytest.mark.parametrize("held", [True, UNKNOWN])
def test_what_is_held_or_hidden_is_not_missing(held: object) -> None:
    assert ids(with_permission(mapping(), SQS[0], lack=Lack.REFUSED, held=held), select=[ID]) == []
