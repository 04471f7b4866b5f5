"""What a default bundle costs to build, beside the same resources written by hand with CDK's L2, in one run.

Run ``make bench``. It first asserts that both ways give the same resources, then prints what each costs, the ratio,
and the cost per bundle as the number of bundles grows.
"""

from __future__ import annotations

import gc
import json
import os
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ["CDK_VALIDATION"] = "false"  # the built-in validator is the same on both sides

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_sqs as sqs
from aws_cdk.assertions import Template

import cdk_esm as esm

SIZES = (10, 40, 120)
ROUNDS = 5
KEEP = cdk.RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE


def by_hand(stack: cdk.Stack, id: str, code: str) -> None:
    """A queue, its dead-letter queue, a function, a mapping, grants and four alarms, as a careful user writes them."""
    dead_letters = sqs.Queue(
        stack,
        f"{id}DeadLetters",
        retention_period=cdk.Duration.days(14),
        encryption=sqs.QueueEncryption.SQS_MANAGED,
        enforce_ssl=True,
        removal_policy=KEEP,
    )
    queue = sqs.Queue(
        stack,
        f"{id}Queue",
        visibility_timeout=cdk.Duration.seconds(180),
        encryption=sqs.QueueEncryption.SQS_MANAGED,
        enforce_ssl=True,
        dead_letter_queue=sqs.DeadLetterQueue(queue=dead_letters, max_receive_count=5),
        removal_policy=KEEP,
    )
    log_group = logs.LogGroup(stack, f"{id}Logs", retention=logs.RetentionDays.ONE_MONTH, removal_policy=KEEP)
    role = iam.Role(stack, f"{id}Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
    log_group.grant_write(role)
    function = lambda_.Function(
        stack,
        f"{id}Function",
        runtime=lambda_.Runtime.PYTHON_3_14,
        architecture=lambda_.Architecture.ARM_64,
        handler="app.handler",
        code=lambda_.Code.from_asset(code),
        timeout=cdk.Duration.seconds(30),
        memory_size=512,
        tracing=lambda_.Tracing.ACTIVE,
        log_group=log_group,
        role=role,
    )
    policy = iam.Policy(
        stack,
        f"{id}Poller",
        policy_name=f"{id}Poller",
        statements=[
            iam.PolicyStatement(
                actions=["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"],
                resources=[queue.queue_arn],
            )
        ],
        roles=[role],
    )
    mapping = lambda_.EventSourceMapping(
        stack,
        f"{id}Mapping",
        target=function,
        event_source_arn=queue.queue_arn,
        report_batch_item_failures=True,
    )
    mapping.node.add_dependency(policy)
    minute, five = cdk.Duration.minutes(1), cdk.Duration.minutes(5)
    for name, metric, threshold, periods, points in (
        ("Age", queue.metric_approximate_age_of_oldest_message(period=minute), 900, 5, 3),
        ("Dead", dead_letters.metric_approximate_number_of_messages_visible(period=minute), 1, 1, 1),
        ("Errors", function.metric_errors(period=five), 1, 1, 1),
        ("Throttles", function.metric_throttles(period=minute), 1, 5, 5),
    ):
        cloudwatch.Alarm(
            stack,
            f"{id}{name}Alarm",
            metric=metric,
            threshold=threshold,
            evaluation_periods=periods,
            datapoints_to_alarm=points,
            comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
            alarm_description=f"{id}: look at it",
        )


def bundle(stack: cdk.Stack, id: str, code: str) -> None:
    """The same in one statement."""
    esm.SqsToLambda(stack, id, function=esm.NewFunction(code=code, handler="app.handler"))


def build(make: Callable[[cdk.Stack, str, str], None], count: int, code: str) -> tuple[float, cdk.Stack]:
    """Seconds for ``count`` bundles in a stack of their own, and the stack."""
    stack = cdk.Stack(cdk.App(), "Bench")
    gc.collect()
    start = time.perf_counter()
    for index in range(count):
        make(stack, f"Bundle{index}", code)
    return time.perf_counter() - start, stack


def facts_that_matter(stack: cdk.Stack) -> tuple[Counter[str], list[str]]:
    """Resource types with their counts, and the values that both ways must agree on."""
    resources: dict[str, Any] = Template.from_stack(stack).to_json()["Resources"]
    keep = {
        "AWS::SQS::Queue": ("VisibilityTimeout", "MessageRetentionPeriod", "SqsManagedSseEnabled"),
        "AWS::Lambda::Function": ("Architectures", "MemorySize", "Runtime", "Timeout", "TracingConfig", "Handler"),
        "AWS::Lambda::EventSourceMapping": ("FunctionResponseTypes", "BatchSize"),
        "AWS::Logs::LogGroup": ("RetentionInDays",),
        "AWS::CloudWatch::Alarm": (
            "MetricName",
            "Namespace",
            "Period",
            "Statistic",
            "Threshold",
            "EvaluationPeriods",
            "DatapointsToAlarm",
            "TreatMissingData",
        ),
    }
    values = [
        json.dumps([one["Type"], {name: one["Properties"].get(name) for name in keep.get(one["Type"], ())}])
        for one in resources.values()
    ]
    return Counter(one["Type"] for one in resources.values()), sorted(values)


def main() -> int:
    """Assert that both ways agree, then time them in turn."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "app.py").write_text("def handler(event, context):\n    return None\n")
        ours, theirs = (facts_that_matter(build(make, 3, folder)[1]) for make in (bundle, by_hand))
        if ours != theirs:
            sys.stderr.write(f"the two ways differ:\n{ours}\n{theirs}\n")
            return 1
        print("both ways give the same resources:", ", ".join(f"{n // 3} {t}" for t, n in sorted(ours[0].items())))
        print(f"milliseconds a bundle, median of {ROUNDS} rounds in turn")
        print(f"{'bundles':>8} {'cdk_esm':>12} {'by hand':>12} {'ratio':>7}")
        for size in SIZES:
            pairs = [(build(bundle, size, folder)[0], build(by_hand, size, folder)[0]) for _ in range(ROUNDS)]
            mine, hand = (statistics.median(pair[side] for pair in pairs) * 1000 / size for side in (0, 1))
            ratio = statistics.median(a / b for a, b in pairs)
            print(f"{size:>8} {mine:>12.2f} {hand:>12.2f} {ratio:>7.2f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
