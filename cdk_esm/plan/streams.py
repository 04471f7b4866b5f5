"""What the rules about Kinesis and DynamoDB streams ask of plans."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from cdk_esm.facts import NotApplicable
from cdk_esm.plan.mapping import MappingPlan
from cdk_esm.plan.source import Stream, TableStream
from cdk_esm.sources.stream_settings import ON_FAILURE_ARN

_ARN: Final = re.compile(r"arn:[^:]+:(?P<service>[^:]+):.*")


def stream_of(plan: MappingPlan) -> Stream | TableStream:
    """The stream that a mapping reads; ends a rule that has nothing to say about other sources.

    Raises:
        NotApplicable: the source is no stream.
    """
    if not isinstance(plan.event_source, Stream | TableStream):
        raise NotApplicable
    return plan.event_source


def one_mapping_per_consumer(plans: Iterable[MappingPlan], *, only_new: bool = False) -> Iterator[list[MappingPlan]]:
    """Yield, for each stream, one mapping of each of its enhanced fan-out consumers, in the order of the plans.

    A consumer is there and counts, even if the mapping that reads through it is disabled.
    """
    streams: dict[str, dict[str, MappingPlan]] = {}
    for plan in plans:
        source = plan.event_source
        if isinstance(source, Stream) and source.consumer is not None and (source.consumer_is_new or not only_new):
            streams.setdefault(source.identity, {}).setdefault(source.consumer, plan)
    yield from (list(consumers.values()) for consumers in streams.values())


def literal_destination(plan: MappingPlan) -> str:
    """The ARN of the on-failure destination, if it is written out in the settings.

    Raises:
        NotApplicable: there is none, it is a token, or the source takes no destination.
    """
    arn = plan.given(ON_FAILURE_ARN.name)
    if not isinstance(arn, str) or not arn or ON_FAILURE_ARN.name not in plan.facts.by_name:
        raise NotApplicable
    return arn


def service_of(arn: str) -> str | None:
    """The service that an ARN names; ``None`` if the text is no ARN."""
    found = _ARN.fullmatch(arn)
    return found["service"] if found else None
