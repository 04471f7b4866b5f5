"""What a mapping on Kafka is with nothing but what is required, and what its group and its id depend on."""

from __future__ import annotations

from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_lambda as lambda_

import cdk_esm as esm
from cdk_esm.constructs.kafka_keywords import default_group
from cdk_esm.report.summary import summary
from cdk_esm.sources.kafka_settings import MSK_GROUP_ID
from cdk_esm.sources.msk import MSK
from tests.cdk.kafka.variants import IAM, POLLERS, PROVISIONED, START, Variant, by_name, every_variant, vpc_access
from tests.cdk.templates import logical_id, properties, quiet_app, resources

BUCKET = {"Fn::GetAtt": ["EsmFailures424D4986", "Arn"]}
METRICS = {"Metrics": ["EventCount", "ErrorCount", "KafkaMetrics"]}
ALARMS = [
    "offset_lag",
    "polling_errors",
    "commit_errors",
    "dropped",
    "deliveries",
    "delivery_failures",
    "errors",
    "throttles",
    "failures",
    "stopped",
]


def settings(bundle: Any) -> dict[str, Any]:
    written = properties(bundle.mapping)
    del written["FunctionName"]
    return written


def test_on_demand_pollers_get_no_retry_controls(stack: cdk.Stack, function: esm.NewFunction) -> None:
    written = settings(by_name["msk-iam-arn"].build(stack, function))
    group = written.pop("AmazonManagedKafkaEventSourceConfig")["ConsumerGroupId"]

    assert written == {
        "EventSourceArn": PROVISIONED,
        "Topics": ["orders"],
        "StartingPosition": "TRIM_HORIZON",
        "DestinationConfig": {"OnFailure": {"Destination": BUCKET}},
        "MetricsConfig": METRICS,
    }
    assert group["Fn::Join"][1][0::2] == ["Shop-", "-", group["Fn::Join"][1][-1]]


def test_provisioned_pollers_bring_retries_that_end(stack: cdk.Stack, function: esm.NewFunction) -> None:
    written = settings(by_name["msk-iam-arn"].build(stack, function, provisioned_poller_config=POLLERS))

    assert written["ProvisionedPollerConfig"] == {"MinimumPollers": 1, "MaximumPollers": 4}
    assert written["MaximumRetryAttempts"] == 10
    assert written["BisectBatchOnFunctionError"] is True
    assert written["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


@every_variant
def test_no_way_in_has_a_finding_of_its_own(variant: Variant, stack: cdk.Stack, function: esm.NewFunction) -> None:
    """Defaults have no error, no danger and no advice; a group that Lambda names is no default."""
    expected = {"ESM331"} if variant.name == "msk-service-group" else set()

    assert {one.rule.id for one in variant.build(stack, function).findings} == expected


@pytest.mark.parametrize("name", ["msk-iam-arn", "msk-iam-serverless-arn", "own-scram-512-vpc-root"])
def test_the_alarms_watch_the_lag_the_pollers_and_the_failures(
    name: str, stack: cdk.Stack, function: esm.NewFunction
) -> None:
    bundle = by_name[name].build(stack, function)
    lag = properties(bundle.alarms["offset_lag"])

    assert list(bundle.alarms) == ALARMS
    assert (lag["MetricName"], lag["Statistic"], lag["Threshold"]) == ("MaxOffsetLag", "Maximum", 10_000)
    assert lag["Dimensions"] == [{"Name": "EventSourceMappingUUID", "Value": {"Ref": logical_id(bundle.mapping)}}]
    assert "10000 records" in lag["AlarmDescription"]


def test_a_lag_that_nobody_named_is_asked_for(stack: cdk.Stack, function: esm.NewFunction) -> None:
    with pytest.raises(esm.EsmTypeError) as caught:
        by_name["msk-iam-arn"].build(stack, function, alarms=None)

    (finding,) = caught.value.findings
    assert (finding.rule.id, finding.setting) == ("ESM003", "alarms.thresholds['offset_lag']")
    assert stack.node.children == []


@pytest.mark.parametrize(
    "changes",
    [
        {"alarms": esm.Alarms(off={"offset_lag": "the topic is a changelog"})},
        {"alarms": None, "metrics_config": lambda_.MetricsConfig(metrics=[lambda_.MetricType.EVENT_COUNT])},
        {"alarms": None, "enabled": False},
    ],
)
def test_a_lag_that_is_declined_or_not_measured_is_not_asked_for(
    changes: dict[str, Any], stack: cdk.Stack, function: esm.NewFunction
) -> None:
    assert "offset_lag" not in by_name["msk-iam-arn"].build(stack, function, **changes).alarms


def test_a_schema_registry_brings_its_alarm(stack: cdk.Stack, function: esm.NewFunction) -> None:
    assert "schema_errors" in by_name["msk-glue"].build(stack, function).alarms


@pytest.mark.parametrize("name", ["msk-iam-arn", "own-scram-512-public"])
def test_a_group_belongs_to_stack_region_account_construct_and_topic(
    name: str, tmp_path_factory: pytest.TempPathFactory, function: esm.NewFunction
) -> None:
    def group(stack: str = "Shop", account: str = "1" * 12, id: str = "Feed", topic: str = "orders") -> Any:  # noqa: A002
        app = quiet_app(tmp_path_factory.mktemp("group"))
        env = cdk.Environment(account=account, region="eu-west-1")
        other_account = {"cluster": cdk.Fn.import_value("Cluster")} if name.startswith("msk") else {}
        return (
            by_name[name]
            .build(cdk.Stack(app, stack, env=env), function, id, topic=topic, **other_account)
            .consumer_group
        )

    assert group() == group()
    assert group().startswith("Shop-eu-west-1-111111111111-")
    assert len({group(), group(stack="Other"), group(account="4" * 12), group(id="Else"), group(topic="paid")}) == 5


def test_the_longest_default_group_is_taken() -> None:
    longest = default_group("s" * 128, "ap-southeast-1-longest", "1" * 12, "a/b", "t" * 249)

    assert len(longest) <= (MSK.by_name[MSK_GROUP_ID].maximum or 0)


def test_a_group_of_the_users_own_is_taken_as_it_is(stack: cdk.Stack, function: esm.NewFunction) -> None:
    bundle = by_name["msk-iam-arn"].build(stack, function, consumer_group_id="shop-orders")

    assert bundle.consumer_group == "shop-orders"
    assert settings(bundle)["AmazonManagedKafkaEventSourceConfig"] == {"ConsumerGroupId": "shop-orders"}


@pytest.mark.parametrize("name", ["msk-iam-arn", "own-scram-512-public"])
def test_another_topic_is_another_logical_id_and_another_group_is_not(
    name: str, tmp_path_factory: pytest.TempPathFactory, function: esm.NewFunction
) -> None:
    def id_of(**changes: Any) -> str:
        stack = cdk.Stack(quiet_app(tmp_path_factory.mktemp("id")), "Shop")
        return logical_id(by_name[name].build(stack, function, **changes).mapping)

    assert id_of() == id_of() == id_of(consumer_group_id="shop") == id_of(batch_size=5)
    assert id_of() != id_of(topic="paid")
    assert id_of(logical_id="Old") == id_of(logical_id="Old", topic="paid") == "Old"


def test_queue_mode_takes_no_position_and_no_retries_of_ours(stack: cdk.Stack, function: esm.NewFunction) -> None:
    bundle = by_name["own-scram-512-public"].build(
        stack,
        function,
        starting_position=None,
        consumption_mode="Queue",
        provisioned_poller_config=POLLERS,
        acknowledge={"ESM332": "payments of one day in any order"},
    )
    written = settings(bundle)

    assert written["SelfManagedKafkaEventSourceConfig"]["ConsumptionMode"] == "Queue"
    assert not {"StartingPosition", "MaximumRetryAttempts", "BisectBatchOnFunctionError"} & set(written)


def test_a_self_managed_cluster_has_servers_and_no_arn(stack: cdk.Stack, function: esm.NewFunction) -> None:
    server = cdk.CfnParameter(stack, "Server").value_as_string
    bundle = by_name["own-oauth-public-root"].build(stack, function, bootstrap_servers=[server, "kafka:9092"])
    written = settings(bundle)

    assert "EventSourceArn" not in written
    assert written["SelfManagedEventSource"] == {
        "Endpoints": {"KafkaBootstrapServers": [{"Ref": "Server"}, "kafka:9092"]}
    }
    assert [one["Type"] for one in written["SourceAccessConfigurations"]] == [
        "OAUTHBEARER_AUTH",
        "OAUTHBEARER_SCOPE",
        "OAUTHBEARER_AUDIENCE",
        "SERVER_ROOT_CA_CERTIFICATE",
    ]


def test_iam_on_a_self_managed_cluster_names_no_secret(stack: cdk.Stack, function: esm.NewFunction) -> None:
    written = settings(by_name["own-iam-oauth-public"].build(stack, function))

    assert written["SourceAccessConfigurations"] == [
        {"Type": "IAM_OAUTHBEARER_AUTH"},
        {"Type": "OAUTHBEARER_AUDIENCE", "URI": "shop"},
    ]


def test_the_log_and_the_schemas_are_in_their_records(stack: cdk.Stack, function: esm.NewFunction) -> None:
    bundle = by_name["msk-confluent"].build(
        stack, function, log_level=lambda_.EventSourceMappingLogLevel.WARN, consumer_group_id="shop"
    )
    written = settings(bundle)
    registry = written["AmazonManagedKafkaEventSourceConfig"]["SchemaRegistryConfig"]

    assert written["LoggingConfig"] == {"SystemLogLevel": "WARN"}
    assert registry["SchemaRegistryURI"] == "https://schemas.example.com"
    assert registry["SchemaValidationConfigs"] == [{"Attribute": "VALUE"}]
    assert [one["Type"] for one in registry["AccessConfigs"]] == ["BASIC_AUTH", "SERVER_ROOT_CA_CERTIFICATE"]


def test_a_bundle_is_these_resources_and_no_other(stack: cdk.Stack, function: esm.NewFunction) -> None:
    by_name["msk-iam-arn"].build(stack, function)
    kinds = sorted(one["Type"].removeprefix("AWS::") for one in resources(stack).values())

    assert kinds == sorted(
        [
            "Lambda::EventSourceMapping",
            "Lambda::Function",
            "IAM::Role",
            "IAM::Policy",
            "IAM::Policy",
            "Logs::LogGroup",
            "S3::Bucket",
            "S3::BucketPolicy",
            *["CloudWatch::Alarm"] * len(ALARMS),
        ]
    )


def test_the_summary_says_who_reads_what_and_how(stack: cdk.Stack, function: esm.NewFunction) -> None:
    feed = esm.MskToLambda(
        stack,
        "Feed",
        function=function,
        cluster=PROVISIONED,
        topic="orders",
        authentication=IAM,
        starting_position=START,
        consumer_group_id="shop",
        alarms=esm.Alarms(off={"offset_lag": "a changelog"}),
    )
    bank = by_name["own-scram-512-public"].build(stack, function, "Bank", network=vpc_access(stack))
    text = summary([feed, bank])

    assert "Shop/Feed: Amazon MSK cluster to Lambda" in text
    assert "topic: orders, consumer_group_id: shop" in text
    assert "another cluster, starting_position, starting_position_timestamp or topic makes a new mapping" in text
    assert "Shop/Bank: self-managed Apache Kafka cluster to Lambda" in text
    assert "SASL_SCRAM_512_AUTH, VPC_SUBNET (2), VPC_SECURITY_GROUP" in text
