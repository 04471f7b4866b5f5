"""How often a record is tried again, and for how long, in words."""

from __future__ import annotations

from cdk_esm.durations import in_words
from cdk_esm.facts import Unknowable
from cdk_esm.plan import FailurePath, MappingPlan, Queue
from cdk_esm.plan.kafka import retries_before_destination
from cdk_esm.plan.wording import HIDDEN, shown
from cdk_esm.sources.mq_settings import REDELIVERIES
from cdk_esm.sources.stream_settings import BISECT, FOREVER, RECORD_AGE, RETRIES


def retries(plan: MappingPlan) -> str:
    """Say how often what fails is tried again: by the mapping's settings, by the queue's, or without an end."""
    if RETRIES.name in plan.facts.by_name:
        return _by_settings(plan)
    failure = plan.failure
    if isinstance(failure, FailurePath) and failure.queue is not None:
        return _by_receives(plan, failure)
    return HIDDEN if isinstance(failure, Unknowable) else _until_it_expires(plan)


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
    return f"{HIDDEN if isinstance(receives, Unknowable) else f'{receives} receives'}{after}"


def _until_it_expires(plan: MappingPlan) -> str:
    if REDELIVERIES in plan.facts.figures:
        return f"{REDELIVERIES.value} redeliveries"
    kept = plan.event_source.effective_retention_seconds
    when = "" if isinstance(kept, Unknowable) else f", {in_words(kept)} after it was sent"
    return f"until the {plan.facts.unit} {'succeeds or ' if plan.facts.stand_in else ''}expires{when}"


def _by_settings(plan: MappingPlan) -> str:
    most, age = retries_before_destination(plan), plan.setting(RECORD_AGE.name)
    count = "without end" if most == FOREVER else shown(most) if isinstance(most, Unknowable) else f"{most} retries"
    limit = HIDDEN if isinstance(age, Unknowable) else "expires" if age == FOREVER else f"is {in_words(age)} old"
    bisect = ", the batch halved on an error" if plan.setting(BISECT.name) is True else ""
    return f"{count}, or until the {plan.facts.unit} {limit}{bisect}"
