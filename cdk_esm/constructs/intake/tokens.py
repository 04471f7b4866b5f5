"""The edge to jsii: what came in CDK's types, turned once into what the core works with."""

from __future__ import annotations

from typing import Any, Final

import aws_cdk as cdk

from cdk_esm.facts import UNKNOWN, UNRESOLVED, Unknowable, Value
from cdk_esm.printed import counted

_IN_TEXT: Final = "${Token["
_IN_LIST: Final = "#{Token["
# CDK hides a token in a number by choosing a double near -1.9e289, which nobody would write.
_LEAST_TOKEN: Final = -2e289
_GREATEST_TOKEN: Final = -1.8e289


def is_token(value: object) -> bool:
    """Whether a text, a number or a list hides a deploy-time token; seen without asking jsii."""
    if isinstance(value, str):
        return _IN_TEXT in value or _IN_LIST in value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _LEAST_TOKEN <= value <= _GREATEST_TOKEN
    if isinstance(value, list | tuple):
        return any(is_token(member) for member in value)
    return hasattr(type(value), "creation_stack") and hasattr(type(value), "resolve")


def known_or_unresolved(value: Any) -> Any:
    """The value, or ``UNRESOLVED`` if it hides a token."""
    return UNRESOLVED if is_token(value) else value


def seconds(duration: cdk.Duration, unit: str = "seconds") -> int | Unknowable:
    """A duration in seconds.

    Args:
        duration: the duration.
        unit: the unit in which AWS takes it, and so the only one for a token, which CDK cannot convert.

    Raises:
        ValueError: it is no whole number of seconds, or a token of another unit; the text says what it is.
    """
    try:
        value = duration.to_seconds()
    except RuntimeError:  # CDK refuses to convert: a token, which it cannot multiply, or a fraction of a second
        if not duration.is_unresolved():
            raise ValueError(counted(duration.to_milliseconds(), "millisecond", "g")) from None
        value = None
    if value is not None and not is_token(value):
        return int(value)
    came = "seconds" if value is not None else duration.unit_label()
    if came != unit:
        raise ValueError(f"{came} that only the deployment knows")
    return UNRESOLVED


def number(value: object) -> Value[int]:
    """A number as an L1 hands it back: jsii makes floats of them, and an absent one is ``None``."""
    if value is None:
        return None
    if is_token(value) or not isinstance(value, int | float):
        return UNRESOLVED
    return int(value)


def text(value: object) -> Value[str]:
    """A text as an L1 hands it back."""
    if value is None:
        return None
    return value if isinstance(value, str) and not is_token(value) else UNRESOLVED


def arn_part(arn: str, index: int) -> Value[str]:
    """A part of an ARN by its place (3 is the Region, 4 the account); ``UNKNOWN`` if the ARN is a token."""
    if is_token(arn):
        return UNKNOWN
    parts = arn.split(":", 5)
    return parts[index] if len(parts) > index else UNKNOWN


def parts_around(middle: str, text: str) -> tuple[str, str]:
    """What is before and behind something in a text that only the deployment knows."""
    parts = cdk.Fn.split(middle, text)
    return cdk.Fn.select(0, parts), cdk.Fn.select(1, parts)


def name_in_node(construct: object) -> str:
    """What jsii calls a construct: the same for every stand-in of one object, and asked without a call to Node."""
    return construct.__jsii_ref__.ref  # type: ignore[attr-defined, no-any-return]
