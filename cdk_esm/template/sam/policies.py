"""Policies as SAM takes them: names and ARNs, policy templates, and documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from cdk_esm.sources.sam_policies import OF_NO_USE_TO_A_POLLER, POLICY_TEMPLATES, SERVICE_ROLES, Allows
from cdk_esm.template.sam.made import allow, branches, document, is_function, is_nothing, record, sub

_PARAMETER: Final = re.compile(r"\$\{(\w+)\}")
_UNKNOWN_FUNCTION: Final = "Fn::Unread"
_NOTHING: Final = {"Ref": "AWS::NoValue"}
_DEEPEST: Final = 20
"""Conditions within conditions that are followed; SAM follows one."""


@dataclass
class RolePolicies:
    """What a role that SAM makes is given.

    Args:
        managed: ARNs of managed policies.
        documents: policies within the role.
    """

    managed: list[Any] = field(default_factory=list)
    documents: list[Any] = field(default_factory=list)

    def give(self, statements: list[Mapping[str, Any]]) -> None:
        """Add a policy, if it says anything."""
        if statements:
            self.documents.append(_named(document(statements)))

    def attach(self, arn: Any) -> None:
        """Attach a managed policy, once."""
        if arn not in self.managed:
            self.managed.append(arn)

    def hide(self, written: Any) -> None:
        """Add a policy of which nobody can tell what it allows."""
        self.documents.append(_named(hidden(written)))


def hidden(written: Any) -> Mapping[str, Any]:
    """A policy document of which nobody can tell more: like one that a function makes which nobody knows."""
    return {_UNKNOWN_FUNCTION: written}


def aws_policy(name: str) -> Mapping[str, Any]:
    """The ARN of a policy that AWS manages."""
    path = "service-role/" if name in SERVICE_ROLES else ""
    return sub(f"arn:${{AWS::Partition}}:iam::aws:policy/{path}{name}")


def add_policies(written: Any, policies: RolePolicies) -> Iterator[str]:
    """Add what a ``Policies`` property gives to a role.

    Args:
        written: the property.
        policies: what the role has; it gets more.

    Yields:
        For each policy that SAM would not take, what it is.
    """
    for entry in written if isinstance(written, list) else [] if written is None else [written]:
        if isinstance(entry, str):
            policies.attach(_arn(entry))
            continue
        chosen, trouble = _document(entry, 0)
        if trouble is not None:
            yield trouble
        if chosen is None:
            policies.attach(_managed(entry, 0))
        else:
            policies.documents.append(chosen)


def _document(entry: Any, depth: int) -> tuple[Any, str | None]:
    """A policy within the role, or nothing where the entry names a managed one; and what is wrong with it."""
    chosen = branches(entry)
    if chosen is not None and depth < _DEEPEST:
        condition, *both = chosen
        made = [_document(one, depth + 1) for one in both]
        trouble = next((said for _, said in made if said is not None), None)
        without = [one for one, (found, _) in zip(both, made, strict=True) if found is None]
        if len(without) == len(both):
            return None, trouble
        if trouble is None and not all(is_nothing(one) for one in without):
            trouble = "an Fn::If of two kinds of policies"
        values = [_NOTHING if one is None else one for one, _ in made]
        return {"Fn::If": [condition, *values]}, trouble
    if isinstance(entry, str) or is_nothing(entry) or is_function(entry):
        return None, None
    return _within_the_role(entry)


def _within_the_role(entry: Any) -> tuple[Any, str | None]:
    """A document or a policy template."""
    if isinstance(entry, dict) and "Statement" in entry:
        return _named(entry), None
    name, parameters = next(iter(entry.items())) if isinstance(entry, dict) and len(entry) == 1 else ("", None)
    if name in POLICY_TEMPLATES:
        return _template(name, record(parameters))
    if name in OF_NO_USE_TO_A_POLLER:
        return _named(document([])), None
    words = ", ".join(map(str, entry)) if isinstance(entry, dict) else repr(entry)
    return _named(hidden(entry)), words[:80]


def _template(name: str, parameters: Mapping[str, Any]) -> tuple[Any, str | None]:
    """The policy of a policy template."""
    statements = POLICY_TEMPLATES[name]
    wanted = {word for one in statements for text in one.resources for word in _PARAMETER.findall(text)}
    missing = sorted(wanted - parameters.keys())
    if missing:
        return _named(hidden(name)), f"{name} without {missing[0]}"
    return _named(document(_statement(one, parameters) for one in statements)), None


def _managed(entry: Any, depth: int) -> Any:
    """The ARN of a managed policy, also under a condition."""
    chosen = branches(entry)
    if chosen is not None and depth < _DEEPEST:
        condition, *both = chosen
        return {"Fn::If": [condition, *(_managed(one, depth + 1) for one in both)]}
    return _arn(entry) if isinstance(entry, str) else entry


def _arn(name: str) -> Any:
    return name if name.startswith("arn:") else aws_policy(name)


def _named(body: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"PolicyName": "of SAM", "PolicyDocument": body}


def _statement(one: Allows, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
    """A statement of a policy template, with the values of its parameters."""
    places = [_place(text, parameters) for text in one.resources]
    statement = allow(one.actions, places)
    return statement if one.condition is None else {**statement, "Condition": {"StringEquals": {one.condition: "*"}}}


def _place(text: str, parameters: Mapping[str, Any]) -> Any:
    return sub(text, {name: parameters[name] for name in _PARAMETER.findall(text)}) if "${" in text else text
