"""From templates to plans: every mapping, with what surrounds it, in every way in which it may be deployed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from cdk_esm.facts import UNKNOWN, SourceFacts, Unknowable, Value
from cdk_esm.plan import (
    Destination,
    FailureKind,
    FailurePath,
    Feeders,
    FilterKey,
    Function,
    MappingPlan,
    Misspelt,
    Queue,
    Source,
    Stream,
    Wording,
)
from cdk_esm.plan.consent import Consent
from cdk_esm.plan.stated import filled
from cdk_esm.sources import NO_SOURCE, SHEETS
from cdk_esm.sources.resource_facts import Kind
from cdk_esm.template.alarmed import with_deaf_alarms
from cdk_esm.template.arn_places import misplaced
from cdk_esm.template.cloudformation.arns import recognized
from cdk_esm.template.cloudformation.assembly import Assembly
from cdk_esm.template.cloudformation.assumptions import When
from cdk_esm.template.cloudformation.conditions import stands
from cdk_esm.template.cloudformation.evaluator import Evaluator, made_by_macro
from cdk_esm.template.cloudformation.intrinsics import evaluator_of
from cdk_esm.template.cloudformation.stack import Resource, Stack
from cdk_esm.template.cloudformation.values import Evaluated, Pointer, identity
from cdk_esm.template.consent import consent_of, construct_path_of
from cdk_esm.template.defaults import without_placeholders
from cdk_esm.template.iam.keys import lets_lambda_decrypt, own_key
from cdk_esm.template.iam.roles import Grants
from cdk_esm.template.kinds import WHY_NO_KIND, read_source
from cdk_esm.template.made_by import made_by
from cdk_esm.template.mapped import MappingInTemplate
from cdk_esm.template.misspelt import misspelt
from cdk_esm.template.permissions import DESTINATION, SOURCE, lets_role_in, role_of
from cdk_esm.template.resources.feeders import feeders_of
from cdk_esm.template.resources.function_names import function_named, mentioned
from cdk_esm.template.resources.functions import read_function
from cdk_esm.template.resources.loops_back import loops_of
from cdk_esm.template.settings import pattern_parts, patterns_of, settled
from cdk_esm.template.unread import AGREE, EXPAND, NAME_THE_FUNCTION, Skipped, unread_parts

MOST_BRANCHES: Final = 16
"""Ways in which one mapping is read; what more conditions leave open stays unresolved."""
MOST_EVALUATORS: Final = 256
"""Ways in which all mappings together are read."""


@dataclass
class Reading:
    """What was read: the plans, the resource that each of them is of, and what could not be judged."""

    plans: list[MappingPlan] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    resources: list[Resource] = field(default_factory=list)


def read(assembly: Assembly) -> Reading:
    """Read every mapping of an assembly."""
    reading = Reading()
    evaluators: dict[When, Evaluator] = {frozenset(): evaluator_of(assembly)}
    for stack in assembly.stacks:
        for resource in stack.resources.values():
            if resource.kind is Kind.MAPPING:
                _read_mapping(resource, evaluators, reading)
        reading.skipped += _unread(stack, evaluators[frozenset()])
    reading.plans = with_deaf_alarms(evaluators[frozenset()], reading.plans, reading.resources)
    reading.skipped += unread_parts(evaluators[frozenset()], reading.plans, reading.skipped)
    return reading


def _unread(stack: Stack, evaluator: Evaluator) -> Iterator[Skipped]:
    """What of a SAM source could not be read, as far as it is deployed at all."""
    for one in stack.unread:
        resource = None if one.logical_id is None else stack.resources.get(one.logical_id)
        if resource is not None and stands(evaluator, resource) is False:
            continue
        above = "/".join(filter(None, (stack.name, one.logical_id))) if resource is None else path_of(resource)
        yield Skipped(
            "/".join(filter(None, (above, one.within))),
            one.reason,
            f"{one.fix}, or {AGREE}",
            template=stack.file or stack.name,
            logical_id=one.logical_id,
            within=tuple(filter(None, one.within.split("/"))),
        )


def _read_mapping(resource: Resource, evaluators: dict[When, Evaluator], reading: Reading) -> None:
    """Read one mapping, once for each answer that its conditions may have."""
    base = evaluators[frozenset()]
    waiting: list[When] = [frozenset()]
    found: list[MappingPlan | Skipped | None] = []
    while waiting:
        when = waiting.pop()
        evaluator = evaluators.get(when) or evaluator_of(base.neighbours, when, base)
        evaluators[when] = evaluator
        evaluator.fresh()
        result = _read_one_way(resource, evaluator)
        room = len(found) + len(waiting) + 1 < MOST_BRANCHES and len(evaluators) < MOST_EVALUATORS
        if evaluator.asked and room:
            waiting += reversed(list(evaluator.assumed.branches(next(iter(evaluator.asked)))))
        else:
            found.append(result)
    skipped = [one for one in found if isinstance(one, Skipped)]
    reading.skipped += skipped[:1]
    plans = _without_repetition([one for one in found if isinstance(one, MappingPlan)])
    reading.plans += plans
    reading.resources += [resource] * len(plans)


def _without_repetition(plans: list[MappingPlan]) -> list[MappingPlan]:
    """One plan, if all of them say the same."""
    if len(plans) > 1 and all(replace(plan, when=plans[0].when) == plans[0] for plan in plans):
        common = frozenset.intersection(*(plan.when for plan in plans))
        return [replace(plans[0], when=common)]
    return plans


def _read_one_way(resource: Resource, evaluator: Evaluator) -> MappingPlan | Skipped | None:
    if stands(evaluator, resource) is False:
        return None
    path, origin = path_of(resource), resource.origin
    if made_by_macro(resource):
        return _skipped(resource, "a macro makes its properties")
    properties = evaluator.value(dict(resource.properties), resource.stack)
    given: Mapping[str, Evaluated] = without_placeholders(properties if isinstance(properties, dict) else {})
    found = read_source(evaluator, given, resource.stack, None if origin is None else origin.kind)
    if found.kind is None:
        return _skipped(resource, *WHY_NO_KIND)
    if found.kind == NO_SOURCE.kind:
        # Nothing else that the mapping says can be judged: what it means depends on the source.
        given = {name: value for name, value in given.items() if name in ("EventSourceArn", "FunctionName")}
    sheet = SHEETS.get(found.kind)
    if sheet is None:
        return _skipped(resource, f"there are no rules for its kind of source, {found.kind}")
    named = resource.properties.get("FunctionName")
    function, grants = read_function(evaluator, given.get("FunctionName"), resource.stack)
    unfollowed = mentioned(evaluator, named, resource.stack) if function.existing else []
    if unfollowed:
        return _skipped(resource, f"its FunctionName leads to no function by way of {unfollowed[0]}", NAME_THE_FUNCTION)
    settings, malformed = settled(given, sheet)
    consent = consent_of(evaluator, resource)
    source = found.source
    if _weakly(resource):
        source = replace(source, weakly_referenced=True)
    mapped = MappingInTemplate(evaluator, given, resource.stack)
    patterns = UNKNOWN if found.kind == NO_SOURCE.kind else patterns_of(settings)
    plan = MappingPlan(
        path=path,
        source=found.kind,
        settings=settings,
        event_source=source,
        function=function,
        failure=found.failure,
        filters=patterns,
        filter_parts=pattern_parts(given),
        feeders=_feeders(mapped, source, patterns),
        loops=loops_of(evaluator, source.identity, grants, filtered=patterns != ()),
        secrets=mapped.secrets_known(),
        schema_registry=mapped.registry_known(),
        filter_key=_filter_key(evaluator, resource, given),
        acknowledged=consent.acknowledged,
        origin=consent.origin,
        choices=consent.choices,
        stated=consent.stated,
        malformed=malformed,
        misplaced=tuple(misplaced(mapped, found.named)),
        misspelt=_misspelt(mapped, found.named),
        template=resource.stack.file or resource.stack.name,
        logical_id=resource.logical_id if origin is None else origin.logical_id,
        within=() if origin is None else origin.within,
        wording=_wording(resource, function),
        made_by=made_by(evaluator, resource),
        when=evaluator.assumed.when,
    )
    plan = filled(plan)
    plan = replace(plan, failure=_with_reason(plan.failure, consent, sheet))
    plan = replace(plan, role=role_of(mapped, plan, resource, grants, declined=consent.declined))
    return _across_accounts(mapped, plan, grants)


def _across_accounts(mapped: MappingInTemplate, plan: MappingPlan, grants: Grants) -> MappingPlan:
    """The plan with what the policies of a source and of a destination of another account say of the role."""
    failure, source, here = plan.failure, plan.event_source, plan.function.account
    if _of_another(source, here):
        lets_in = lets_role_in(mapped, plan, grants, SOURCE)
        plan = replace(plan, event_source=replace(source, lets_in=lets_in))
    if isinstance(failure, FailurePath) and failure.destination is not None and _of_another(failure.destination, here):
        lets_in = lets_role_in(mapped, plan, grants, DESTINATION)
        plan = replace(plan, failure=replace(failure, destination=replace(failure.destination, lets_in=lets_in)))
    return plan


def _of_another(neighbour: Source | Destination, account: Value[str]) -> bool:
    """Whether something of the templates surely belongs to another account."""
    there = neighbour.account
    return not neighbour.existing and isinstance(there, str) and isinstance(account, str) and there != account


def _skipped(resource: Resource, reason: str, fix: str = EXPAND) -> Skipped:
    return Skipped(path_of(resource), reason, fix, resource.stack.file or resource.stack.name, resource.logical_id)


def _wording(resource: Resource, function: Function) -> Wording | None:
    """The words of a SAM source: of the event, or of the function that a mapping by hand invokes."""
    if resource.origin is not None:
        return resource.origin.wording
    stack, name = resource.stack, function.pool or function.identity
    invoked = stack.resources.get(name.removeprefix(f"{stack.name}/")) if name.startswith(f"{stack.name}/") else None
    return None if invoked is None or invoked.origin is None else invoked.origin.wording


def _with_reason(failure: Any, consent: Consent, sheet: SourceFacts) -> Any:
    """The failure path, with the reason why there is none, if one was given."""
    if consent.reason is None or not isinstance(failure, FailurePath) or failure.kind != FailureKind.NONE:
        return failure
    # What could have a destination and is to have none, discards what fails, as its construct was told.
    return replace(failure, kind=FailureKind.DISCARD if sheet.destinations else FailureKind.NONE, reason=consent.reason)


def _feeders(mapped: MappingInTemplate, source: Source, patterns: object) -> Feeders | Unknowable:
    """Who feeds the source, where that matters to filters."""
    if patterns == () or not isinstance(source, Queue | Stream):
        return UNKNOWN
    itself = mapped.stream
    return feeders_of(mapped.evaluator, source.identity, itself.resource if isinstance(itself, Pointer) else None)


def _filter_key(evaluator: Evaluator, resource: Resource, given: Mapping[str, Evaluated]) -> FilterKey | None:
    value = recognized(evaluator, given.get("KmsKeyArn"), resource.stack)
    name, key = identity(value), own_key(evaluator, value)
    lets_lambda = UNKNOWN if key is None else lets_lambda_decrypt(evaluator, key)
    return None if name is None else FilterKey(identity=name, takes_grants=UNKNOWN, lets_lambda=lets_lambda)


def _misspelt(mapped: MappingInTemplate, source: Evaluated) -> tuple[Misspelt, ...]:
    """The keys that nobody knows at the source and at the function."""
    function = function_named(mapped.evaluator, mapped.given.get("FunctionName"), mapped.stack)
    stream = mapped.stream
    resources = [one.resource for one in (source, stream) if isinstance(one, Pointer)]
    resources += [] if function is None else [function.function]
    return tuple(one for resource in dict.fromkeys(resources) for one in misspelt(mapped.evaluator, resource))


def _weakly(resource: Resource) -> bool:
    """Whether the source's ARN is given as another stack's output."""
    arn = resource.properties.get("EventSourceArn")
    return isinstance(arn, dict) and "Fn::GetStackOutput" in arn


def path_of(resource: Resource) -> str:
    """The construct path of a mapping if it is known, or else its template and logical id.

    A mapping that SAM makes goes by its function and the name of the event.
    """
    if (
        resource.origin is not None
        and resource.origin.within
        and resource.origin.logical_id in resource.stack.resources
    ):
        function = resource.stack.resources[resource.origin.logical_id]
        return f"{path_of(function)}/{resource.origin.within[-1]}"
    written = construct_path_of(resource)
    return written.removesuffix("/Resource") if written else resource.identity
