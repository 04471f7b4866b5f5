"""``AWS::Serverless::Function``: the function, its role, its version and alias, and where its failed events go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from cdk_esm.sources.resource_types.access import ROLE
from cdk_esm.sources.resource_types.functions import ALIAS, FUNCTION, INVOKE_CONFIG, VERSION
from cdk_esm.sources.resource_types.messages import QUEUE, TOPIC
from cdk_esm.sources.sam_events import PROPERTIES_OF_A_FUNCTION
from cdk_esm.template.sam.event_policies import for_destination
from cdk_esm.template.sam.events import EventsOf, add_events
from cdk_esm.template.sam.made import (
    Made,
    Origin,
    attribute,
    branches,
    by_macro,
    instead_of,
    is_function,
    is_nothing,
    record,
)
from cdk_esm.template.sam.policies import RolePolicies, add_policies, aws_policy
from cdk_esm.template.sam.words import wording_of_function

_MACRO: Final = "Fn::Transform"
_AS_THEY_ARE: Final = (
    "Architectures",
    "CapacityProviderConfig",
    "Description",
    "DurableConfig",
    "Environment",
    "EphemeralStorage",
    "FileSystemConfigs",
    _MACRO,
    "FunctionName",
    "Handler",
    "ImageConfig",
    "KmsKeyArn",
    "Layers",
    "LoggingConfig",
    "MemorySize",
    "PackageType",
    "RecursiveLoop",
    "ReservedConcurrentExecutions",
    "Runtime",
    "RuntimeManagementConfig",
    "SnapStart",
    "TenancyConfig",
    "Timeout",
    "VpcConfig",
)
"""Properties that the function has under the same names; of code, rules ask only whether it is in the template."""
_LONGEST_SHOWN: Final = 80
_METADATA: Final = "cdk-esm"
_MADE_DESTINATIONS: Final = {"SQS": ("Queue", QUEUE.type), "SNS": ("Topic", TOPIC.type)}
_PYTHON: Final = "python"
_FAILING: Final = ("OnFailure", "OnSuccess")


def alias_id(logical_id: str, properties: Mapping[str, Any], parameters: Mapping[str, Any]) -> str | None:
    """The logical id of the alias that a function publishes to; ``None`` if it has none."""
    name = properties.get("AutoPublishAlias")
    if not name or is_nothing(name):
        return None
    named = record(name).get("Ref")
    text = record(parameters.get(named)).get("Default") if isinstance(named, str) else name
    return f"{logical_id}Alias{text if isinstance(text, str) else ''}"


def add_function(made: Made, logical_id: str, properties: Mapping[str, Any], alias: str | None) -> None:
    """Make everything that a serverless function becomes.

    Args:
        made: what is made so far.
        logical_id: the function.
        properties: its properties, with those of Globals.
        alias: the logical id of its alias, where it has one.
    """
    body = record(made.written.get(logical_id))
    if by_macro(properties) or by_macro(body):
        reason = "a macro makes a part of its properties, and its events may be among them"
        made.refuse(logical_id, "", reason, "write them out")
    role = _role(made, logical_id, properties.get("Role"))
    policies = _policies(made, logical_id, properties, needed=role.made)
    _refuse_unknown(made, logical_id, properties)
    invoked = {"Ref": logical_id if alias is None else alias}
    own = {name: properties[name] for name in _AS_THEY_ARE if name in properties}
    target = record(properties.get("DeadLetterQueue"))
    if properties.get("InlineCode") is not None:
        own["Code"] = {"ZipFile": properties["InlineCode"]}
    elif isinstance(properties.get("CodeUri"), str) and _is_packed_as_it_is(body):
        own["Code"] = properties["CodeUri"]
    if target:
        own["DeadLetterConfig"] = {"TargetArn": target.get("TargetArn")}
    own["Role"] = role.arn
    has_own_role = role.made and role.condition is None
    origin = Origin(logical_id, (), wording_of_function(has_own_role=has_own_role))
    made.add(logical_id, FUNCTION.type, own, of=logical_id, origin=origin)
    if alias is not None:
        _add_alias(made, logical_id, alias, properties)
    _add_invoke_config(made, logical_id, properties, policies)
    metadata = {_METADATA: record(body.get("Metadata")).get(_METADATA)}
    function = EventsOf(logical_id, invoked, metadata if metadata[_METADATA] else {}, policies, has_own_role)
    add_events(made, function, properties.get("Events"))
    _add_role(made, logical_id, role, policies, properties.get("PermissionsBoundary"))


def _is_packed_as_it_is(body: Mapping[str, Any]) -> bool:
    """Whether SAM packs the modules of a folder as they are, besides what they require; a makefile may do anything."""
    method = record(body.get("Metadata")).get("BuildMethod", _PYTHON)
    return isinstance(method, str) and method.startswith(_PYTHON)


def _refuse_unknown(made: Made, logical_id: str, properties: Mapping[str, Any]) -> None:
    """Note what SAM takes in no function: a misspelt ``Events`` holds mappings that nobody sees."""
    for name in properties:
        if name not in PROPERTIES_OF_A_FUNCTION and name != _MACRO:
            shown = str(name)[:_LONGEST_SHOWN]
            fix = instead_of(name, PROPERTIES_OF_A_FUNCTION)
            made.refuse(logical_id, shown, f"SAM takes no {shown} in a function", fix)


def _policies(made: Made, logical_id: str, properties: Mapping[str, Any], *, needed: bool) -> RolePolicies:
    """What the role of a function has before its events are looked at."""
    policies = RolePolicies()
    durable = properties.get("DurableConfig") is not None
    basic = "AWSLambdaBasicDurableExecutionRolePolicy" if durable else "AWSLambdaBasicExecutionRole"
    policies.attach(aws_policy(basic))
    if properties.get("Tracing") not in (None, "Disabled"):
        policies.attach(aws_policy("AWSXRayDaemonWriteAccess"))
    if properties.get("VpcConfig") is not None:
        policies.attach(aws_policy("AWSLambdaVPCAccessExecutionRole"))
    for trouble in add_policies(properties.get("Policies"), policies):
        if needed:
            reason = (
                f"SAM does not take this policy, so nobody can tell what the role of the function may do: {trouble}"
            )
            fix = "write a policy document, or a policy template of SAM with its parameters"
            made.refuse(logical_id, "Policies", reason, fix)
    target = record(properties.get("DeadLetterQueue"))
    policies.give(list(for_destination(target.get("Type"), target.get("TargetArn"))))
    return policies


@dataclass(frozen=True)
class _Role:
    """The role of a function.

    Args:
        arn: what the function has as its role.
        made: SAM makes one, at least under a condition.
        condition: that condition.
    """

    arn: Any
    made: bool = False
    condition: str | None = None


def _role(made: Made, logical_id: str, given: Any) -> _Role:
    """The role of a function: where one is given, SAM makes none, unless it is given under a condition only."""
    own = attribute(f"{logical_id}Role", "Arn")
    condition, yes, no = branches(given) or (None, given, given)
    without = [one is None or is_nothing(one) for one in (yes, no)]
    if all(without):
        return _Role(own, made=True)
    if condition is None or not any(without):
        return _Role(given)
    if without[0]:
        return _Role({"Fn::If": [condition, own, no]}, made=True, condition=condition)
    made.conditions[f"NOT{condition}"] = {"Fn::Not": [{"Condition": condition}]}
    return _Role({"Fn::If": [condition, yes, own]}, made=True, condition=f"NOT{condition}")


def _add_role(made: Made, logical_id: str, role: _Role, policies: RolePolicies, boundary: Any) -> None:
    """The role that SAM makes; where one is given, neither policies nor events have any effect."""
    if role.made:
        own = {"ManagedPolicyArns": policies.managed, "Policies": policies.documents}
        if boundary is not None:
            own["PermissionsBoundary"] = boundary
        made.add(f"{logical_id}Role", ROLE.type, own, of=logical_id, condition=role.condition)


def _add_alias(made: Made, logical_id: str, alias: str, properties: Mapping[str, Any]) -> None:
    """The version that SAM publishes, whose logical id ends in a hash of the code there, and the alias to it."""
    version = f"{logical_id}Version"
    made.add(version, VERSION.type, {"FunctionName": {"Ref": logical_id}}, of=logical_id)
    provisioned = properties.get("ProvisionedConcurrencyConfig")
    made.add(
        alias,
        ALIAS.type,
        {
            "FunctionName": {"Ref": logical_id},
            "FunctionVersion": attribute(version, "Version"),
            "Name": properties.get("AutoPublishAlias"),
            **({} if provisioned is None else {"ProvisionedConcurrencyConfig": provisioned}),
        },
        of=logical_id,
    )


def _add_invoke_config(made: Made, logical_id: str, properties: Mapping[str, Any], policies: RolePolicies) -> None:
    """Where asynchronous invocations end, with the queue or topic that SAM makes where none is named."""
    config = record(properties.get("EventInvokeConfig"))
    if not config or is_function(config):
        return
    own_id = f"{logical_id}EventInvokeConfig"
    destinations: dict[str, Any] = {}
    for side in _FAILING:
        destination = record(record(config.get("DestinationConfig")).get(side))
        if not destination:
            continue
        arn = destination.get("Destination")
        made_for = _MADE_DESTINATIONS.get(str(destination.get("Type")))
        if (arn is None or is_nothing(arn)) and made_for is not None:
            name, kind = made_for
            made.add(f"{own_id}{side}{name}", kind, {}, of=logical_id)
            arn = attribute(f"{own_id}{side}Queue", "Arn") if name == "Queue" else {"Ref": f"{own_id}{side}{name}"}
        destinations[side] = {"Destination": arn}
        policies.give(list(for_destination(destination.get("Type"), arn)))
    alias = properties.get("AutoPublishAlias")
    made.add(
        own_id,
        INVOKE_CONFIG.type,
        {
            "FunctionName": {"Ref": logical_id},
            "Qualifier": alias or "$LATEST",
            "DestinationConfig": destinations,
            **{name: value for name, value in config.items() if name != "DestinationConfig"},
        },
        of=logical_id,
    )
