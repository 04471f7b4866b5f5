"""What of reviews is shown: of each what its newest change made of it."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from typing import Any, Final, Protocol

import boto3  # type: ignore[import-untyped]
from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from .review import Review

REMEMBER: Final = timedelta(days=10)  # longer than any change stream keeps an event


class Shown(Protocol):
    """What of reviews is shown."""

    def write(self, review_id: str, review: Review | None, at: int) -> bool:
        """Show a review, or nothing of it, unless it has seen this change or a newer one; whether it was the newest."""


class DynamoDbShown:
    """A table with an item for each review, which holds the time of its newest change."""

    def __init__(self, *, table: str, dynamodb: Any) -> None:
        """Take the table's name and a client of DynamoDB."""
        self._table = table
        self._dynamodb = dynamodb

    @classmethod
    def from_environment(cls) -> DynamoDbShown:
        """The table that the stack names in the function's environment."""
        return cls(table=os.environ["SHOWN_TABLE"], dynamodb=boto3.client("dynamodb"))

    def write(self, review_id: str, review: Review | None, at: int) -> bool:
        """Show a review, or nothing of it; see ``Shown``."""
        number = {"N": str(at)}
        try:
            # The whole item at once: nothing of an older change stays.
            self._dynamodb.put_item(
                TableName=self._table,
                Item={"review_id": {"S": review_id}, "changed_at": number, **_attributes(review)},
                ConditionExpression="attribute_not_exists(review_id) OR changed_at < :at",
                ExpressionAttributeValues={":at": number},
            )
        except ClientError as error:
            if error.response["Error"]["Code"] == "ConditionalCheckFailedException":
                return False
            raise
        return True


def _attributes(review: Review | None) -> dict[str, Any]:
    if review is None:
        return {"expires_at": {"N": str(int(time.time() + REMEMBER.total_seconds()))}}
    return {
        "product_id": {"S": review.product_id},
        "stars": {"N": str(review.stars)},
        "text": {"S": review.text},
    }
