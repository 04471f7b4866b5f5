"""What a partial batch response looks like; a sheet says by what of its source it names a record."""

from __future__ import annotations

from typing import Final

HOLDER: Final = "batchItemFailures"
KEY: Final = "itemIdentifier"
WITHIN: Final = ("SequenceNumber", "MessageGroupId", "MessageDeduplicationId", "SentTimestamp", "eventID")
"""Fields of events that no sheet lists, for nobody can filter on them."""
