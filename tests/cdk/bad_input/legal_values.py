"""Legal filters and alarms, and tokens wherever the deployment may have the last word."""

from __future__ import annotations

from typing import Final

import aws_cdk as cdk
from aws_cdk import Duration
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sns as sns

import cdk_esm as esm
from tests.cdk.bad_input.bench import Bench, queue_arn
from tests.cdk.bad_input.legal_case import ALARM, FIFO, FUNCTION, MAPPING, QUEUE, legal

NUMBER: Final = {"Ref": "Number"}
PAID: Final = {"body": {"type": ["paid"]}}

FILTERS = [
    legal(
        "a-filter-as-a-dict",
        filters=[PAID],
        made={MAPPING: {"FilterCriteria": {"Filters": [{"Pattern": '{"body":{"type":["paid"]}}'}]}}},
    ),
    legal("a-filter-as-a-text", construct=FIFO, filters=('{"body": {"type": ["paid"]}}',)),
    legal("five-filters", filters=[PAID] * 5),
    legal("a-filter-at-its-longest", filters=['{"body": {"type": ["paid"]}}' + " " * 4_068]),
    legal("alternatives-in-a-filter", filters=[{"$or": [PAID, {"body": {"total": [{"numeric": [">", 100]}]}}]}]),
    legal("six-filters-where-the-quota-was-raised", "ESM503", filters=[PAID] * 6, acknowledge={"ESM503": "case 123"}),
    legal(
        "filters-under-a-key",
        filters=[PAID],
        filter_encryption=lambda at: kms.Key(at.stack, "Key"),
        made={MAPPING: {"KmsKeyArn": {"Fn::GetAtt": ["Key961B73FD", "Arn"]}}},
    ),
    legal(
        "filters-under-an-imported-key",
        "ESM407",
        filters=[PAID],
        filter_encryption=lambda at: kms.Key.from_key_arn(at.stack, "Key", queue_arn("key/1", service="kms")),
    ),
    legal(
        "metrics-without-filters",
        metrics_config=lambda _: lambda_.MetricsConfig(metrics=[lambda_.MetricType.EVENT_COUNT]),
        made={MAPPING: {"MetricsConfig": {"Metrics": ["EventCount"]}}},
    ),
]

ALARMS = [
    legal("a-topic-to-notify", alarms=lambda at: esm.Alarms(notify=[sns.Topic(at.stack, "Topic")])),
    legal(
        "an-imported-topic-to-notify",
        alarms=lambda at: esm.Alarms(
            notify=[sns.Topic.from_topic_arn(at.stack, "Topic", queue_arn("ops", service="sns"))]
        ),
        made={ALARM: {"AlarmActions": [queue_arn("ops", service="sns")]}},
    ),
    legal(
        "an-action-to-take",
        alarms=lambda at: esm.Alarms(notify=(actions.SnsAction(sns.Topic(at.stack, "Topic")),)),
    ),
    legal(
        "a-threshold-and-an-alarm-left-out",
        alarms=esm.Alarms(thresholds={"age": 0.5}, off={"throttles": "the account alarms on all of them"}),
        made={ALARM: {"Threshold": 0.5}},
    ),
]

TOKENS = [
    legal("a-token-for-a-batch", batch_size=Bench.number, made={MAPPING: {"BatchSize": NUMBER}}),
    legal(
        "a-token-for-a-window",
        max_batching_window=lambda at: Duration.seconds(at.number()),
        made={MAPPING: {"MaximumBatchingWindowInSeconds": NUMBER}, QUEUE: {"VisibilityTimeout": 480}},
    ),
    legal(
        "a-token-for-a-concurrency",
        construct=FIFO,
        max_concurrency=Bench.number,
        made={MAPPING: {"ScalingConfig": {"MaximumConcurrency": NUMBER}}},
    ),
    legal(
        "a-token-for-pollers",
        provisioned_poller_config=lambda at: esm.ProvisionedPollers(2, at.number()),
        made={MAPPING: {"ProvisionedPollerConfig": {"MinimumPollers": 2, "MaximumPollers": NUMBER}}},
    ),
    legal(
        "a-token-for-receives",
        max_receive_count=Bench.number,
        made={
            QUEUE: {
                "RedrivePolicy": {
                    "deadLetterTargetArn": {"Fn::GetAtt": ["OrdersDeadLetterQueueA73944CE", "Arn"]},
                    "maxReceiveCount": NUMBER,
                }
            }
        },
    ),
    legal("a-token-for-enabled", enabled=lambda _: cdk.Token.as_any(NUMBER), made={MAPPING: {"Enabled": NUMBER}}),
    legal(
        "a-token-for-a-reserve",
        function=lambda at: at.function(reserved_concurrent_executions=at.number()),
        max_concurrency=100,
        made={FUNCTION: {"ReservedConcurrentExecutions": NUMBER}},
    ),
    legal(
        "a-token-for-a-timeout",
        function=lambda at: at.function(timeout=Duration.seconds(at.number())),
        queue=esm.NewQueue(visibility_timeout=Duration.minutes(15)),
        made={FUNCTION: {"Timeout": NUMBER}, QUEUE: {"VisibilityTimeout": 900}},
    ),
    legal(
        "a-token-for-memory",
        function=lambda at: at.function(memory_size=at.number()),
        made={FUNCTION: {"MemorySize": NUMBER}},
    ),
    legal(
        "a-token-for-a-retention",
        queue=lambda at: esm.NewQueue(retention_period=Duration.seconds(at.number())),
        made={QUEUE: {"MessageRetentionPeriod": NUMBER}},
    ),
    legal(
        "a-token-for-a-delay",
        queue=lambda at: esm.NewQueue(delivery_delay=Duration.seconds(at.number())),
        made={QUEUE: {"DelaySeconds": NUMBER}},
    ),
    legal(
        "tokens-in-an-existing-queue",
        queue=lambda at: at.queue(
            receives=at.number("Receives"), visibility_timeout=Duration.seconds(at.number("Visibility"))
        ),
    ),
    legal(
        "a-token-for-a-threshold",
        alarms=lambda at: esm.Alarms(thresholds={"age": at.number()}),
        made={ALARM: {"Threshold": NUMBER}},
    ),
    legal(
        "a-token-in-a-tag",
        tags=lambda _: {"stage": cdk.Fn.import_value("Stage")},
        made={MAPPING: {"Tags": [{"Key": "stage", "Value": {"Fn::ImportValue": "Stage"}}]}},
    ),
    legal(
        "tokens-in-filters",
        filters=lambda at: [
            {"body": {"tenant": [cdk.Fn.import_value("Tenant")], "total": [{"numeric": [">", at.number()]}]}},
            cdk.Fn.import_value("Pattern"),
        ],
        made={
            MAPPING: {
                "FilterCriteria": {
                    "Filters": [
                        {
                            "Pattern": {
                                "Fn::Join": [
                                    "",
                                    [
                                        '{"body":{"tenant":["',
                                        {"Fn::ImportValue": "Tenant"},
                                        '"],"total":[{"numeric":[">",',
                                        NUMBER,
                                        "]}]}}",
                                    ],
                                ]
                            }
                        },
                        {"Pattern": {"Fn::ImportValue": "Pattern"}},
                    ]
                }
            }
        },
    ),
]

WHY: Final = "AWS raised it, see case 123"
CONSENTS = [
    legal(
        "a-batch-above-the-range-by-consent",
        "ESM101",
        batch_size=20_000,
        max_batching_window=Duration.seconds(1),
        acknowledge={"ESM101": WHY},
        made={MAPPING: {"BatchSize": 20_000}},
    ),
    legal(
        "a-timeout-above-the-range-by-consent",
        "ESM106",
        function=lambda at: at.function(timeout=Duration.seconds(2_000)),
        acknowledge={"ESM106": WHY},
        made={FUNCTION: {"Timeout": 2_000}},
    ),
    legal("a-long-filter-by-consent", "ESM505", filters=[{"body": {"a": ["b" * 4_096]}}], acknowledge={"ESM505": WHY}),
    legal(
        "a-reserve-of-none-by-consent",
        "ESM302",
        function=lambda at: at.function(reserved_concurrent_executions=0),
        acknowledge={"ESM302": "switched on by hand after the migration"},
    ),
    legal(
        "a-small-reserve-by-consent",
        "ESM303",
        function=lambda at: at.function(reserved_concurrent_executions=1),
        acknowledge={"ESM303": "one at a time, whatever it costs"},
    ),
    legal(
        "a-source-that-keeps-for-two-weeks-by-consent",
        "ESM352",
        queue=esm.NewQueue(retention_period=Duration.days(14)),
        acknowledge={"ESM352": "the alarm on age fires days before"},
    ),
    legal(
        "a-handler-in-a-layer-by-consent",
        "ESM215",
        function=lambda at: at.function(handler="wrapper.handler"),
        acknowledge={"ESM215": "the module comes from a layer"},
    ),
    legal(
        "a-filter-that-takes-nothing-by-consent",
        "ESM502",
        filters=[{"type": ["paid"]}],
        acknowledge={"ESM502": "drains the queue"},
    ),
    legal(
        "an-existing-queue-without-dead-letters-by-consent",
        "ESM308",
        queue=lambda at: at.queue(receives=None),
        acknowledge={"ESM308": "runbook 12"},
    ),
]

LEGAL_VALUES = [*FILTERS, *ALARMS, *TOKENS, *CONSENTS]
