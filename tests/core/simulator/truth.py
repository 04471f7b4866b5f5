"""AWS's own answers, where they are at hand, and runs that repeat what was recorded."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from cdk_esm.plan import FailureKind, FailurePath, MappingPlan, Queue
from cdk_esm.simulator import Change, Record, Trace, simulate
from cdk_esm.testing.plans import mapping, with_failure, with_queue, with_source

TRUTH: Final = Path(__file__).parents[4] / "shared" / "truth" / "recorded.json"
_KIND: Final = {"sqs": FailureKind.QUEUE, "sns": FailureKind.TOPIC, "s3": FailureKind.BUCKET}
_WHEN_MADE: Final = 1.0


def recorded(part: str) -> list[dict[str, Any]]:
    """Cases of AWS's answers; none where they are not at hand."""
    return list(json.loads(TRUTH.read_text(encoding="utf-8"))[part]) if TRUTH.exists() else []


def plan_of(case: dict[str, Any]) -> MappingPlan:
    """The mapping of a recording, on its source."""
    source, given = case["source"], dict(case["mapping"])
    kind = "sqs-fifo" if source.get("fifo") else source["type"]
    destination = _KIND.get(given.pop("OnFailure", ""))
    given.pop("mappings", None)
    given.pop("FunctionName", None)
    bare = mapping(kind, **dict.fromkeys(set(mapping(kind).settings) - {"EventSourceArn"}))
    plan = replace(bare, settings={**bare.settings, **given})
    plan = replace(plan, function=replace(plan.function, timeout_seconds=30))
    if isinstance(plan.event_source, Queue):
        plan = with_queue(plan, visibility_timeout_seconds=source.get("VisibilityTimeout"))
        receives = source.get("maxReceiveCount")
        if receives is None:
            return replace(plan, failure=FailurePath(kind=FailureKind.NONE))
        return with_failure(plan, max_receive_count=receives)
    if kind == "dynamodb":
        plan = with_source(plan, view_type=source["view"])
    return with_failure(plan, kind=destination or FailureKind.NONE)


def records_of(case: dict[str, Any]) -> list[Record]:
    """The inputs of a recording: one PutRecords call for each partition key where there are several."""
    found, keys = [], dict.fromkeys(one.get("partitionKey") for one in case["inputs"])
    together = len(keys) < len(case["inputs"])
    for one in case["inputs"]:
        at = 0.1 * list(keys).index(one["partitionKey"]) if "partitionKey" in one and together else 0
        if one.get("when") == "before mapping":
            at -= 10
        elif one.get("when") == "after mapping":
            at = _WHEN_MADE
        at -= one.get("age_at_mapping_s", 0)
        if "after" in one:
            at = 30
        payload = one.get("body", one.get("data", one.get("put")))
        group = one.get("MessageGroupId")
        found.append(Record(payload, at=at, group=group, key=one.get("partitionKey")))
    if "after_disable" in case["expect"]:
        found.append(Record({"record_id": -1}, at=30, key="late"))
    return found


def handler_of(case: dict[str, Any]) -> Callable[[Any, Any], Any]:
    """A handler that behaves as the recording's did."""
    spec = case["handler"]

    def handle(event: Any, context: Any) -> Any:
        match spec["kind"]:
            case "always-raise":
                raise RuntimeError("always")
            case "return":
                return spec["value"]
            case "sleep":
                context.spend(spec["seconds"])
            case "raise-while-receive-count-at-most":
                if int(event["Records"][0]["attributes"]["ApproximateReceiveCount"]) <= spec["n"]:
                    raise RuntimeError("not yet")
            case "return-event":
                return event
            case "return-count":
                return {"count": len(event["Records"])}
            case "return-version":
                return {"function_version": context.function_version}
        return None

    return handle


def run(case: dict[str, Any]) -> Trace:
    """Repeat a recording."""
    plan, handler, changes = plan_of(case), handler_of(case), []
    if any(one.get("after") == "disable" for one in case["inputs"]) or "after_disable" in case["expect"]:
        changes.append(Change.disable(20))
    if " then " in case["mapping"].get("FunctionName", ""):
        changes.append(Change.version(20, handler))
    plans = [plan]
    if case["mapping"].get("mappings") == 2:
        other = replace(plan.function, identity=f"{plan.function.identity}-2", name="second")
        plans.append(replace(plan, path="Shop/Again", function=other))
    until = 3600 if plan.source != "kinesis" or case["mapping"].get("MaximumRetryAttempts") != -1 else None
    return simulate(plans, handler, records_of(case), changes=changes, until=until)
