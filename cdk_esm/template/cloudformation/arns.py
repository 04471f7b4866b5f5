"""ARNs as templates write them: their parts, and the resource of the template that one names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable, Value
from cdk_esm.sources.resource_facts import ArnForm, Gives, Kind, ResourceFacts
from cdk_esm.sources.resources import DOCUMENT_CLUSTERS, RESOURCES, TABLES
from cdk_esm.template.cloudformation.evaluator import Evaluator
from cdk_esm.template.cloudformation.stack import Resource, Stack
from cdk_esm.template.cloudformation.values import Evaluated, Hole, Pointer, Text, identity, joined

_PARTS: Final = 6

_FOLLOWED: Final = frozenset(
    {
        Kind.QUEUE,
        Kind.TOPIC,
        Kind.BUCKET,
        Kind.STREAM,
        Kind.FUNCTION,
        Kind.ROLE,
        Kind.KEY,
        Kind.KEY_ALIAS,
        *TABLES,
        *DOCUMENT_CLUSTERS,
    }
)
"""What a reader looks up by an ARN in words; anything else stays that ARN, so that a rule can say what is wrong."""


def _by_beginning() -> Mapping[str, Mapping[str, tuple[ResourceFacts, ...]]]:
    """Service to what is before a name in its ARNs to the types whose ARN gives the name or the ID away."""
    found: dict[str, dict[str, tuple[ResourceFacts, ...]]] = {}
    for facts in RESOURCES.values():
        if facts.kind in _FOLLOWED and facts.arn is not None and facts.arn.holds is not None:
            beginnings = found.setdefault(facts.arn.service, {})
            beginnings[facts.arn.before] = (*beginnings.get(facts.arn.before, ()), facts)
    return found


_BY_BEGINNING: Final = _by_beginning()


@dataclass(frozen=True)
class Arn:
    """An ARN, as far as it is known.

    Args:
        service: such as ``sqs``.
        region: ``UNRESOLVED`` if only the deployment knows it.
        account: likewise.
        rest: what it names within the service; it may contain holes.
    """

    service: str
    region: Value[str]
    account: Value[str]
    rest: Evaluated

    @property
    def name(self) -> str:
        """What it names within the service, with a sign in the place of each hole."""
        return identity(self.rest) or ""


def parsed(value: Evaluated) -> Arn | None:
    """The parts of an ARN; ``None`` if there is none, or if its service is not known."""
    if isinstance(value, str):
        cut = value.split(":", _PARTS - 1)
        if len(cut) < _PARTS or cut[0] != "arn":
            return None
        return Arn(cut[2], cut[3] or None, cut[4] or None, cut[5])
    if not isinstance(value, Text):
        return None
    parts: list[list[Evaluated]] = [[]]
    for piece in value.parts:
        if not isinstance(piece, str):
            parts[-1].append(piece)
            continue
        first, *rest = piece.split(":", _PARTS - len(parts))
        parts[-1].append(first)
        parts += [[one] for one in rest]
    if len(parts) < _PARTS:
        return None
    prefix, _, service, region, account, rest = (joined(part, "arn") for part in parts)
    if prefix != "arn" or not isinstance(service, str):
        return None
    return Arn(service, _known(region), _known(account), rest)


def _known(part: Evaluated) -> Value[str]:
    return UNRESOLVED if not isinstance(part, str) else part or None


def recognized(evaluator: Evaluator, value: Evaluated, stack: Stack) -> Evaluated:
    """The value, with a resource of the template in the place of the ARN or the text that surely names it."""
    arn = parsed(value)
    homes = [] if arn is None else _homes(evaluator, value, arn, stack)
    if arn is None or not (homes or arn.region is None):
        return value
    pieces = list(arn.rest.parts) if isinstance(arn.rest, Text) else [arn.rest]
    for before, candidates in _BY_BEGINNING.get(arn.service, {}).items():
        if before and not (isinstance(pieces[0], str) and pieces[0].startswith(before)):
            continue
        bare = [pieces[0].removeprefix(before), *pieces[1:]] if isinstance(pieces[0], str) else pieces
        head, *tail = bare[1:] if bare[0] == "" and len(bare) > 1 else bare
        for candidate in candidates:
            found = [one for home in homes for one in [_candidate(evaluator, head, candidate, home)] if one]
            if not found:
                found = list(_wherever(evaluator, head, candidate, arn))
            if len(found) == 1:  # two of one name in one place cannot both be there
                resource, left = found[0]
                return joined([Pointer(resource, candidate.itself[0]), left, *tail], "arn")
    return value


def _candidate(
    evaluator: Evaluator, head: Evaluated, facts: ResourceFacts, stack: Stack
) -> tuple[Resource, str] | None:
    """The resource of one type that the beginning of an ARN's last part names, and what is left of it."""
    form = facts.arn
    if form is None or form.holds is None:
        return None
    if isinstance(head, Pointer):
        fits = head.resource.type == facts.type and head.attribute in facts.giving(form.holds)
        return (head.resource, "") if fits else None
    if not isinstance(head, str) or facts.name is None:
        return None
    name, rest = _cut(head, form)
    resource = evaluator.once(_by_name, facts.type, facts.name, stack).get(name)
    return None if resource is None else (resource, rest)


def _wherever(evaluator: Evaluator, head: Evaluated, facts: ResourceFacts, arn: Arn) -> Iterator[tuple[Resource, str]]:
    """Those of one type that have the name in the ARN, if it is taken once in an account, or once in all of them."""
    form = facts.arn
    if form is None or form.has_region or form.holds is not Gives.NAME or facts.name is None:
        return
    account = arn.account if form.has_account else None
    if isinstance(head, str) and not isinstance(account, Unknowable):
        name, rest = _cut(head, form)
        by_name = evaluator.apart(_by_name_everywhere, facts.type, facts.name, form.has_account)
        yield from ((one, rest) for one in by_name.get((account, name), ()))


def _by_name_everywhere(
    evaluator: Evaluator,
    kind: str,
    name_property: str,
    in_account: bool,  # noqa: FBT001 - a subject of ``apart``
) -> Mapping[tuple[str | None, str], list[Resource]]:
    """The resources of one type that give themselves a name, by their account and the name, or by the name alone."""
    found: dict[tuple[str | None, str], list[Resource]] = {}
    for stack in evaluator.neighbours.stacks:
        account = stack.root.account if in_account else None
        if account is not None or not in_account:
            for name, one in evaluator.once(_by_name, kind, name_property, stack).items():
                found.setdefault((account, name), []).append(one)
    return found


def _cut(text: str, form: ArnForm) -> tuple[str, str]:
    """A name, and what follows it in an ARN of that form."""
    if form.separator is None:
        return text, ""
    name, found, rest = text.partition(form.separator)
    return name, found + rest


def _by_name(evaluator: Evaluator, kind: str, name_property: str, stack: Stack) -> Mapping[str, Resource]:
    """The resources of one type that give themselves a name, in the stack itself."""
    own = [one for one in stack.resources.values() if one.type == kind and name_property in one.properties]
    named = [(evaluator.property(one, name_property), one) for one in own]
    return {name: one for name, one in named if isinstance(name, str)}


def _homes(evaluator: Evaluator, value: Evaluated, arn: Arn, stack: Stack) -> list[Stack]:
    """The stacks in which an ARN surely names something: the stack itself, or all that are deployed to its place."""
    there = evaluator.once(_deployed_to).get((arn.region, arn.account))
    return there or ([stack] if _at_home(value, arn, stack) else [])


def _deployed_to(evaluator: Evaluator) -> Mapping[tuple[Value[str], Value[str]], list[Stack]]:
    """The stacks by the Region and the account that they are bound to."""
    found: dict[tuple[Value[str], Value[str]], list[Stack]] = {}
    for stack in evaluator.neighbours.stacks:
        if stack.root.region is not None and stack.root.account is not None:
            found.setdefault((stack.root.region, stack.root.account), []).append(stack)
    return found


def _at_home(value: Evaluated, arn: Arn, stack: Stack) -> bool:
    """Whether an ARN surely names something in the stack's own account and Region, as far as its form has them."""
    root = stack.root
    holes = {piece.name for piece in value.parts if isinstance(piece, Hole)} if isinstance(value, Text) else set()
    own_region = _is_own(arn.region, root.region, f"{root.name}.AWS::Region", holes)
    own_account = _is_own(arn.account, root.account, f"{root.name}.AWS::AccountId", holes)
    return any(
        (own_region if form.has_region else arn.region is None)
        and (own_account if form.has_account else arn.account is None)
        for form in _forms(arn)
    )


def _forms(arn: Arn) -> list[ArnForm]:
    """The forms of ARNs that one may have, by its service and by what is before the name."""
    beginnings = _BY_BEGINNING.get(arn.service, {})
    fitting = [facts.arn for before, some in beginnings.items() for facts in some if arn.name.startswith(before)]
    return [form for form in fitting if form is not None]


def _is_own(given: Value[str], known: str | None, pseudo: str, holes: set[str]) -> bool:
    """Whether a part of an ARN is the stack's own: the same text, or its pseudo parameter."""
    return pseudo in holes if isinstance(given, Unknowable) else given is not None and given == known


def place_of(value: Evaluated) -> tuple[Value[str], Value[str]]:
    """Region and account of what a value names: its ARN's, or those of the stack that the resource is in."""
    if isinstance(value, Pointer):
        return own_place(value.resource)
    arn = parsed(value)
    if arn is None:
        return UNKNOWN, UNKNOWN
    return arn.region or UNKNOWN, arn.account or UNKNOWN


def own_place(resource: Resource) -> tuple[Value[str], Value[str]]:
    """Region and account of the stack that a resource is in."""
    root = resource.stack.root
    return root.region or UNRESOLVED, root.account or UNRESOLVED
