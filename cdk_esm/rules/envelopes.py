"""What the filters of a mapping make of what services send in the place of the payload, for the rules about that."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from cdk_esm.facts import known
from cdk_esm.filters.parsing import parse
from cdk_esm.filters.reaching import Miss, miss_of
from cdk_esm.plan import Feeder, Feeders, MappingPlan
from cdk_esm.rules.compiled import refusal
from cdk_esm.rules.open_patterns import GAP, open_patterns, within_texts
from cdk_esm.rules.patterns import known_patterns, place_of
from cdk_esm.sources import SHEETS
from cdk_esm.sources.envelopes import ENVELOPES, SNS, Envelope

_REMEMBERED = 16_384


@dataclass(frozen=True)
class ShutOut:
    """A feeder of which no filter of the mapping can match anything.

    Args:
        feeder: it.
        envelope: what it sends.
        place: the first filter, as the door names it.
        in_text: some filter looks into the payload, which the envelope holds as a text.
    """

    feeder: Feeder
    envelope: Envelope
    place: str
    in_text: bool


def shut_out(plan: MappingPlan) -> list[ShutOut]:
    """The feeders of which no filter can match anything.

    Raises:
        NotApplicable: nobody looked for feeders, or a filter is not known.
    """
    feeders = known(plan.feeders)
    texts = _texts(plan) if feeders.shown else []
    if not texts or not _all_known(plan, len(texts)):
        return []
    found = []
    for feeder in feeders.shown:
        if feeder.envelope is None:
            continue
        misses = [_miss(plan.source, text, feeder.envelope) for _, text in texts]
        if all(miss is not None for miss in misses):
            in_text = any(miss is not None and miss.in_text for miss in misses)
            found.append(ShutOut(feeder, ENVELOPES[feeder.envelope], texts[0][0], in_text))
    return found


def all_shut_out(feeders: Feeders, found: list[ShutOut]) -> bool:
    """Whether nobody is left whose messages may pass."""
    return not feeders.others and len(found) == len(feeders.shown)


def _texts(plan: MappingPlan) -> list[tuple[str, str]]:
    """Every filter that AWS takes by its place, as its text, with gaps where only the deployment knows a name."""
    whole = list(known_patterns(plan))
    parts = [(place_of(plan, index), texts[0]) for index, texts in open_patterns(plan) if _named(plan, index)]
    return [(place, text) for place, text in whole + parts if refusal(plan.source, text) is None]


def _named(plan: MappingPlan, index: int) -> bool:
    """Whether all that only the deployment knows of a filter are names and values in it."""
    return within_texts(plan.filter_parts[index])


def _all_known(plan: MappingPlan, count: int) -> bool:
    """Whether each filter is among those that can be judged: one that is not may match everything."""
    return count == len(known(plan.filters))


@lru_cache(maxsize=_REMEMBERED)
def _miss(source: str, text: str, envelope: str) -> Miss | None:
    return miss_of(SHEETS[source], parse(text), ENVELOPES[envelope], gap=GAP)


def what_it_sends(one: ShutOut) -> str:
    """What comes from a feeder, in words."""
    envelope = one.envelope
    if not envelope.documents:
        return f"{envelope.sender} ({one.feeder.name}) sends what it sends {envelope.payload}"
    keys = [*envelope.documents[0]]
    some = ", ".join(keys[:_SHOWN]) + (", …" if len(keys) > _SHOWN else "")
    twice = f", and inside that is what {ENVELOPES[one.feeder.inside].sender} sends" if one.feeder.inside else ""
    return f"{envelope.sender} ({one.feeder.name}) sends {some}, with the payload {envelope.payload}{twice}"


_SHOWN = 5


def ways_out(plan: MappingPlan, one: ShutOut) -> str:
    """What to do about it: filter before the message is sent, change what is sent, or ask for what is there."""
    key, envelope = plan.facts.filter_key, one.envelope
    if envelope.key == SNS.key:
        inside = " (the notification of Amazon S3 is then the body)" if one.feeder.inside else ""
        return (
            "give the subscription a filter policy with FilterPolicyScope MessageBody and take the filter away here; "
            f"or set its RawMessageDelivery to true{inside}, which changes the body that the function gets: let the "
            "function take both forms first"
        )
    return _WAYS.get(envelope.key, _OF_RECORDS).format(key=key)


_OF_RECORDS = (
    'ask for the keys that are there, as in {{"{key}": {{"{key}": {{...}}}}}}, or give the pipe an input template'
)
_WAYS = {
    "event": 'ask for the payload under detail, as in {{"{key}": {{"detail": {{...}}}}}}; or put the condition into '
    "the event pattern of the rule; or give the target the InputPath $.detail, which changes the body that the "
    "function gets",
    "s3": 'ask for keys below Records, as in {{"{key}": {{"Records": {{"s3": {{"object": {{"key": [...]}}}}}}}}}}; or '
    "narrow the notification itself by its events, and by a prefix or a suffix",
    "logs": "take the filter away and decide in the function, after it has unpacked the data; or narrow the "
    "subscription by its FilterPattern",
    "table": 'ask for the keys that are there, as in {{"{key}": {{"dynamodb": {{"NewImage": {{...}}}}}}}}',
}
