"""Defaults of an organization: said once for an app, a stage or a stack, and weaker than a construct's keywords."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import jsii
import pytest
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs
from constructs import Construct, IConstruct

import cdk_esm as esm
from tests.cdk.templates import Resource, by_name, quiet_app, resources

BUCKET = "AWS::S3::Bucket"
QUEUE = "AWS::SQS::Queue"
LOG_GROUP = "AWS::Logs::LogGroup"


def of_type(stack: cdk.Stack, kind: str) -> list[Resource]:
    return [one for one in resources(stack).values() if one["Type"] == kind]


def actions(stack: cdk.Stack) -> set[int]:
    """How many actions the alarms of a stack have."""
    return {len(one["Properties"].get("AlarmActions", [])) for one in of_type(stack, "AWS::CloudWatch::Alarm")}


@pytest.fixture
def topic(app: cdk.App) -> sns.ITopic:
    return sns.Topic.from_topic_arn(cdk.Stack(app, "Ops"), "Topic", "arn:aws:sns:eu-west-1:123456789012:ops")


@pytest.fixture
def key(app: cdk.App) -> kms.IKey:
    arn = "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555"
    return kms.Key.from_key_arn(cdk.Stack(app, "Keys"), "Key", arn)


def test_defaults_of_an_app_reach_a_construct_that_says_nothing(
    app: cdk.App, topic: sns.ITopic, function: esm.NewFunction
) -> None:
    esm.Defaults.of(app).set(
        notify=[topic],
        log_retention=logs.RetentionDays.ONE_YEAR,
        removal_policy=cdk.RemovalPolicy.DESTROY,
        visibility_timeout_factor=8,
        tags={"team": "shop"},
    )
    stack = cdk.Stack(cdk.Stage(app, "Prod"), "Shop")
    orders = esm.SqsToLambda(stack, "Orders", function=function)
    made = by_name("Orders", resources(stack))
    assert actions(stack) == {1}
    assert made["LogGroup"]["Properties"]["RetentionInDays"] == 365
    assert {made[name]["DeletionPolicy"] for name in ("Queue", "DeadLetterQueue", "LogGroup")} == {"Delete"}
    assert made["Queue"]["Properties"]["VisibilityTimeout"] == 8 * 30
    assert made["Mapping"]["Properties"]["Tags"] == [{"Key": "team", "Value": "shop"}]
    ours = {name for name, origin in orders.plan.origin.items() if origin == "org"}
    assert ours == {
        "alarms.notify",
        "function.log_retention",
        "removal_policy",
        "visibility_timeout_factor",
        "tags",
    }
    assert orders.plan.origin["queue.visibility_timeout"] == "derived"
    assert orders.plan.origin["batch_size"] == orders.plan.origin["alarms"] == "default"
    assert "organization" in esm.summary(app)


def test_what_a_construct_is_given_wins(app: cdk.App, topic: sns.ITopic, code: str) -> None:
    esm.Defaults.of(app).set(
        notify=[topic],
        log_retention=logs.RetentionDays.ONE_YEAR,
        removal_policy=cdk.RemovalPolicy.DESTROY,
        visibility_timeout_factor=8,
        tags={"team": "shop", "stage": "prod"},
    )
    stack = cdk.Stack(app, "Shop")
    orders = esm.SqsToLambda(
        stack,
        "Orders",
        function=esm.NewFunction(code=code, handler="app.handler", log_retention=logs.RetentionDays.ONE_WEEK),
        removal_policy=cdk.RemovalPolicy.RETAIN,
        visibility_timeout_factor=6,
        alarms=esm.Alarms(notify=[]),
        tags={"team": "orders"},
    )
    made = by_name("Orders", resources(stack))
    assert actions(stack) == {0}
    assert made["LogGroup"]["Properties"]["RetentionInDays"] == 7
    assert made["Queue"]["DeletionPolicy"] == "Retain"
    assert made["Queue"]["Properties"]["VisibilityTimeout"] == 180
    tags = {one["Key"]: one["Value"] for one in made["Mapping"]["Properties"]["Tags"]}
    assert tags == {"team": "orders", "stage": "prod"}
    assert orders.plan.origin["removal_policy"] == "user"
    assert orders.plan.origin["tags"] == "org"


def test_an_inner_scope_wins_value_by_value(app: cdk.App, function: esm.NewFunction) -> None:
    esm.Defaults.of(app).set(log_retention=logs.RetentionDays.ONE_YEAR, tags={"team": "shop"})
    stage = cdk.Stage(app, "Dev")
    esm.Defaults.of(stage).set(removal_policy=cdk.RemovalPolicy.DESTROY).set(tags={"stage": "dev"})
    dev, other = cdk.Stack(stage, "Shop"), cdk.Stack(app, "Other")
    esm.Defaults.of(dev).set(log_retention=logs.RetentionDays.ONE_DAY)
    for stack in (dev, other):
        esm.SqsToLambda(stack, "Orders", function=function)
    made, outer = by_name("Orders", resources(dev)), by_name("Orders", resources(other))
    assert (made["LogGroup"]["Properties"]["RetentionInDays"], made["Queue"]["DeletionPolicy"]) == (1, "Delete")
    assert {one["Key"] for one in made["Mapping"]["Properties"]["Tags"]} == {"team", "stage"}
    assert outer["LogGroup"]["Properties"]["RetentionInDays"] == 365
    assert outer["Queue"]["DeletionPolicy"] == "RetainExceptOnCreate"


def test_a_key_encrypts_every_new_place_of_records_and_the_role_may_use_it(
    app: cdk.App, key: kms.IKey, function: esm.NewFunction
) -> None:
    esm.Defaults.of(app).set(encryption_key=key)
    stack = cdk.Stack(app, "Shop", env=cdk.Environment(account="123456789012", region="eu-west-1"))
    attribute = dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING)
    bundles = [
        esm.SqsToLambda(stack, "Orders", function=function),
        esm.KinesisToLambda(stack, "Clicks", function=function),
        esm.DynamoDbToLambda(stack, "Products", function=function, table=esm.NewTable(attribute)),
        esm.KinesisToLambda(stack, "Views", function=function, on_failure=esm.OnFailure.queue()),
        esm.KinesisToLambda(stack, "Hits", function=function, on_failure=esm.OnFailure.topic()),
        esm.KinesisToLambda(stack, "Taps", function=function, on_failure=esm.OnFailure.bucket(esm.NewBucket())),
    ]
    assert not [finding for one in bundles for finding in one.findings if finding.severity != "advice"]
    text = str(resources(stack))
    assert "SqsManagedSseEnabled" not in text
    assert "alias/aws/kinesis" not in text
    for bucket in of_type(stack, BUCKET):
        rule = bucket["Properties"]["BucketEncryption"]["ServerSideEncryptionConfiguration"][0]
        assert rule["ServerSideEncryptionByDefault"]["SSEAlgorithm"] == "aws:kms"
    (topic,) = (one for one in of_type(stack, "AWS::SNS::Topic"))
    assert topic["Properties"]["KmsMasterKeyId"] == key.key_arn
    policies = {str(one["Properties"]["PolicyDocument"]) for one in of_type(stack, "AWS::IAM::Policy")}
    pollers = [one for one in policies if "sqs:ReceiveMessage" in one or "kinesis:GetRecords" in one]
    assert len(pollers) == 5
    assert all("kms:Decrypt" in one for one in pollers)
    writers = [one for one in pollers if "s3:PutObject" in one or "sqs:SendMessage" in one or "sns:Publish" in one]
    assert len(writers) == 4
    assert all("kms:GenerateDataKey" in one for one in writers)


@pytest.mark.parametrize(
    ("make", "named"),
    [
        pytest.param(lambda: None, True, id="nothing-said"),
        pytest.param(esm.OnFailure.bucket, True, id="bucket-of-the-stack"),
        pytest.param(esm.OnFailure.queue, True, id="queue"),
        pytest.param(esm.OnFailure.topic, True, id="topic"),
        pytest.param(lambda: esm.OnFailure.bucket(esm.NewBucket()), True, id="bucket-of-its-own"),
        pytest.param(
            lambda: esm.OnFailure.bucket(esm.NewBucket(encryption=s3.BucketEncryption.S3_MANAGED)), False, id="chosen"
        ),
        pytest.param(lambda: esm.OnFailure.discard(reason="only pictures"), False, id="discarded"),
    ],
)
def test_the_report_names_the_key_of_where_failed_records_go(
    make: Callable[[], Any], named: bool, app: cdk.App, key: kms.IKey, function: esm.NewFunction
) -> None:
    esm.Defaults.of(app).set(encryption_key=key)
    clicks = esm.KinesisToLambda(cdk.Stack(app, "Shop"), "Clicks", function=function, on_failure=make())
    encrypted = [one for one, origin in clicks.plan.origin.items() if origin == "org"]

    assert encrypted == [*(["on_failure.encryption_key"] if named else []), "stream.encryption_key"]


def test_the_bucket_of_a_stack_has_no_key_of_a_scope(app: cdk.App, key: kms.IKey, function: esm.NewFunction) -> None:
    inner = Construct(cdk.Stack(app, "Shop"), "Inner")
    esm.Defaults.of(inner).set(encryption_key=key)
    clicks = esm.KinesisToLambda(inner, "Clicks", function=function)

    assert "on_failure.encryption_key" not in clicks.plan.origin


def test_encryption_that_was_chosen_stays(app: cdk.App, key: kms.IKey, function: esm.NewFunction) -> None:
    esm.Defaults.of(app).set(encryption_key=key)
    stack = cdk.Stack(app, "Shop")
    esm.SqsToLambda(stack, "Orders", function=function, queue=esm.NewQueue(encryption=sqs.QueueEncryption.SQS_MANAGED))
    esm.KinesisToLambda(
        stack,
        "Clicks",
        function=function,
        stream=esm.NewStream(encryption=kinesis.StreamEncryption.MANAGED),
        on_failure=esm.OnFailure.bucket(esm.NewBucket(encryption=s3.BucketEncryption.S3_MANAGED)),
    )
    assert "kms:Decrypt" not in str(resources(stack))


def test_a_queue_that_exists_is_left_as_it_is(app: cdk.App, key: kms.IKey, function: esm.NewFunction) -> None:
    esm.Defaults.of(app).set(encryption_key=key, visibility_timeout_factor=8, removal_policy=cdk.RemovalPolicy.DESTROY)
    stack = cdk.Stack(app, "Shop")
    queue = sqs.Queue(stack, "Own", visibility_timeout=cdk.Duration.minutes(3), enforce_ssl=True)
    orders = esm.SqsToLambda(
        stack, "Orders", function=function, queue=queue, acknowledge={"ESM308": "drained by hand every day"}
    )
    (made,) = of_type(stack, QUEUE)
    assert made["Properties"] == {"VisibilityTimeout": 180}
    assert "visibility_timeout_factor" not in orders.plan.choices


def test_tags_can_be_kept_off_the_mappings_alone(app: cdk.App, function: esm.NewFunction) -> None:
    esm.Defaults.of(app).set(tags=False)
    stack = cdk.Stack(app, "Shop")
    esm.SqsToLambda(stack, "Orders", function=function)
    esm.SqsToLambda(stack, "Refunds", function=function, tags={"team": "money"})
    cdk.Tags.of(stack).add("owner", "shop")
    made = resources(stack)
    assert "Tags" not in by_name("Orders", made)["Mapping"]["Properties"]
    assert by_name("Orders", made)["Queue"]["Properties"]["Tags"] == [{"Key": "owner", "Value": "shop"}]
    assert len(by_name("Refunds", made)["Mapping"]["Properties"]["Tags"]) == 2


def test_a_factor_below_six_says_what_it_says_of_a_construct(app: cdk.App, function: esm.NewFunction) -> None:
    esm.Defaults.of(app).set(visibility_timeout_factor=2)
    orders = esm.SqsToLambda(cdk.Stack(app, "Shop"), "Orders", function=function)
    assert "ESM305" in {finding.rule.id for finding in orders.findings}


@pytest.mark.parametrize(
    ("values", "place"),
    [
        pytest.param({"notify": "ops"}, "notify", id="text-for-topics"),
        pytest.param({"notify": ["ops"]}, "notify[0]", id="text-for-a-topic"),
        pytest.param({"log_retention": 30}, "log_retention", id="number-for-retention"),
        pytest.param({"removal_policy": "destroy"}, "removal_policy", id="text-for-policy"),
        pytest.param({"removal_policy": cdk.RemovalPolicy.SNAPSHOT}, "removal_policy", id="no-snapshot"),
        pytest.param({"encryption_key": "alias/own"}, "encryption_key", id="text-for-key"),
        pytest.param({"visibility_timeout_factor": 0}, "visibility_timeout_factor", id="factor-zero"),
        pytest.param({"visibility_timeout_factor": 6.5}, "visibility_timeout_factor", id="factor-of-parts"),
        pytest.param({"tags": True}, "tags", id="tags-on"),
        pytest.param({"tags": ["team"]}, "tags", id="tags-as-a-list"),
        pytest.param({"log_retantion": None}, "log_retantion", id="misspelt"),
    ],
)
def test_a_value_that_cannot_be_taken_is_refused_by_name(app: cdk.App, values: dict[str, Any], place: str) -> None:
    with pytest.raises(esm.EsmTypeError) as refused:
        esm.Defaults.of(app).set(**values)
    assert [finding.setting for finding in refused.value.findings] == [place]


def test_defaults_that_come_too_late_are_refused(app: cdk.App, function: esm.NewFunction) -> None:
    stack, other = cdk.Stack(app, "Shop"), cdk.Stack(app, "Shopping")
    esm.SqsToLambda(stack, "Orders", function=function)
    esm.Defaults.of(other).set(tags={"team": "shop"})
    for scope in (app, stack):
        with pytest.raises(esm.EsmTypeError, match="Shop/Orders"):
            esm.Defaults.of(scope).set(tags={"team": "shop"})


def test_what_is_no_construct_has_no_defaults() -> None:
    with pytest.raises(esm.EsmTypeError, match=r"Defaults\.of"):
        esm.Defaults.of("Shop")  # type: ignore[arg-type]


def test_aspects_and_mixins_reach_the_parts_of_a_bundle(app: cdk.App, function: esm.NewFunction) -> None:
    @jsii.implements(cdk.IAspect)
    class SlowerBatches:
        def visit(self, node: IConstruct) -> None:
            if isinstance(node, lambda_.CfnEventSourceMapping):
                node.batch_size = 5

    class NoInsufficientData(cdk.Mixin):
        def supports(self, construct: IConstruct) -> bool:
            return isinstance(construct, cloudwatch.CfnAlarm)

        def apply_to(self, construct: IConstruct) -> None:
            assert isinstance(construct, cloudwatch.CfnAlarm)
            construct.actions_enabled = False

    stack = cdk.Stack(app, "Shop")
    esm.SqsToLambda(stack, "Orders", function=function)
    cdk.Aspects.of(stack).add(SlowerBatches())
    cdk.Mixins.of(stack).apply(NoInsufficientData())
    made = by_name("Orders", resources(stack))
    assert made["Mapping"]["Properties"]["BatchSize"] == 5
    assert {one["Properties"]["ActionsEnabled"] for one in of_type(stack, "AWS::CloudWatch::Alarm")} == {False}


def test_a_default_of_one_app_says_nothing_in_another(tmp_path: Path, app: cdk.App, function: esm.NewFunction) -> None:
    esm.Defaults.of(app).set(removal_policy=cdk.RemovalPolicy.DESTROY)
    other = cdk.Stack(quiet_app(tmp_path / "other"), "Shop")
    orders = esm.SqsToLambda(other, "Orders", function=function)
    assert by_name("Orders", resources(other))["Queue"]["DeletionPolicy"] == "RetainExceptOnCreate"
    assert "org" not in orders.plan.origin.values()
