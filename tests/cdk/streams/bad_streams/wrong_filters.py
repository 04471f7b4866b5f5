"""Filters on records of streams that are no patterns, that never match, or that are too many or too long."""

from __future__ import annotations

from typing import Any, Final

import cdk_esm as esm
from tests.cdk.streams.bad_streams.bench import VIEW
from tests.cdk.streams.bad_streams.case import DYNAMODB, KINESIS, Case, Construct, invalid
from tests.cdk.streams.existing import KEY

CLICK: Final = {"data": {"type": ["click"]}}
INSERT: Final = {"eventName": ["INSERT"]}
LONG: Final = "x" * 4096


def _filters(sentence: str, rule: str, *filters: Any, construct: Construct = KINESIS, **keywords: Any) -> Case:
    return invalid(sentence, (rule, "FilterCriteria"), construct=construct, filters=list(filters), **keywords)


def _items(sentence: str, rule: str, *filters: Any, **keywords: Any) -> Case:
    return _filters(sentence, rule, *filters, construct=DYNAMODB, **keywords)


def image(**attributes: Any) -> dict[str, Any]:
    return {"dynamodb": {"NewImage": attributes}}


SHAPE = [
    _filters("a-leaf-that-is-no-list", "ESM501", {"data": {"type": "click"}}),
    _filters("a-leaf-that-is-a-number", "ESM501", {"data": {"total": 100}}),
    _filters("a-leaf-that-is-null", "ESM501", {"data": {"type": None}}),
    _filters("a-leaf-that-is-an-empty-list", "ESM501", {"data": {"type": []}}),
    _filters("a-pattern-with-nothing-in-it", "ESM501", {}),
    _filters("a-pattern-that-is-a-list", "ESM501", '[{"data": {"type": ["click"]}}]'),
    _filters("a-pattern-that-is-not-json", "ESM501", "single-string"),
    _filters("an-empty-pattern-text", "ESM501", ""),
    _filters("a-bad-pattern-behind-a-good-one", "ESM501", CLICK, {"data": "click"}),
    _items("a-name-of-an-event-that-is-no-list", "ESM501", {"eventName": "INSERT"}),
    _items("an-image-with-nothing-in-it", "ESM501", {"dynamodb": {"NewImage": {}}}),
    _items("a-value-of-an-item-that-is-no-list", "ESM501", image(id={"S": "7"})),
    _items("a-pattern-of-items-that-is-not-json", "ESM501", "single-string"),
    _filters("a-pattern-of-fan-out-that-is-not-json", "ESM501", "single-string", enhanced_fan_out=True),
]

ROOT = [
    _filters("the-body-of-a-queue", "ESM502", {"body": {"type": ["click"]}}),
    _filters("a-misspelt-data", "ESM502", {"Data": {"type": ["click"]}}),
    _filters("a-pattern-without-the-data", "ESM502", {"type": ["click"]}),
    _filters("the-record-of-kinesis-around-the-data", "ESM502", {"kinesis": CLICK}),
    _filters("the-image-of-an-item-in-a-stream", "ESM502", {"dynamodb": {"NewImage": {"id": {"S": ["7"]}}}}),
    _filters("a-wrong-root-of-fan-out", "ESM502", {"body": {"type": ["click"]}}, enhanced_fan_out=True),
    _filters("a-wrong-root-among-alternatives", "ESM502", {"$or": [CLICK, {"body": {"a": ["b"]}}]}),
    _items("the-data-of-a-stream-in-a-table", "ESM502", CLICK),
    _items("the-body-of-a-queue-in-a-table", "ESM502", {"body": {"type": ["click"]}}),
    _items("an-image-without-the-record", "ESM502", {"NewImage": {"id": {"S": ["7"]}}}),
    _items("a-misspelt-record", "ESM502", {"dynamoDB": {"NewImage": {"id": {"S": ["7"]}}}}),
    _items("a-misspelt-event-name", "ESM502", {"EventName": ["INSERT"]}),
]

TEXT = [
    _filters("a-text-as-the-data", "ESM514", {"data": ["click"]}),
    _filters("a-prefix-as-the-data", "ESM514", {"data": [{"prefix": "click"}]}),
    _filters("a-text-as-the-data-of-fan-out", "ESM514", {"data": ["click"]}, enhanced_fan_out=True),
    _items("a-text-as-the-record-of-a-table", "ESM514", {"dynamodb": ["7"]}),
]

ITEMS = [
    _items(
        "a-new-image-in-a-view-of-keys",
        "ESM510",
        image(id={"S": ["7"]}),
        table=esm.NewTable(KEY, dynamo_stream=VIEW.KEYS_ONLY),
    ),
    _items(
        "an-old-image-in-a-view-of-new-ones",
        "ESM510",
        {"dynamodb": {"OldImage": {"id": {"S": ["7"]}}}},
        table=esm.NewTable(KEY, dynamo_stream=VIEW.NEW_IMAGE),
    ),
    _items(
        "a-new-image-in-an-existing-view-of-old-ones",
        "ESM510",
        image(id={"S": ["7"]}),
        table=lambda at: at.table(dynamo_stream=VIEW.OLD_IMAGE),
    ),
    _items(
        "a-new-image-in-an-old-tables-view-of-keys",
        "ESM510",
        image(id={"S": ["7"]}),
        table=lambda at: at.old_table(stream=VIEW.KEYS_ONLY),
    ),
    _items("a-number-compared-in-an-item", "ESM511", image(total={"N": [{"numeric": [">", 100]}]})),
    _items(
        "a-number-compared-in-the-keys",
        "ESM511",
        {"dynamodb": {"Keys": {"id": {"S": [{"numeric": ["=", 7]}]}}}},
    ),
    _items("an-attribute-that-is-no-key", "ESM533", {"dynamodb": {"Keys": {"state": {"S": ["due"]}}}}),
    _items("a-key-in-other-letters", "ESM533", {"dynamodb": {"Keys": {"Id": {"S": ["7"]}}}}),
    _items("a-sort-key-that-the-table-has-not", "ESM533", {"dynamodb": {"Keys": {"sku": {"S": [{"exists": True}]}}}}),
    _items("a-key-under-the-letter-of-bytes", "ESM534", {"dynamodb": {"Keys": {"id": {"B": ["Nw=="]}}}}),
    _items(
        "who-deleted-an-item-in-other-letters", "ESM502", {"userIdentity": {"PrincipalId": ["dynamodb.amazonaws.com"]}}
    ),
    _items("who-deleted-an-item-by-its-arn", "ESM502", {"userIdentity": {"arn": [{"prefix": "arn:"}]}}),
    _items("a-key-under-the-letter-of-another-type", "ESM534", {"dynamodb": {"Keys": {"id": {"N": ["7"]}}}}),
    _items("an-attribute-without-its-type", "ESM512", image(id=["7"])),
    _items("an-attribute-under-a-wrong-letter", "ESM512", image(id={"s": ["7"]})),
    _items("an-attribute-in-a-map-without-its-type", "ESM512", image(address={"M": {"city": ["Berlin"]}})),
    _items("an-absent-attribute-without-its-type", "ESM512", image(gone=[{"exists": False}])),
    _items(
        "a-record-named-twice",
        "ESM513",
        '{"dynamodb": {"NewImage": {"a": {"S": ["b"]}}}, "dynamodb": {"OldImage": {"a": {"S": ["c"]}}}}',
    ),
    _filters("the-data-named-twice", "ESM513", '{"data": {"a": ["b"]}, "data": {"c": ["d"]}}'),
]

COUNTS = [
    _filters("six-filters", "ESM503", *[CLICK] * 6),
    _items("six-filters-of-a-table", "ESM503", *[INSERT] * 6),
    _filters("eleven-filters", "ESM504", *[CLICK] * 11),
    _filters("eleven-filters-of-fan-out", "ESM504", *[CLICK] * 11, enhanced_fan_out=True),
    _filters("a-filter-that-is-too-long", "ESM505", {"data": {"type": [LONG]}}),
    _items("a-filter-of-a-table-that-is-too-long", "ESM505", {"dynamodb": {"Keys": {"id": {"S": [LONG]}}}}),
]

WRONG_FILTERS = [*SHAPE, *ROOT, *TEXT, *ITEMS, *COUNTS]
