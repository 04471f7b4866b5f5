"""The places where a template names a neighbour of a mapping by its ARN, and what is written there that is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from cdk_esm.plan.misplaced import Misplaced
from cdk_esm.sources import broker_settings
from cdk_esm.sources.destinations import KAFKA_TOPIC_PREFIX
from cdk_esm.sources.kafka_settings import MSK_REGISTRY, ON_FAILURE_ARN, SELF_MANAGED_REGISTRY
from cdk_esm.sources.resource_facts import Gives, Kind, ResourceFacts
from cdk_esm.sources.resources import LEAD_TO_SOURCES, RESOURCES, is_arn
from cdk_esm.template.cloudformation.stack import Resource
from cdk_esm.template.cloudformation.values import Default, Evaluated, Pointer, Text, listed, names_itself
from cdk_esm.template.mapped import MappingInTemplate
from cdk_esm.template.resources.function_names import function_named

_ARN: Final = "arn:"
_URL: Final = ("https:", "http:")
_GIVEN_WORDS: Final = {Gives.NAME: "a name", Gives.URL: "a URL", Gives.ID: "an ID"}


@dataclass(frozen=True)
class ArnPlace:
    """A place that takes an ARN.

    Args:
        name: its name, as findings give it.
        kinds: the resources whose ARN it takes.
        wanted: the same in words.
        besides: what a text that is no ARN may begin with there.
    """

    name: str
    kinds: frozenset[Kind]
    wanted: str
    besides: tuple[str, ...] = ()

    def admits(self, text: str) -> bool:
        """Whether a text may be there, by its beginning."""
        return text.startswith((_ARN, *self.besides))


SOURCE: Final = ArnPlace(
    "EventSourceArn",
    frozenset(facts.kind for facts in RESOURCES.values() if facts.sources) | LEAD_TO_SOURCES,
    "the ARN of an event source",
)
DESTINATION: Final = ArnPlace(
    ON_FAILURE_ARN.name,
    frozenset({Kind.QUEUE, Kind.TOPIC, Kind.BUCKET}),
    "the ARN of a bucket, a standard queue or a standard topic",
    (KAFKA_TOPIC_PREFIX,),
)
FILTER_KEY: Final = ArnPlace("KmsKeyArn", frozenset({Kind.KEY}), "the ARN of an AWS KMS key")
SECRET: Final = ArnPlace(
    broker_settings.ACCESS_URI.name,
    frozenset({Kind.SECRET, Kind.SECRET_ATTACHMENT}),
    "the ARN of an AWS Secrets Manager secret",
)
DEAD_LETTERS: Final = ArnPlace(
    "RedrivePolicy.deadLetterTargetArn", frozenset({Kind.QUEUE}), "the ARN of an Amazon SQS queue"
)
ROLE: Final = ArnPlace("Role", frozenset({Kind.ROLE}), "the ARN of an IAM role")
STREAM: Final = ArnPlace("StreamARN", frozenset({Kind.STREAM}), "the ARN of an Amazon Kinesis stream")


def _registry(record: str) -> ArnPlace:
    name = f"{record}.SchemaRegistryURI"
    return ArnPlace(name, frozenset({Kind.REGISTRY}), "the ARN of an AWS Glue schema registry, or a URL", _URL)


OF_MAPPING: Final = (SOURCE, DESTINATION, FILTER_KEY, _registry(MSK_REGISTRY), _registry(SELF_MANAGED_REGISTRY))
"""The places of the mapping itself, but for its access configurations, of which only some are ARNs."""


def misplaced(mapped: MappingInTemplate, source: Evaluated) -> Iterator[Misplaced]:
    """Yield what cannot be where an ARN belongs: at the mapping, at its function, and at its source.

    Args:
        mapped: the mapping.
        source: what it names as its source, followed to the resource.
    """
    evaluator, given, stack = mapped.evaluator, mapped.given, mapped.stack
    for place, value in _of_mapping(given):
        yield from _judged(place, value)
    named = function_named(evaluator, given.get("FunctionName"), stack)
    if named is not None:
        yield from _judged(ROLE, evaluator.property(named.function, "Role"), named.function)
    if isinstance(source, Pointer) and source.resource.kind is Kind.CONSUMER:
        yield from _judged(STREAM, evaluator.property(source.resource, "StreamARN"), source.resource)
    if isinstance(source, Pointer) and source.resource.kind is Kind.QUEUE:
        target = evaluator.property(source.resource, *DEAD_LETTERS.name.split("."))
        yield from _judged(DEAD_LETTERS, target, source.resource)


def _of_mapping(given: Mapping[str, Evaluated]) -> Iterator[tuple[ArnPlace, Evaluated]]:
    """The places of the mapping itself, with what is written there."""
    for place in OF_MAPPING:
        value: Any = given
        for name in place.name.split("."):
            value = value.get(name) if isinstance(value, Mapping) else None
        yield place, value
    for entry in listed(given.get(broker_settings.ACCESS.name)):
        if isinstance(entry, dict) and entry.get("Type") in broker_settings.SECRET_TYPES:
            yield SECRET, entry.get("URI")


def _judged(place: ArnPlace, value: Evaluated, of: Resource | None = None) -> Iterator[Misplaced]:
    """Yield what is wrong with one value, if anything is for certain."""
    first = value.parts[0] if isinstance(value, Text) else value
    where = place.name if of is None else f"{of.logical_id}.{place.name}"
    if isinstance(first, str) and not isinstance(first, Default):
        begins = (_ARN, *place.besides)
        fits = place.admits(first) or (first is not value and any(one.startswith(first) for one in begins))
        if not fits and place is not SOURCE:  # of a literal source ESM108 speaks
            yield _fault(place, where, repr(first), "is no ARN", fix=place.wanted)
        return
    if not isinstance(first, Pointer) or first.resource.facts is None:
        return
    facts = first.resource.facts
    written = f"{'!Ref ' if first.attribute == 'Ref' else '!GetAtt '}{first.resource.logical_id}"
    written += "" if first.attribute == "Ref" else f".{first.attribute}"
    gives = facts.gives(first.attribute)
    if is_arn(facts.type, first.attribute) is False:
        if gives is Gives.URL and _URL[0] in place.besides:
            return
        words = "no ARN" if gives is None else f"{_GIVEN_WORDS[gives]} and no ARN"
        yield _fault(place, where, written, f"gives {words}", fix=_instead(place, facts, first.resource))
    elif first is value and gives is Gives.ARN and names_itself(first) and facts.kind not in place.kinds:
        article = "an" if facts.label[0] in "aAeEiIoOuU" else "a"
        service = None if facts.arn is None else facts.arn.service
        yield _fault(place, where, written, f"is the ARN of {article} {facts.label}", fix=place.wanted, service=service)


def _fault(place: ArnPlace, where: str, written: str, fault: str, *, fix: str, service: str | None = None) -> Misplaced:
    return Misplaced(place=where, written=written, fault=fault, wanted=place.wanted, fix=f"give {fix}", service=service)


def _instead(place: ArnPlace, facts: ResourceFacts, resource: Resource) -> str:
    """What to write instead: the reference that gives the resource's ARN, if it is one that belongs there."""
    if facts.kind not in place.kinds or not facts.itself:
        return place.wanted
    attribute = next((name for name in facts.itself if facts.gives(name) is Gives.ARN), None)
    if place is SOURCE and "StreamArn" in facts.attributes:
        attribute = "StreamArn"
    if attribute is None:
        return place.wanted
    return f"!Ref {resource.logical_id}" if attribute == "Ref" else f"!GetAtt {resource.logical_id}.{attribute}"
