"""Where offers are kept: of every product what its newest change made of it."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from typing import Any, Final, Protocol

import boto3  # type: ignore[import-untyped]
from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from .offer import Offer

# The bucket keeps failed records for 90 days, and until then somebody may have the function process them again.
REMEMBER: Final = timedelta(days=100)

_WIDTH: Final = 40  # a sequence number has at most so many digits; a number of DynamoDB holds 38


class Offers(Protocol):
    """Where offers are kept."""

    def write(self, product_id: str, offer: Offer | None, sequence_number: str) -> bool:
        """Show an offer, or none, unless the product has seen this change or a newer one.

        Args:
            product_id: the product that changed.
            offer: what to show from now on.
            sequence_number: the change's number in the stream; later changes of an item have higher ones.

        Returns:
            Whether it was the newest change.
        """


class DynamoDbOffers:
    """Offers in their own table, each with the number of the change that it comes from.

    The stream's number orders changes without help from whoever makes them, deletions included. An offer that is no
    longer shown leaves an item without an offer behind, for its number: a change before the deletion, delivered again
    after it, would bring the offer back.
    """

    def __init__(self, *, table: str, dynamodb: Any) -> None:
        """Take the table's name and a client of DynamoDB."""
        self._table = table
        self._dynamodb = dynamodb

    @classmethod
    def from_environment(cls) -> DynamoDbOffers:
        """The offers that the stack names in the function's environment."""
        return cls(table=os.environ["OFFER_TABLE"], dynamodb=boto3.client("dynamodb"))

    def write(self, product_id: str, offer: Offer | None, sequence_number: str) -> bool:
        """Show an offer, or none; see ``Offers``."""
        number = {"S": sequence_number.zfill(_WIDTH)}  # of one width, so that texts are in the order of the numbers
        shown = _nothing() if offer is None else _attributes(offer)
        try:
            # The whole item at once: nothing of an older change stays.
            self._dynamodb.put_item(
                TableName=self._table,
                Item={"product_id": {"S": product_id}, "sequence_number": number, **shown},
                ConditionExpression="attribute_not_exists(product_id) OR sequence_number < :number",
                ExpressionAttributeValues={":number": number},
            )
        except ClientError as error:
            if error.response["Error"]["Code"] == "ConditionalCheckFailedException":
                return False
            raise
        return True


def _attributes(offer: Offer) -> dict[str, Any]:
    return {
        "name": {"S": offer.name},
        "category": {"S": offer.category},
        "currency": {"S": offer.currency},
        "price_cents": {"N": str(offer.price_cents)},
    }


def _nothing() -> dict[str, Any]:
    return {"expires_at": {"N": str(int(time.time() + REMEMBER.total_seconds()))}}
