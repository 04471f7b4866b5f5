"""Who calls: the poller, under the execution role of a function, and what holds of such a call.

Lambda's pollers are in a network of AWS, and they do not come through the VPC or the addresses of a customer. They use
TLS, and they carry the role and its account.
"""

from __future__ import annotations

import fnmatch
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from cdk_esm.facts import UNKNOWN, Unknowable
from cdk_esm.sources.resource_facts import Kind
from cdk_esm.template.cloudformation.arns import recognized
from cdk_esm.template.cloudformation.evaluator import Evaluator
from cdk_esm.template.cloudformation.stack import Resource, Stack
from cdk_esm.template.cloudformation.values import Evaluated, Hole, Pointer, Text, identity, listed, text

Answer = bool | Unknowable
"""Whether something holds; ``UNKNOWN`` if only the deployment can tell."""

_ROOT: Final = ":root"
_ACCOUNT_DIGITS: Final = 12
_ABSENT: Final = ("aws:sourcevpc", "aws:sourcevpce", "aws:vpcsourceip")
"""Keys that a call carries only if it comes through a VPC endpoint."""
_FIXED: Final = {
    "aws:securetransport": "true",
    "aws:principalisawsservice": "false",
    "aws:principaltype": "AssumedRole",
}
"""Keys that have the same value in each call of a poller."""
_ADDRESS: Final = "aws:sourceip"
_IF_EXISTS: Final = "ifexists"
_EVERY_ADDRESS: Final = ("0.0.0.0/0", "::/0")


@dataclass(frozen=True)
class Caller:
    """A poller, as far as it is known under which role it calls.

    Args:
        stack: the stack of the mapping, or that of the role.
        role: the role, if it is in the templates.
        arn: the ARN of a role that is in none of them, if it is written out.
    """

    stack: Stack
    role: Resource | None = None
    arn: str | None = None

    @property
    def account(self) -> str | None:
        """The account of the role, if it is known."""
        return self.arn.split(":")[4] if self.arn is not None else self.stack.root.account

    def is_account(self, value: Evaluated) -> Answer:
        """Whether a value is the ID of the caller's account."""
        if isinstance(value, Hole):
            own = self.arn is None and value.name == f"{self.stack.root.name}.AWS::AccountId"
            return True if own else UNKNOWN
        if not isinstance(value, str) or self.account is None:
            return UNKNOWN
        return value == self.account

    def is_role(self, evaluator: Evaluator, value: Evaluated, stack: Stack) -> Answer:
        """Whether a value, which may have IAM's signs in it, names the caller's role."""
        value = recognized(evaluator, value, stack)
        if isinstance(value, Pointer):
            if value.resource.kind is not Kind.ROLE:
                return UNKNOWN
            return value.resource is self.role
        if value == "*":
            return True
        if isinstance(value, str) and self.arn is not None:
            return fnmatch.fnmatchcase(self.arn, value)
        last = value if isinstance(value, str) else value.parts[-1] if isinstance(value, Text) else None
        if not isinstance(last, str) or self.role is None or "*" in last or "?" in last:
            return UNKNOWN
        return UNKNOWN if may_be_called(evaluator, self.role, "RoleName", last.rpartition("/")[2]) else False


def may_be_called(evaluator: Evaluator, resource: Resource, name_property: str, name: str) -> bool:
    """Whether a resource may have a name that is written out.

    One that CloudFormation chooses holds the logical id, as far as it fits.
    """
    given = evaluator.property(resource, name_property)
    if given is None:
        return resource.logical_id.lower()[:20] in name.lower()
    known = text(given)
    return known == name if isinstance(known, str) else True


def is_covered(evaluator: Evaluator, principals: Evaluated, caller: Caller, stack: Stack) -> Answer:
    """Whether the principals of a statement that denies cover the caller; an account covers all of its roles."""
    if principals == "*":
        return True
    if not isinstance(principals, dict):
        return UNKNOWN
    return any_of(_covers(evaluator, one, caller, stack) for one in listed(principals.get("AWS")))


def _covers(evaluator: Evaluator, principal: Evaluated, caller: Caller, stack: Stack) -> Answer:
    account = account_in(principal)
    return caller.is_role(evaluator, principal, stack) if account is None else caller.is_account(account)


def account_in(principal: Evaluated) -> Evaluated | None:
    """The account that a principal is as a whole, by its ID or by the ARN of its root; ``None`` if it is none."""
    if isinstance(principal, Hole) and principal.name.endswith(".AWS::AccountId"):
        return principal
    if isinstance(principal, str) and len(principal) == _ACCOUNT_DIGITS and principal.isdigit():
        return principal
    last = principal if isinstance(principal, str) else principal.parts[-1] if isinstance(principal, Text) else None
    if not isinstance(last, str) or not last.endswith(_ROOT):
        return None
    if isinstance(principal, str):
        parts = principal.split(":")
        return parts[4] if len(parts) > 4 else principal  # noqa: PLR2004 - the account's place in an ARN
    holes = [one for one in principal.parts if isinstance(one, Hole) and one.name.endswith(".AWS::AccountId")]
    return holes[0] if holes else last.removesuffix(_ROOT).rpartition(":")[2]


def holds(evaluator: Evaluator, condition: Evaluated, caller: Caller, stack: Stack) -> Answer:
    """Whether the condition of a statement holds in a call of the poller."""
    if condition is None:
        return True
    if not isinstance(condition, dict):
        return UNKNOWN
    answers: list[Answer] = []
    for operator, keys in condition.items():
        if not isinstance(keys, dict):
            return UNKNOWN
        answers += [
            _holds_one(evaluator, str(operator), str(key), wanted, caller, stack) for key, wanted in keys.items()
        ]
    return all_of(answers)


def _holds_one(  # noqa: PLR0917 - each is a part of one condition
    evaluator: Evaluator, operator: str, key: str, wanted: Evaluated, caller: Caller, stack: Stack
) -> Answer:
    name, key = operator.lower(), key.lower()
    optional = name.endswith(_IF_EXISTS)
    name = name.removesuffix(_IF_EXISTS)
    values = listed(wanted)
    if ":" in name:
        return UNKNOWN  # of keys with several values, which a poller's call has none of that are known
    negated = "not" in name
    if name == "null":
        absent = text(values[0]) if len(values) == 1 else UNKNOWN
        known = key in _ABSENT or key in _FIXED
        return UNKNOWN if not known or isinstance(absent, Unknowable) else (str(absent) == "true") is (key in _ABSENT)
    if key in _ABSENT:
        return negated or optional
    if key == _ADDRESS:
        return True if negated and not any(one in _EVERY_ADDRESS for one in values) else UNKNOWN
    compare = _comparison(evaluator, key, caller, stack)
    if compare is None:
        return UNKNOWN
    found = any_of(compare(one) for one in values)
    return found if isinstance(found, Unknowable) else found is not negated


def _comparison(evaluator: Evaluator, key: str, caller: Caller, stack: Stack) -> Callable[[Evaluated], Answer] | None:
    """What compares a value with that of a key; ``None`` for a key whose value nobody here knows."""
    if key == "aws:principalarn":
        return lambda value: caller.is_role(evaluator, value, stack)
    if key == "aws:principalaccount":
        return caller.is_account
    fixed = _FIXED.get(key)
    if fixed is None:
        return None
    return lambda value: (
        UNKNOWN if isinstance(text(value), Unknowable) else str(identity(value) or value).lower() == (fixed.lower())
    )


def any_of(answers: object) -> Answer:
    """Whether one of some answers is yes."""
    known = list(answers)  # type: ignore[call-overload]
    return True if True in known else UNKNOWN if UNKNOWN in known else False


def all_of(answers: object) -> Answer:
    """Whether all of some answers are yes."""
    known = list(answers)  # type: ignore[call-overload]
    return False if False in known else UNKNOWN if UNKNOWN in known else True
