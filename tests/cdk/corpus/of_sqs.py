"""The variants of an SQS queue, standard and FIFO."""

from __future__ import annotations

from typing import Final

import aws_cdk as cdk
from aws_cdk import Duration
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs

import cdk_esm as esm
from cdk_esm.filters import f
from tests.cdk.corpus.bench import EVENT_COUNT, WHY, Bench, injecting
from tests.cdk.corpus.variant import Table

SQS: Final = Table("sqs", esm.SqsToLambda)
FIFO: Final = Table("sqs-fifo", esm.SqsFifoToLambda)
PAID: Final = {"body": {"type": ["paid"]}}
FIFTEEN_MINUTES: Final = esm.NewQueue(visibility_timeout=Duration.seconds(900))
"""For a function that hides its timeout."""
NO_DEAD_LETTERS: Final = esm.NoDeadLetterQueue("each message is sent again every minute")


def second_bundle(bench: Bench) -> None:
    """Another bundle, whose function has the same code."""
    esm.SqsToLambda(bench.stack, "Returns", function=bench.function())


def second_queue_of_one_function(bench: Bench) -> None:
    """Another queue for the function of the first bundle."""
    first = bench.stack.node.find_child("Orders")
    assert isinstance(first, esm.SqsToLambda | esm.SqsFifoToLambda)
    esm.SqsToLambda(bench.stack, "Returns", function=first.function)


# In both forms.
for table, fifo in ((SQS, None), (FIFO, True)):
    table.add("defaults")
    table.add("defaults-with-flags", flags=True)
    table.add("concurrency", max_concurrency=7)
    table.add("pollers", provisioned_poller_config=esm.ProvisionedPollers(2, 20))
    table.add("filters-under-a-key", filters=[PAID], filter_encryption=Bench.key)
    table.add(
        "knobs",
        visibility_timeout_factor=3,
        max_receive_count=8,
        report_batch_item_failures=False,
        metrics_config=EVENT_COUNT,
        removal_policy=cdk.RemovalPolicy.DESTROY,
        logical_id="OldOrders",
        acknowledge={"ESM305": WHY},
        tags={"team": "shop", "stage": "test"},
        enabled=False,
        grants=False,
    )
    table.add(
        "alarms",
        alarms=lambda at: esm.Alarms(
            notify=[at.topic(), at.known_topic()], thresholds={"age": 60.5}, off={"throttles": WHY}
        ),
    )
    table.add("an-existing-dead-letter-queue", dead_letter_queue=lambda at, fifo=fifo: at.dead_letters(fifo=fifo))
    table.add("no-dead-letter-queue", dead_letter_queue=NO_DEAD_LETTERS)
    table.add("an-existing-queue", queue=lambda at, fifo=fifo: at.queue(fifo=fifo))
    table.add(
        "an-imported-queue", queue=lambda at, fifo=fifo: at.known_queue("orders.fifo" if fifo else "orders"), bound=True
    )
    table.add("an-existing-function", function=Bench.existing)

# Of the FIFO queue alone.
FIFO.add(
    "batch-and-deduplication",
    batch_size=3,
    queue=esm.NewQueue(content_based_deduplication=True, retention_period=Duration.days(14)),
)

# Of the standard queue alone.
SQS.add("a-bound-stack", bound=True)
SQS.add("batch-and-window", batch_size=100, max_batching_window=Duration.seconds(20))
SQS.add("no-grants", grants=False)
SQS.add("said-aloud", enabled=True, grants=True, report_batch_item_failures=True, max_receive_count=5)
SQS.add("filters", filters=[PAID, '{"body": {"type": ["created"]}}', f.body({"total": f.numeric(">=", 100)})])
SQS.add("a-queue-under-a-key", queue=lambda at: esm.NewQueue(encryption_master_key=at.key()))
SQS.add("a-queue-under-an-alias", queue=lambda at: esm.NewQueue(encryption_master_key=at.known_alias()))
SQS.add("an-imported-function", function=Bench.imported, queue=FIFTEEN_MINUTES)
SQS.add("an-alias", function=Bench.alias)
SQS.add("a-new-alias", function=lambda at: at.function(alias="live"))
SQS.add("two-of-one-function", beside=second_queue_of_one_function)
SQS.add("filters-under-an-imported-key", filters=[PAID], filter_encryption=Bench.known_key, like="filters")
SQS.add("filters-without-metrics", filters=[PAID], metrics_config=lambda_.MetricsConfig(metrics=[]), like="filters")
SQS.add(
    "filters-under-a-key-with-flags",
    filters=[PAID],
    filter_encryption=Bench.key,
    flags=True,
    like="filters-under-a-key",
)
SQS.add("an-action", alarms=lambda at: esm.Alarms(notify=[actions.SnsAction(at.topic())]))
SQS.add(
    "alarms-to-a-closed-topic",
    alarms=lambda at: esm.Alarms(notify=[at.topic(enforce_ssl=True, master_key=at.key())]),
)
SQS.add(
    "alarms-without-a-grant",
    alarms=lambda at: esm.Alarms(notify=[at.topic(enforce_ssl=True, master_key=at.key())], grant=False),
)
SQS.add(
    "queue-options",
    queue=esm.NewQueue(
        retention_period=Duration.days(2), delivery_delay=Duration.seconds(9), content_based_deduplication=False
    ),
    dead_letter_queue=lambda at: esm.NewQueue(retention_period=Duration.days(7), encryption_master_key=at.key()),
)
SQS.add("an-imported-dead-letter-queue", dead_letter_queue=lambda at: at.known_queue("failed"))
SQS.add("an-existing-queue-under-a-key", queue=lambda at: at.queue(encryption_master_key=at.key()))
SQS.add(
    "an-existing-queue-without-dead-letters",
    queue=lambda at: at.queue(receives=None),
    dead_letter_queue=NO_DEAD_LETTERS,
)
SQS.add("only-what-exists", queue=Bench.queue, function=Bench.existing)
SQS.add("only-what-exists-with-flags", queue=Bench.queue, function=Bench.existing, flags=True, like="only-what-exists")
SQS.add("only-what-is-imported", queue=Bench.known_queue, function=Bench.imported)
SQS.add("an-imported-function-without-grants", function=Bench.imported, queue=FIFTEEN_MINUTES, grants=False)
SQS.add("an-imported-function-with-its-role", function=Bench.imported_with_role, queue=FIFTEEN_MINUTES, bound=True)
SQS.add(
    "an-imported-function-with-its-timeout",  # what a timeout of 45 seconds comes to, without what is stated
    function=Bench.imported,
    queue=esm.NewQueue(visibility_timeout=Duration.seconds(270)),
)
SQS.add(
    "an-imported-function-with-its-timeout-stated",
    function=lambda at: esm.Imported(at.imported(), timeout=Duration.seconds(45)),
)
SQS.add(
    "an-imported-queue-with-all-that-is-stated",
    queue=lambda at: esm.Imported(
        at.known_queue(),
        visibility_timeout=Duration.minutes(3),
        retention_period=Duration.days(4),
        delivery_delay=Duration.seconds(0),
        max_receive_count=5,
        dead_letter_queue=esm.Imported(
            sqs.Queue.from_queue_arn(at.stack, "Lost", "arn:aws:sqs:eu-west-1:111122223333:lost"),
            retention_period=Duration.days(14),
        ),
    ),
)
SQS.add("a-function-with-its-own-role", function=Bench.with_own_role)
SQS.add("a-version", function=Bench.version)
SQS.add("function-options", function=Bench.everything)
SQS.add("a-vpc", function=lambda at: at.function(vpc=at.vpc()))
SQS.add(
    "inline-code",
    function=lambda at: at.function(code=lambda_.Code.from_inline("handler = print"), handler="index.handler"),
)
SQS.add(
    "tokens",
    function=lambda at: at.function(
        memory_size=at.number("Memory"),
        reserved_concurrent_executions=at.number("Reserve"),
        timeout=at.seconds("Timeout"),
    ),
    queue=lambda at: esm.NewQueue(
        visibility_timeout=Duration.minutes(20),
        retention_period=at.seconds("Retention"),
        delivery_delay=at.seconds("Delay"),
    ),
    batch_size=lambda at: at.number("Batch"),
    max_batching_window=lambda at: at.seconds("Window"),
    max_concurrency=lambda at: at.number("Concurrency"),
    max_receive_count=lambda at: at.number("Receives"),
    enabled=lambda _: cdk.Token.as_any(cdk.Fn.import_value("Enabled")),
    filters=lambda at: [{"body": {"total": [{"numeric": [">", at.number("Total")]}]}}, cdk.Fn.import_value("Pattern")],
    alarms=lambda at: esm.Alarms(thresholds={"age": at.number("Age")}),
    tags=lambda _: {"stage": cdk.Fn.import_value("Stage")},
)
SQS.add(
    "tokens-for-pollers",
    provisioned_poller_config=lambda at: esm.ProvisionedPollers(at.number("Least"), at.number("Most")),
)
SQS.add("a-function-of-another-stack", function=lambda at: at.other("Functions").existing())
SQS.add("a-queue-of-another-stack", queue=lambda at: at.other("Queues").queue())
SQS.add(
    "three-stacks-with-flags",
    function=lambda at: at.other("Functions").existing(),
    queue=lambda at: at.other("Queues").queue(),
    flags=True,
)
SQS.add("two-bundles", beside=second_bundle)
SQS.add(
    "an-injector-on-queues",
    before=injecting(sqs.Queue.PROPERTY_INJECTION_ID, "deadLetterQueue", visibilityTimeout=Duration.seconds(600)),
)
SQS.add(
    "an-injector-on-functions",
    before=injecting(lambda_.Function.PROPERTY_INJECTION_ID, memorySize=2048, timeout=Duration.seconds(10)),
)
