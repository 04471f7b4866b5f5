"""Lambda functions, their versions and aliases."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from cdk_esm.assets.python_answers import read_inline
from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable, Value
from cdk_esm.plan import Code, Function
from cdk_esm.sources.lambda_function import SNAP_START_ON
from cdk_esm.sources.resource_facts import Kind
from cdk_esm.sources.resources import QUALIFIED_FUNCTIONS
from cdk_esm.template.cloudformation.arns import own_place, parsed, place_of, recognized
from cdk_esm.template.cloudformation.conditions import stands
from cdk_esm.template.cloudformation.evaluator import Evaluator
from cdk_esm.template.cloudformation.stack import Resource, Stack
from cdk_esm.template.cloudformation.values import Evaluated, Pointer, identity, number, plain, text
from cdk_esm.template.iam.roles import Grants, grants_of_role
from cdk_esm.template.resources.codes import code_of
from cdk_esm.template.resources.function_names import function_named
from cdk_esm.template.resources.images import image_of

_SENDS: Final = "sqs:SendMessage"


def read_function(evaluator: Evaluator, value: Evaluated, stack: Stack) -> tuple[Function, Grants]:
    """What is known of the function that a value names, and what its role is granted."""
    named = function_named(evaluator, value, stack)
    if named is None:
        return _elsewhere(recognized(evaluator, value, stack), stack)
    found, grants = evaluator.once(_own, named.function)
    if named.target is not None:
        return _as_qualified(found, named.target.identity), grants
    return (found if named.qualifier is None else _as_qualified(found, f"{found.identity}:{named.qualifier}")), grants


def _as_qualified(function: Function, name: str) -> Function:
    return replace(function, identity=name, pool=function.identity, qualified=True, provisioned=None)


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
        recursive_loop=UNKNOWN,
        environment_bytes=UNKNOWN,
        inline=UNKNOWN,
        snap_start=UNKNOWN,
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
        recursive_loop=text(evaluator.property(resource, "RecursiveLoop")),
        writes_to=grants.resources_of(_SENDS),
        environment_bytes=_environment_bytes(evaluator.property(resource, "Environment", "Variables")),
        inline=_is_set(evaluator, resource, "Code", "ZipFile"),
        inline_code=_inline_code(evaluator, resource),
        snap_start=_snap_start(evaluator, resource),
        provisioned=evaluator.once(_provisioned, resource.stack).get(resource.identity),
        region=region,
        account=account,
        code=code_of(evaluator, resource),
        image=image_of(evaluator, resource),
    )
    return function, grants


def _is_set(evaluator: Evaluator, resource: Resource, *names: str) -> bool | Unknowable:
    value = plain(evaluator.property(resource, *names))
    return value if isinstance(value, Unknowable) else bool(value)


def _inline_code(evaluator: Evaluator, resource: Resource) -> Code | None:
    """What is in code that is in the template."""
    source, runtime, handler = (
        text(evaluator.property(resource, *names)) for names in (("Code", "ZipFile"), ("Runtime",), ("Handler",))
    )
    return read_inline(source, runtime, handler)


def _snap_start(evaluator: Evaluator, resource: Resource) -> bool | Unknowable:
    """Whether a version that is published gets a snapshot to start from."""
    applies = text(evaluator.property(resource, "SnapStart", "ApplyOn"))
    return applies if isinstance(applies, Unknowable) else applies == SNAP_START_ON


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
    return {_function_of(evaluator, one): one for one in configs}


def _function_of(evaluator: Evaluator, resource: Resource) -> str | None:
    """The function that a resource beside it belongs to; ``None`` if it is not in the templates."""
    named = function_named(evaluator, evaluator.property(resource, "FunctionName"), resource.stack)
    return None if named is None else named.function.identity


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
            found.setdefault(_function_of(evaluator, one), one.identity)
    return found
