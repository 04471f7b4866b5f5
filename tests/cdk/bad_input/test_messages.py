"""What the errors say, in full, once for each kind of mistake; and all that is wrong with a call comes at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import aws_cdk as cdk
import pytest
from aws_cdk import aws_kinesis as kinesis

import cdk_esm as esm
from cdk_esm.rules.engine import rules
from tests.cdk.bad_input.bench import ACCOUNT, ELSEWHERE, ID, REGION, Bench, queue_arn
from tests.cdk.bad_input.case import built

GUIDE: Final = "https://docs.aws.amazon.com/lambda/latest/dg/"
API: Final = "https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html"
CDK: Final = "https://docs.aws.amazon.com/cdk/api/v2/python/aws_cdk.aws_lambda/README.html"
PARAMETERS: Final = GUIDE + "services-sqs-parameters.html"
QUEUES: Final = "https://docs.aws.amazon.com/cdk/api/v2/python/aws_cdk.aws_sqs/README.html"
CONSENT: Final = "https://docs.aws.amazon.com/cdk/v2/guide/policy-validation-synthesis.html"


@pytest.fixture
def bench(app: cdk.App, code: str, tmp_path: Path) -> Bench:
    return Bench(cdk.Stack(app, "Shop", env=cdk.Environment(account=ACCOUNT, region=REGION)), code, tmp_path)


def said(bench: Bench, keywords: dict[str, Any]) -> str:
    """The text of the error that a call ends with."""
    with pytest.raises(esm.EsmError) as caught:
        esm.SqsToLambda(bench.stack, ID, **built(keywords, bench))
    return str(caught.value)


def full(message: str, rule: str, fix: str, page: str) -> str:
    return f"Shop/Orders: {message} [{rule}]\n  fix: {fix}\n  see: {page}"


def _text(sentence: str, keywords: dict[str, Any], message: str, rule: str, *ending: str) -> pytest.ParameterSet:
    fix, page = (*ending, CDK)[:2]
    identity = rule.partition(" ")[0]
    if rules()[identity].can_be_acknowledged:
        fix += f'\n  or stand by it: acknowledge={{"{identity}": "<why>"}}'
    return pytest.param(keywords, full(message, rule, fix, page), id=sentence)


@pytest.mark.parametrize(
    ("keywords", "text"),
    [
        _text(
            "a-type",
            {"batch_size": "10"},
            "batch_size takes a whole number, got str '10'",
            "ESM001 wrong-type",
            "write batch_size=10",
            PARAMETERS,
        ),
        _text(
            "a-unit",
            {"max_batching_window": 5},
            "max_batching_window takes a Duration, such as Duration.seconds(30), got int 5",
            "ESM001 wrong-type",
            "write max_batching_window=Duration.seconds(5)",
            PARAMETERS,
        ),
        _text(
            "a-fraction",
            {"max_batching_window": cdk.Duration.millis(1500)},
            "max_batching_window takes a Duration of whole seconds, got a Duration of 1500 milliseconds",
            "ESM001 wrong-type",
            "write max_batching_window=Duration.seconds(...)",
            PARAMETERS,
        ),
        _text(
            "a-token-of-minutes",
            {"max_batching_window": lambda at: cdk.Duration.minutes(at.number())},
            "max_batching_window takes a Duration of whole seconds, "
            "got a Duration of minutes that only the deployment knows",
            "ESM001 wrong-type",
            "write max_batching_window=Duration.seconds(...)",
            PARAMETERS,
        ),
        _text(
            "a-kind-of-resource",
            {"queue": lambda at: kinesis.Stream(at.stack, "Stream")},
            "queue takes a NewQueue or an SQS queue, got Stream",
            "ESM001 wrong-type",
            "pass a NewQueue or an SQS queue as queue",
            QUEUES,
        ),
        _text(
            "an-imported-kind-of-resource",
            {"queue": lambda at: kinesis.Stream.from_stream_arn(at.stack, "Stream", queue_arn("stream/x"))},
            "queue takes a NewQueue or an SQS queue, got an imported construct of another kind",
            "ESM001 wrong-type",
            "pass a NewQueue or an SQS queue as queue",
            QUEUES,
        ),
        _text(
            "a-list-of-resources",
            {"queue": lambda at: [at.known_queue(), None]},
            "queue takes a NewQueue or an SQS queue, got list [QueueBase, None]",
            "ESM001 wrong-type",
            "pass a NewQueue or an SQS queue as queue",
            QUEUES,
        ),
        _text(
            "nothing",
            {"function": None},
            "function is missing; it takes a NewFunction or a Lambda function, version or alias",
            "ESM003 missing-keyword",
            'write function=esm.NewFunction(code="handlers/orders", handler="app.handler") (import cdk_esm as esm)',
        ),
        _text(
            "an-acknowledgement",
            {"acknowledge": {"batch-needs-window": "tried"}},
            "there is no rule batch-needs-window to acknowledge; ids look like ESM201",
            "ESM004 unusable-acknowledgement",
            "did you mean ESM201? otherwise remove it",
            CONSENT,
        ),
        _text(
            "a-reason",
            {"dead_letter_queue": esm.NoDeadLetterQueue("")},
            "dead_letter_queue.reason needs a reason in words, got str ''",
            "ESM005 reason-missing",
            "say in dead_letter_queue.reason why this is right",
            CONSENT,
        ),
        _text(
            "a-folder",
            {"function": lambda at: at.function(code="handlers/none")},
            "the function's code is missing: there is no folder and no file at 'handlers/none'",
            "ESM006 code-not-found",
            "name a folder or an archive that exists; a relative path starts where the app is run",
        ),
        _text(
            "a-range",
            {"batch_size": 0},
            "batch_size=0 is out of range: Amazon SQS standard queue takes 1 to 10000",
            "ESM101 setting-out-of-range",
            "set batch_size=1 or more",
            API,
        ),
        _text(
            "a-combination",
            {"batch_size": 100},
            "batch_size=100 needs a max_batching_window of at least 1 second, got none",
            "ESM201 batch-needs-window",
            "add max_batching_window=Duration.seconds(1), or lower batch_size to 10",
            GUIDE + "services-sqs-configure.html",
        ),
        _text(
            "a-kind-of-queue",
            {"queue": lambda at: at.known_queue(queue_arn("orders.fifo"))},
            "SqsToLambda takes an Amazon SQS standard queue, got an Amazon SQS FIFO queue",
            "ESM212 queue-of-other-kind",
            "use SqsFifoToLambda, or give an Amazon SQS standard queue",
            GUIDE + "with-sqs.html",
        ),
        _text(
            "a-danger",
            {"function": lambda at: at.function(reserved_concurrent_executions=3)},
            "the function's reserved_concurrent_executions=3 is less than the 5 invocations that the poller starts with"
            ": what is throttled goes back to the queue with a receive used up",
            "ESM303 reserved-concurrency-below-pollers",
            "raise reserved_concurrent_executions to 5 or more, or remove it, or add max_concurrency=3",
            GUIDE + "services-sqs-configure.html",
        ),
        _text(
            "a-filter",
            {"filters": [{"Body": {"type": ["paid"]}}]},
            "filters[0].Body: the records of this Amazon SQS standard queue have no key 'Body' (did you mean 'body'?), "
            "so this matches nothing: Lambda deletes the message from the queue; it reaches neither the function nor a "
            "dead-letter queue",
            "ESM502 filter-misses-payload",
            "write 'body'",
            GUIDE + "invocation-eventfiltering.html",
        ),
    ],
)
def test_a_message_names_path_keyword_what_came_what_is_taken_fix_and_page(
    keywords: dict[str, Any], text: str, bench: Bench
) -> None:
    assert said(bench, keywords) == text


def test_a_misspelt_keyword_is_told_the_right_one(bench: Bench) -> None:
    message, fix, page = said(bench, {"batchsize": 10}).split("\n")

    assert message.startswith("Shop/Orders: there is no keyword batchsize; accepted: function, queue, ")
    assert message.endswith(" [ESM002 unknown-keyword]")
    assert (fix, page) == ("  fix: did you mean batch_size?", f"  see: {CDK}")


@pytest.mark.parametrize(
    ("misspelt", "right"),
    [
        ("batchSize", "batch_size"),
        ("filter", "filters"),
        ("max_concurency", "max_concurrency"),
        ("max_batch_window", "max_batching_window"),
        ("dead_letter", "dead_letter_queue"),
        ("acknowledgement", "acknowledge"),
        ("alarm", "alarms"),
        ("removalpolicy", "removal_policy"),
    ],
)
def test_a_near_miss_is_recognized(misspelt: str, right: str, bench: Bench) -> None:
    assert f"fix: did you mean {right}?" in said(bench, {misspelt: None})


@pytest.mark.parametrize(
    "keyword", ["on_failure", "starting_position", "bisect_batch_on_error", "parallelization_factor"]
)
def test_a_keyword_of_another_source_is_not_taken_for_a_misspelling(keyword: str, bench: Bench) -> None:
    assert "fix: leave it out" in said(bench, {keyword: None})


def refused(bench: Bench, **keywords: Any) -> list[tuple[str, str]]:
    with pytest.raises(esm.EsmTypeError) as caught:
        esm.SqsToLambda(bench.stack, ID, **built(keywords, bench))
    return [(finding.rule.id, finding.setting) for finding in caught.value.findings]


def test_all_that_is_wrong_comes_at_once_sorted_by_rule(bench: Bench) -> None:
    function: Callable[[Bench], esm.NewFunction] = lambda at: at.function(timeout=30, memory_size=64)  # noqa: E731
    found = refused(
        bench,
        function=function,
        queue=lambda at: at.known_queue(queue_arn("orders.fifo", region=ELSEWHERE)),
        batch_size="10",
        max_concurrency=1,
        filters=[{"type": ["paid"]}, {"body": {"type": "paid"}}],
        tags={"aws:team": "orders"},
        acknowledge={"ESM999": "tried"},
        alarms=esm.Alarms(off={"age": ""}),
    )

    assert sorted(found) == [
        ("ESM001", "batch_size"),
        ("ESM001", "function.timeout"),
        ("ESM004", "acknowledge"),
        ("ESM005", "alarms.off['age']"),
        ("ESM101", "ScalingConfig.MaximumConcurrency"),
        ("ESM106", "MemorySize"),
        ("ESM107", "Tags"),
        ("ESM212", "EventSourceArn"),
        ("ESM402", "EventSourceArn"),
        ("ESM501", "FilterCriteria"),
        ("ESM502", "FilterCriteria"),
    ]
    assert [rule for rule, _ in found] == sorted(rule for rule, _ in found)


def test_several_filters_that_cannot_be_taken_are_each_named(bench: Bench) -> None:
    found = refused(bench, filters=[5, {"body": [b"paid"]}, {"body": {"type": ["paid"]}}, None, {"body": {1, 2}}])

    assert found == [("ESM001", f"filters[{index}]") for index in (0, 3, 1, 4)]


def test_our_errors_are_also_type_errors_and_value_errors(bench: Bench) -> None:
    with pytest.raises(TypeError):
        esm.SqsToLambda(bench.stack, ID, function=bench.function(), batch_size="10")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="batch_size=0 is out of range"):
        esm.SqsToLambda(bench.stack, ID, function=bench.function(), batch_size=0)


def test_a_finding_of_an_error_can_be_written_as_json(bench: Bench) -> None:
    with pytest.raises(esm.InvalidMappingError) as caught:
        esm.SqsToLambda(bench.stack, ID, function=bench.function(), batch_size=100)

    assert caught.value.findings[0].to_dict() == {
        "rule": "ESM201",
        "name": "batch-needs-window",
        "severity": "error",
        "path": "Shop/Orders",
        "setting": "MaximumBatchingWindowInSeconds",
        "got": None,
        "allowed": "at least 1 second",
        "message": "batch_size=100 needs a max_batching_window of at least 1 second, got none",
        "fix": "add max_batching_window=Duration.seconds(1), or lower batch_size to 10",
        "page": GUIDE + "services-sqs-configure.html",
        "acknowledged": None,
    }
