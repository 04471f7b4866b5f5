"""How often a record is tried again, and for how long, in words."""

from __future__ import annotations

from typing import Final

from cdk_esm.durations import SECONDS_A_MINUTE, in_words
from cdk_esm.facts import Unknowable
from cdk_esm.plan import FailurePath, MappingPlan, Queue, Stream, TableStream
from cdk_esm.plan.kafka import retries_before_destination
from cdk_esm.plan.wording import hidden, shown
from cdk_esm.printed import counted
from cdk_esm.sources.destinations import LONGEST_RECORD_AGE
from cdk_esm.sources.mq_settings import REDELIVERIES
from cdk_esm.sources.stream_settings import BISECT, FOREVER, INVOCATIONS_OF_A_MINUTE, RECORD_AGE, RETRIES

_MANY: Final = 32
"""Retries beyond which waits that double are longer than any record lives."""


def retries(plan: MappingPlan) -> str:
    """Say how often what fails is tried again: by the mapping's settings, by the queue's, or without an end."""
    if RETRIES.name in plan.facts.by_name:
        return _by_settings(plan)
    failure = plan.failure
    if isinstance(failure, FailurePath) and failure.queue is not None:
        return _by_receives(plan, failure)
    return hidden(failure) if isinstance(failure, Unknowable) else _until_it_expires(plan)


def seconds_to_dead_letters(plan: MappingPlan) -> int | Unknowable | None:
    """How long a message that always fails is tried, from its first receive until SQS moves it away."""
    queue = plan.event_source
    if not isinstance(plan.failure, FailurePath) or plan.failure.queue is None or not isinstance(queue, Queue):
        return None
    receives = plan.failure.effective_max_receive_count
    visibility = queue.effective_visibility_seconds
    if isinstance(receives, Unknowable):
        return receives
    if isinstance(visibility, Unknowable):
        return visibility
    return receives * visibility


def _by_receives(plan: MappingPlan, failure: FailurePath) -> str:
    receives = failure.effective_max_receive_count
    total = seconds_to_dead_letters(plan)
    after = "" if total is None or isinstance(total, Unknowable) else f", about {in_words(total)} after the first"
    return f"{hidden(receives) if isinstance(receives, Unknowable) else counted(receives, 'receive', '')}{after}"


def _until_it_expires(plan: MappingPlan) -> str:
    if REDELIVERIES in plan.facts.figures:
        return f"{REDELIVERIES.value} redeliveries"
    kept = plan.event_source.effective_retention_seconds
    when = "" if isinstance(kept, Unknowable) else f", {in_words(kept)} after it was sent"
    return f"until the {plan.facts.unit} {'succeeds or ' if plan.facts.stand_in else ''}expires{when}"


def _by_settings(plan: MappingPlan) -> str:
    most, age = retries_before_destination(plan), plan.setting(RECORD_AGE.name)
    if most == 0:
        return "none"
    several = "1 retry" if most == 1 else f"{most} retries"
    count = "without end" if most == FOREVER else shown(most) if isinstance(most, Unknowable) else several
    limit = "expires" if age == FOREVER else f"is {in_words(age)} old" if isinstance(age, int) else _hidden_age(age)
    bisect = ", the batch halved on an error" if plan.setting(BISECT.name) is True else ""
    return f"{count}{_span(plan, most, age)}, or until the {plan.facts.unit} {limit}{bisect}"


def _hidden_age(age: object) -> str:
    return f"is of an age that is {shown(age)}"


def _span(plan: MappingPlan, most: object, age: object) -> str:
    """How long a batch that fails is tried, as far as that is known: the pace of the retries of streams is on no page.

    In the one recording the pace may have been steady, or the waits may have doubled; the range has both.
    """
    if not isinstance(plan.event_source, Stream | TableStream) or not isinstance(most, int) or most <= 0:
        return ""
    limit = age if isinstance(age, int) and age != FOREVER else LONGEST_RECORD_AGE.value
    waits = INVOCATIONS_OF_A_MINUTE.value - 1
    steady = most * SECONDS_A_MINUTE / (waits + 1)
    doubling = (2 ** min(most, _MANY) - 1) * SECONDS_A_MINUTE / (2**waits - 1)
    least, greatest = (max(1, round(min(seconds, limit) / SECONDS_A_MINUTE)) for seconds in (steady, doubling))
    shortest, longest = in_words(least * SECONDS_A_MINUTE), in_words(greatest * SECONDS_A_MINUTE)
    return f" (about {shortest} to {longest}, no page states the pace)"
