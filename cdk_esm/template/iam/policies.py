"""Policy documents: which actions they allow, and where."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from cdk_esm.facts import UNKNOWN, Unknowable
from cdk_esm.grants import OWNER_KEYS
from cdk_esm.sources.resource_facts import Gives, Kind
from cdk_esm.sources.resources import gives
from cdk_esm.template.cloudformation.arns import Arn, parsed, recognized
from cdk_esm.template.cloudformation.evaluator import Evaluator
from cdk_esm.template.cloudformation.stack import Resource, Stack
from cdk_esm.template.cloudformation.values import Evaluated, Pointer, Text, identity, listed, names_itself

MOST_PAIRS: Final = 10_000
"""Actions times resources of one statement; what says more is not read."""

ANYWHERE: Final = "*"
_ALIAS: Final = "alias/"


@dataclass(frozen=True, slots=True)
class Scope:
    """A place that a statement speaks of, or that a poller needs.

    Args:
        text: the identity that plans use, with IAM's ``*`` and ``?`` in it.
        resource: the resource of a template whose ARN it begins with.
        certain: nothing else in it is known to the deployment only.
        service: the service in its ARN, if it is one.
        alias: it is that of a key's alias, which IAM does not take for the key.
        misnamed: the resource whose whole ARN, or URL, is in it where a name belongs: it is the place of nothing.
    """

    text: str
    resource: Resource | None = None
    certain: bool = True
    service: str | None = None
    misnamed: str | None = None
    alias: bool = False

    @property
    def shown(self) -> str:
        """The place, as a message names it."""
        if self.alias:
            return f"{self.text}, an alias of a key, which IAM does not take for the key"
        if self.misnamed is None:
            return self.text
        return f"an ARN in which the ARN or the URL of {self.misnamed} takes the place of its name"

    @property
    def is_pattern(self) -> bool:
        """Whether it has IAM's signs in it."""
        return "*" in self.text or "?" in self.text


def scope_of(evaluator: Evaluator, value: Evaluated, stack: Stack) -> Scope | None:
    """The place that a value names; ``None`` if it is no text."""
    named = recognized(evaluator, value, stack)
    value = named if _is_alias(named) else followed(evaluator, named)
    text = identity(value)
    if text is None:
        return None
    parts = value.parts if isinstance(value, Text) else (value,)
    first = parts[0]
    own = first.resource if isinstance(first, Pointer) and names_itself(first) else None
    plain = all(isinstance(part, str) for part in (parts[1:] if own is not None else parts))
    certain = plain and "${" not in text  # IAM fills in its own variables
    arn = parsed(value)
    return Scope(
        text, own, certain, None if arn is None else arn.service, misnamed=_misnamed(arn), alias=_is_alias(named)
    )


def _is_alias(value: Evaluated) -> bool:
    """Whether a value is the ARN of a key's alias."""
    if isinstance(value, Pointer):
        return value.resource.kind is Kind.KEY_ALIAS
    arn = parsed(value)
    if arn is None or arn.service != "kms":
        return False
    first = arn.rest.parts[0] if isinstance(arn.rest, Text) else arn.rest
    if isinstance(first, Pointer):
        return first.resource.kind is Kind.KEY_ALIAS
    return isinstance(first, str) and first.startswith(_ALIAS)


def _misnamed(arn: Arn | None) -> str | None:
    """What of the template is in an ARN by its own ARN, or by its URL, where its name belongs."""
    rest = None if arn is None else arn.rest
    pieces = rest.parts if isinstance(rest, Text) else (rest,)
    wrong = (piece for piece in pieces if isinstance(piece, Pointer) and _is_arn_or_url(piece))
    return next((piece.resource.identity for piece in wrong), None)


def _is_arn_or_url(pointer: Pointer) -> bool:
    return gives(pointer.resource.type, pointer.attribute) in (Gives.ARN, Gives.URL)


def followed(evaluator: Evaluator, value: Evaluated) -> Evaluated:
    """What a resource refers to that is only another name: a key for its alias, a secret for its attachment."""
    if isinstance(value, Pointer):
        resource, name = value.resource, _stands_for(value.resource)
        if name is not None:
            target = recognized(evaluator, evaluator.property(resource, name), resource.stack)
            return target if isinstance(target, Pointer) and _stands_for(target.resource) is None else value
    return value


def _stands_for(resource: Resource) -> str | None:
    """The property that names what a resource is only another name for."""
    return None if resource.facts is None else resource.facts.stands_for


@dataclass(frozen=True, slots=True)
class Statement:
    """What one statement allows, or denies.

    Args:
        actions: in lower case, with IAM's ``*`` and ``?`` in them.
        scopes: where.
        conditions: the keys that it asks for, in lower case.
        principals: whom, in a policy of a resource.
        condition: what it asks for, as it was written.
        owners: the accounts that it asks the resource to be of; empty if it asks for none, or for hidden ones.
    """

    actions: tuple[str, ...]
    scopes: tuple[Scope, ...]
    conditions: frozenset[str] | Unknowable = frozenset()
    principals: Evaluated = None
    condition: Evaluated = None
    owners: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False)
class Policy:
    """What one policy allows.

    Args:
        statements: those that allow something.
        denials: those that deny something, whatever else holds.
        readable: nothing more is in it that nobody could read.
        resource: the policy's own resource; absent if it is part of the role, or if AWS manages it.
    """

    statements: tuple[Statement, ...] = ()
    readable: bool = True
    resource: Resource | None = None
    denials: tuple[Statement, ...] = ()


def read_policy(evaluator: Evaluator, document: Evaluated, stack: Stack, resource: Resource | None = None) -> Policy:
    """Read a policy document."""
    if not isinstance(document, dict):
        return Policy((), readable=False)
    found: list[Statement] = []
    denials: list[Statement] = []
    readable = True
    for written in listed(document.get("Statement")):
        statement = _statement(evaluator, written, stack)
        if isinstance(written, dict) and written.get("Effect") == "Deny":
            # One with conditions may never hold, and one that cannot be read makes nothing allowed.
            denials += [statement] if statement is not None and statement.conditions == frozenset() else []
            continue
        readable &= statement is not None
        found += [] if statement is None else [statement]
    return Policy(tuple(found), readable, resource, tuple(denials))


def _statement(evaluator: Evaluator, written: Evaluated, stack: Stack) -> Statement | None:
    """One statement; ``None`` if it cannot be read in full."""
    if not isinstance(written, dict) or written.get("Effect") not in ("Allow", "Deny"):
        return None
    if any(name in written for name in ("NotAction", "NotResource", "NotPrincipal")):
        return None
    actions, places = listed(written.get("Action")), listed(written.get("Resource"))
    if not actions or len(actions) * len(places) > MOST_PAIRS:
        return None
    if not all(isinstance(action, str) for action in actions):
        return None
    scopes = [scope_of(evaluator, place, stack) for place in places]
    if None in scopes:
        return None
    lower = tuple(action.lower() for action in actions)
    known = tuple(scope for scope in scopes if scope is not None)
    condition = written.get("Condition")
    return Statement(lower, known, _condition_keys(condition), written.get("Principal"), condition, _owners(condition))


def _owners(condition: Evaluated) -> frozenset[str]:
    """The accounts that a condition asks the resource to be of, if all of them are written out."""
    equals = condition.get("StringEquals") if isinstance(condition, dict) else None
    pairs = equals.items() if isinstance(equals, dict) else ()
    asked = [account for key, value in pairs if str(key).lower() in OWNER_KEYS for account in listed(value)]
    return frozenset(asked) if all(isinstance(account, str) for account in asked) else frozenset()


def _condition_keys(condition: Evaluated) -> frozenset[str] | Unknowable:
    if condition is None:
        return frozenset()
    operators = list(condition.values()) if isinstance(condition, dict) else [None]
    found: set[str] = set()
    for operator in operators:
        if not isinstance(operator, dict) or not operator:
            return UNKNOWN
        found.update(str(key).lower() for key in operator)
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Allowed:
    """One place on which some actions are allowed, and by which policy."""

    scope: Scope
    statement: Statement
    policy: Policy


def allowed(policies: tuple[Policy, ...]) -> Iterator[tuple[str, Allowed]]:
    """Every action of the policies, as it is written, with every place."""
    for policy in policies:
        for statement in policy.statements:
            for scope in statement.scopes:
                one = Allowed(scope, statement, policy)
                for action in statement.actions:
                    yield action, one


@lru_cache(maxsize=4096)
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(fnmatch.translate(text.replace("[", "[[]")))


def matches(pattern: str, text: str) -> bool:
    """Whether a text fits a pattern of IAM's."""
    if pattern in (ANYWHERE, text):
        return True
    return ("*" in pattern or "?" in pattern) and _pattern(pattern).match(text) is not None
