"""What one more mapping costs must not depend on how many there are: calls are counted, not seconds."""

import gc
import json
import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from cdk_esm.diff.inputs import read_sides
from cdk_esm.diff.result import compare
from cdk_esm.judge.inputs import read_inputs
from cdk_esm.judge.result import judge
from cdk_esm.testing.templates import document, get, mapping, ref, resource

FEW, MANY = 100, 1_000
MOST_GROWTH = 1.1
"""The calls of a mapping among many, beside those among few; each pass over everything per mapping would make it 10."""


def bundle(index: int) -> dict[str, Any]:
    """A queue with its dead-letter queue, function, role, policies, alarm and mapping, as people write them."""
    queue, dead, role, function = (f"{name}{index}" for name in ("Queue", "Dead", "Role", "Function"))
    redrive = {"deadLetterTargetArn": get(dead), "maxReceiveCount": 5}
    poll = {"PolicyName": "poll", "PolicyDocument": document("sqs:*", get(queue)), "Roles": [ref(role)]}
    closed = {"Queues": [ref(queue)], "PolicyDocument": document("sqs:SendMessage", get(queue), Principal="*")}
    watched = {"Namespace": "AWS/SQS", "MetricName": "ApproximateNumberOfMessagesVisible", "Threshold": 1}
    dimension = {"Name": "QueueName", "Value": get(dead, "QueueName")}
    target = {"FunctionName": ref(function), "FunctionResponseTypes": ["ReportBatchItemFailures"]}
    return {
        queue: resource("SQS::Queue", {"VisibilityTimeout": 180, "RedrivePolicy": redrive}),
        dead: resource("SQS::Queue", {"MessageRetentionPeriod": 1_209_600}),
        role: resource("IAM::Role", {"AssumeRolePolicyDocument": {"Statement": []}}),
        f"Poll{index}": resource("IAM::Policy", poll),
        f"Closed{index}": resource("SQS::QueuePolicy", closed),
        function: resource("Lambda::Function", {"Role": get(role), "Timeout": 30, "Handler": "app.handler"}),
        f"Alarm{index}": resource("CloudWatch::Alarm", {**watched, "Dimensions": [dimension]}),
        f"Mapping{index}": {**mapping(get(queue), **target), "DependsOn": f"Poll{index}"},
    }


def one_template(folder: Path, count: int) -> None:
    resources = {name: body for index in range(count) for name, body in bundle(index).items()}
    (folder / "Shop.json").write_text(json.dumps({"Resources": resources}))


def one_role_for_all(folder: Path, count: int) -> None:
    """Mappings that share a role, so that whatever is asked of it is asked by each of them."""
    resources = {name: body for index in range(count) for name, body in bundle(index).items()}
    for index in range(count):
        resources[f"Function{index}"]["Properties"]["Role"] = get("Role0")
        resources[f"Poll{index}"]["Properties"]["Roles"] = [ref("Role0")]
    (folder / "Shop.json").write_text(json.dumps({"Resources": resources}))


def one_queue_for_all(folder: Path, count: int) -> None:
    """Mappings that compete for one queue, half of them with filters, of which rules speak that see all of them."""
    resources = {name: body for index in range(count) for name, body in bundle(index).items()}
    for index in range(count):
        properties = resources[f"Mapping{index}"]["Properties"]
        properties["EventSourceArn"] = get("Queue0")
        if index % 2:
            properties["FilterCriteria"] = {"Filters": [{"Pattern": json.dumps({"body": {"lane": [str(index)]}})}]}
    (folder / "Shop.json").write_text(json.dumps({"Resources": resources}))


def one_topic_for_all(folder: Path, count: int) -> None:
    """Mappings with filters whose queues one topic feeds, to which each function may publish."""
    resources = {name: body for index in range(count) for name, body in bundle(index).items()}
    resources["Topic"] = resource("SNS::Topic")
    for index in range(count):
        feed = {"TopicArn": ref("Topic"), "Protocol": "sqs", "Endpoint": get(f"Queue{index}")}
        resources[f"Feed{index}"] = resource("SNS::Subscription", feed)
        publish = {"PolicyName": "publish", "PolicyDocument": document("sns:Publish", ref("Topic"))}
        resources[f"Send{index}"] = resource("IAM::Policy", {**publish, "Roles": [ref(f"Role{index}")]})
        if index % 2:
            properties = resources[f"Mapping{index}"]["Properties"]
            properties["FilterCriteria"] = {"Filters": [{"Pattern": json.dumps({"body": {"lane": [str(index)]}})}]}
    (folder / "Shop.json").write_text(json.dumps({"Resources": resources}))


def loose_templates(folder: Path, count: int) -> None:
    for index in range(count):
        (folder / f"Shop{index}.json").write_text(json.dumps({"Resources": bundle(index)}))


def assembly(folder: Path, count: int) -> None:
    """An assembly of many stacks, each of which imports its queue from the stack before it."""
    artifacts = {}
    for index in range(count):
        resources = bundle(index)
        resources[f"Role{index}"]["Properties"]["RoleName"] = f"poller-{index}"
        resources[f"Poll{index}"]["Properties"]["Roles"] = [f"poller-{index}"]
        exported = {"Queue": {"Value": get(f"Queue{index}"), "Export": {"Name": f"queue-{index}"}}}
        if index % 2:
            resources[f"Mapping{index}"]["Properties"]["EventSourceArn"] = {"Fn::ImportValue": f"queue-{index - 1}"}
        name = f"Shop{index}.template.json"
        (folder / name).write_text(json.dumps({"Resources": resources, "Outputs": exported}))
        properties = {"templateFile": name, "stackName": f"Shop{index}"}
        artifacts[f"Shop{index}"] = {"type": "aws:cloudformation:stack", "properties": properties}
    (folder / "manifest.json").write_text(json.dumps({"artifacts": artifacts}))


def nested_stacks(folder: Path, count: int) -> None:
    """Stacks with one nested stack each: half of them of one template, the others by the hash of an asset."""
    artifacts = {}
    (folder / "Inner.json").write_text(json.dumps({"Resources": bundle(0)}))
    for index in range(count):
        name, asset = f"Shop{index}", f"{index:064x}"
        source = {"path": f"Inner{index}.json"}
        (folder / f"Inner{index}.json").write_text(json.dumps({"Resources": bundle(index)}))
        (folder / f"{name}.assets.json").write_text(json.dumps({"files": {asset: {"source": source}}}))
        inner = resource("CloudFormation::Stack", {"TemplateURL": f"https://assets/{asset}.json"})
        if index % 2:
            inner["Metadata"] = {"aws:asset:path": "Inner.json"}
        (folder / f"{name}.json").write_text(json.dumps({"Resources": {"Inner": inner}}))
        properties = {"templateFile": f"{name}.json", "stackName": name}
        artifacts[name] = {"type": "aws:cloudformation:stack", "properties": properties}
    (folder / "manifest.json").write_text(json.dumps({"artifacts": artifacts}))


def calls(work: Callable[[], object]) -> int:
    """How many functions, of Python and of C, a piece of work calls; each step of a loop over resources calls some."""
    count = 0

    def seen(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    gc.disable()  # as the commands do
    sys.setprofile(seen)
    try:
        work()
    finally:
        sys.setprofile(None)
        gc.enable()
    return count


def check_all(folder: Path) -> None:
    result = judge(read_inputs([str(folder)]))
    assert 0 < result.mappings <= len(result.inputs.plans)
    result.summary()


def compare_all(folder: Path) -> None:
    compare(*read_sides(str(folder), str(folder)))


def growth(
    make: Callable[[Path, int], None], work: Callable[[Path], None], folder: Path, sizes: Iterable[int]
) -> float:
    """The calls of one mapping among many, divided by those of one among few."""
    each = []
    for size in sizes:
        place = folder / str(size)
        place.mkdir()
        make(place, size)
        each.append(calls(partial(work, place)) / size)
    few, many = each
    return many / few


LAYOUTS = (
    one_template,
    one_role_for_all,
    one_queue_for_all,
    one_topic_for_all,
    loose_templates,
    assembly,
    nested_stacks,
)
WORKS = [
    *(pytest.param(make, check_all, id=f"check {make.__name__}") for make in LAYOUTS),
    *(pytest.param(make, compare_all, id=f"diff {make.__name__}") for make in (one_queue_for_all, assembly)),
]


@pytest.mark.parametrize(("make", "work"), WORKS)
def test_one_more_mapping_costs_the_same_however_many_there_are(
    make: Callable[[Path, int], None], work: Callable[[Path], None], tmp_path: Path
) -> None:
    work_on_two = tmp_path / "warm"
    work_on_two.mkdir()
    make(work_on_two, 2)
    work(work_on_two)  # what is computed once in a process is not counted

    assert growth(make, work, tmp_path, (FEW, MANY)) < MOST_GROWTH
