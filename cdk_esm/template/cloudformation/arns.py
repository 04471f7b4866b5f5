"""ARNs as templates write them: their parts, and the resource of the template that one names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable, Value
from cdk_esm.template.cloudformation.evaluator import Evaluator
from cdk_esm.template.cloudformation.stack import Resource, Stack
from cdk_esm.template.cloudformation.values import Evaluated, Hole, Pointer, Text, identity, joined

_PARTS: Final = 6

_Candidate = tuple[str, str, tuple[str, ...]]

# Service and what stands before the name in its ARN, to the resource's type, the property and the attributes that
# hold the name.
_NAMED: Final[Mapping[tuple[str, str], tuple[_Candidate, ...]]] = {
    ("sqs", ""): (("AWS::SQS::Queue", "QueueName", ("QueueName",)),),
    ("sns", ""): (("AWS::SNS::Topic", "TopicName", ("TopicName",)),),
    ("s3", ""): (("AWS::S3::Bucket", "BucketName", ("Ref",)),),
    ("kinesis", "stream/"): (("AWS::Kinesis::Stream", "Name", ("Ref",)),),
    ("dynamodb", "table/"): (
        ("AWS::DynamoDB::Table", "TableName", ("Ref",)),
        ("AWS::DynamoDB::GlobalTable", "TableName", ("Ref",)),
    ),
    ("lambda", "function:"): (("AWS::Lambda::Function", "FunctionName", ("Ref",)),),
    ("iam", "role/"): (("AWS::IAM::Role", "RoleName", ("Ref",)),),
    ("rds", "cluster:"): (("AWS::DocDB::DBCluster", "DBClusterIdentifier", ("Ref",)),),
}
_SEPARATORS: Final = {"lambda": ":", "s3": "/", "kinesis": "/", "dynamodb": "/"}


@dataclass(frozen=True)
class Arn:
    """An ARN, as far as it is known.

    Args:
        service: such as ``sqs``.
        region: ``UNRESOLVED`` where only the deployment knows it.
        account: likewise.
        rest: what it names within the service; holes may stand in it.
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
    """The parts of an ARN; ``None`` for what is none, or whose service is not known."""
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
    if arn is None or not homes:
        return value
    pieces = list(arn.rest.parts) if isinstance(arn.rest, Text) else [arn.rest]
    for (service, before), candidates in _NAMED.items():
        begins = not before or (isinstance(pieces[0], str) and pieces[0].startswith(before))
        if service != arn.service or not begins:
            continue
        bare = [pieces[0].removeprefix(before), *pieces[1:]] if isinstance(pieces[0], str) else pieces
        head, *tail = bare[1:] if bare[0] == "" and len(bare) > 1 else bare
        for candidate in candidates:
            found = [one for home in homes for one in [_candidate(evaluator, head, service, candidate, home)] if one]
            if len(found) == 1:  # two of one name in one place cannot both be there
                resource, left = found[0]
                return joined([Pointer(resource, "Arn"), left, *tail], "arn")
    return value


def _candidate(
    evaluator: Evaluator, head: Evaluated, service: str, candidate: _Candidate, stack: Stack
) -> tuple[Resource, str] | None:
    """The resource of one type that the beginning of an ARN's last part names, and what is left of it."""
    kind, name_property, attributes = candidate
    if isinstance(head, Pointer):
        fits = head.resource.type == kind and head.attribute in attributes
        return (head.resource, "") if fits else None
    if not isinstance(head, str):
        return None
    name, rest = _cut(head, service)
    resource = evaluator.once(_by_name, kind, name_property, stack).get(name)
    return None if resource is None else (resource, rest)


def _cut(text: str, service: str) -> tuple[str, str]:
    """A name, and what follows it in the ARN of that service."""
    separator = _SEPARATORS.get(service)
    if separator is None:
        return text, ""
    name, found, rest = text.partition(separator)
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
    """Whether an ARN surely names something in the stack's own account and Region."""
    root = stack.root
    if arn.service == "s3" and arn.region is None and arn.account is None:
        return True
    holes = {piece.name for piece in value.parts if isinstance(piece, Hole)} if isinstance(value, Text) else set()
    region = arn.service == "iam" or _is_own(arn.region, root.region, f"{root.name}.AWS::Region", holes)
    return region and _is_own(arn.account, root.account, f"{root.name}.AWS::AccountId", holes)


def _is_own(given: Value[str], known: str | None, pseudo: str, holes: set[str]) -> bool:
    """Whether a part of an ARN is the stack's own: the same text, or its pseudo parameter."""
    return pseudo in holes if isinstance(given, Unknowable) else given is not None and given == known


def place_of(value: Evaluated) -> tuple[Value[str], Value[str]]:
    """Region and account of what a value names: its ARN's, or those of the stack that the resource stands in."""
    if isinstance(value, Pointer):
        return own_place(value.resource)
    arn = parsed(value)
    if arn is None:
        return UNKNOWN, UNKNOWN
    return arn.region or UNKNOWN, arn.account or UNKNOWN


def own_place(resource: Resource) -> tuple[Value[str], Value[str]]:
    """Region and account of the stack that a resource stands in."""
    root = resource.stack.root
    return root.region or UNRESOLVED, root.account or UNRESOLVED
