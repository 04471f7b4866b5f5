"""What harms nothing, and is not told by `cdk-esm diff`."""

from pathlib import Path

import pytest

from cdk_esm.testing.templates import ref, resource
from tests.core.diff.diff_templates import (
    Template,
    changed,
    difference,
    filtered,
    heard,
    queue,
    renamed,
    stream,
)
from tests.core.diff.test_diff_changes import AB, ALARMED, DEAD, VERSIONED, A, B

SILENT = [
    pytest.param(queue(FunctionResponseTypes=[]), queue(), id="partial batch responses"),
    pytest.param(stream(MaximumRetryAttempts=3), stream(MaximumRetryAttempts=5), id="more retries"),
    pytest.param(stream(), changed(stream(), "Stream.Properties.RetentionPeriodHours", 72), id="longer retention"),
    pytest.param(queue(), changed(queue(), f"{DEAD}.maxReceiveCount", 8), id="more receives"),
    pytest.param(queue(), changed(queue(), "Queue.Properties.DelaySeconds", 5), id="what replaces nothing"),
    pytest.param(queue(Enabled=ref("On")), queue(Enabled=False), id="what only the deployment knows"),
    pytest.param(filtered(A, B), filtered(B, A), id="filters in another order"),
    pytest.param(filtered(A), filtered('{ "body" : {"a":["x"]} }'), id="a filter written otherwise"),
    pytest.param(filtered(A), filtered(A, A), id="a filter twice"),
    pytest.param(VERSIONED, changed(VERSIONED, "Orders.Properties.FunctionName", ref("V2")), id="a newer version"),
    pytest.param(
        changed(queue(), "Queue.Properties.FifoQueue", False),
        changed(queue(), "Queue.Properties.FifoQueue", "false"),
        id="a truth value as a text",
    ),
    pytest.param(ALARMED, heard(ALARMED), id="an alarm that another one hears"),
    pytest.param(ALARMED, heard(ALARMED, AlarmName="age-of-orders"), id="an alarm that another one hears by its name"),
    pytest.param(filtered(AB), filtered(A, B), id="a filter for each value"),
    pytest.param(ALARMED, renamed(ALARMED, "Alarm", "Other"), id="the same alarm under another logical id"),
    pytest.param(changed(queue(), "Bystander", resource("SQS::Queue")), queue(), id="a queue that no mapping needs"),
]


def test_a_mapping_of_a_function_or_a_queue_that_is_renamed_too_meets_nothing(tmp_path: Path) -> None:
    for named in ("Function.Properties.FunctionName", "Queue.Properties.QueueName"):
        other = changed(renamed(queue(), "Orders", "Sales"), named, "other")
        kinds = [change.kind.name for change in difference(tmp_path, queue(), other).changes]

        assert "mapping-renamed" not in kinds
        assert "mapping-removed" in kinds
        assert "mapping-added" in kinds


@pytest.mark.parametrize(("old", "new"), SILENT)
def test_a_harmless_change_is_not_reported(tmp_path: Path, old: Template, new: Template) -> None:
    assert [change.message for change in difference(tmp_path, old, new).changes] == []
