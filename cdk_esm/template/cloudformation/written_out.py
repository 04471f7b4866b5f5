"""The ARN of a resource of the template in its parts, as far as templates can take it apart with ``Fn::Split``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from cdk_esm.sources.resource_facts import Gives, Kind
from cdk_esm.sources.resources import QUALIFIED_FUNCTIONS
from cdk_esm.template.cloudformation.evaluator import Evaluator
from cdk_esm.template.cloudformation.references import reference_to
from cdk_esm.template.cloudformation.stack import Resource
from cdk_esm.template.cloudformation.values import Evaluated, Pointer, joined, names_itself

VERSION_NUMBER: Final = "Version"
"""The attribute of a version that gives its number."""
_LONGER_NAMES: Final = frozenset({Kind.LOG_GROUP, Kind.KEY_ALIAS, Kind.PARAMETER})
"""Their names have separators in them, or something follows them in their ARN."""
_MOST_STEPS: Final = 3
"""From an alias to its function's name: more would lead in a circle."""
_WITH_A_PATH: Final = "Path"
"""The property that puts further words before the name of a role or a policy."""


def arn_in_parts(evaluator: Evaluator, value: Evaluated) -> Evaluated | None:
    """The text of the ARN that a reference gives; ``None`` if its parts cannot be told.

    No hole in it holds a separator.
    """
    if not isinstance(value, Pointer) or value.resource.facts is None or not names_itself(value):
        return None
    facts = value.resource.facts
    if facts.gives(value.attribute) is not Gives.ARN or facts.arn is None:
        return None
    if value.resource.kind in _LONGER_NAMES or _WITH_A_PATH in value.resource.properties:
        return None
    rest = _AFTER_THE_PLACE.get(value.resource.kind, _name)(evaluator, value.resource)
    if rest is None:
        return None
    stack, form = value.resource.stack, facts.arn
    parts: list[Evaluated] = ["arn:", reference_to(evaluator, "AWS::Partition", stack), f":{form.service}:"]
    parts += [reference_to(evaluator, "AWS::Region", stack)] if form.has_region else []
    parts += [":", *([reference_to(evaluator, "AWS::AccountId", stack)] if form.has_account else []), ":"]
    return joined([*parts, form.before, *rest], "arn")


def is_bare_name(value: Pointer) -> bool:
    """Whether a reference gives a name, an ID or a number without a separator in it."""
    facts = value.resource.facts
    if facts is None or facts.arn is None or value.resource.kind in _LONGER_NAMES:
        return False
    if value.resource.kind is Kind.VERSION:
        return value.attribute == VERSION_NUMBER
    return facts.arn.holds is not None and facts.gives(value.attribute) is facts.arn.holds


def _name(_: Evaluator, resource: Resource) -> list[Evaluated] | None:
    """The name or the ID that ends the ARN, where something gives it alone."""
    facts = resource.facts
    if facts is None or facts.arn is None or facts.arn.holds is None:
        return None
    giving = facts.giving(facts.arn.holds)
    return [Pointer(resource, giving[0])] if giving else None


def _alias(evaluator: Evaluator, resource: Resource) -> list[Evaluated] | None:
    return _qualified(evaluator, resource, evaluator.property(resource, "Name"))


def _version(evaluator: Evaluator, resource: Resource) -> list[Evaluated] | None:
    return _qualified(evaluator, resource, Pointer(resource, VERSION_NUMBER))


def _qualified(evaluator: Evaluator, resource: Resource, qualifier: Evaluated) -> list[Evaluated] | None:
    """The function's name, and what follows it in the ARN of a version or an alias."""
    function = evaluator.property(resource, "FunctionName")
    for _ in range(_MOST_STEPS):
        if not isinstance(function, Pointer) or function.resource.kind not in QUALIFIED_FUNCTIONS:
            break
        function = evaluator.property(function.resource, "FunctionName")
    if isinstance(function, Pointer):
        function = Pointer(function.resource, "Ref") if function.resource.kind is Kind.FUNCTION else None
    elif isinstance(function, str):
        function = function.rpartition(":")[2]
    else:
        function = None  # it may be a name as well as an ARN
    return None if function is None else [function, ":", qualifier]


_AFTER_THE_PLACE: Final[Mapping[Kind | None, Callable[[Evaluator, Resource], list[Evaluated] | None]]] = {
    Kind.ALIAS: _alias,
    Kind.VERSION: _version,
}
"""What follows the service, the Region and the account, where it is more than a name."""
