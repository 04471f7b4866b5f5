"""The DynamoDB table beside a mapping: what its stream keeps, and how many readers it bears.

Read from the Lambda developer guide (with-ddb, services-dynamodb-errors) and the DynamoDB API reference
(StreamSpecification, Record, StreamRecord) and guide (time-to-live-ttl-streams) on 2026-11-28.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

from cdk_esm.facts import Figure, Form, ResourceFacts, Setting
from cdk_esm.sources import pages

STREAM_RETENTION: Final = Figure(86_400, "seconds that a record stays in a table's stream", pages.DYNAMODB_ERRORS)
READERS: Final = Figure(2, "readers of one shard of a table's stream", pages.DYNAMODB)
READERS_OF_GLOBAL_TABLE: Final = Figure(1, "readers of one shard, if the table is a global one", pages.DYNAMODB)

IMAGES_OF_VIEW: Final[Mapping[str, tuple[str, ...]]] = {
    "KEYS_ONLY": (),
    "NEW_IMAGE": ("NewImage",),
    "OLD_IMAGE": ("OldImage",),
    "NEW_AND_OLD_IMAGES": ("NewImage", "OldImage"),
}
"""View type to the images that a record carries, besides its keys."""

KEYS_FIELD: Final = "Keys"
"""The field of a record that holds the primary key, each attribute under the letter of its type."""

KEY_TYPES: Final = ("S", "N", "B")
"""The types that an attribute of a primary key can have."""

DELETER: Final = "userIdentity"
DELETER_FIELDS: Final = ("type", "principalId")
"""The field of a record, and those in it, that tells that Time to Live deleted the item; no other record has it."""

TABLE: Final = ResourceFacts(
    label="Amazon DynamoDB table",
    settings=(
        Setting(
            "StreamSpecification.StreamViewType",
            Form.TEXT,
            pages.DYNAMODB_STREAM_VIEW,
            keyword="dynamo_stream",
            choices=tuple(IMAGES_OF_VIEW),
        ),
    ),
    figures=(STREAM_RETENTION, READERS, READERS_OF_GLOBAL_TABLE),
    pages=(pages.DYNAMODB, pages.DYNAMODB_ERRORS, pages.DYNAMODB_STREAM_VIEW),
    read=date(2026, 11, 20),
)
