from collections.abc import Iterator
from typing import Any

import boto3  # type: ignore[import-untyped]
import pytest
from aws_lambda_powertools.utilities.typing import LambdaContext
from botocore.exceptions import ClientError  # type: ignore[import-untyped]
from botocore.stub import ANY, Stubber  # type: ignore[import-untyped]

from sample_app.reviews.handler.reviews.app import Handler, create_handler
from sample_app.reviews.handler.reviews.review import Change, Review, UnreadableReviewError
from sample_app.reviews.handler.reviews.shown import DynamoDbShown
from sample_app.tests.broker_events import change, documentdb

ADA, BEN = "63eeb6e7d418cd98afb1c1d7", "63eeb6e7d418cd98afb1c1d8"
REVIEW = Review(product_id="TEAPOT", stars=4, text="It pours.")


class FakeShown:
    """What is shown, in memory; a review named here cannot be stored."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[int, Review | None]] = {}
        self.broken: set[str] = set()

    def write(self, review_id: str, review: Review | None, at: int) -> bool:
        if review_id in self.broken:
            raise ConnectionError("the table does not answer")
        if review_id in self.kept and self.kept[review_id][0] >= at:
            return False
        self.kept[review_id] = at, review
        return True

    @property
    def stars(self) -> dict[str, int]:
        return {review_id: review.stars for review_id, (_, review) in self.kept.items() if review}


@pytest.fixture
def shown() -> FakeShown:
    return FakeShown()


@pytest.fixture
def handler(shown: FakeShown) -> Handler:
    return create_handler(shown)


def document(stars: object = 4, **more: object) -> dict[str, Any]:
    return {"product_id": "TEAPOT", "stars": stars, "text": "It pours.", "customer_id": "C-204", **more}


def test_reviews_are_shown_without_who_wrote_them(handler: Handler, shown: FakeShown, context: LambdaContext) -> None:
    handler(documentdb(change("insert", ADA, 1, document())), context)

    assert shown.kept[ADA][1] == REVIEW


def test_the_last_change_of_a_review_is_shown(handler: Handler, shown: FakeShown, context: LambdaContext) -> None:
    handler(
        documentdb(
            change("insert", ADA, 1, document(2)),
            change("insert", BEN, 2, document(3)),
            change("update", ADA, 3, document({"$numberInt": "5"})),
            change("delete", BEN, 12),
        ),
        context,
    )

    assert shown.stars == {ADA: 5}


def test_a_batch_that_comes_again_brings_nothing_old_back(
    handler: Handler, shown: FakeShown, context: LambdaContext
) -> None:
    batch = documentdb(change("insert", ADA, 1, document(2)), change("replace", ADA, 2, document(5)))
    handler(batch, context)
    handler(batch, context)
    handler(documentdb(change("insert", ADA, 1, document(2))), context)

    assert shown.stars == {ADA: 5}


def test_a_failure_ends_the_batch_so_that_its_order_is_kept(
    handler: Handler, shown: FakeShown, context: LambdaContext
) -> None:
    shown.broken = {ADA}
    with pytest.raises(ConnectionError):
        handler(documentdb(change("insert", ADA, 1, document()), change("insert", BEN, 2, document())), context)

    assert shown.kept == {}


@pytest.mark.parametrize(
    "wrong",
    [
        document(6),
        document("five"),
        document(True),
        document({"$numberDouble": "4.5"}),
        document(text=""),
        document(product_id=7),
    ],
)
def test_a_document_that_is_no_review_is_not_shown_and_does_not_stop_the_stream(
    wrong: dict[str, Any], handler: Handler, shown: FakeShown, context: LambdaContext
) -> None:
    handler(documentdb(change("insert", ADA, 1, document())), context)
    handler(documentdb(change("update", ADA, 2, wrong), change("insert", BEN, 3, document())), context)

    assert shown.stars == {BEN: 4}
    with pytest.raises(UnreadableReviewError):
        Review.of(wrong)


def test_an_update_of_a_review_that_is_gone_shows_nothing(
    handler: Handler, shown: FakeShown, context: LambdaContext
) -> None:
    handler(documentdb(change("update", ADA, 1)), context)

    assert shown.stars == {}


def test_later_changes_have_higher_numbers() -> None:
    changes = [Change.of(change("delete", ADA, number)) for number in (1, 9, 10, 25)]

    assert [one.at for one in changes] == sorted({one.at for one in changes})


@pytest.fixture
def dynamodb() -> Any:
    return boto3.client("dynamodb")


@pytest.fixture
def stubber(dynamodb: Any) -> Iterator[Stubber]:
    with Stubber(dynamodb) as stubber:
        yield stubber
        stubber.assert_no_pending_responses()


@pytest.mark.parametrize("review", [REVIEW, None])
def test_a_review_is_written_whole_and_only_over_older_changes(
    review: Review | None, dynamodb: Any, stubber: Stubber
) -> None:
    item: dict[str, Any] = {"review_id": {"S": ADA}, "changed_at": {"N": "7"}}
    if review is None:
        item["expires_at"] = ANY
    else:
        item |= {"product_id": {"S": "TEAPOT"}, "stars": {"N": "4"}, "text": {"S": "It pours."}}
    wanted = {
        "TableName": "shown",
        "Item": item if review else ANY,
        "ConditionExpression": "attribute_not_exists(review_id) OR changed_at < :at",
        "ExpressionAttributeValues": {":at": {"N": "7"}},
    }
    stubber.add_response("put_item", {}, wanted)

    assert DynamoDbShown(table="shown", dynamodb=dynamodb).write(ADA, review, 7)


def test_an_older_change_is_not_the_newest_and_other_errors_come_through(dynamodb: Any, stubber: Stubber) -> None:
    table = DynamoDbShown(table="shown", dynamodb=dynamodb)
    stubber.add_client_error("put_item", "ConditionalCheckFailedException")
    stubber.add_client_error("put_item", "ThrottlingException")

    assert not table.write(ADA, REVIEW, 7)
    with pytest.raises(ClientError):
        table.write(ADA, REVIEW, 7)
