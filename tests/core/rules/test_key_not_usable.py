from typing import Any

import pytest

from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_permission
from cdk_esm.testing.templates import document, get, inline, plan, ref, resource
from cdk_esm.testing.templates import mapping as orders

ID = "ESM419"
ACCOUNT = {"AWS": {"Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:root"}}
KEY = resource("KMS::Key", {"KeyPolicy": document("kms:*", "*", Principal=ACCOUNT)})
POSITION = {"StartingPosition": "TRIM_HORIZON"}
SOURCES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "queue": (resource("SQS::Queue", {"KmsMasterKeyId": ref("Key")}), orders(get("Source"))),
    "stream": (
        resource("Kinesis::Stream", {"StreamEncryption": {"EncryptionType": "KMS", "KeyId": get("Key")}}),
        orders(get("Source"), **POSITION),
    ),
    "table": (
        resource("DynamoDB::Table", {"StreamSpecification": {}, "SSESpecification": {"KMSMasterKeyId": get("Key")}}),
        orders(get("Source", "StreamArn"), **POSITION),
    ),
    "global table": (
        resource(
            "DynamoDB::GlobalTable",
            {"StreamSpecification": {}, "Replicas": [{"SSESpecification": {"KMSMasterKeyId": get("Key")}}]},
        ),
        orders(get("Source", "StreamArn"), **POSITION),
    ),
    "secret": (
        resource("AmazonMQ::Broker", {"EngineType": "RABBITMQ"}),
        orders(get("Source"), SourceAccessConfigurations=[{"Type": "BASIC_AUTH", "URI": ref("Secret")}]),
    ),
}


def found(source: str, *documents: dict[str, Any], **further: Any) -> list[Any]:
    kind, mapped = SOURCES[source]
    around = {
        "Source": kind,
        "Key": KEY,
        "Secret": resource("SecretsManager::Secret", {"KmsKeyId": get("Key")}),
        "Role": resource("IAM::Role", inline(*documents)),
        "Orders": mapped,
    }
    return check([plan({**around, **further})], select=[ID])


@pytest.mark.parametrize("source", SOURCES)
def test_key_that_the_role_may_not_use_is_told(source: str) -> None:
    [one] = found(source)

    assert "kms:Decrypt" in one.message
    assert "Shop/Key" in one.message


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize(
    "allowed",
    [
        pytest.param(document("kms:Decrypt", get("Key")), id="decrypt on the key"),
        pytest.param(document("kms:*", "*"), id="anything"),
        pytest.param(document("kms:De*", "arn:aws:kms:*:*:key/*"), id="pattern"),
    ],
)
def test_key_that_the_role_may_use_is_fine(source: str, allowed: dict[str, Any]) -> None:
    assert found(source, allowed) == []


@pytest.mark.parametrize(
    "principal",
    [pytest.param({"AWS": get("Role")}, id="role"), pytest.param({"AWS": "*"}, id="all"), pytest.param("*", id="any")],
)
def test_key_that_lets_the_role_in_by_itself_is_fine(principal: Any) -> None:
    open_key = resource("KMS::Key", {"KeyPolicy": document("kms:Decrypt", "*", Principal=principal)})

    assert found("queue", Key=open_key) == []


@pytest.mark.parametrize("name", ["alias/aws/sqs", "alias/elsewhere", "11111111-2222-3333-4444-555555555555"])
def test_key_that_stands_in_no_template_is_left_alone(name: str) -> None:
    assert found("queue", Source=resource("SQS::Queue", {"KmsMasterKeyId": name})) == []


def test_alias_stands_for_its_key() -> None:
    alias = resource("KMS::Alias", {"AliasName": "alias/shop", "TargetKeyId": get("Key")})
    queue = resource("SQS::Queue", {"KmsMasterKeyId": ref("Alias")})

    assert [one.rule.id for one in found("queue", Source=queue, Alias=alias)] == [ID]
    assert found("queue", document("kms:Decrypt", get("Key")), Source=queue, Alias=alias) == []


def test_key_of_a_destination_is_needed_to_write() -> None:
    encryption = {"ServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": get("Key")}}
    bucket = {"BucketEncryption": {"ServerSideEncryptionConfiguration": [encryption]}}
    mapped = orders(get("Source"), DestinationConfig={"OnFailure": {"Destination": get("Bucket")}}, **POSITION)
    further = {"Source": resource("Kinesis::Stream"), "Bucket": resource("S3::Bucket", bucket), "Orders": mapped}

    [one] = found("stream", **further)

    assert "kms:GenerateDataKey on the key of the on-failure destination" in one.message
    assert found("stream", document("kms:GenerateDataKey*", get("Key")), **further) == []


def test_key_that_is_held_is_fine() -> None:
    assert ids(with_permission(mapping(), "kms:Decrypt", on="source-key"), select=[ID]) == []
