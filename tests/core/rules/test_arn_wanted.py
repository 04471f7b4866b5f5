"""References where an ARN belongs, at every place that takes one."""

from typing import Any, Final

import pytest

from cdk_esm.rules.engine import check
from cdk_esm.testing.templates import get, mapping, plans, ref, resource

ID: Final = "ESM116"
AROUND: Final = {
    "Letters": resource("SQS::Queue"),
    "Bin": resource("S3::Bucket"),
    "Flow": resource("Kinesis::Stream"),
    "Items": resource("DynamoDB::Table", {"StreamSpecification": {"StreamViewType": "NEW_IMAGE"}}),
    "Bus": resource("Events::EventBus"),
    "Alert": resource("SNS::Topic"),
    "Seal": resource("KMS::Key"),
    "Seals": resource("KMS::Alias", {"TargetKeyId": ref("Seal")}),
    "Login": resource("SecretsManager::Secret"),
    "Words": resource("Glue::Registry"),
    "Shape": resource("Glue::Schema"),
    "Made": {"Type": "Custom::Thing", "Properties": {}},
}
KAFKA: Final = "arn:aws:kafka:eu-west-1:111122223333:cluster/depot/aaaabbbb-0000-1111-2222-333344445555-3"
BROKER: Final = {"Topics": ["orders"], "StartingPosition": "LATEST"}


def faults(resources: dict[str, Any], *ids: str) -> list[tuple[str, str, str]]:
    found = check(plans({**AROUND, **resources}), select=ids or (ID, "ESM108", "ESM221"))
    return [(finding.rule.id, finding.setting, finding.fix) for finding in found]


def redriven(target: Any) -> dict[str, Any]:
    policy = {"deadLetterTargetArn": target, "maxReceiveCount": 4}
    return {"Inbox": resource("SQS::Queue", {"RedrivePolicy": policy}), "Orders": mapping(get("Inbox"))}


@pytest.mark.parametrize(
    "target",
    [
        pytest.param(ref("Letters"), id="URL"),
        pytest.param(get("Letters", "QueueUrl"), id="URL by attribute"),
        pytest.param(get("Letters", "QueueName"), id="name"),
        pytest.param({"Fn::Sub": "${Letters}"}, id="URL in a text"),
        pytest.param({"Fn::Sub": "${Letters.QueueName}-more"}, id="text that begins with a name"),
        pytest.param({"Fn::Sub": "https://sqs.${AWS::Region}.amazonaws.com/letters"}, id="written URL"),
        pytest.param("letters", id="literal name"),
        pytest.param(ref("Alert"), id="topic"),
        pytest.param(get("Bin"), id="bucket"),
        pytest.param({"Fn::Join": ["", [ref("Letters")]]}, id="URL in a list"),
    ],
)
def test_dead_letter_queue_is_named_by_its_arn(target: Any) -> None:
    [(rule, setting, fix)] = faults(redriven(target))

    assert (rule, setting) == (ID, "Inbox.RedrivePolicy.deadLetterTargetArn")
    assert fix in ("give !GetAtt Letters.Arn", "give the ARN of an Amazon SQS queue")


@pytest.mark.parametrize(
    "target",
    [
        pytest.param(get("Letters"), id="attribute"),
        pytest.param({"Fn::Sub": "arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:letters"}, id="in words"),
        pytest.param({"Fn::Sub": "${Start}:sqs:eu-west-1:111122223333:letters"}, id="begins as nobody knows"),
        pytest.param({"Fn::ImportValue": "letters"}, id="import"),
        pytest.param(get("Made", "QueueArn"), id="custom resource"),
        pytest.param(get("Made", "Name"), id="custom resource under any name"),
        pytest.param(get("Setting", "Value"), id="value of a parameter resource"),
        pytest.param(ref("Unheard"), id="type that nobody knows"),
    ],
)
def test_what_is_or_may_be_an_arn_is_no_fault(target: Any) -> None:
    further = {"Setting": resource("SSM::Parameter", {"Value": "x"}), "Unheard": resource("Un::Heard")}

    assert faults({**redriven(target), **further}) == []


@pytest.mark.parametrize(
    ("source", "further", "fix"),
    [
        pytest.param(ref("Letters"), {}, "give !GetAtt Letters.Arn", id="URL of a queue"),
        pytest.param(ref("Flow"), {"StartingPosition": "LATEST"}, "give !GetAtt Flow.Arn", id="name of a stream"),
        pytest.param(
            ref("Items"), {"StartingPosition": "LATEST"}, "give !GetAtt Items.StreamArn", id="name of a table"
        ),
        pytest.param(ref("Alert"), {}, "give the ARN of an event source", id="topic"),
        pytest.param(get("Bin"), {}, "give the ARN of an event source", id="bucket"),
        pytest.param(get("Bus"), {"StartingPosition": "LATEST"}, "give the ARN of an event source", id="event bus"),
        pytest.param(ref("Bin"), BROKER, "give the ARN of an event source", id="name of a bucket"),
    ],
)
def test_source_is_named_by_an_arn_that_mappings_read(source: Any, further: dict[str, Any], fix: str) -> None:
    assert faults({"Orders": mapping(source, **further)}) == [("ESM108", "EventSourceArn", fix)]


@pytest.mark.parametrize("service", ["sns", "s3", "events", "logs", "states"])
def test_arn_of_no_source_is_called_by_no_sources_name(service: str) -> None:
    source = f"arn:aws:{service}:eu-west-1:111122223333:orders"

    found = check(plans({"Orders": mapping(source, FunctionResponseTypes=["ReportBatchItemFailures"])}))

    assert [finding.rule.id for finding in found] == ["ESM108"]
    assert "SQS" not in found[0].message


@pytest.mark.parametrize(
    ("destination", "fix"),
    [
        pytest.param(ref("Bin"), "give !GetAtt Bin.Arn", id="name of a bucket"),
        pytest.param(ref("Letters"), "give !GetAtt Letters.Arn", id="URL of a queue"),
        pytest.param(get("Alert", "TopicName"), "give !Ref Alert", id="name of a topic"),
        pytest.param(get("Bus"), None, id="event bus"),
        pytest.param(get("Function"), None, id="function"),
        pytest.param(get("Flow"), None, id="stream"),
    ],
)
@pytest.mark.parametrize(
    ("source", "further"),
    [
        pytest.param(get("Flow"), {"StartingPosition": "LATEST"}, id="Kinesis"),
        pytest.param(get("Items", "StreamArn"), {"StartingPosition": "LATEST"}, id="DynamoDB"),
        pytest.param(KAFKA, BROKER, id="Kafka"),
    ],
)
def test_destination_is_an_arn_of_a_kind_that_is_offered(
    source: Any, further: dict[str, Any], destination: Any, fix: str | None
) -> None:
    failing = {"DestinationConfig": {"OnFailure": {"Destination": destination}}}

    [(rule, setting, told)] = faults({"Orders": mapping(source, **further, **failing)})

    assert (rule, setting) == ("ESM221", "DestinationConfig.OnFailure.Destination")
    assert told in (fix or told, "give !Ref Alert", "give !GetAtt Alert.TopicArn")


@pytest.mark.parametrize(
    ("properties", "place"),
    [
        pytest.param({"KmsKeyArn": ref("Seal")}, "KmsKeyArn", id="ID of a key"),
        pytest.param({"KmsKeyArn": ref("Seals")}, "KmsKeyArn", id="name of an alias"),
        pytest.param({"KmsKeyArn": ref("Login")}, "KmsKeyArn", id="secret for a key"),
        pytest.param(
            {"SourceAccessConfigurations": [{"Type": "SASL_SCRAM_512_AUTH", "URI": ref("Bin")}]},
            "SourceAccessConfigurations.URI",
            id="name for a secret",
        ),
        pytest.param(
            {"SourceAccessConfigurations": [{"Type": "SERVER_ROOT_CA_CERTIFICATE", "URI": get("Seal")}]},
            "SourceAccessConfigurations.URI",
            id="key for a certificate",
        ),
        pytest.param(
            {"AmazonManagedKafkaEventSourceConfig": {"SchemaRegistryConfig": {"SchemaRegistryURI": get("Shape")}}},
            "AmazonManagedKafkaEventSourceConfig.SchemaRegistryConfig.SchemaRegistryURI",
            id="schema for a registry",
        ),
    ],
)
def test_what_a_mapping_names_besides_is_named_by_its_arn(properties: dict[str, Any], place: str) -> None:
    found = faults({"Orders": mapping(KAFKA, **BROKER, **properties)})

    assert [(rule, setting) for rule, setting, _ in found] == [(ID, place)]


def test_what_is_right_at_all_these_places_has_no_finding() -> None:
    access = [
        {"Type": "SASL_SCRAM_512_AUTH", "URI": ref("Login")},
        {"Type": "VPC_SUBNET", "URI": "subnet:subnet-1"},
    ]
    for registry in (get("Words"), ref("Words"), "https://registry.example.com"):
        config = {"SchemaRegistryConfig": {"SchemaRegistryURI": registry}}
        one = mapping(
            KAFKA,
            **BROKER,
            KmsKeyArn=get("Seal"),
            SourceAccessConfigurations=access,
            AmazonManagedKafkaEventSourceConfig=config,
            DestinationConfig={"OnFailure": {"Destination": "kafka://failed"}},
        )

        assert faults({"Orders": one}) == []


@pytest.mark.parametrize("role", [pytest.param(ref("Role"), id="name"), pytest.param(get("Login", "Id"), id="secret")])
def test_role_of_the_function_is_named_by_its_arn(role: Any) -> None:
    function = resource("Lambda::Function", {"Role": role})

    [(rule, setting, _)] = faults({"Function": function, "Orders": mapping(get("Letters"))})

    assert (rule, setting) == (ID, "Function.Role")


@pytest.mark.parametrize("stream", [pytest.param(ref("Flow"), id="name"), pytest.param(get("Letters"), id="queue")])
def test_stream_of_a_consumer_is_named_by_its_arn(stream: Any) -> None:
    consumer = resource("Kinesis::StreamConsumer", {"StreamARN": stream, "ConsumerName": "c"})

    [(rule, setting, _)] = faults({"Eager": consumer, "Orders": mapping(ref("Eager"), StartingPosition="LATEST")})

    assert (rule, setting) == (ID, "Eager.StreamARN")
