"""Who feeds the source of a mapping, and in which envelope: subscriptions, rules, notifications and the like."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from cdk_esm.plan import Feeder, Feeders
from cdk_esm.sources.envelopes import EVENT, LOGS, PIPES, S3, SNS, TABLE
from cdk_esm.sources.resource_facts import Kind
from cdk_esm.sources.senders import SENDING, SERVICES, Via
from cdk_esm.template.cloudformation.arns import recognized
from cdk_esm.template.cloudformation.evaluator import Evaluator
from cdk_esm.template.cloudformation.stack import Resource
from cdk_esm.template.cloudformation.values import Evaluated, Pointer, Text, flag, identity, listed
from cdk_esm.template.iam.policies import Statement
from cdk_esm.template.iam.resource_policies import policies_of
from cdk_esm.template.resources.senders import Entry, entries_for, roles_that_send

_SOURCE_ARN: Final = "aws:sourcearn"
_RESHAPES: Final = ("Input", "InputTransformer")
_MOST_OF_EACH: Final = 3
"""Feeders with the same envelope that a finding names."""
_WHOLE: Final = ("$", "$.")
_ACCOUNT: Final = ".AWS::AccountId"
_ALWAYS: Final = {Via.NOTIFICATION: S3.key, Via.LOGS: LOGS.key, Via.TABLE: TABLE.key}
"""What sends one envelope always; a schedule sends its input, and what it sends without one is on no page."""


def feeders_of(evaluator: Evaluator, target: str, resource: Resource | None) -> Feeders:
    """Who feeds a queue, a stream or a topic.

    Args:
        evaluator: the evaluator.
        target: its identity.
        resource: it, if it is in the templates.
    """
    return evaluator.once(_feeders, target, resource, meanwhile=Feeders(others=True))


def _feeders(evaluator: Evaluator, target: str, resource: Resource | None) -> Feeders:
    entries = entries_for(evaluator, target)
    shown: list[Feeder] = []
    others = resource is None or _lets_others(evaluator, resource, entries)
    for entry in entries:
        if not entry.certain or entry.via is Via.FAILURES:
            others = True
        elif entry.via is Via.REDRIVE:
            handed_on = feeders_of(evaluator, entry.resource.identity, entry.resource)
            shown += handed_on.shown
            others |= handed_on.others or not handed_on.shown
        else:
            shown += _sent_by(evaluator, entry)
    return Feeders(shown=tuple(_some_of_each(shown)), others=others)


def _some_of_each(shown: Iterable[Feeder]) -> Iterator[Feeder]:
    """A few of those that send the same: what one of them does to a filter, each of them does."""
    count: Counter[tuple[str | None, str | None]] = Counter()
    for feeder in dict.fromkeys(shown):
        count[feeder.envelope, feeder.inside] += 1
        if count[feeder.envelope, feeder.inside] <= _MOST_OF_EACH:
            yield feeder


def _sent_by(evaluator: Evaluator, entry: Entry) -> list[Feeder]:
    """What comes through one place of a template."""
    name = entry.resource.logical_id
    match entry.via:
        case Via.SUBSCRIPTION:
            return _by_subscription(evaluator, entry)
        case Via.RULE:
            return [Feeder(name=name, envelope=EVENT.key if _sends_the_event(entry) else None)]
        case Via.PIPE:
            return [Feeder(name=name, envelope=_by_pipe(evaluator, entry))]
    return [Feeder(name=name, envelope=_ALWAYS.get(entry.via))]


def _by_subscription(evaluator: Evaluator, entry: Entry) -> list[Feeder]:
    """What a subscription delivers: its envelope, or raw what was sent to its topic."""
    name = entry.resource.logical_id
    raw = flag(entry.setting("RawMessageDelivery"))
    topic = topic_of(evaluator, entry)
    identified = identity(topic)
    of_topic = Feeders(others=True)
    if identified is not None:
        itself = topic.resource if isinstance(topic, Pointer) else None
        of_topic = feeders_of(evaluator, itself.identity if itself is not None else identified, itself)
    inner = [one.envelope for one in of_topic.shown]
    if raw is None or raw is False:
        inside = inner[0] if inner and not of_topic.others and len(set(inner)) == 1 else None
        return [Feeder(name=name, envelope=SNS.key, inside=inside)]
    if raw is not True or of_topic.others or not inner:
        return [Feeder(name=name)]
    return [Feeder(name=name, envelope=envelope) for envelope in dict.fromkeys(inner)]


def topic_of(evaluator: Evaluator, entry: Entry) -> Evaluated:
    """The topic of a subscription, which may be written in the topic itself."""
    if entry.resource.kind is Kind.TOPIC:
        return Pointer(entry.resource, "Ref")
    return recognized(evaluator, entry.setting("TopicArn"), entry.resource.stack)


def _sends_the_event(entry: Entry) -> bool:
    """Whether a rule's target gets the event as a whole: an input of any kind takes its place."""
    path = entry.setting("InputPath")
    return all(entry.setting(name) is None for name in _RESHAPES) and (path is None or path in _WHOLE)


def _by_pipe(evaluator: Evaluator, entry: Entry) -> str | None:
    """The record of its own source that a pipe sends, unless it makes something else of it."""
    reshapes = (entry.setting("TargetParameters.InputTemplate"), entry.setting("Enrichment"))
    source = recognized(evaluator, entry.setting("Source"), entry.resource.stack)
    kind = source.resource.kind if isinstance(source, Pointer) else None
    record = None if kind is None else PIPES.get(kind)
    return None if record is None or any(one is not None for one in reshapes) else record.key


# Who else may send.


def _lets_others(evaluator: Evaluator, target: Resource, entries: Iterable[Entry]) -> bool:
    """Whether the templates let somebody else send to a target, beside those that they show."""
    shown = list(entries)
    if roles_that_send(evaluator, target) - {one.role for one in shown}:
        return True
    statements, readable = policies_of(evaluator, target)
    origins = frozenset(_origin(evaluator, one) for one in shown)
    services = frozenset(SERVICES[one.via] for one in shown if one.via in SERVICES)
    sending = (one for one in statements if _lets_send(one, target))
    return not readable or any(_is_for_others(evaluator, one, target, origins, services) for one in sending)


def _origin(evaluator: Evaluator, entry: Entry) -> str | None:
    """What a policy of the target calls a sender: the topic, the rule, the bucket."""
    if entry.via is Via.SUBSCRIPTION:
        topic = topic_of(evaluator, entry)
        return topic.resource.identity if isinstance(topic, Pointer) else identity(topic)
    if entry.via is Via.NOTIFICATION and entry.resource.kind is not Kind.BUCKET:
        bucket = evaluator.property(entry.resource, "BucketName")
        return bucket.resource.identity if isinstance(bucket, Pointer) else identity(bucket)
    return entry.resource.identity


def _lets_send(statement: Statement, target: Resource) -> bool:
    service = target.type.split("::")[1].lower()
    wanted = [one for one in SENDING if one.startswith(f"{service}:")]
    everything = ("*", f"{service}:*")
    return any(action in everything or action.startswith(tuple(wanted)) for action in statement.actions)


def _is_for_others(
    evaluator: Evaluator,
    statement: Statement,
    target: Resource,
    origins: frozenset[str | None],
    services: frozenset[str],
) -> bool:
    """Whether a statement lets in whoever the templates do not show as a sender."""
    named = list(_sources_in(statement.condition))
    if named:
        found = [recognized(evaluator, one, target.stack) for one in named]
        if not any(isinstance(identity(one), str) and "*" in str(identity(one)) for one in found):
            return any(_identity_of(one) not in origins for one in found)
    principals = statement.principals
    if not isinstance(principals, dict):
        return not (named and services)
    return any(
        value not in services if kind == "Service" else not _is_own_account(value)
        for kind, values in principals.items()
        for value in listed(values)
    )


def _identity_of(value: Evaluated) -> str | None:
    return value.resource.identity if isinstance(value, Pointer) else identity(value)


def _sources_in(condition: Evaluated) -> Iterable[Evaluated]:
    """The ARNs of senders that a condition asks for."""
    for operator in condition.values() if isinstance(condition, dict) else ():
        for key, values in operator.items() if isinstance(operator, dict) else ():
            if str(key).lower() == _SOURCE_ARN:
                yield from listed(values)


def _is_own_account(principal: Evaluated) -> bool:
    """Whether a principal is the account itself, which may do so without any policy."""
    last = principal.parts[-1] if isinstance(principal, Text) else None
    own = identity(principal) or ""
    return own.endswith(_ACCOUNT) or (last == ":root" and _ACCOUNT in own)
