"""Lambda functions, their versions and aliases."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable, Value
from cdk_esm.plan import Function
from cdk_esm.sources.resource_facts import Kind
from cdk_esm.sources.resources import QUALIFIED_FUNCTIONS
from cdk_esm.template.cloudformation.arns import own_place, parsed, place_of, recognized
from cdk_esm.template.cloudformation.conditions import stands
from cdk_esm.template.cloudformation.evaluator import Evaluator
from cdk_esm.template.cloudformation.stack import Resource, Stack
from cdk_esm.template.cloudformation.values import Evaluated, Pointer, Text, identity, number, plain, text
from cdk_esm.template.iam.roles import Grants, grants_of_role

_SENDS: Final = "sqs:SendMessage"
_ITS_FUNCTION: Final = "FunctionName"
_PARTS_WITH_QUALIFIER: Final = 2


def read_function(evaluator: Evaluator, value: Evaluated, stack: Stack) -> tuple[Function, Grants]:
    """What is known of the function that a value names, and what its role is granted."""
    value = _named(evaluator, value, stack)
    target, qualifier = _without_qualifier(value)
    if isinstance(target, Pointer) and target.resource.kind in QUALIFIED_FUNCTIONS:
        alias = target.resource
        function = _named(evaluator, evaluator.property(alias, _ITS_FUNCTION), alias.stack)
        if isinstance(function, Pointer) and function.resource.kind in QUALIFIED_FUNCTIONS:
            # There is no alias of an alias.
            return _as_qualified(_hidden_function(function.resource.identity), alias.identity), Grants(None)
        found, grants = read_function(evaluator, function, alias.stack)
        return _as_qualified(found, alias.identity), grants
    if isinstance(target, Pointer) and target.resource.kind is Kind.FUNCTION:
        resource = target.resource
        found, grants = evaluator.once(_own, resource)
        return (_as_qualified(found, f"{found.identity}:{qualifier}") if qualifier else found), grants
    return _elsewhere(value, stack)


def _as_qualified(function: Function, name: str) -> Function:
    return replace(function, identity=name, pool=function.identity, qualified=True, provisioned=None)


def _named(evaluator: Evaluator, value: Evaluated, stack: Stack) -> Evaluated:
    """A function of the template in the place of its name or ARN."""
    if isinstance(value, str) and ":" not in value:
        own = evaluator.once(_by_name, stack).get(value)
        return value if own is None else Pointer(own, "Arn")
    return recognized(evaluator, value, stack)


def _by_name(evaluator: Evaluator, stack: Stack) -> dict[str | None, Resource]:
    """The functions of a stack that give themselves a name."""
    own = [one for one in stack.resources.values() if one.kind is Kind.FUNCTION and "FunctionName" in one.properties]
    return {identity(evaluator.property(one, "FunctionName")): one for one in own}


def _without_qualifier(value: Evaluated) -> tuple[Evaluated, str | None]:
    """A function, and the version or alias that a text names behind it."""
    if isinstance(value, Text) and len(value.parts) == _PARTS_WITH_QUALIFIER:
        first, last = value.parts
        if isinstance(first, Pointer) and isinstance(last, str) and last.startswith(":"):
            return first, last[1:] if last != ":$LATEST" else None
    return value, None


def _elsewhere(value: Evaluated, stack: Stack) -> tuple[Function, Grants]:
    """A function outside the templates."""
    region, account = place_of(value)
    name = identity(value)
    found = _hidden_function(name or f"{stack.name}:no function")
    qualified: bool | Unknowable = UNKNOWN
    pool = None
    if isinstance(value, str):
        arn = parsed(value)
        qualifier = (arn.name.removeprefix("function:") if arn else value).partition(":")[2]
        qualified = bool(qualifier) and qualifier != "$LATEST" and arn is not None
        pool = value.removesuffix(f":{qualifier}") if qualified else None
    found = replace(found, name=text(value), region=region, account=account, qualified=qualified, pool=pool)
    return found, Grants(None)


def _hidden_function(name: str) -> Function:
    return Function(
        identity=name,
        existing=True,
        name=UNKNOWN,
        qualified=UNKNOWN,
        timeout_seconds=UNKNOWN,
        memory_mb=UNKNOWN,
        reserved_concurrency=UNKNOWN,
        architecture=UNKNOWN,
        handler=UNKNOWN,
        managed_instances=UNKNOWN,
        tenant_isolated=UNKNOWN,
        durable_timeout_seconds=UNKNOWN,
        dead_letter_target=UNKNOWN,
        asynchronous_target=UNKNOWN,
        environment_bytes=UNKNOWN,
        region=UNKNOWN,
        account=UNKNOWN,
    )


def _own(evaluator: Evaluator, resource: Resource) -> tuple[Function, Grants]:
    region, account = own_place(resource)
    grants = grants_of_role(evaluator, evaluator.property(resource, "Role"), resource.stack)
    name = evaluator.property(resource, "FunctionName")
    function = Function(
        identity=resource.identity,
        name=text(name) if name is not None else UNRESOLVED,
        timeout_seconds=number(evaluator.property(resource, "Timeout")),
        memory_mb=number(evaluator.property(resource, "MemorySize")),
        reserved_concurrency=number(evaluator.property(resource, "ReservedConcurrentExecutions")),
        architecture=_first_text(evaluator.property(resource, "Architectures")),
        handler=text(evaluator.property(resource, "Handler")),
        managed_instances=_is_set(evaluator, resource, "CapacityProviderConfig"),
        tenant_isolated=_is_set(evaluator, resource, "TenancyConfig"),
        durable_timeout_seconds=number(evaluator.property(resource, "DurableConfig", "ExecutionTimeout")),
        dead_letter_target=_target(evaluator.property(resource, "DeadLetterConfig", "TargetArn")),
        asynchronous_target=_asynchronous_target(evaluator, resource),
        writes_to=grants.resources_of(_SENDS),
        environment_bytes=_environment_bytes(evaluator.property(resource, "Environment", "Variables")),
        provisioned=evaluator.once(_provisioned, resource.stack).get(resource.identity),
        region=region,
        account=account,
    )
    return function, grants


def _is_set(evaluator: Evaluator, resource: Resource, name: str) -> bool | Unknowable:
    value = plain(evaluator.property(resource, name))
    return value if isinstance(value, Unknowable) else bool(value)


def _first_text(value: Evaluated) -> Value[str]:
    return text(value[0]) if isinstance(value, list) and value else text(None if isinstance(value, list) else value)


def _target(value: Evaluated) -> Value[str]:
    """A target that is there for certain goes by its identity."""
    return value.resource.identity if isinstance(value, Pointer) else text(value)


def _asynchronous_target(evaluator: Evaluator, function: Resource) -> Value[str]:
    """The on-failure destination in the function's event invoke config."""
    config = evaluator.once(_invoke_configs, function.stack).get(function.identity)
    if config is None:
        return None
    return _target(evaluator.property(config, "DestinationConfig", "OnFailure", "Destination"))


def _invoke_configs(evaluator: Evaluator, stack: Stack) -> dict[str | None, Resource]:
    """The event invoke configs of a stack by their functions."""
    configs = [one for one in stack.resources.values() if one.kind is Kind.INVOKE_CONFIG]
    return {identity(_named(evaluator, evaluator.property(one, "FunctionName"), stack)): one for one in configs}


def _environment_bytes(value: Evaluated) -> int | Unknowable:
    """The size of the environment variables, where every one of them is known."""
    if value is None:
        return 0
    if not isinstance(value, dict):
        return UNKNOWN
    texts = {name: text(member) for name, member in value.items()}
    if not all(isinstance(one, str) for one in texts.values()):
        return UNRESOLVED
    return sum(len(f"{name}{one}".encode(errors="replace")) for name, one in texts.items())


def _provisioned(evaluator: Evaluator, stack: Stack) -> dict[str | None, str]:
    """The first version or alias of each function, in its own template, that has provisioned concurrency."""
    found: dict[str | None, str] = {}
    for one in stack.resources.values():
        if one.kind not in QUALIFIED_FUNCTIONS or evaluator.property(one, "ProvisionedConcurrencyConfig") is None:
            continue
        if stands(evaluator, one) is True:
            name = identity(_named(evaluator, evaluator.property(one, _ITS_FUNCTION), stack))
            found.setdefault(name, one.identity)
    return found
