"""SQS queues with their dead-letter queues, and mappings on them."""

from __future__ import annotations

from typing import Any, Final

from cdk_esm.sources.sqs_queue import LEAST_RECEIVES, LEAST_RESERVED_CONCURRENCY, QUEUE, VISIBILITY_FACTOR
from cdk_esm.sources.sqs_settings import INVOCATIONS_OF_A_POLLER
from tests.core.generated.case import Case
from tests.core.generated.common import add_mapping, filter_now_and_then, own_key
from tests.core.generated.feeders import feed_now_and_then
from tests.core.generated.functions import add_function, attach, reserve, target

_POLLER: Final = ("sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage")
_DAY: Final = 86_400
_RETENTION: Final = QUEUE.by_name["MessageRetentionPeriod"]


def on_queue(case: Case) -> None:
    """A mapping on a standard or a FIFO queue."""
    timeout = add_function(case)
    own = case.draw.chance(0.85)
    source = _named(case) if own else case.elsewhere("sqs", "orders" + ".fifo" * _fifo(case))
    settings = add_mapping(case, source, target(case))
    window = _batches(case)
    if own:
        _add_queue(case, timeout, window)
        if case.draw.chance(0.15) and "KmsMasterKeyId" not in case.properties("Source"):
            case.properties("Source")["KmsMasterKeyId"] = own_key(case, ("kms:Decrypt",))
    _scaling(case, settings)
    filter_now_and_then(case)
    feed_now_and_then(case)
    case.allow(_POLLER, source)
    attach(case)


def _fifo(case: Case) -> bool:
    return case.kind == "sqs-fifo"


def _named(case: Case) -> Any:
    """The queue's ARN: by reference, or put together from a name of its own."""
    name = "orders" + ".fifo" * _fifo(case)
    case.add("Source", "SQS::Queue", {"FifoQueue": case.value(value=True)} if _fifo(case) else {})
    if case.draw.chance(0.3):
        case.properties("Source")["QueueName"] = name
        if case.draw.chance(0.5):
            return case.arn_by_name("sqs", name)
    return case.arn("Source")


def _batches(case: Case) -> int:
    """Batch and window; a standard queue's batch above ten needs one, and a FIFO queue has none."""
    draw, sheet, settings = case.draw, case.sheet.by_name, case.settings
    batch = None
    if _fifo(case) or draw.chance(0.7):
        # Of a larger batch, good messages die with a bad one; before a queue elsewhere nobody knows whether they do.
        greatest = 1 if _fifo(case) and "Source" in case.resources else None
        batch = draw.within(sheet["BatchSize"], greatest=greatest)
        settings["BatchSize"] = case.value(batch)
    if batch != 1 or draw.chance(0.5):
        settings["FunctionResponseTypes"] = ["ReportBatchItemFailures"]
    if _fifo(case):
        return 0
    needs_window = batch is not None and batch > (case.sheet.window_needed_above or 0)
    if not needs_window and draw.chance(0.6):
        return 0
    window = draw.within(sheet["MaximumBatchingWindowInSeconds"], least=int(needs_window))
    settings["MaximumBatchingWindowInSeconds"] = case.value(window)
    return window


def _add_queue(case: Case, timeout: int, window: int) -> None:
    """A queue that hides messages long enough, and whose dead letters outlive it."""
    draw, sheet = case.draw, QUEUE.by_name
    assert _RETENTION.maximum is not None
    assert sheet["VisibilityTimeout"].maximum is not None
    needed = VISIBILITY_FACTOR.value * timeout + window
    visibility = draw.within(sheet["VisibilityTimeout"], least=needed)
    longest = _RETENTION.maximum - (0 if _fifo(case) else 1)
    # When the receives are over, a day is left to look at what failed.
    most = min(sheet["RedrivePolicy.maxReceiveCount"].maximum or 0, (longest - _DAY) // max(visibility, 1))
    receives = draw.within(sheet["RedrivePolicy.maxReceiveCount"], least=LEAST_RECEIVES.value, greatest=most)
    retention = draw.within(_RETENTION, least=receives * visibility + 1, greatest=longest)
    queue = case.properties("Source")
    queue["VisibilityTimeout"] = case.value(visibility)
    queue["MessageRetentionPeriod"] = case.value(retention)
    if draw.chance(0.3):
        queue["DelaySeconds"] = case.value(draw.within(sheet["DelaySeconds"]))
    if draw.chance(0.3):
        queue["SqsManagedSseEnabled"] = True
    elif draw.chance(0.1):
        queue["KmsMasterKeyId"] = "alias/aws/sqs"
    dead: dict[str, Any] = {"FifoQueue": True} if _fifo(case) else {}
    outlives = None if _fifo(case) else max(retention + 1, receives * visibility + _DAY)
    dead["MessageRetentionPeriod"] = case.value(draw.within(_RETENTION, least=outlives))
    case.add("Dead", "SQS::Queue", dead)
    count = case.value(receives)
    queue["RedrivePolicy"] = {"deadLetterTargetArn": case.arn("Dead"), "maxReceiveCount": count}


def _scaling(case: Case, settings: dict[str, Any]) -> None:
    """A maximum concurrency, or pollers of the mapping's own, or neither; and what the function reserves for it."""
    draw, sheet = case.draw, case.sheet.by_name
    way = draw.one_of(("free", "free", "limited", "pollers"))
    case.notes["scaling"] = way
    if way == "limited":
        most = draw.within(sheet["ScalingConfig.MaximumConcurrency"])
        settings["ScalingConfig"] = {"MaximumConcurrency": case.value(most)}
        reserve(case, most)
        return
    if way == "pollers":
        least = draw.within(sheet["ProvisionedPollerConfig.MinimumPollers"])
        greatest = draw.within(sheet["ProvisionedPollerConfig.MaximumPollers"], least=least)
        pollers = {"MinimumPollers": case.value(least), "MaximumPollers": case.value(greatest)}
        if draw.chance(0.2) and greatest >= 2:
            del pollers["MinimumPollers"]
        settings["ProvisionedPollerConfig"] = pollers
        reserve(case, greatest * INVOCATIONS_OF_A_POLLER.value)
    elif "Source" not in case.resources:
        reserve(case, LEAST_RESERVED_CONCURRENCY.value)  # nobody knows how many receives a queue elsewhere allows
