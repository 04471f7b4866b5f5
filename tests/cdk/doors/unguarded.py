"""The constructs without their guard: what somebody without our constructs would have deployed.

The guard of the constructs is replaced by one that notes what it found and lets everything pass, so that CDK renders
the template from the keywords. Where an L2 refuses a value, it is written on the L1 underneath, as anybody could.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from cdk_esm.alarms.select import select
from cdk_esm.constructs import bundle, dynamodb, kinesis
from cdk_esm.constructs.guard import Guard
from cdk_esm.constructs.intake.alarm_choice import Alarms
from cdk_esm.constructs.intake.options import NewTable
from cdk_esm.constructs.resources import functions, queues, streams, tables
from cdk_esm.constructs.resources.alarms import watching
from cdk_esm.constructs.resources.bundle_alarms import BundleAlarms
from cdk_esm.plan import MappingPlan, TableStream
from cdk_esm.rules.engine import check


def open_the_door(patch: pytest.MonkeyPatch) -> None:
    """Let everything through, and write every value into the template as it was given."""
    patch.setattr(Guard, "refuse_or_pass", _note_and_pass)
    patch.setattr(queues, "build_queue", _queue)
    patch.setattr(functions, "build", _function)
    patch.setattr(kinesis, "build_stream", _stream)
    patch.setattr(dynamodb.DynamoDbToLambda, "_make_source", _table)
    patch.setattr(bundle.MappingBundle, "_make_alarms", _no_alarms)


_BUILD_QUEUE = queues.build_queue
_BUILD_FUNCTION = functions.build
_BUILD_STREAM = streams.build_stream


def _note_and_pass(guard: Guard, plan: MappingPlan) -> MappingPlan:
    guard._findings = check([plan])  # noqa: SLF001
    return guard._with_acknowledgements_above(plan)  # noqa: SLF001


def _written_on(construct: Any, properties: Mapping[str, object]) -> None:
    """Write those properties that are known on a construct's L1."""
    for name, value in properties.items():
        if isinstance(value, int | str):
            construct.node.default_child.add_property_override(name, value)


def _queue(*args: Any, **keywords: Any) -> Any:
    scope, name, new, facts, removal = args
    tame = replace(facts, visibility_timeout_seconds=None, retention_seconds=None)
    bare = replace(new, retention_period=None, delivery_delay=None)
    queue, _ = _BUILD_QUEUE(scope, name, bare, tame, removal, **keywords)
    written = {
        "VisibilityTimeout": facts.visibility_timeout_seconds,
        "MessageRetentionPeriod": facts.retention_seconds,
        "DelaySeconds": facts.delay_seconds,
    }
    _written_on(queue, written)
    return queue, facts


def _function(*args: Any, **keywords: Any) -> functions.Built:
    built = _BUILD_FUNCTION(*args, **keywords)
    _, _, facts, *_ = args
    _written_on(built.function, {"Timeout": facts.timeout_seconds, "MemorySize": facts.memory_mb})
    return built


def _stream(*args: Any, **keywords: Any) -> Any:
    scope, new, removal, facts = args
    stream, _ = _BUILD_STREAM(scope, replace(new, retention_period=None, shard_count=None), removal, facts, **keywords)
    _written_on(stream, {"RetentionPeriodHours": facts.retention_hours, "ShardCount": facts.shard_count})
    if new.shard_count is not None:
        _written_on(stream, {"StreamModeDetails.StreamMode": "PROVISIONED"})
    return stream, replace(facts, identity=stream.stream_arn)


def _table(bundle_: Any, plan: MappingPlan) -> MappingPlan:
    """A table without a stream is named by its own ARN, as those do who forget the stream."""
    wanted = bundle_._keywords["table"]  # noqa: SLF001
    facts, made = plan.source_as(TableStream), wanted
    if isinstance(wanted, NewTable):
        made, facts = tables.build_table(bundle_, wanted, bundle_._removal, facts, injected=False)  # noqa: SLF001
    bundle_._table = made  # noqa: SLF001
    facts = replace(facts, identity=made.table_stream_arn or made.table_arn)
    found: MappingPlan = bundle_._make_destination(replace(plan, event_source=facts))  # noqa: SLF001
    return found


def _no_alarms(bundle_: Any, plan: MappingPlan) -> None:
    """No rule of both doors looks at them, and CDK refuses the metrics of a source that is none."""
    bundle_._chosen = Alarms()  # noqa: SLF001
    bundle_._alarms = BundleAlarms({}, [], bundle_._where.memory)  # noqa: SLF001
    bundle_._watching = watching({}, select(plan), Alarms(), {})  # noqa: SLF001
