"""Looks at filters on a DynamoDB stream: types of attributes, images, and values that a record never has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from cdk_esm.facts import SourceFacts
from cdk_esm.filters.branches import Branch, branches
from cdk_esm.filters.findings import FilterFinding, Spot, exists_on_object
from cdk_esm.filters.operators import nearest, scalars
from cdk_esm.filters.pattern import EQUALS, Condition, Number, Path, Pattern, field_names, up_to
from cdk_esm.filters.table_keys import check_deleter, check_key
from cdk_esm.filters.values import condition_test, takes_absence
from cdk_esm.sources.dynamodb_table import DELETER, IMAGES_OF_VIEW

EVENTS: Final = ("INSERT", "MODIFY", "REMOVE")

VIEWS: Final = IMAGES_OF_VIEW
"""Stream view type to the images that records carry."""

_LACKS: Final[Mapping[str, str]] = {"NewImage": "REMOVE", "OldImage": "INSERT"}
"""Image to the event whose records do not have it."""

_FIELDS: Final = (
    "ApproximateCreationDateTime",
    "Keys",
    "NewImage",
    "OldImage",
    "SequenceNumber",
    "SizeBytes",
    "StreamViewType",
)
_ATTRIBUTES: Final = ("Keys", "NewImage", "OldImage")
_TEXTS: Final = ("S", "N", "B", "SS", "NS", "BS")
TYPES: Final = (*_TEXTS, "BOOL", "NULL", "M", "L")


def check(
    facts: SourceFacts,
    index: int,
    pattern: Pattern,
    view_type: str | None,
    keys: Mapping[str, str | None] | None = None,
) -> Iterator[FilterFinding]:
    """Every finding about one filter on a DynamoDB stream."""
    images: dict[Path, list[Condition]] = {}
    for path, condition in pattern.root.leaves():
        spot = Spot(facts, index, path)
        steps = _steps(path)
        if steps[0] in ("eventName", "eventSource"):
            yield from _check_event(spot, condition, EVENTS if steps[0] == "eventName" else facts.records.event_sources)
        elif steps[0] == DELETER:
            yield from check_deleter(spot, steps, condition)
        elif steps[0] == facts.filter_key:
            yield from _check_inside(spot, steps[1:], condition)
            yield from check_key(spot, steps[1:], condition, keys)
            if steps[1:2] == ["NewImage"] or steps[1:2] == ["OldImage"]:
                images.setdefault(up_to(path, 1), []).append(condition)
    for path, conditions in images.items():
        yield from _check_view(Spot(facts, index, path), _steps(path)[1], conditions, view_type)
    seen: set[Path] = set()
    for branch in branches(pattern.root):
        for path, image, event in _images_without_event(branch):
            if path not in seen:
                seen.add(path)
                allowed = f"the image that {event} records have"
                yield _impossible(Spot(facts, index, path), image, allowed, f"records of {event} have no {image}")


def _steps(path: Path) -> list[str]:
    """The names down to the leaf, with dots taken apart where they do not belong to the name of an attribute."""
    steps = list(field_names(path))
    for position in (0, 1):
        if position < len(steps):
            steps[position : position + 1] = steps[position].split(".", 1)
    match steps:
        case [_, _, name]:
            attribute, dot, letter = name.rpartition(".")
            if dot and letter in TYPES:
                steps[2:] = [attribute, letter]
    return steps


def _check_event(spot: Spot, condition: Condition, possible: tuple[str, ...]) -> Iterator[FilterFinding]:
    """The values of a field that has one of few."""
    wrong = [
        matcher.values[0]
        for matcher in condition.matchers
        if matcher.operator == EQUALS and matcher.values[0] not in possible
    ]
    accepts = condition_test(condition)
    if wrong or not any(accepts(event) for event in possible):
        near = [nearest(value, possible) for value in wrong if isinstance(value, str)]
        got = ", ".join(map(str, wrong)) or str(condition)
        why = f"{spot.path[-1]} is {' or '.join(possible)}, never {got}"
        yield _impossible(spot, got, " or ".join(possible), why, fix=near[0] if near else None)


def _impossible(spot: Spot, got: object, allowed: str, why: str, fix: str | None = None) -> FilterFinding:
    return spot.finding(
        "impossible-value",
        got=got,
        allowed=allowed,
        message=f"{why}, so this never matches: Lambda {spot.facts.unmatched}",
        fix=f"write {fix or allowed}",
    )


def _check_view(
    spot: Spot, image: str, conditions: Sequence[Condition], view_type: str | None
) -> Iterator[FilterFinding]:
    """Conditions on one image, where the stream's view type is known."""
    if image not in VIEWS.get(view_type or "", (image,)):
        views = " or ".join(view for view, images in VIEWS.items() if image in images)
        yield spot.finding(
            "image-not-in-stream",
            got=view_type,
            allowed=views,
            message=f"a stream of {view_type} carries no {image}, {spot.outcome(*conditions)}",
            fix=f"give the table's stream the view type {views}, or filter on Keys",
        )


def _images_without_event(branch: Branch) -> Iterator[tuple[Path, str, str]]:
    """Conditions on an image beside an event name whose records do not have that image."""
    event_name = branch.get("eventName")
    if event_name is None:
        return
    accepts = condition_test(event_name.condition)
    events = [event for event in EVENTS if accepts(event)]
    for name, leaf in branch.items():
        for image, event in _LACKS.items():
            if name.startswith(f"dynamodb.{image}.") and events == [event] and not takes_absence(leaf.condition):
                yield leaf.path, image, event


def _check_inside(spot: Spot, steps: list[str], condition: Condition) -> Iterator[FilterFinding]:
    """A condition below ``dynamodb``."""
    if not steps:
        return
    field, *inside = steps
    if field not in _FIELDS:
        near = nearest(field, _FIELDS)
        meant = f" (did you mean {near!r}?)" if near else ""
        yield spot.finding(
            "unknown-key",
            got=field,
            allowed=", ".join(_FIELDS),
            message=f"'dynamodb' has no key {field!r}{meant}, {spot.outcome(condition)}",
            fix=f"write {near or ', '.join(_ATTRIBUTES)}",
        )
    elif field in _ATTRIBUTES:
        if inside:
            yield from _check_attribute(spot, inside[1:], condition)
        else:
            yield from _check_no_leaf(spot, condition, f"{field} holds the attributes")


def _check_no_leaf(spot: Spot, condition: Condition, why: str) -> Iterator[FilterFinding]:
    """A condition on something that is an object in every record."""
    if condition.asks_only("exists"):
        yield exists_on_object(spot, condition, why)
    else:
        yield _missing_type(spot, condition, f"{why}, each with its type")


def _missing_type(spot: Spot, condition: Condition, why: str) -> FilterFinding:
    return spot.finding(
        "missing-type-letter",
        got=str(condition),
        allowed="one of " + ", ".join(TYPES),
        message=f"{why}, {spot.outcome(condition)}",
        fix='write the type before the list, as in {"status": {"S": ["paid"]}}',
    )


def _check_attribute(spot: Spot, types: list[str], condition: Condition) -> Iterator[FilterFinding]:
    """What follows the name of an attribute: its type, and for maps and lists more of the kind."""
    if not types:
        yield _missing_type(spot, condition, "the value of an attribute stands under its type")
        return
    letter, *inside = types
    if letter not in TYPES:
        near = nearest(letter, TYPES)
        meant = f"did you mean {near!r}?" if near else f"{letter!r} is none"
        yield _missing_type(spot, condition, f"the value of an attribute stands under its type ({meant})")
    elif letter in ("M", "L"):
        if not inside:
            yield from _check_no_leaf(
                spot, condition, "a map holds attributes" if letter == "M" else "a list holds values"
            )
        else:
            yield from _check_attribute(spot, inside[1:] if letter == "M" else inside, condition)
    elif inside:
        yield _impossible(spot, ".".join(inside), f"a list at {letter}", f"{letter} has no fields below it")
    else:
        yield from _check_values(spot, letter, condition)


def _check_values(spot: Spot, letter: str, condition: Condition) -> Iterator[FilterFinding]:
    """The values that an attribute of a type is compared to."""
    for matcher in condition.matchers:
        for value in scalars(matcher):
            if isinstance(value, Number):
                always = matcher.operator == "anything-but"
                yield spot.finding(
                    "number-in-dynamodb",
                    got=str(matcher),
                    allowed="texts, also for the type N",
                    message=f"the values of attributes are texts in a record, also numbers, so {matcher} "
                    + ("excludes none" if always else f"never matches: Lambda {spot.facts.unmatched}"),
                    fix=f'write the number as a text: ["{value.text}"]; ranges of numbers cannot be asked for',
                )
                break
            possible = (bool,) if letter == "BOOL" else (str,) if letter in _TEXTS else ()
            if matcher.operator == EQUALS and not (isinstance(value, possible) or (letter == "NULL" and value is True)):
                allowed = {"BOOL": "true or false", "NULL": "true"}.get(letter, "a text")
                yield _impossible(
                    spot, str(matcher), allowed, f"the value under {letter} is {allowed}, never {matcher}"
                )
