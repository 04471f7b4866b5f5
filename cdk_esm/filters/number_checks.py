"""Looks at the numbers of conditions: about which the guides and the versions of the engine disagree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cdk_esm.filters.findings import FilterFinding, Spot
from cdk_esm.filters.numbers import NUMBER_LIMIT
from cdk_esm.filters.pattern import EQUALS, Matcher, Number
from cdk_esm.sources.common import NUMBER_DIGITS

DIGITS: Final = NUMBER_DIGITS.value
"""Digits after the point that EventBridge's guide has."""

_ANOTHER_UNIT: Final = (
    "let producers send another unit, such as seconds instead of milliseconds, or a text; or try it on AWS and "
    "acknowledge this"
)


def check(spot: Spot, matcher: Matcher, number: Number) -> Iterator[FilterFinding]:
    """Every finding about one number of a condition."""
    if matcher.operator == EQUALS:
        if not number.is_whole and (number.text.endswith("0") or set(number.text) & set("eE")):
            yield _bare(spot, number)
    elif not number.is_comparable:
        yield _about(spot, number, "has more digits than a 64-bit double: newer engines refuse it, older ones took it")
    elif not abs(number.value) <= NUMBER_LIMIT:
        yield _about(
            spot,
            number,
            f"is beyond ±{NUMBER_LIMIT:g}, where EventBridge's guide ends; newer engines compare such numbers, and "
            "what a mapping does was not seen",
        )
    elif round(number.value, DIGITS) != number.value:
        yield _about(
            spot,
            number,
            f"has more than the {DIGITS} digits after the point that EventBridge's guide has; newer engines compare "
            "them all, and what a mapping does was not seen",
        )


def _bare(spot: Spot, number: Number) -> FilterFinding:
    if not number.is_comparable:
        message = f"{number.text} is no number that a 64-bit double tells apart, so it equals this very text only"
        return _by_text(spot, number, message, "let producers send a text")
    certain = f'write {{"numeric": ["=", {number.text}]}}, which is certain to compare the value'
    return _by_text(
        spot,
        number,
        f"the filter engine compares {number.text} by its value, and the Lambda guide says otherwise: "
        '"300, 300.0, and 3.0e2 are not considered equal"',
        certain if abs(number.value) <= NUMBER_LIMIT else "let producers send a text",
    )


def _by_text(spot: Spot, number: Number, message: str, fix: str) -> FilterFinding:
    return spot.finding(
        "number-by-its-text",
        got=number.text,
        allowed="a number in the very text that producers write",
        message=message,
        fix=fix,
    )


def _about(spot: Spot, number: Number, what: str) -> FilterFinding:
    return spot.finding(
        "number-beyond-range",
        got=number.text,
        allowed=f"-{NUMBER_LIMIT:g} to {NUMBER_LIMIT:g}, {DIGITS} digits after the point",
        message=f"{number.text} {what}",
        fix=_ANOTHER_UNIT,
    )
