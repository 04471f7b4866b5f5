"""Changes of load and delivery: caps, pollers, batches, windows, visibility; and sources that are left behind."""

from pathlib import Path
from typing import Any

import pytest

from cdk_esm.testing.templates import get, mapping, resource
from tests.core.diff.diff_templates import Template, changed, difference, filtered, kept, msk, queue, rabbitmq, stream

DANGER, ADVICE = "danger", "advice"
RESERVED = "Function.Properties.ReservedConcurrentExecutions"
VISIBILITY = "Queue.Properties.VisibilityTimeout"
TIMEOUT = "Function.Properties.Timeout"
NAMED = changed(queue(), "Queue.Properties.QueueName", "orders")


def capped(maximum: int) -> Template:
    return queue(ScalingConfig={"MaximumConcurrency": maximum})


def polled(**pollers: int) -> Template:
    return queue(ProvisionedPollerConfig={"MinimumPollers": 4, "MaximumPollers": 40, **pollers})


def with_timeout(seconds: int, visibility: Any, **properties: Any) -> Template:
    return changed(changed(queue(**properties), TIMEOUT, seconds), VISIBILITY, visibility)


def sharded(count: int) -> Template:
    return changed(stream(), "Stream.Properties.ShardCount", count)


FIRE = [
    pytest.param(capped(5), queue(), "concurrency-higher", ADVICE, id="cap gone"),
    pytest.param(capped(5), capped(900), "concurrency-higher", ADVICE, id="cap raised"),
    pytest.param(capped(50), capped(5), "concurrency-lower", ADVICE, id="cap lowered"),
    pytest.param(queue(), capped(5), "concurrency-lower", ADVICE, id="cap added"),
    pytest.param(changed(queue(), RESERVED, 5), queue(), "concurrency-higher", ADVICE, id="nothing reserved"),
    pytest.param(queue(), changed(queue(), RESERVED, 5), "concurrency-lower", ADVICE, id="a few reserved"),
    pytest.param(queue(), changed(queue(), RESERVED, 0), "function-stopped", DANGER, id="none reserved"),
    pytest.param(stream(), stream(ParallelizationFactor=10), "concurrency-higher", ADVICE, id="factor raised"),
    pytest.param(stream(ParallelizationFactor=10), stream(), "concurrency-lower", ADVICE, id="factor gone"),
    pytest.param(sharded(2), sharded(8), "concurrency-higher", ADVICE, id="more shards"),
    pytest.param(sharded(8), sharded(2), "concurrency-lower", ADVICE, id="fewer shards"),
    pytest.param(polled(), queue(), "pollers-fewer", ADVICE, id="pollers gone"),
    pytest.param(polled(), polled(MinimumPollers=2), "pollers-fewer", ADVICE, id="fewer pollers at least"),
    pytest.param(polled(), polled(MaximumPollers=20), "pollers-fewer", ADVICE, id="fewer pollers at most"),
    pytest.param(queue(), polled(), "pollers-more", ADVICE, id="pollers added"),
    pytest.param(polled(), polled(MaximumPollers=400), "pollers-more", ADVICE, id="more pollers at most"),
    pytest.param(polled(), polled(MinimumPollers=8), "pollers-more", ADVICE, id="more pollers at least"),
    pytest.param(queue(), queue(BatchSize=5), "batches-smaller", ADVICE, id="smaller batch"),
    pytest.param(
        queue(),
        queue(BatchSize=50, MaximumBatchingWindowInSeconds=1),
        "batches-larger",
        ADVICE,
        id="larger batch with a window",
    ),
    pytest.param(
        queue(MaximumBatchingWindowInSeconds=60), queue(), "batches-smaller", ADVICE, id="batching window gone"
    ),
    pytest.param(
        rabbitmq(), rabbitmq(MaximumBatchingWindowInSeconds=5), "batches-larger", ADVICE, id="a broker's window"
    ),
    pytest.param(
        stream(TumblingWindowInSeconds=60), stream(), "aggregation-changed", ADVICE, id="tumbling window gone"
    ),
    pytest.param(with_timeout(30, 180), with_timeout(30, 60), "visibility-shorter", ADVICE, id="visibility below six"),
    pytest.param(
        with_timeout(30, 180), with_timeout(30, 20), "visibility-shorter", DANGER, id="visibility below the timeout"
    ),
    pytest.param(
        with_timeout(30, 240, MaximumBatchingWindowInSeconds=60),
        with_timeout(30, 180, MaximumBatchingWindowInSeconds=60),
        "visibility-shorter",
        ADVICE,
        id="visibility without the window",
    ),
    pytest.param(
        queue(FunctionName="arn:aws:lambda:eu-west-1:111122223333:function:other"),
        changed(queue(FunctionName="arn:aws:lambda:eu-west-1:111122223333:function:other"), VISIBILITY, 170),
        "visibility-shorter",
        ADVICE,
        id="visibility of an unknown function",
    ),
    # What is left behind.
    pytest.param(
        changed(queue(), "Queue.DeletionPolicy", "RetainExceptOnCreate"),
        changed(changed(queue(), "Orders"), "Queue"),
        "source-left-behind",
        DANGER,
        id="a queue that was read",
    ),
    pytest.param(
        kept(stream(), "Stream", "DeletionPolicy"),
        changed(changed(stream(), "Orders"), "Stream"),
        "source-left-behind",
        DANGER,
        id="a stream that was read",
    ),
    pytest.param(
        kept(queue(), "Dead", "DeletionPolicy"),
        changed(queue(), "Dead"),
        "source-left-behind",
        ADVICE,
        id="a dead-letter queue",
    ),
    pytest.param(
        kept(queue(Enabled=False), "Queue", "DeletionPolicy"),
        changed(changed(queue(), "Orders"), "Queue"),
        "source-left-behind",
        ADVICE,
        id="a queue that was not read",
    ),
    pytest.param(
        kept(kept(queue(), "Queue", "DeletionPolicy"), "Orders", "DeletionPolicy"),
        changed(changed(queue(), "Orders"), "Queue"),
        "source-left-behind",
        ADVICE,
        id="a queue that its retained mapping reads on",
    ),
    pytest.param(
        kept(NAMED, "Queue", "DeletionPolicy"),
        changed(
            changed(NAMED, "Orders", mapping("arn:aws:sqs:eu-west-1:111122223333:orders")),
            "Queue",
        ),
        "source-left-behind",
        ADVICE,
        id="a queue that is read by its ARN",
    ),
]
SILENT = [
    pytest.param(with_timeout(3, 180), with_timeout(3, 18), id="visibility that is still six times the timeout"),
    pytest.param(with_timeout(30, 60), with_timeout(30, 180), id="visibility that gets longer"),
    pytest.param(queue(), queue(BatchSize=10), id="the default batch written out"),
    pytest.param(queue(), queue(MaximumBatchingWindowInSeconds=0), id="the default window written out"),
    pytest.param(stream(), stream(TumblingWindowInSeconds=0), id="no tumbling window, written out"),
    pytest.param(capped(5), queue(ScalingConfig={"MaximumConcurrency": {"Ref": "Cap"}}), id="an unknown cap"),
    pytest.param(
        polled(), queue(ProvisionedPollerConfig={"MinimumPollers": {"Ref": "N"}, "MaximumPollers": 1}), id="pollers"
    ),
    pytest.param(queue(), changed(queue(), "Function.Properties.MemorySize", 1024), id="another memory size"),
    pytest.param(msk(), msk(ProvisionedPollerConfig={"Fn::GetAtt": ["Other", "Config"]}), id="unknown pollers"),
    pytest.param(filtered(), changed(filtered(), "Other", resource("SQS::Queue")), id="another queue"),
]


@pytest.mark.parametrize(("old", "new", "kind", "severity"), FIRE)
def test_a_change_of_load_or_delivery_is_told(
    tmp_path: Path, old: Template, new: Template, kind: str, severity: str
) -> None:
    told = [(change.kind.name, str(change.severity)) for change in difference(tmp_path, old, new).changes]

    assert (kind, severity) in told


@pytest.mark.parametrize(("old", "new"), SILENT)
def test_what_changes_neither_load_nor_delivery_is_not_told(tmp_path: Path, old: Template, new: Template) -> None:
    assert [change.message for change in difference(tmp_path, old, new).changes] == []


def test_a_cap_that_is_gone_is_no_number(tmp_path: Path) -> None:
    [change] = difference(tmp_path, capped(5), queue()).changes

    assert (change.message, change.before, change.after) == (
        "ScalingConfig.MaximumConcurrency: 5 becomes none",
        5,
        None,
    )


def test_the_fix_of_a_short_visibility_names_the_number(tmp_path: Path) -> None:
    window = {"MaximumBatchingWindowInSeconds": 20}
    [change] = difference(tmp_path, with_timeout(30, 200, **window), with_timeout(30, 60, **window)).changes

    assert change.fix == "keep VisibilityTimeout at 200 or more: 6 times the timeout plus the batching window of 20 s"


def test_pollers_that_are_gone_are_no_range(tmp_path: Path) -> None:
    [change] = difference(tmp_path, polled(), queue()).changes

    assert change.message == "ProvisionedPollerConfig: 4 to 40 becomes none"


def test_pollers_can_become_fewer_at_least_and_more_at_most(tmp_path: Path) -> None:
    told = [
        (change.kind.name, change.message)
        for change in difference(tmp_path, polled(), polled(MinimumPollers=2, MaximumPollers=80)).changes
    ]

    message = "ProvisionedPollerConfig: 4 to 40 becomes 2 to 80"
    assert told == [("pollers-fewer", message), ("pollers-more", message)]


def test_a_queue_that_another_mapping_reads_has_its_own_numbers(tmp_path: Path) -> None:
    other = changed(capped(5), "Other", resource("SQS::Queue", {"VisibilityTimeout": 180}))
    moved = changed(changed(other, "Orders.Properties.EventSourceArn", get("Other")), "Orders.Properties.ScalingConfig")

    assert "concurrency-higher" not in [change.kind.name for change in difference(tmp_path, other, moved).changes]
