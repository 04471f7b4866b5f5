"""What was built, mapping by mapping, in a few lines each that are made to be read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, Protocol

from cdk_esm.facts import NotApplicable, Setting, Unknowable
from cdk_esm.plan import MappingPlan, Queue
from cdk_esm.plan.kafka import access, in_queue_mode
from cdk_esm.plan.wording import A_TIME, HIDDEN, hidden, made, seconds_in_words, shown
from cdk_esm.report.retries import retries
from cdk_esm.rules.rule import Finding
from cdk_esm.sources.broker_settings import DEFAULT_WINDOW
from cdk_esm.sources.destinations import DESTINATIONS
from cdk_esm.sources.kafka_settings import POLLER_GROUP
from cdk_esm.sources.self_managed_kafka import CONCURRENCY_IN_QUEUE_MODE

_LABEL_WIDTH: Final = 13


class Bundle(Protocol):
    """What the summary wants of a construct."""

    @property
    def plan(self) -> MappingPlan:
        """The plan that it was made from."""

    @property
    def findings(self) -> Sequence[Finding]:
        """What the rules found."""

    @property
    def alarms(self) -> Mapping[str, Any]:
        """Its alarms by their keys."""


def summary(bundles: Iterable[Bundle]) -> str:
    """Say what was built: per mapping the source, the function, how it batches, where failures go, and who is told.

    The line about loops is there for plans that were read from templates, and for constructs once their app has been
    synthesized: a way back leads through topics, rules and permissions of the whole app, and before that a construct
    cannot know all of them.
    """
    return "\n\n".join("\n".join(_lines(bundle)) for bundle in bundles)


def _lines(bundle: Bundle) -> Iterator[str]:
    plan = bundle.plan
    yield f"{plan.path}: {plan.facts.label} to Lambda"
    rows = {
        "source": f"{made(existing=plan.event_source.existing)} {plan.event_source.described}",
        "reads": _reads(plan),
        "access": _access(plan),
        "keys": _keys(plan),
        "function": _function(plan),
        "start": _start(plan),
        "batch": _batch(plan),
        "concurrency": _concurrency(plan),
        "retries": retries(plan),
        "failures": _failures(plan),
        "filters": _filters(plan),
        "loops": _loops(plan),
        "alarms": ", ".join(bundle.alarms) or "none on this mapping",
        "chosen": _chosen(plan),
        "organization": ", ".join(name for name, origin in plan.origin.items() if origin == "org"),
    }
    for label, text in rows.items():
        if text:
            yield f"  {label:<{_LABEL_WIDTH}}{text}"
    yield f"  {'findings':<{_LABEL_WIDTH}}{'' if bundle.findings else 'none'}".rstrip()
    for finding in bundle.findings:
        settled = f", acknowledged: {finding.acknowledged}" if finding.acknowledged else ""
        yield f"    {finding.severity} {finding.rule.id} {finding.rule.name}: {finding.message}{settled}"


def _reads(plan: MappingPlan) -> str:
    """What of the source is read, and as whom."""
    given = ((name, plan.given(name)) for name in plan.facts.reads)
    return ", ".join(f"{plan.say(name)}: {shown(value)}" for name, value in given if value is not None)


def _access(plan: MappingPlan) -> str:
    """How the mapping authenticates, and what else it needs to reach the source."""
    try:
        count = Counter(shown(entry.type) for entry in access(plan))
        return ", ".join(kind if many == 1 else f"{kind} ({many})" for kind, many in count.items())
    except NotApplicable:
        return HIDDEN if "SourceAccessConfigurations" in plan.facts.by_name else ""


def _keys(plan: MappingPlan) -> str:
    """The aliases by which the role may use keys: they can be pointed to other keys."""
    conditions = (condition for need in plan.role.needs for condition in need.get("Condition", {}).values())
    aliases = dict.fromkeys(one["kms:ResourceAliases"] for one in conditions if "kms:ResourceAliases" in one)
    return "; ".join(f"by alias: whoever moves {alias} moves the right with it" for alias in aliases)


def _function(plan: MappingPlan) -> str:
    function = plan.function
    memory = f", {function.memory_mb} MB" if isinstance(function.memory_mb, int) else ""
    timeout = seconds_in_words(function.effective_timeout_seconds)
    return f"{made(existing=function.existing)} function; timeout {timeout}{memory}"


def _start(plan: MappingPlan) -> str:
    """From where it reads, and which settings cannot change without another mapping."""
    in_construct, position = plan.door == "construct", plan.given("StartingPosition")
    fixed = [name for name in plan.facts.id_holds if in_construct or plan.facts.by_name[name].fixed]
    replaced = [plan.say(one) for one in plan.facts.settings if one.create_only and not _inside_another(plan, one)]
    said = [] if position is None else [shown(position)]
    if position is not None or fixed:
        words = [*replaced, *(map(plan.say, fixed) if in_construct else ())]
        said.append(f"another {_or(words)} makes a new mapping")
    if fixed and not in_construct:
        said.append(f"another {_or([*map(plan.say, fixed)])} needs a new logical id")
    return "; ".join(said)


def _or(words: Sequence[str]) -> str:
    return " or ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _inside_another(plan: MappingPlan, setting: Setting) -> bool:
    """Whether the setting lies in a record that makes a new mapping as a whole."""
    return any(one.create_only and setting.name.startswith(f"{one.name}.") for one in plan.facts.settings)


def _batch(plan: MappingPlan) -> str:
    batch, window = plan.setting("BatchSize"), plan.setting("MaximumBatchingWindowInSeconds")
    several = f"1 {plan.facts.unit} at a time" if batch == 1 else f"up to {batch} {plan.facts.unit}s"
    size = hidden(batch) if isinstance(batch, Unknowable) else several
    if window is None and not _shares(plan):
        wait = f"window {DEFAULT_WINDOW.value} ms"
    else:
        wait = f"window {seconds_in_words(window)}" if window else "no window"
    partial = "partial batch responses" if plan.given("FunctionResponseTypes") else "all or nothing"
    return f"{size}, {wait}, {partial}"


def _concurrency(plan: MappingPlan) -> str:
    """How invocations are counted, and what bounds them."""
    counted = CONCURRENCY_IN_QUEUE_MODE if _shares(plan) else plan.facts.concurrency_words
    words = re.sub(r"\{(.+?)\}", lambda setting: shown(plan.setting(setting[1])), counted)
    most, pollers = plan.given("ScalingConfig.MaximumConcurrency"), plan.given("ProvisionedPollerConfig")
    if most is not None:
        return f"{words}, at most {shown(most)}"
    if pollers is not None:
        ends = (plan.setting(f"ProvisionedPollerConfig.{name}") for name in ("MinimumPollers", "MaximumPollers"))
        return f"{words}, {' to '.join(map(shown, ends))} provisioned pollers{_paid_for(plan)}"
    reserved = plan.function.reserved_concurrency
    if not isinstance(plan.event_source, Queue) or isinstance(reserved, Unknowable):
        return words
    if reserved is None:
        return f"{words}; nothing caps it, so a backlog can take the concurrency of the account"
    return f"{words}, throttled above the {reserved} that are reserved"


def _paid_for(plan: MappingPlan) -> str:
    """Whether the capacity of provisioned pollers is paid for by the mapping or by a group, where there are groups."""
    if POLLER_GROUP.name not in plan.facts.by_name:
        return ""
    group = plan.given(POLLER_GROUP.name)
    if group is None:
        return ", which pay for units of capacity of their own (a poller group shares them)"
    return f", which share units of capacity, and what they cost, with the poller group {shown(group)}"


def _shares(plan: MappingPlan) -> bool:
    """Whether it reads with a share group, as far as that is known."""
    try:
        return in_queue_mode(plan)
    except NotApplicable:
        return False


def _failures(plan: MappingPlan) -> str:
    failure = plan.failure
    if isinstance(failure, Unknowable):
        return hidden(failure)
    if failure.destination is not None:
        keeps = DESTINATIONS[failure.kind].keeps_records
        held = "the records themselves" if keeps else "where the records were, not the records"
        return f"{made(existing=failure.destination.existing)} {failure.kind.words}, which gets {held}"
    if failure.queue is None and not failure.reason and plan.facts.stand_in:
        return f"{plan.facts.failure_path}; watched by {', '.join(plan.facts.stand_in)}"
    if failure.queue is None:
        return f"nowhere: {failure.reason or f'no reason given; what there is: {plan.facts.failure_path}'}"
    kept = seconds_in_words(failure.queue.effective_retention_seconds, A_TIME)
    return f"{made(existing=failure.queue.existing)} {failure.kind.words} that keeps them for {kept}"


def _filters(plan: MappingPlan) -> str:
    if not plan.filters:
        return ""
    given = plan.given("FilterCriteria")  # of a token the plan keeps no filters, but it says that it is one
    why: Sequence[object] | Unknowable = given if isinstance(given, Unknowable) else plan.filters
    count = hidden(why) if isinstance(why, Unknowable) else str(len(why))
    return f"{count}; if a {plan.facts.unit} matches none, Lambda {plan.facts.unmatched}"


def _loops(plan: MappingPlan) -> str:
    """Ways back to the source that something narrows: whether what the function sends passes, nobody here can say."""
    return "; ".join(
        f"what the function sends to the {one.through} {one.place} comes back as far as {shown(one.narrowed)} lets it"
        for one in plan.loops
        if one.narrowed is not None
    )


def _chosen(plan: MappingPlan) -> str:
    return ", ".join(f"{name}={value}" for name, value in plan.choices.items())
