"""A template in the making: its resources, and the ways in which people write a value or name a resource."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Any, Final

from cdk_esm.sources import SOURCES
from tests.core.generated.drawing import Draw

ACCOUNT: Final = "111122223333"
REGION: Final = "eu-west-1"
_SERVICE_PREFIX: Final = {"sqs": "", "sns": "", "kinesis": "stream/", "dynamodb": "table/"}


@dataclass
class Case:
    """One mapping with all that surrounds it.

    Args:
        kind: the source kind.
        draw: where chance comes from.
        resources: the template's resources by logical id.
        parameters: its parameters.
        conditions: its conditions.
        statements: what the execution role is allowed, as IAM JSON; the very list that stands in the policy.
        notes: what a corruption may want to know, such as the kind of the destination.
    """

    kind: str
    draw: Draw
    resources: dict[str, dict[str, Any]] = field(default_factory=dict)
    parameters: dict[str, Any] = field(default_factory=dict)
    conditions: dict[str, Any] = field(default_factory=dict)
    statements: list[dict[str, Any]] = field(default_factory=list)
    notes: dict[str, Any] = field(default_factory=dict)

    @property
    def sheet(self) -> Any:
        """The fact sheet that the ranges are drawn from."""
        return SOURCES[self.kind]

    @property
    def settings(self) -> dict[str, Any]:
        """The mapping's properties."""
        return self.properties("Orders")

    @property
    def function(self) -> dict[str, Any]:
        """The function's properties."""
        return self.properties("Function")

    def properties(self, logical_id: str) -> dict[str, Any]:
        """The properties of a resource."""
        found: dict[str, Any] = self.resources[logical_id]["Properties"]
        return found

    def add(self, logical_id: str, kind: str, properties: dict[str, Any], **attributes: Any) -> str:
        """Add a resource; return its logical id."""
        self.resources[logical_id] = {"Type": f"AWS::{kind}", "Properties": properties, **attributes}
        return logical_id

    def allow(self, actions: tuple[str, ...] | list[str], resource: Any, **more: Any) -> None:
        """Allow the execution role something."""
        written: Any = list(actions)
        if len(written) == 1 and self.draw.chance(0.5):
            [written] = written
        self.statements.append({"Effect": "Allow", "Action": written, "Resource": resource, **more})

    # Ways of writing.

    def value(self, value: Any) -> Any:
        """A value as itself, as a text, as a parameter's default, or written twice under a condition."""
        if self.draw.chance(0.85):
            return value
        if self.draw.chance(0.2):
            self.parameters["Stage"] = {"Type": "String", "Default": "dev", "AllowedValues": ["dev", "prod"]}
            self.conditions["InProduction"] = {"Fn::Equals": [{"Ref": "Stage"}, "prod"]}
            return {"Fn::If": ["InProduction", value, str(value).lower() if isinstance(value, bool) else str(value)]}
        written = str(value).lower() if isinstance(value, bool) else str(value)
        if self.draw.chance(0.4):
            return written
        name = f"Given{len(self.parameters)}"
        kind = "String" if isinstance(value, bool | str) else "Number"
        self.parameters[name] = {
            "Type": kind,
            "Default": written if kind == "String" or self.draw.chance(0.5) else value,
        }
        return {"Ref": name} if self.draw.chance(0.7) else {"Fn::Sub": f"${{{name}}}"}

    def arn(self, logical_id: str, attribute: str = "Arn") -> Any:
        """A resource's ARN, as another one names it."""
        ways: list[Any] = [
            {"Fn::GetAtt": [logical_id, attribute]},
            {"Fn::GetAtt": f"{logical_id}.{attribute}"},
            {"Fn::Sub": f"${{{logical_id}.{attribute}}}"},
        ]
        return self.draw.one_of(ways[:1] * 4 + ways)

    def arn_by_name(self, service: str, name: str) -> Any:
        """The ARN of something in the same account and Region, put together from its name."""
        rest = _SERVICE_PREFIX.get(service, "") + name
        if self.draw.chance(0.5):
            return {"Fn::Sub": f"arn:${{AWS::Partition}}:{service}:${{AWS::Region}}:${{AWS::AccountId}}:{rest}"}
        parts = [f"arn:aws:{service}", {"Ref": "AWS::Region"}, {"Ref": "AWS::AccountId"}, rest]
        return {"Fn::Join": [":", parts]}

    def elsewhere(self, service: str, rest: str) -> str:
        """The ARN of something that stands in no template."""
        return f"arn:aws:{service}:{REGION}:{ACCOUNT}:{rest}"

    def template(self) -> dict[str, Any]:
        """The template, which nobody else holds a part of."""
        document: dict[str, Any] = {"AWSTemplateFormatVersion": "2010-09-09", "Resources": self.resources}
        document |= {"Parameters": self.parameters} if self.parameters else {}
        document |= {"Conditions": self.conditions} if self.conditions else {}
        return copy.deepcopy(document)
