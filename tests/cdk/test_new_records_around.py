"""What follows from a New… record for the rest of its bundle: permissions, the plan, and what is made beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as sources
from aws_cdk import aws_logs as logs
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs

import cdk_esm as esm
from cdk_esm.report.summary import summary
from tests.cdk.templates import arn_of, logical_id, made, properties, resources, source_of

ID = dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING)


def statements(stack: cdk.Stack, policy: str) -> list[dict[str, Any]]:
    """The statements of the one policy whose logical id begins like this."""
    [found] = [one for name, one in resources(stack, "AWS::IAM::Policy").items() if name.startswith(policy)]
    listed: list[dict[str, Any]] = found["Properties"]["PolicyDocument"]["Statement"]
    return listed


def actions(stack: cdk.Stack, policy: str) -> set[str]:
    every = (one["Action"] for one in statements(stack, policy))
    return {action for one in every for action in ([one] if isinstance(one, str) else one)}


def refused(make: Callable[[], object]) -> list[tuple[str, str]]:
    with pytest.raises((esm.EsmTypeError, esm.InvalidMappingError)) as caught:
        make()
    return [(one.rule.id, one.setting) for one in caught.value.findings]


# The function.


def test_a_role_of_the_users_gets_what_function_and_poller_need_in_our_own_scope(
    stack: cdk.Stack, function: esm.NewFunction
) -> None:
    role = iam.Role(stack, "Mine", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
    orders = esm.SqsToLambda(stack, "Orders", function=replace(function, role=role))

    assert orders.role is role
    assert len(resources(stack, "AWS::IAM::Role")) == 1
    assert actions(stack, "OrdersFunctionPolicy") == {"logs:CreateLogStream", "logs:PutLogEvents"}
    assert "sqs:ReceiveMessage" in actions(stack, "OrdersPolicy")
    assert actions(stack, "MineDefaultPolicy") == {"xray:PutTelemetryRecords", "xray:PutTraceSegments"}
    [depends] = [one for one in made(orders.function)["DependsOn"] if one.startswith("OrdersFunctionPolicy")]
    assert depends in resources(stack)


def test_a_role_that_cannot_be_changed_is_left_alone_and_the_report_says_so(
    stack: cdk.Stack, function: esm.NewFunction
) -> None:
    arn = "arn:aws:iam::111122223333:role/mine"
    role = iam.Role.from_role_arn(stack, "Mine", arn, mutable=False)
    orders = esm.SqsToLambda(stack, "Orders", function=replace(function, role=role))

    assert resources(stack, "AWS::IAM::Policy") == {}
    assert "ESM401" in {one.rule.id for one in orders.findings}


def test_a_log_group_of_the_users_takes_the_place_of_ours(stack: cdk.Stack, function: esm.NewFunction) -> None:
    mine = logs.LogGroup(stack, "Logs", retention=logs.RetentionDays.ONE_YEAR)
    orders = esm.SqsToLambda(stack, "Orders", function=replace(function, log_group=mine))

    assert orders.log_group is mine
    assert [*resources(stack, "AWS::Logs::LogGroup")] == [logical_id(mine)]
    assert arn_of(mine) in [one["Resource"] for one in statements(stack, "OrdersRoleDefaultPolicy")]


def test_what_only_a_new_log_group_takes_is_refused_beside_ones_own(
    stack: cdk.Stack, function: esm.NewFunction
) -> None:
    mine = logs.LogGroup(stack, "Logs")
    new = replace(
        function, log_group=mine, log_retention=logs.RetentionDays.ONE_DAY, log_removal_policy=cdk.RemovalPolicy.DESTROY
    )

    assert refused(lambda: esm.SqsToLambda(stack, "Orders", function=new)) == [
        ("ESM007", "function.log_retention"),
        ("ESM007", "function.log_removal_policy"),
    ]


def test_the_log_groups_own_removal_policy_wins_over_the_constructs(
    stack: cdk.Stack, function: esm.NewFunction
) -> None:
    new = replace(function, log_removal_policy=cdk.RemovalPolicy.RETAIN)
    orders = esm.SqsToLambda(stack, "Orders", function=new, removal_policy=cdk.RemovalPolicy.DESTROY)
    assert orders.log_group is not None

    assert (made(orders.log_group)["DeletionPolicy"], made(orders.queue)["DeletionPolicy"]) == ("Retain", "Delete")


def test_tracing_is_taken_in_cdks_words_and_in_ours(stack: cdk.Stack, function: esm.NewFunction) -> None:
    given = {
        "Default": None,
        "Yes": True,
        "Active": lambda_.Tracing.ACTIVE,
        "No": False,
        "Disabled": lambda_.Tracing.DISABLED,
        "Through": lambda_.Tracing.PASS_THROUGH,
    }
    made_of = {
        name: esm.SqsToLambda(stack, name, function=replace(function, tracing=tracing)).function
        for name, tracing in given.items()
    }
    modes = {name: properties(one).get("TracingConfig") for name, one in made_of.items()}
    active = {"Mode": "Active"}

    assert modes == {
        "Default": active,
        "Yes": active,
        "Active": active,
        "No": None,
        "Disabled": None,
        "Through": {"Mode": "PassThrough"},
    }


def an_image(folder: Path) -> lambda_.DockerImageCode:
    folder.mkdir()
    (folder / "Dockerfile").write_text("FROM public.ecr.aws/lambda/python:3.13\n")
    return lambda_.DockerImageCode.from_image_asset(str(folder))


def test_an_image_needs_no_handler_and_is_built_for_the_functions_processor(stack: cdk.Stack, tmp_path: Path) -> None:
    image = an_image(tmp_path / "image")
    orders = esm.SqsToLambda(stack, "Orders", function=esm.NewFunction(code=image))

    made_of = properties(orders.function)
    assert made_of["PackageType"] == "Image"
    assert made_of["Architectures"] == ["arm64"]
    assert {"Handler", "Runtime"} & made_of.keys() == set()
    assert isinstance(orders.function, lambda_.DockerImageFunction)


def test_an_image_brings_its_own_handler_and_runtime(stack: cdk.Stack, tmp_path: Path) -> None:
    image = an_image(tmp_path / "image")
    new = esm.NewFunction(code=image, handler="app.handler", runtime=lambda_.Runtime.PYTHON_3_13)

    found = refused(lambda: esm.SqsToLambda(stack, "Orders", function=new))
    assert found == [("ESM001", "function.handler"), ("ESM001", "function.runtime")]


def test_what_rules_know_of_a_function_is_judged_before_it_is_made(stack: cdk.Stack, function: esm.NewFunction) -> None:
    tenants = replace(function, tenancy_config=lambda_.TenancyConfig.PER_TENANT)
    durable = replace(function, durable_config=lambda_.DurableConfig(execution_timeout=cdk.Duration.minutes(5)))
    snapped = replace(function, snap_start=lambda_.SnapStartConf.ON_PUBLISHED_VERSIONS)
    lost = replace(function, dead_letter_queue=sqs.Queue(stack, "Dead"))

    assert refused(lambda: esm.SqsToLambda(stack, "Tenants", function=tenants)) == [("ESM209", "TenancyConfig")]
    assert "ESM210" in [rule for rule, _ in refused(lambda: esm.SqsToLambda(stack, "Durable", function=durable))]
    assert "ESM360" in {one.rule.id for one in esm.SqsToLambda(stack, "Snapped", function=snapped).findings}
    assert "ESM313" in {one.rule.id for one in esm.SqsToLambda(stack, "Lost", function=lost).findings}


def test_provisioned_concurrency_of_an_alias_stays_as_it_was_given(stack: cdk.Stack, function: esm.NewFunction) -> None:
    alias = esm.NewAlias("live", provisioned_concurrent_executions=5, description="for the queue")
    orders = esm.SqsToLambda(stack, "Orders", function=replace(function, alias=alias))

    assert properties(orders.target) | {"FunctionName": "", "FunctionVersion": ""} == {
        "Name": "live",
        "Description": "for the queue",
        "FunctionName": "",
        "FunctionVersion": "",
        "ProvisionedConcurrencyConfig": {"ProvisionedConcurrentExecutions": 5},
    }
    assert resources(stack, "AWS::ApplicationAutoScaling::ScalableTarget") == {}


def test_provisioned_concurrency_follows_the_load_between_its_bounds(
    stack: cdk.Stack, function: esm.NewFunction
) -> None:
    ready = esm.ScaledConcurrency(2, 20, scale_in_cooldown=cdk.Duration.minutes(5))
    alias = esm.NewAlias("live", provisioned_concurrent_executions=ready)
    orders = esm.SqsToLambda(stack, "Orders", function=replace(function, alias=alias))

    assert properties(orders.target)["ProvisionedConcurrencyConfig"] == {"ProvisionedConcurrentExecutions": 2}
    [target] = resources(stack, "AWS::ApplicationAutoScaling::ScalableTarget").values()
    assert (target["Properties"]["MinCapacity"], target["Properties"]["MaxCapacity"]) == (2, 20)
    [policy] = resources(stack, "AWS::ApplicationAutoScaling::ScalingPolicy").values()
    tracking = policy["Properties"]["TargetTrackingScalingPolicyConfiguration"]
    assert (tracking["TargetValue"], tracking["ScaleInCooldown"]) == (0.7, 300)


@pytest.mark.parametrize(
    ("ready", "place"),
    [
        pytest.param("5", "", id="a-text"),
        pytest.param(0, "", id="nothing-ready"),
        pytest.param(11, "", id="more-than-is-reserved"),
        pytest.param(esm.ScaledConcurrency(0, 5), ".minimum", id="no-minimum"),
        pytest.param(esm.ScaledConcurrency(6, 5), ".maximum", id="upside-down"),
        pytest.param(esm.ScaledConcurrency(1, 11), "", id="scaled-above-what-is-reserved"),
        pytest.param(esm.ScaledConcurrency(1, 5, utilization_target=70), ".utilization_target", id="in-percent"),
    ],
)
def test_provisioned_concurrency_that_cannot_be_is_refused(
    ready: Any, place: str, stack: cdk.Stack, function: esm.NewFunction
) -> None:
    alias = esm.NewAlias("live", provisioned_concurrent_executions=ready)
    new = replace(function, alias=alias, reserved_concurrent_executions=10)
    settings = [setting for _, setting in refused(lambda: esm.SqsToLambda(stack, "Orders", function=new))]

    assert settings == [f"function.alias.provisioned_concurrent_executions{place}"]


# The queue.


def test_high_throughput_sets_both_attributes_and_the_report_says_what_that_means(
    stack: cdk.Stack, function: esm.NewFunction
) -> None:
    orders = esm.SqsFifoToLambda(stack, "Orders", function=function, queue=esm.NewQueue(fifo_throughput="high"))

    made_of = properties(orders.queue)
    assert (made_of["DeduplicationScope"], made_of["FifoThroughputLimit"]) == ("messageGroup", "perMessageGroupId")
    assert "deduplication is per message group" in summary([orders])


def test_high_throughput_leaves_no_half_of_it_to_be_said(stack: cdk.Stack, function: esm.NewFunction) -> None:
    queue = esm.NewQueue(fifo_throughput="high", deduplication_scope=sqs.DeduplicationScope.QUEUE)

    assert refused(lambda: esm.SqsFifoToLambda(stack, "Orders", function=function, queue=queue)) == [
        ("ESM007", "queue.deduplication_scope")
    ]


def test_half_of_high_throughput_is_refused_by_the_rule(stack: cdk.Stack, function: esm.NewFunction) -> None:
    queue = esm.NewQueue(fifo_throughput_limit=sqs.FifoThroughputLimit.PER_MESSAGE_GROUP_ID)

    assert refused(lambda: esm.SqsFifoToLambda(stack, "Orders", function=function, queue=queue)) == [
        ("ESM250", "DeduplicationScope")
    ]


@pytest.mark.parametrize(
    "given",
    [{"fifo": True}, {"fifo_throughput": "high"}, {"deduplication_scope": sqs.DeduplicationScope.QUEUE}],
    ids=["fifo", "throughput", "scope"],
)
def test_what_only_a_fifo_queue_has_is_refused_on_a_standard_one(
    given: dict[str, Any], stack: cdk.Stack, function: esm.NewFunction
) -> None:
    queue = esm.NewQueue(**given)

    found = refused(lambda: esm.SqsToLambda(stack, "Orders", function=function, queue=queue))
    assert found == [("ESM001", f"queue.{name}") for name in given]


def test_a_key_that_cdk_makes_is_granted_to_the_role_and_the_dead_letter_queue_has_one_too(
    stack: cdk.Stack, function: esm.NewFunction
) -> None:
    queue = esm.NewQueue(encryption=sqs.QueueEncryption.KMS)
    orders = esm.SqsToLambda(stack, "Orders", function=function, queue=queue)
    assert orders.dead_letter_queue is not None

    assert "kms:Decrypt" in actions(stack, "OrdersPolicy")
    assert "KmsMasterKeyId" in properties(orders.dead_letter_queue)


def test_the_key_that_aws_manages_needs_no_grant(stack: cdk.Stack, function: esm.NewFunction) -> None:
    queue = esm.NewQueue(encryption=sqs.QueueEncryption.KMS_MANAGED)
    orders = esm.SqsToLambda(stack, "Orders", function=function, queue=queue)

    assert properties(orders.queue)["KmsMasterKeyId"] == "alias/aws/sqs"
    assert source_of(orders).encryption_key == "alias/aws/sqs"
    assert "kms:Decrypt" not in actions(stack, "OrdersPolicy")


def test_a_dead_letter_queue_that_admits_no_new_source_is_refused(stack: cdk.Stack, function: esm.NewFunction) -> None:
    closed = sqs.RedriveAllowPolicy(redrive_permission=sqs.RedrivePermission.DENY_ALL)

    found = refused(
        lambda: esm.SqsToLambda(
            stack, "Orders", function=function, dead_letter_queue=esm.NewQueue(redrive_allow_policy=closed)
        )
    )
    assert [rule for rule, _ in found] == ["ESM252"]


@pytest.mark.parametrize(
    ("given", "name"),
    [
        pytest.param(
            {"receive_message_wait_time": cdk.Duration.seconds(21)}, "ReceiveMessageWaitTimeSeconds", id="wait"
        ),
        pytest.param({"max_message_size_bytes": 1_048_577}, "MaximumMessageSize", id="size"),
        pytest.param({"data_key_reuse": cdk.Duration.seconds(59)}, "KmsDataKeyReusePeriodSeconds", id="data-key"),
    ],
)
def test_a_number_of_a_queue_out_of_its_range_is_refused_by_the_rule(
    given: dict[str, Any], name: str, stack: cdk.Stack, function: esm.NewFunction
) -> None:
    queue = esm.NewQueue(**given)

    assert refused(lambda: esm.SqsToLambda(stack, "Orders", function=function, queue=queue)) == [("ESM104", name)]


def test_a_name_of_the_other_kind_of_queue_is_refused(stack: cdk.Stack, function: esm.NewFunction) -> None:
    queue = esm.NewQueue(queue_name="orders")

    found = refused(lambda: esm.SqsFifoToLambda(stack, "Orders", function=function, queue=queue))
    assert [rule for rule, _ in found] == ["ESM118"]


# Streams, tables and buckets.


def test_a_stream_that_scales_by_itself_has_no_number_of_shards(stack: cdk.Stack, function: esm.NewFunction) -> None:
    stream = esm.NewStream(shard_count=2, stream_mode=kinesis.StreamMode.ON_DEMAND)

    found = refused(lambda: esm.KinesisToLambda(stack, "Clicks", function=function, stream=stream))
    assert found == [("ESM001", "stream.shard_count")]


def test_a_table_with_replicas_is_judged_as_a_global_one(app: cdk.App, function: esm.NewFunction) -> None:
    stack = cdk.Stack(app, "Here", env=cdk.Environment(account="111122223333", region="eu-west-1"))
    table = esm.NewTable(ID, replicas=[dynamodb.ReplicaTableProps(region="eu-central-1")])
    products = esm.DynamoDbToLambda(stack, "Products", function=function, table=table)

    assert "ESM353" in {one.rule.id for one in products.findings}


def test_a_key_is_taken_for_cdks_encryption_of_a_table(app: cdk.App, function: esm.NewFunction) -> None:
    stack = cdk.Stack(app, "Here", env=cdk.Environment(account="111122223333", region="eu-west-1"))
    keys = {name: kms.Key(stack, f"{name}Key") for name in ("Mine", "Theirs")}
    theirs = dynamodb.TableEncryptionV2.customer_managed_key(keys["Theirs"])
    given: dict[str, Any] = {"Mine": keys["Mine"], "Theirs": theirs}
    tables: dict[str, Any] = {
        name: esm.DynamoDbToLambda(stack, name, function=function, table=esm.NewTable(ID, encryption=one)).table
        for name, one in given.items()
    }

    for name, key in keys.items():
        [replica] = properties(tables[name])["Replicas"]
        assert replica["SSESpecification"] == {"KMSMasterKeyId": arn_of(key)}
        assert arn_of(key) in [one["Resource"] for one in statements(stack, f"{name}Policy")]


def test_a_new_bucket_is_the_mappings_own_and_the_role_may_use_its_key(
    stack: cdk.Stack, function: esm.NewFunction
) -> None:
    key = kms.Key(stack, "Key")
    on_failure = esm.OnFailure.bucket(esm.NewBucket(encryption_key=key))
    first = esm.KinesisToLambda(stack, "First", function=function, on_failure=on_failure)
    second = esm.KinesisToLambda(stack, "Second", function=function)

    assert first.on_failure is not second.on_failure
    assert [*resources(stack, "AWS::S3::Bucket")] == [logical_id(one.on_failure) for one in (first, second)]  # type: ignore[arg-type]
    assert arn_of(key) in [one["Resource"] for one in statements(stack, "FirstPolicy")]
    assert "kms:GenerateDataKey" in actions(stack, "FirstPolicy")
    assert "kms:GenerateDataKey" not in actions(stack, "SecondPolicy")


def test_a_bucket_that_fails_to_be_made_leaves_nothing_behind(stack: cdk.Stack, function: esm.NewFunction) -> None:
    wrong = esm.OnFailure.bucket(esm.NewBucket(auto_delete_objects=True))

    with pytest.raises(esm.EsmError, match="autoDeleteObjects"):
        esm.KinesisToLambda(stack, "Clicks", function=function, on_failure=wrong)
    assert stack.node.children == []


# The former names, what is not taken, and CDK's own values.


def test_a_former_name_means_what_it_meant() -> None:
    key: Any = object()

    assert esm.NewFunction("code", "app.handler", memory_mb=256, reserved_concurrency=5) == esm.NewFunction(
        "code", "app.handler", memory_size=256, reserved_concurrent_executions=5
    )
    assert esm.NewQueue(retention=cdk.Duration.days(1)).retention_period is not None
    assert esm.NewQueue(encryption_key=key).encryption_master_key is key
    assert esm.NewStream(retention=cdk.Duration.days(1)).retention_period is not None
    assert esm.NewTable(ID, stream_view=dynamodb.StreamViewType.NEW_IMAGE).dynamo_stream is not None
    assert esm.NewTable(ID, encryption_key=key).encryption is key


@pytest.mark.parametrize(
    ("record", "given", "former", "name"),
    [
        (
            esm.NewFunction,
            {"code": "x", "handler": "a.b", "memory_mb": 1, "memory_size": 1},
            "memory_mb",
            "memory_size",
        ),
        (esm.NewQueue, {"retention": 1, "retention_period": 1}, "retention", "retention_period"),
        (esm.NewTable, {"partition_key": ID, "stream_view": 1, "dynamo_stream": 1}, "stream_view", "dynamo_stream"),
    ],
    ids=["function", "queue", "table"],
)
def test_a_former_name_beside_todays_is_refused_with_both_names(
    record: Any, given: dict[str, Any], former: str, name: str
) -> None:
    with pytest.raises(esm.EsmTypeError) as caught:
        record(**given)

    [finding] = caught.value.findings
    assert (finding.rule.id, finding.setting) == ("ESM007", former)
    assert former in finding.message
    assert name in finding.message


@pytest.mark.parametrize(
    ("make", "words", "page"),
    [
        pytest.param(lambda: esm.NewQueue(dead_letter_queue=1), "dead_letter_queue=…", "aws_sqs", id="settled-by-us"),  # type: ignore[call-arg]
        pytest.param(lambda: esm.NewBucket(website_index_document="i"), "s3.Bucket(…)", "aws_s3", id="no-such-bucket"),  # type: ignore[call-arg]
    ],
)
def test_a_property_that_is_not_taken_says_why_and_leads_around(
    make: Callable[[], object], words: str, page: str
) -> None:
    with pytest.raises(esm.EsmTypeError) as caught:
        make()

    [finding] = caught.value.findings
    assert finding.rule.id == "ESM008"
    assert words in finding.fix
    assert page in finding.page


@pytest.mark.parametrize(
    ("make", "words", "page"),
    [
        pytest.param(
            lambda: esm.NewFunction("x", "a.b", bundling=1),  # type: ignore[call-arg]
            "lambda_.Function(…), and pass that as function",
            "aws_lambda",
            id="function",
        ),
        pytest.param(
            lambda: esm.NewQueue(redrive=1),  # type: ignore[call-arg]
            "sqs.Queue(…), and pass that as queue",
            "aws_sqs",
            id="queue",
        ),
        pytest.param(
            lambda: esm.NewStream(shards=1),  # type: ignore[call-arg]
            "kinesis.Stream(…), and pass that as stream",
            "aws_kinesis",
            id="stream",
        ),
        pytest.param(
            lambda: esm.NewTable(ID, capacity=1),  # type: ignore[call-arg]
            "dynamodb.TableV2(…), and pass that as table",
            "aws_dynamodb",
            id="table",
        ),
    ],
)
def test_a_keyword_that_there_is_not_leads_to_cdk_and_to_its_page(
    make: Callable[[], object], words: str, page: str
) -> None:
    with pytest.raises(esm.EsmTypeError) as caught:
        make()

    [finding] = caught.value.findings
    assert finding.rule.id == "ESM002"
    assert words in finding.fix
    assert f"aws_cdk.{page}/" in finding.page


def test_a_property_that_the_installed_cdk_lacks_is_told_with_its_version(monkeypatch: pytest.MonkeyPatch) -> None:
    from cdk_esm.constructs.intake.cdk_classes import OF_CDK, installed  # noqa: PLC0415 - to change it here

    older = [name for name in OF_CDK["NewBucket"].properties if name != "abac_status"]
    monkeypatch.setitem(vars(OF_CDK["NewBucket"]), "properties", tuple(older))

    esm.NewBucket()
    with pytest.raises(esm.EsmTypeError) as caught:
        esm.NewBucket(abac_status=True)
    [finding] = caught.value.findings
    assert (finding.rule.id, finding.setting) == ("ESM009", "abac_status")
    assert installed() in finding.message


def test_a_filter_of_cdk_is_the_text_that_it_holds(stack: cdk.Stack, function: esm.NewFunction) -> None:
    rule = lambda_.FilterCriteria.filter({"body": {"lane": lambda_.FilterRule.is_equal("express")}})
    orders = esm.SqsToLambda(stack, "Orders", function=function, filters=[rule])

    assert orders.plan.filters == ('{"body":{"lane":["express"]}}',)


@pytest.mark.parametrize(
    "cls", [sources.ProvisionedPollerConfig, lambda_.ProvisionedPollerConfig], ids=["event-source", "mapping"]
)
def test_pollers_of_cdk_are_taken(cls: Any, stack: cdk.Stack, function: esm.NewFunction) -> None:
    pollers = cls(minimum_pollers=3, maximum_pollers=30)
    orders = esm.SqsToLambda(stack, "Orders", function=function, provisioned_poller_config=pollers)

    assert properties(orders.mapping)["ProvisionedPollerConfig"] == {"MinimumPollers": 3, "MaximumPollers": 30}


@pytest.mark.parametrize(
    ("wrapped", "written"),
    [
        pytest.param(lambda at: sources.SqsDlq(sqs.Queue(at, "Lost")), "OnFailure.queue(queue)", id="queue"),
        pytest.param(lambda at: sources.SnsDlq(sns.Topic(at, "Lost")), "OnFailure.topic(topic)", id="topic"),
        pytest.param(
            lambda at: sources.S3OnFailureDestination(s3.Bucket(at, "Lost")), "OnFailure.bucket(bucket)", id="bucket"
        ),
    ],
)
def test_a_destination_of_cdk_is_refused_with_what_takes_its_resource(
    wrapped: Callable[[cdk.Stack], Any], written: str, stack: cdk.Stack, function: esm.NewFunction
) -> None:
    with pytest.raises(esm.EsmTypeError) as caught:
        esm.KinesisToLambda(stack, "Clicks", function=function, on_failure=wrapped(stack))

    [finding] = caught.value.findings
    assert finding.rule.id == "ESM001"
    assert finding.fix.startswith(f"write on_failure=esm.{written}")
