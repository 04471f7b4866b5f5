"""What can be wrong with filters on the stream of a DynamoDB table alone: the part of the registry in ``faults``."""

from __future__ import annotations

from typing import Final

from cdk_esm.filters.fault import Kind
from cdk_esm.severity import Severity
from cdk_esm.sources import pages

TABLE: Final = ("dynamodb",)

NUMBER_IN_DYNAMODB: Final = Kind(
    code="number-in-dynamodb",
    rule="ESM511",
    name="number-on-dynamodb-attribute",
    severity=Severity.DANGER,
    summary="a number never equals a DynamoDB attribute, whose values are texts in the record",
    facts=("DDB-4",),
    page=pages.DYNAMODB_FILTERS,
    sources=TABLE,
)
MISSING_TYPE_LETTER: Final = Kind(
    code="missing-type-letter",
    rule="ESM512",
    name="missing-type-letter",
    severity=Severity.DANGER,
    summary="a condition on a DynamoDB attribute without its type matches nothing, or everything",
    facts=("DDB-5",),
    page=pages.DYNAMODB_FILTERS,
    sources=TABLE,
)
IMAGE_NOT_IN_STREAM: Final = Kind(
    code="image-not-in-stream",
    rule="ESM510",
    name="image-not-in-view",
    severity=Severity.DANGER,
    summary="a condition on an image that the stream does not carry matches nothing, or everything",
    facts=("DDB-3",),
    page=pages.DYNAMODB_STREAM_VIEW,
    sources=TABLE,
)
IMPOSSIBLE_VALUE: Final = Kind(
    code="impossible-value",
    rule="ESM521",
    name="impossible-filter-value",
    severity=Severity.DANGER,
    summary="a value that the field never has matches nothing",
    facts=("DDB-7",),
    page=pages.DYNAMODB_FILTERS,
    sources=TABLE,
)
KEY_NOT_OF_TABLE: Final = Kind(
    code="key-not-of-table",
    rule="ESM533",
    name="filter-on-no-key",
    severity=Severity.DANGER,
    summary="Keys holds the attributes of the table's primary key and no others",
    facts=("DDB-8",),
    page=pages.DYNAMODB_STREAM_RECORD,
    sources=TABLE,
)
KEY_OF_OTHER_TYPE: Final = Kind(
    code="key-of-other-type",
    rule="ESM534",
    name="filter-on-key-of-other-type",
    severity=Severity.DANGER,
    summary="a key has the type that the table declares for it, and its value is under that letter alone",
    facts=("DDB-9",),
    page=pages.DYNAMODB_STREAM_RECORD,
    sources=TABLE,
)

OF_TABLES: Final = (
    NUMBER_IN_DYNAMODB,
    MISSING_TYPE_LETTER,
    IMAGE_NOT_IN_STREAM,
    IMPOSSIBLE_VALUE,
    KEY_NOT_OF_TABLE,
    KEY_OF_OTHER_TYPE,
)
