"""Legal bundles: new and existing queues, dead-letter queues and functions, at both ends of each range."""

from __future__ import annotations

import zipfile
from pathlib import Path

import aws_cdk as cdk
from aws_cdk import Duration
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_sqs as sqs

import cdk_esm as esm
from tests.cdk.bad_input.bench import Bench, function_arn, queue_arn
from tests.cdk.bad_input.legal_case import FIFO, FUNCTION, MAPPING, QUEUE, legal

LAYER = "arn:aws:lambda:eu-west-1:111122223333:layer:shared:1"


def _of_node(at: Bench) -> Path:
    folder = at.folder / "node"
    folder.mkdir()
    (folder / "index.mjs").write_text("export const handler = async () => ({ batchItemFailures: [] });")
    return folder


def archive(at: Bench) -> Path:
    """An archive with a handler in a package."""
    place = at.folder / "handler.zip"
    with zipfile.ZipFile(place, "w") as file:
        file.writestr("orders/__init__.py", "")
        file.writestr("orders/app.py", "def handler(event, context): ...")
    return place


NEW = [
    legal("nothing-but-a-function", made={QUEUE: {"VisibilityTimeout": 180}, FUNCTION: {"Timeout": 30}}),
    legal("nothing-but-a-function-on-fifo", construct=FIFO, made={QUEUE: {"FifoQueue": True}}),
    legal("the-least-batch", batch_size=1, made={MAPPING: {"BatchSize": 1}}),
    legal("the-greatest-batch-without-a-window", batch_size=10, made={MAPPING: {"BatchSize": 10}}),
    legal(
        "the-greatest-batch-and-window",
        batch_size=10_000,
        max_batching_window=Duration.minutes(5),
        made={MAPPING: {"BatchSize": 10_000, "MaximumBatchingWindowInSeconds": 300}, QUEUE: {"VisibilityTimeout": 480}},
    ),
    legal("a-window-in-milliseconds", max_batching_window=Duration.millis(2_000)),
    legal("a-window-of-zero", max_batching_window=Duration.seconds(0)),
    legal("the-greatest-fifo-batch", "ESM362", construct=FIFO, batch_size=10),
    legal("the-least-concurrency", max_concurrency=2, made={MAPPING: {"ScalingConfig": {"MaximumConcurrency": 2}}}),
    legal("the-greatest-concurrency", max_concurrency=1_000),
    legal("a-fifo-concurrency", construct=FIFO, max_concurrency=5),
    legal(
        "as-many-pollers-as-there-can-be",
        provisioned_poller_config=esm.ProvisionedPollers(200, 10_000),
        made={MAPPING: {"ProvisionedPollerConfig": {"MinimumPollers": 200, "MaximumPollers": 10_000}}},
    ),
    legal("as-few-pollers-as-there-can-be", provisioned_poller_config=esm.ProvisionedPollers(2, 2)),
    legal("pollers-on-fifo", construct=FIFO, provisioned_poller_config=esm.ProvisionedPollers(minimum=2, maximum=20)),
    legal("a-mapping-that-does-not-poll-yet", enabled=False, made={MAPPING: {"Enabled": False}}),
    legal("whole-batches-by-choice", report_batch_item_failures=False),
    legal("three-receives-by-choice", "ESM307", max_receive_count=3),
    legal(
        "a-single-receive-by-consent",
        "ESM306",
        max_receive_count=1,
        acknowledge={"ESM306": "each message is sent again every minute"},
    ),
    legal("a-thousand-receives", max_receive_count=1_000, queue=esm.NewQueue(retention_period=Duration.days(13))),
    legal(
        "a-visibility-of-the-timeout-alone",
        "ESM305",
        visibility_timeout_factor=1,
        made={QUEUE: {"VisibilityTimeout": 30}},
    ),
    legal("a-mapping-under-an-old-logical-id", logical_id="OrdersSqsEventSource1234"),
    legal("queues-that-go-with-the-stack", removal_policy=cdk.RemovalPolicy.DESTROY),
    legal("nothing-granted-by-choice", grants=False),
    legal(
        "tags-at-their-longest",
        tags={"k" * 128: "v" * 256, "team": ""},
        made={MAPPING: {"Tags": [{"Key": "k" * 128, "Value": "v" * 256}, {"Key": "team", "Value": ""}]}},
    ),
    legal("an-acknowledgement-ahead-of-its-need", acknowledge={"ESM305": "the producer deduplicates"}),
]

QUEUES = [
    legal("the-shortest-retention-that-lasts", queue=esm.NewQueue(retention_period=Duration.seconds(901))),
    legal("a-source-that-keeps-for-thirteen-days", queue=esm.NewQueue(retention_period=Duration.days(13))),
    legal(
        "a-fifo-source-that-keeps-for-two-weeks", construct=FIFO, queue=esm.NewQueue(retention_period=Duration.days(14))
    ),
    legal(
        "a-source-that-keeps-for-two-weeks-and-no-dead-letter-queue",
        queue=esm.NewQueue(retention_period=Duration.days(14)),
        dead_letter_queue=esm.NoDeadLetterQueue("metrics only: what is lost is measured again"),
    ),
    legal("the-longest-delay", queue=esm.NewQueue(delivery_delay=Duration.minutes(15))),
    legal("deduplication-by-content", construct=FIFO, queue=esm.NewQueue(content_based_deduplication=True)),
    legal("no-deduplication-said-aloud", queue=esm.NewQueue(content_based_deduplication=False)),
    legal("a-key-of-ones-own", queue=lambda at: esm.NewQueue(encryption_master_key=kms.Key(at.stack, "Key"))),
    legal("dead-letters-kept-for-five-days", dead_letter_queue=esm.NewQueue(retention_period=Duration.days(5))),
    legal(
        "an-existing-dead-letter-queue",
        dead_letter_queue=lambda at: sqs.Queue(at.stack, "Failed", retention_period=Duration.days(14)),
    ),
    legal("an-imported-dead-letter-queue", dead_letter_queue=Bench.known_queue),
    legal(
        "an-imported-fifo-dead-letter-queue",
        construct=FIFO,
        dead_letter_queue=lambda at: at.known_queue(queue_arn("failed.fifo")),
    ),
    legal("an-existing-queue", queue=Bench.queue),
    legal("an-existing-fifo-queue", construct=FIFO, queue=lambda at: at.queue(fifo=True)),
    legal(
        "an-existing-queue-that-has-no-dead-letter-queue-by-choice",
        queue=lambda at: at.queue(receives=None),
        dead_letter_queue=esm.NoDeadLetterQueue("each message is sent again every minute"),
    ),
    legal("an-imported-queue", queue=Bench.known_queue, made={MAPPING: {"EventSourceArn": queue_arn()}}),
    legal("an-imported-fifo-queue", construct=FIFO, queue=lambda at: at.known_queue(queue_arn("orders.fifo"))),
    legal("an-imported-queue-of-this-region", bound=True, queue=Bench.known_queue),
    legal(
        "an-imported-queue-of-another-account",
        "ESM404",
        bound=True,
        queue=lambda at: at.known_queue(queue_arn(account="444455556666")),
    ),
    legal(
        "an-imported-queue-by-its-attributes",
        queue=lambda at: sqs.Queue.from_queue_attributes(
            at.stack, "Known", queue_arn=cdk.Fn.import_value("QueueArn"), fifo=False
        ),
        made={MAPPING: {"EventSourceArn": {"Fn::ImportValue": "QueueArn"}}},
    ),
]

FIFTEEN_MINUTES = esm.NewQueue(visibility_timeout=Duration.minutes(15))
FUNCTIONS = [
    legal("an-existing-function", function=Bench.existing),
    legal("an-alias", function=lambda at: at.existing().add_alias("live")),
    legal("a-version", construct=FIFO, function=lambda at: at.existing().current_version),
    legal(
        "an-imported-function",
        "ESM401",
        function=Bench.imported,
        queue=FIFTEEN_MINUTES,
        made={MAPPING: {"FunctionName": function_arn()}, QUEUE: {"VisibilityTimeout": 900}},
    ),
    legal(
        "an-imported-function-that-somebody-else-grants", function=Bench.imported, queue=FIFTEEN_MINUTES, grants=False
    ),
    legal("an-imported-function-in-its-region", "ESM401", bound=True, function=Bench.imported, queue=Bench.known_queue),
    legal(
        "a-durable-function-by-its-version",
        function=lambda at: (
            at.existing(durable_config=lambda_.DurableConfig(execution_timeout=Duration.minutes(15))).current_version
        ),
    ),
    legal("a-function-that-reserves-five", function=lambda at: at.function(reserved_concurrent_executions=5)),
    legal(
        "a-function-that-reserves-less-and-is-held-back",
        function=lambda at: at.function(reserved_concurrent_executions=2),
        max_concurrency=2,
    ),
    legal(
        "a-function-that-is-switched-off-with-its-mapping",
        function=lambda at: at.function(reserved_concurrent_executions=0),
        enabled=False,
    ),
    legal("the-longest-timeout", function=lambda at: at.function(timeout=Duration.minutes(15))),
    legal("the-shortest-timeout", function=lambda at: at.function(timeout=Duration.seconds(1))),
    legal("the-least-memory", function=lambda at: at.function(memory_size=128)),
    legal("the-most-memory", function=lambda at: at.function(memory_size=10_240)),
    legal("a-function-with-an-alias", function=lambda at: at.function(alias="live")),
    legal("a-path-of-pythons-own", function=lambda at: at.function(code=Path(at.code))),
    legal(
        "a-handler-of-another-language",
        function=lambda at: at.function(
            code=_of_node(at), runtime=lambda_.Runtime.NODEJS_LATEST, handler="index.handler"
        ),
    ),
    legal("an-archive", function=lambda at: at.function(code=archive(at), handler="orders.app.handler")),
    legal("code-of-cdk", function=lambda at: at.function(code=lambda_.Code.from_asset(at.code), handler="app.handler")),
    legal("an-environment-at-its-largest", function=lambda at: at.function(environment={"A": "x" * 4_095})),
    legal(
        "a-function-with-everything",
        function=lambda at: at.function(
            runtime=lambda_.Runtime.PYTHON_3_13,
            architecture=lambda_.Architecture.X86_64,
            environment={"BUCKET": cdk.Fn.import_value("Bucket")},
            description="Fulfils orders",
            log_retention=logs.RetentionDays.ONE_YEAR,
            tracing=False,
            layers=[lambda_.LayerVersion.from_layer_version_arn(at.stack, "Layer", LAYER)],
            vpc=ec2.Vpc(at.stack, "Vpc", max_azs=1, nat_gateways=0),
            vpc_subnets=ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_ISOLATED),
            security_groups=[ec2.SecurityGroup.from_security_group_id(at.stack, "Group", "sg-12345")],
            environment_encryption=kms.Key(at.stack, "Key"),
        ),
        made={FUNCTION: {"Environment": {"Variables": {"BUCKET": {"Fn::ImportValue": "Bucket"}}}}},
    ),
]

LEGAL_BUNDLES = [*NEW, *QUEUES, *FUNCTIONS]
