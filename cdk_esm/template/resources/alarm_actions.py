"""Which topics the alarms of the templates tell, and whether those surely do not let CloudWatch in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from cdk_esm.plan.deaf_alarms import KEY_ACTIONS, PUBLISH, SERVICE, DeafAction, key_statement, topic_statement
from cdk_esm.sources.resource_facts import Kind
from cdk_esm.sources.resource_types.messages import TOPIC
from cdk_esm.template.cloudformation.arns import parsed, recognized
from cdk_esm.template.cloudformation.conditions import stands
from cdk_esm.template.cloudformation.evaluator import Evaluator
from cdk_esm.template.cloudformation.stack import Resource, Stack
from cdk_esm.template.cloudformation.values import Evaluated, Pointer, flag, identity, listed, names_itself
from cdk_esm.template.iam.keys import key_of, own_key
from cdk_esm.template.iam.services import Caller, shuts_out

PLACES: Final = ("AlarmActions", "InsufficientDataActions", "OKActions")
"""What whoever publishes to an encrypted topic needs of its key."""
_MANAGED_KEY: Final = "alias/aws/sns"
_ALIAS: Final = "alias/"
_BEFORE: Final = "alarm:"
_POLICIES: Final = {policy.type: policy for policy in TOPIC.policies}


@dataclass(frozen=True)
class _Topic:
    """A topic that an alarm tells.

    Args:
        identity: what it goes by.
        value: how it is written in a statement.
        resource: its resource; ``None`` for one that is elsewhere.
    """

    identity: str
    value: Evaluated
    resource: Resource | None


def deaf_actions(evaluator: Evaluator, alarm: Resource) -> tuple[DeafAction, ...]:
    """The actions of an alarm, or of a composite one, that are surely never carried out."""
    return evaluator.once(_deaf_actions, alarm)


def _deaf_actions(evaluator: Evaluator, alarm: Resource) -> tuple[DeafAction, ...]:
    if flag(evaluator.property(alarm, "ActionsEnabled")) is False:
        return ()
    found: list[DeafAction] = []
    for place in PLACES:
        for value in listed(evaluator.property(alarm, place)):
            topic = _topic(evaluator, value, alarm.stack)
            if topic is not None and not any(one.topic == topic.identity for one in found):
                found += _judged(evaluator, alarm, place, topic)
    return tuple(found)


def _topic(evaluator: Evaluator, value: Evaluated, stack: Stack) -> _Topic | None:
    value = recognized(evaluator, value, stack)
    if isinstance(value, Pointer):
        if value.resource.kind is not Kind.TOPIC or not names_itself(value):
            return None
        if stands(evaluator, value.resource) is not True:
            return None
        return _Topic(value.resource.identity, {"Ref": value.resource.logical_id}, value.resource)
    arn = parsed(value)
    if arn is None or arn.service != "sns" or not isinstance(value, str):
        return None
    return _Topic(str(value), str(value), None)


def _judged(evaluator: Evaluator, alarm: Resource, place: str, topic: _Topic) -> Iterator[DeafAction]:
    name = evaluator.property(alarm, "AlarmName")
    caller = Caller(SERVICE, alarm, str(name) if isinstance(name, str) else None, _BEFORE)
    policy = _closing_policy(evaluator, topic, caller)
    told: dict[str, Any] = {"alarm": alarm.identity, "place": place, "topic": topic.identity}
    if policy is not None:
        statement = _statement(PUBLISH, topic.value if _together(policy, topic) else "*", alarm)
        yield DeafAction(**told, actions=(PUBLISH,), policy=policy.identity, statement=statement)
    yield from _by_key(evaluator, topic, caller, told)
    regions = _two_regions(alarm, topic)
    if regions is not None and alarm.kind is Kind.ALARM:  # of a composite one nobody has written what becomes of it
        yield DeafAction(**told, actions=(PUBLISH,), regions=regions)


def _two_regions(alarm: Resource, topic: _Topic) -> tuple[str, str] | None:
    """The Regions of an alarm and of its topic, if both are known and differ."""
    here = alarm.stack.root.region
    arn = parsed(topic.identity) if topic.resource is None else None
    there = arn.region if arn is not None else topic.resource and topic.resource.stack.root.region
    return (here, there) if here and isinstance(there, str) and there not in {"", here} else None


def _together(policy: Resource, topic: _Topic) -> bool:
    """Whether the topic may be named in the policy as it is here."""
    return topic.resource is None or topic.resource.stack is policy.stack


def _statement(action: object, on: object, alarm: Resource) -> dict[str, Any]:
    account = alarm.stack.root.account or {"Ref": "AWS::AccountId"}
    return topic_statement(action, on, account)


# The policy of the topic.


def _closing_policy(evaluator: Evaluator, topic: _Topic, caller: Caller) -> Resource | None:
    """The policy that replaces SNS's default one, which lets the account's alarms in, and shuts CloudWatch out."""
    by_topic, hidden = evaluator.once(_policies)
    policies = by_topic.get(topic.identity, [])
    if not policies or (topic.resource is None and hidden) or (topic.resource and topic.resource.stack.root in hidden):
        return None
    for policy in policies:
        document = evaluator.property(policy, _POLICIES[policy.type].document)
        closed = shuts_out(evaluator, document, policy.stack, caller, PUBLISH.lower(), topic.identity)
        if stands(evaluator, policy) is not True or not closed:
            return None
    return policies[0]


def _policies(evaluator: Evaluator) -> tuple[Mapping[str, list[Resource]], frozenset[Stack]]:
    """The policies of topics by the topic's identity, and the stacks in which one does not tell its topic."""
    found: dict[str, list[Resource]] = {}
    hidden: set[Stack] = set()
    for stack in evaluator.neighbours.stacks:
        for policy in stack.resources.values():
            form = _POLICIES.get(policy.type)
            if form is None or stands(evaluator, policy) is False:
                continue
            owners = evaluator.property(policy, form.names)
            for owner in listed(owners):
                topic = _topic(evaluator, owner, stack)
                if topic is not None:
                    found.setdefault(topic.identity, []).append(policy)
                elif not isinstance(recognized(evaluator, owner, stack), Pointer):
                    hidden.add(stack.root)
    return found, frozenset(hidden)


# The key of the topic.


def _by_key(evaluator: Evaluator, topic: _Topic, caller: Caller, told: Mapping[str, Any]) -> Iterator[DeafAction]:
    if topic.resource is None:
        return
    named = key_of(evaluator, topic.resource)
    text = identity(named) or ""
    if isinstance(named, str) and (text == _MANAGED_KEY or text.endswith(f":{_MANAGED_KEY}")):
        yield DeafAction(**told, actions=KEY_ACTIONS, key=_MANAGED_KEY, managed=True)
        return
    key = own_key(evaluator, named) or _by_alias(evaluator, text, topic.resource.stack)
    if key is None or stands(evaluator, key) is not True:
        return
    document = evaluator.property(key, "KeyPolicy")
    missing = tuple(
        action
        for action in KEY_ACTIONS
        if document is None or shuts_out(evaluator, document, key.stack, caller, action.lower().removesuffix("*"))
    )
    if missing:
        yield DeafAction(**told, actions=missing, key=key.identity, statement=key_statement())


def _by_alias(evaluator: Evaluator, name: str, stack: Stack) -> Resource | None:
    """The key of an alias that a stack of the same place makes, by the alias' name."""
    if not name.startswith(_ALIAS):
        return None
    found = [
        own_key(evaluator, Pointer(one, "Ref"))
        for there in evaluator.neighbours.stacks
        if there.root is stack.root
        for one in there.resources.values()
        if one.kind is Kind.KEY_ALIAS and identity(evaluator.property(one, "AliasName")) == name
    ]
    return found[0] if len(found) == 1 else None
