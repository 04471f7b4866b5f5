"""Acknowledgements made through CDK: where they are, and how they reach a template."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import jsii
from constructs import IConstruct, IValidation, Node

from cdk_esm.constructs.app.app_memory import AppMemory, Made
from cdk_esm.constructs.intake.constants import acknowledged_rules_key
from cdk_esm.rules.engine import check, whole_app_rules

NAMESPACE: Final = "cdk-esm::"
NOT_JUDGED: Final = "not-judged"
"""What the report calls something that was not judged, and an acknowledgement names it by."""


def acknowledged_in_cdk(construct: IConstruct) -> dict[str, str]:
    """Rule id to reason, of the acknowledgements under ``cdk-esm::`` on a construct or above it; the nearest wins."""
    scopes: list[IConstruct] = construct.node.scopes
    return acknowledged_at([scope.node for scope in scopes])


def acknowledged_at(nodes: Iterable[Node]) -> dict[str, str]:
    """Rule id to reason, likewise, of some nodes of the construct tree; that of a later one wins."""
    found: dict[str, str] = {}
    for node in nodes:
        for entry in node.metadata:
            data: Any = entry.data
            if entry.type == acknowledged_rules_key() and isinstance(data, Mapping):
                found |= {
                    str(name).removeprefix(NAMESPACE): str(reason)
                    for name, reason in data.items()
                    if str(name).startswith(NAMESPACE)
                }
    return found


@jsii.implements(IValidation)
class LateAcknowledgements:
    """Writes what was acknowledged after the constructs of a stack were made into the metadata of their mappings.

    CDK keeps acknowledgements beside the templates. A template that leaves its assembly, and the command line that
    reads it, would not know of them.
    """

    def __init__(self, memory: AppMemory, stack_path: str) -> None:
        self._memory = memory
        self._below = f"{stack_path}/"

    def validate(self) -> list[str]:
        """Look for reasons if something is open; CDK calls this before it writes templates."""
        self._memory.synthesized = True
        everything = self._memory.bundles
        shared = check([made.plan for made in everything.values()], select=whole_app_rules())
        for path, made in everything.items():
            if path.startswith(self._below):
                said = (*made.findings, *(one for one in shared if one.path == path))
                wanted = {one.rule.id for one in said if one.acknowledged is None and one.rule.can_be_acknowledged}
                if wanted:
                    _settle(made, wanted)
        return []


def _settle(made: Made, wanted: set[str]) -> None:
    reasons = {rule: why for rule, why in acknowledged_in_cdk(made.mapping).items() if rule in wanted}
    if reasons:
        made.acknowledge(reasons)
