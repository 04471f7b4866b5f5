"""The typed language of filter patterns, used as ``f``: it reads like AWS's JSON, and it is checked as it is written.

    >>> from cdk_esm.filters import f
    >>> print(f.body({"type": f.any_of("created", "paid"), "total": f.numeric(">=", 100)}))
    {"body":{"type":["created","paid"],"total":[{"numeric":[">=",100]}]}}

Wherever a condition is, AWS's own form may be as well: ``f.body({"type": ["created", "paid"]})`` is the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, TypeAlias

from cdk_esm.errors import FilterPatternError
from cdk_esm.filters.parsing import parse, read_condition
from cdk_esm.filters.pattern import OR, Condition, Pattern
from cdk_esm.filters.sample import propose

Value: TypeAlias = str | int | float | Decimal | bool | None
"""A value that a field can be compared to."""

Fields: TypeAlias = Mapping[str, object]
"""Names of fields to conditions, or to further fields."""

null: Final = read_condition([None], name="f.null")
"""The field is null."""

empty: Final = read_condition([""], name="f.empty")
"""The field is an empty text."""

exists: Final = read_condition([{"exists": True}], name="f.exists")
"""The field is there, whatever its value; it has to be a leaf."""

missing: Final = read_condition([{"exists": False}], name="f.missing")
"""The field is not there, or it is no leaf."""


def equals(value: Value) -> Condition:
    """The field has this value.

    A number equals every other way to write its value. The Lambda guide says otherwise; ``numeric("=", …)`` is certain.
    """
    return read_condition([value], name="f.equals")


def any_of(*values: Value | Condition) -> Condition:
    """The field has one of these values, or satisfies one of these conditions."""
    return read_condition(values, name="f.any_of")


def equals_ignore_case(text: str) -> Condition:
    """The field is this text, in capitals or not."""
    return read_condition([{"equals-ignore-case": text}], name="f.equals_ignore_case")


def prefix(text: str) -> Condition:
    """The field is a text that begins with this one."""
    return read_condition([{"prefix": text}], name="f.prefix")


def suffix(text: str) -> Condition:
    """The field is a text that ends with this one."""
    return read_condition([{"suffix": text}], name="f.suffix")


def anything_but(*values: Value | Condition) -> Condition:
    """The field is there and has none of these values: texts only, or numbers only.

    Args:
        values: the values; or conditions made by ``prefix``, ``suffix`` or ``equals_ignore_case``, all of one kind,
            which EventBridge takes and the Lambda guide does not list.

    Raises:
        FilterPatternError: values of several kinds.
    """
    conditions = [value for value in values if isinstance(value, Condition)]
    if not conditions:
        return read_condition([{"anything-but": list(values)}], name="f.anything_but")
    matchers = [matcher for condition in conditions for matcher in condition.matchers]
    kinds = {(matcher.operator, matcher.inner) for matcher in matchers}
    if len(conditions) < len(values) or len(kinds) > 1:
        raise FilterPatternError("f.anything_but", "takes values, or conditions of one kind, not several kinds at once")
    texts = [text for matcher in matchers for text in matcher.values]
    return read_condition([{"anything-but": {matchers[0].operator: texts}}], name="f.anything_but")


def numeric(*terms: str | float | Decimal) -> Condition:
    """The field is a number that compares so.

    Args:
        terms: ``("=", 5)``, ``(">", 5)``, ``(">=", 5)``, ``("<", 5)``, ``("<=", 5)``, or a range with the lower bound
            first: ``(">", 0, "<=", 5)``.

    Raises:
        FilterPatternError: terms in another order, or an empty range.
    """
    return read_condition([{"numeric": list(terms)}], name="f.numeric")


def or_(*branches: Fields | Pattern) -> dict[str, object]:
    """One of these branches matches: ``f.body({"type": f.equals("paid"), **f.or_({...}, {...})})``.

    Args:
        branches: at least two, each with the fields that all have to match in it.
    """
    return {OR: list(branches)}


def body(payload: Fields | Condition | Sequence[object]) -> Pattern:
    """A filter on the body of an SQS message.

    Args:
        payload: fields of a JSON body; or a condition on a body of plain text, which misses every body that is JSON.

    Raises:
        FilterPatternError: AWS refuses the pattern.
    """
    return parse({"body": payload}, name="f")


def data(payload: Fields | Condition | Sequence[object]) -> Pattern:
    """A filter on the data of a Kinesis record or of an MQ message, without its base64.

    Args:
        payload: fields of JSON data; or, for MQ only, a condition on data of plain text.

    Raises:
        FilterPatternError: AWS refuses the pattern.
    """
    return parse({"data": payload}, name="f")


def value(payload: Fields | Condition | Sequence[object]) -> Pattern:
    """A filter on the value of a Kafka record, without its base64.

    Args:
        payload: fields of a JSON value; or a condition on a value of plain text.

    Raises:
        FilterPatternError: AWS refuses the pattern.
    """
    return parse({"value": payload}, name="f")


def dynamodb(
    *,
    keys: Fields | None = None,
    new_image: Fields | None = None,
    old_image: Fields | None = None,
    event_name: str | Condition | Sequence[object] | None = None,
) -> Pattern:
    """A filter on a record of a DynamoDB stream.

    Args:
        keys: conditions on the item's key attributes, each with its type: ``{"id": f.S("a")}``.
        new_image: conditions on attributes after the change; INSERT and MODIFY records have them.
        old_image: conditions on attributes before the change; MODIFY and REMOVE records have them.
        event_name: ``INSERT``, ``MODIFY``, ``REMOVE``, or several of them.

    Raises:
        FilterPatternError: AWS refuses the pattern, or nothing was asked for.
    """
    pattern: dict[str, object] = {}
    if event_name is not None:
        pattern["eventName"] = [event_name] if isinstance(event_name, str) else event_name
    given = {"Keys": keys, "NewImage": new_image, "OldImage": old_image}
    inside = {name: attributes for name, attributes in given.items() if attributes is not None}
    if inside:
        pattern["dynamodb"] = inside
    return parse(pattern, name="f")


def S(*values: str | Condition) -> dict[str, object]:
    """A DynamoDB attribute that is a text."""
    return {"S": any_of(*values)}


def N(*values: float | str | Decimal | Condition) -> dict[str, object]:
    """A DynamoDB attribute that is a number: a record carries it as a text, and so it is written. No ranges."""
    return {"N": any_of(*(given if isinstance(given, Condition) else _number_text(given) for given in values))}


def B(*values: str | Condition) -> dict[str, object]:
    """A DynamoDB attribute that is binary, in base64."""
    return {"B": any_of(*values)}


def BOOL(value: bool | Condition) -> dict[str, object]:
    """A DynamoDB attribute that is true or false."""
    return {"BOOL": any_of(value)}


def NULL() -> dict[str, object]:
    """A DynamoDB attribute that is null: its record says ``{"NULL": true}``."""
    return {"NULL": any_of(True)}


def SS(*values: str | Condition) -> dict[str, object]:
    """A DynamoDB attribute that is a set of texts, of which one has to match."""
    return {"SS": any_of(*values)}


def NS(*values: float | str | Decimal | Condition) -> dict[str, object]:
    """A DynamoDB attribute that is a set of numbers, of which one has to match."""
    return {"NS": N(*values)["N"]}


def BS(*values: str | Condition) -> dict[str, object]:
    """A DynamoDB attribute that is a set of binaries, in base64, of which one has to match."""
    return {"BS": any_of(*values)}


def M(attributes: Fields) -> dict[str, object]:
    """A DynamoDB attribute that is a map: ``f.M({"city": f.S("Bern")})``."""
    return {"M": attributes}


def L(member: Fields) -> dict[str, object]:
    """A DynamoDB attribute that is a list, of which one member has to match: ``f.L(f.S("sales"))``."""
    return {"L": member}


def from_sample(record: Mapping[str, Any], *, source: str | None = None) -> Pattern:
    """Propose a pattern from an example record: what tells its kind has to be the same.

    Args:
        record: a record in the shape in which Lambda delivers it, or an event that holds one.
        source: the source kind, where the record does not tell.

    Raises:
        FilterPatternError: it is the record of no source that has filters, or it has nothing to filter on.
    """
    return propose(record, source=source).pattern


def _number_text(given: float | str | Decimal) -> str:
    """A number as DynamoDB writes it: no exponent, no zeros at the end."""
    if isinstance(given, str):
        return given
    number = Decimal(str(given))
    if not number.is_finite():
        raise FilterPatternError("f.N", f"{given} is no number that DynamoDB has")
    return f"{number.normalize() + 0:f}"
