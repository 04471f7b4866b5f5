"""What is written at the last moment: acknowledgements for cdk-nag, each on the one resource that it concerns.

Acknowledgements cost two calls to Node each, and only cdk-nag reads them. So they are noted while a bundle is made and
written when the app is synthesized, before any validation plugin runs, and only if cdk-nag has been imported.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any, Final

import aws_cdk as cdk
import jsii
from constructs import IConstruct, IValidation

from cdk_esm.constructs.app.nag_reasons import WHY_EVERYTHING, WHY_WILDCARDS
from cdk_esm.constructs.intake.constants import acknowledged_rules_key

_EVERYTHING: Final = "*"
_WILDCARD: Final = "AwsSolutions::AwsSolutions-IAM5[Resource::{}]"


@jsii.implements(IValidation)
class NagNotes:
    """The acknowledgements of one app, written at the last moment."""

    def __init__(self) -> None:
        self._noted: list[tuple[IConstruct, Mapping[str, str]]] = []
        self._wildcards: list[tuple[IConstruct, cdk.Stack, str]] = []

    def note(self, construct: IConstruct, reasons: Mapping[str, str]) -> None:
        """Remember what is to be acknowledged on a construct."""
        self._noted.append((construct, reasons))

    def note_wildcard(self, policy: IConstruct, stack: cdk.Stack, resource: str) -> None:
        """Remember a resource with a wildcard, whose name in cdk-nag's words is known only at the end."""
        self._wildcards.append((policy, stack, resource))

    def validate(self) -> list[str]:
        """Write what was noted; CDK calls this before it writes templates. There is never anything to complain of."""
        if "cdk_nag" in sys.modules:
            for construct, reasons in self._noted:
                construct.node.add_metadata(acknowledged_rules_key(), dict(reasons))
            for policy, stack, resource in self._wildcards:
                rule = _WILDCARD.format(flattened(stack.resolve(resource)))
                policy.node.add_metadata(
                    acknowledged_rules_key(), {rule: WHY_EVERYTHING if resource == _EVERYTHING else WHY_WILDCARDS}
                )
            self._noted.clear()
            self._wildcards.clear()
        return []


def flattened(value: Any) -> str:
    """A resolved value as cdk-nag writes it: ``<Logical.Attribute>`` for what CloudFormation fills in."""
    if isinstance(value, str):
        return value.replace("${", "<").replace("}", ">")
    match value:
        case {"Fn::Join": [delimiter, parts]}:
            return str(delimiter).join(flattened(part) for part in parts)
        case {"Fn::GetAtt": [resource, attribute]}:
            return f"<{flattened(resource)}.{flattened(attribute)}>"
        case {"Fn::Sub": inner} | {"Fn::ImportValue": inner}:
            return flattened(inner)
        case {"Ref": name}:
            return f"<{name}>"
    return json.dumps(value, separators=(",", ":"))
