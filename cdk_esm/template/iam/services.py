"""Whether a policy of a resource surely shuts a service out that calls for one of our own resources.

Only what is certain counts: a value that the deployment fills in, a key of a condition that is not in the table, or a
part of a statement that is not read, leaves the door open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from cdk_esm.template.cloudformation.arns import parsed, recognized
from cdk_esm.template.cloudformation.evaluator import Evaluator
from cdk_esm.template.cloudformation.stack import Resource, Stack
from cdk_esm.template.cloudformation.values import Evaluated, Hole, Pointer, Text, identity, listed
from cdk_esm.template.iam.policies import followed, matches

_ABSENT: Final = frozenset({"aws:principalorgid", "aws:principalorgpaths", "aws:sourcevpc", "aws:sourcevpce"})
"""Keys of a condition that a request of a service does not have."""
_ACCOUNT: Final = frozenset({"aws:sourceaccount", "aws:sourceowner"})
_ARN: Final = "aws:sourcearn"
_FLAGS: Final = {"aws:principalisawsservice": "true", "aws:securetransport": "true"}
_POSITIVE: Final = frozenset({"stringequals", "stringlike", "stringequalsignorecase", "arnequals", "arnlike"})
_NEGATIVE: Final = frozenset(
    {"stringnotequals", "stringnotlike", "stringnotequalsignorecase", "arnnotequals", "arnnotlike"}
)
_EVERY: Final = "forallvalues:"
_ANY: Final = "foranyvalue:"
_IF_EXISTS: Final = "ifexists"
_PSEUDO_ACCOUNT: Final = ".AWS::AccountId"


@dataclass(frozen=True)
class Caller:
    """A service that calls for a resource of a template.

    Args:
        service: its principal, such as ``cloudwatch.amazonaws.com``.
        resource: the resource that it calls for.
        name: the resource's name, behind what comes before it in its ARN; ``None`` if only the deployment knows it.
        before: what comes before the name in the ARN.
    """

    service: str
    resource: Resource
    name: str | None
    before: str

    @property
    def arn_service(self) -> str:
        """The service in its ARNs."""
        return self.service.partition(".")[0]


def shuts_out(  # noqa: PLR0917 - what is asked, and of which policy
    evaluator: Evaluator, document: Evaluated, stack: Stack, caller: Caller, action: str, owner: str | None = None
) -> bool:
    """Whether a policy document surely does not let a service do something.

    Args:
        evaluator: reads the stacks.
        document: the policy document.
        stack: the stack that it is in.
        caller: the service.
        action: what it wants to do, in lower case.
        owner: the identity of what the policy belongs to; ``None`` if each resource in it means just that.
    """
    if not isinstance(document, dict):
        return False
    judge = _Judge(evaluator, stack, caller, action, owner)
    written = document.get("Statement")
    if not isinstance(written, list | dict):
        return False
    statements = listed(written)
    if any(judge.surely_denies(one) for one in statements):
        return True
    return not any(judge.may_allow(one) for one in statements)


class _Judge:
    """Judges statements for one call."""

    def __init__(self, evaluator: Evaluator, stack: Stack, caller: Caller, action: str, owner: str | None) -> None:
        self._evaluator, self._stack, self._caller = evaluator, stack, caller
        self._action, self._owner = action, owner

    def may_allow(self, statement: Evaluated) -> bool:
        if not isinstance(statement, dict):
            return True
        if statement.get("Effect") == "Deny":
            return False
        return (
            self._may_be_action(statement)
            and self._may_be_principal(statement)
            and not self._surely_elsewhere(statement)
            and not any(self._surely_fails(*one) for one in _conditions(statement))
        )

    def surely_denies(self, statement: Evaluated) -> bool:
        if not isinstance(statement, dict) or statement.get("Effect") != "Deny":
            return False
        condition = statement.get("Condition")
        if condition is not None and not isinstance(condition, dict):
            return False
        return (
            any(isinstance(one, str) and matches(one.lower(), self._action) for one in listed(statement.get("Action")))
            and self._surely_principal(statement.get("Principal"))
            and self._surely_here(statement)
            and all(self._surely_holds(*one) for one in _conditions(statement))
        )

    # Whom, what and where.

    def _may_be_action(self, statement: Mapping[str, Evaluated]) -> bool:
        excepted = listed(statement.get("NotAction"))
        if excepted:
            return not any(isinstance(one, str) and matches(one.lower(), self._action) for one in excepted)
        actions = listed(statement.get("Action"))
        return any(not isinstance(one, str) or matches(one.lower(), self._action) for one in actions)

    def _may_be_principal(self, statement: Mapping[str, Evaluated]) -> bool:
        principal = statement.get("Principal")
        if not isinstance(principal, dict):
            return principal is not None or "NotPrincipal" in statement
        services = listed(principal.get("Service"))
        return any(self._may_be_service(one) for one in services) or any(map(_may_be_all, listed(principal.get("AWS"))))

    def _may_be_service(self, name: Evaluated) -> bool:
        return not isinstance(name, str) or name == "*" or name.startswith(f"{self._caller.arn_service}.")

    def _surely_principal(self, principal: Evaluated) -> bool:
        if principal == "*":
            return True
        if not isinstance(principal, dict):
            return False
        return "*" in listed(principal.get("AWS")) or self._caller.service in listed(principal.get("Service"))

    def _surely_elsewhere(self, statement: Mapping[str, Evaluated]) -> bool:
        """Whether all that a statement is about is surely something else."""
        places = [self._place(one) for one in listed(statement.get("Resource"))]
        if self._owner is None or not places:
            return False
        return all(isinstance(one, Pointer) and one.resource.identity != self._owner for one in places)

    def _surely_here(self, statement: Mapping[str, Evaluated]) -> bool:
        if "NotResource" in statement:
            return False
        places = [self._place(one) for one in listed(statement.get("Resource"))]
        return self._owner is None or any(one == "*" or identity(one) == self._owner for one in places)

    def _place(self, value: Evaluated) -> Evaluated:
        return followed(self._evaluator, recognized(self._evaluator, value, self._stack))

    # Conditions.

    def _surely_fails(self, operator: str, key: str, values: list[Evaluated]) -> bool:
        plain = operator.removeprefix(_ANY).removesuffix(_IF_EXISTS)
        if operator.startswith(_EVERY):
            return False
        if key in _ABSENT:
            return plain in _POSITIVE and not operator.endswith(_IF_EXISTS)
        if key in _FLAGS:
            return plain == "bool" and [str(one).lower() for one in values] == ["false"]
        other = self._compared(key)
        return plain in _POSITIVE and other is not None and bool(values) and all(map(other, values))

    def _surely_holds(self, operator: str, key: str, values: list[Evaluated]) -> bool:
        """Whether a condition of a denial surely holds: what compares what is not there, but asks for another value."""
        plain = operator.removesuffix(_IF_EXISTS)
        if key in _ABSENT:
            return plain in _NEGATIVE or (plain == "null" and [str(one).lower() for one in values] == ["true"])
        if key in _FLAGS:
            return plain == "bool" and [str(one).lower() for one in values] == [_FLAGS[key]]
        other = self._compared(key)
        return plain in _NEGATIVE and other is not None and bool(values) and all(map(other, values))

    def _compared(self, key: str) -> Callable[[Evaluated], bool] | None:
        """What says whether a value is surely another one than that of the call; ``None`` for a key nobody knows."""
        return self._other_account if key in _ACCOUNT else self._other_arn if key == _ARN else None

    def _other_account(self, value: Evaluated) -> bool:
        account = self._caller.resource.stack.root.account
        return isinstance(value, str) and account is not None and not matches(value, account)

    def _other_arn(self, value: Evaluated) -> bool:
        caller, root = self._caller, self._caller.resource.stack.root
        value = self._place(value)
        if isinstance(value, Pointer):
            return value.resource is not caller.resource and value.attribute in ("Arn", "Ref", "TopicArn")
        arn = parsed(value)
        if arn is None:
            return False
        if not matches(arn.service, caller.arn_service):
            return True
        for written, known in ((arn.region, root.region), (arn.account, root.account)):
            if isinstance(written, str) and known is not None and not matches(written, known):
                return True
        return isinstance(arn.rest, str) and self._other_name(arn.rest)

    def _other_name(self, rest: str) -> bool:
        caller = self._caller
        if caller.name is not None:
            return not matches(rest, caller.before + caller.name)
        fixed = rest.partition("*")[0].partition("?")[0]
        return not (fixed.startswith(caller.before) or caller.before.startswith(fixed))


def _may_be_all(principal: Evaluated) -> bool:
    """Whether a principal may be everybody; an account, a role or a user never is a service."""
    if isinstance(principal, Hole):
        return not principal.name.endswith(_PSEUDO_ACCOUNT)
    return not isinstance(principal, Pointer | Text) and (not isinstance(principal, str) or principal == "*")


def _conditions(statement: Mapping[str, Evaluated]) -> Iterator[tuple[str, str, list[Evaluated]]]:
    """Operator, key and values of each condition, as far as they are written."""
    written = statement.get("Condition")
    for operator, keys in written.items() if isinstance(written, dict) else ():
        for key, values in keys.items() if isinstance(keys, dict) else [("", None)]:
            yield str(operator).lower(), str(key).lower(), listed(values)
