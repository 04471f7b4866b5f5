"""The Lambda function of reviews: a batch of changes, in their order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from .review import Change, Review, UnreadableReviewError
from .shown import DynamoDbShown, Shown

Handler = Callable[[dict[str, Any], LambdaContext], None]

logger = Logger()


def create_handler(shown: Shown) -> Handler:
    """Build the handler around what is shown.

    Args:
        shown: takes no change that is not newer than what it shows.
    """

    def review_of(change: Change) -> Review | None:
        if change.document is None:
            return None
        try:
            return Review.of(change.document)
        except UnreadableReviewError as error:
            # Nothing moves behind a batch that fails, and no later delivery makes a review of this.
            logger.warning("review is not shown", review_id=change.review_id, reason=str(error))
            return None

    @logger.inject_lambda_context
    def handler(event: dict[str, Any], context: LambdaContext) -> None:
        # The first failure ends the batch, which comes again as a whole and in its order.
        del context
        for entry in event["events"]:
            change = Change.of(entry["event"])
            newest = shown.write(change.review_id, review_of(change), change.at)
            logger.info("review shown" if newest else "change is not the newest", review_id=change.review_id)

    return handler


handler = create_handler(DynamoDbShown.from_environment())
