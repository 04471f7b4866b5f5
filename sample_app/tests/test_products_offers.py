import time
from decimal import Decimal
from typing import Any

import boto3  # type: ignore[import-untyped]
import pytest
from botocore.exceptions import ClientError  # type: ignore[import-untyped]
from botocore.stub import Stubber  # type: ignore[import-untyped]

from sample_app.products.handler.products.offer import InvalidProductError, Offer
from sample_app.products.handler.products.offers import DynamoDbOffers

PRODUCT = {"name": "Teapot", "category": "tea", "currency": "EUR", "price_cents": Decimal(3_490), "for_sale": True}
OFFER = Offer(name="Teapot", category="tea", currency="EUR", price_cents=3_490)
DAY = 24 * 60 * 60


@pytest.fixture
def dynamodb() -> Any:
    return boto3.client("dynamodb")


@pytest.fixture
def offers(dynamodb: Any) -> DynamoDbOffers:
    return DynamoDbOffers(table="offers", dynamodb=dynamodb)


def put(offers: DynamoDbOffers, dynamodb: Any, offer: Offer | None, sequence_number: str) -> dict[str, Any]:
    """Write an offer if nothing is in the way; answer the request."""
    requests: list[dict[str, Any]] = []
    dynamodb.meta.events.register("provide-client-params", lambda params, **_: requests.append(params))
    with Stubber(dynamodb) as stub:  # which holds the request against the service's model
        stub.add_response("put_item", {})
        assert offers.write("TEAPOT", offer, sequence_number) is True
    return requests[-1]


def test_an_offer_is_written_over_an_older_one_only(offers: DynamoDbOffers, dynamodb: Any) -> None:
    request = put(offers, dynamodb, OFFER, "100")

    assert request["Item"]["price_cents"] == {"N": "3490"}
    assert request["Item"]["sequence_number"] == request["ExpressionAttributeValues"][":number"]
    assert request["ConditionExpression"] == "attribute_not_exists(product_id) OR sequence_number < :number"


def test_numbers_of_changes_are_ordered_as_numbers(offers: DynamoDbOffers, dynamodb: Any) -> None:
    numbers = ["99", "100", "9" * 20, "1" + "0" * 20, "9" * 39, "1" + "0" * 39]
    stored = [put(offers, dynamodb, OFFER, number)["Item"]["sequence_number"]["S"] for number in numbers]

    assert stored == sorted(stored)
    assert [int(number) for number in stored] == [int(number) for number in numbers]


def test_what_is_not_shown_leaves_its_number_for_longer_than_a_failed_change_is_kept(
    offers: DynamoDbOffers, dynamodb: Any
) -> None:
    item = put(offers, dynamodb, None, "100")["Item"]

    assert set(item) == {"product_id", "sequence_number", "expires_at"}
    assert int(item["expires_at"]["N"]) > time.time() + 90 * DAY


def test_an_offer_that_is_shown_does_not_expire(offers: DynamoDbOffers, dynamodb: Any) -> None:
    assert "expires_at" not in put(offers, dynamodb, OFFER, "100")["Item"]


def test_a_change_that_is_not_the_newest_changes_nothing(offers: DynamoDbOffers, dynamodb: Any) -> None:
    with Stubber(dynamodb) as stub:
        stub.add_client_error("put_item", "ConditionalCheckFailedException")

        assert offers.write("TEAPOT", OFFER, "100") is False


def test_any_other_trouble_is_passed_on_so_that_the_change_is_tried_again(
    offers: DynamoDbOffers, dynamodb: Any
) -> None:
    with Stubber(dynamodb) as stub:
        stub.add_client_error("put_item", "ProvisionedThroughputExceededException")

        with pytest.raises(ClientError, match="ProvisionedThroughputExceeded"):
            offers.write("TEAPOT", OFFER, "100")


def test_of_a_product_that_is_not_for_sale_nothing_else_matters() -> None:
    assert Offer.of({"for_sale": False}) is None


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        pytest.param({"for_sale": "yes"}, "for_sale must be bool, got str", id="text-for-a-truth"),
        pytest.param({"price_cents": "3490"}, "price_cents must be Decimal, got str", id="text-for-a-price"),
        pytest.param({"price_cents": Decimal("0.5")}, "whole number, 0 or more, got 0.5", id="half-a-cent"),
        pytest.param({"price_cents": Decimal(-1)}, "whole number, 0 or more, got -1", id="negative-price"),
        pytest.param({"name": ""}, "name is empty", id="empty-name"),
        pytest.param({"category": {"tea"}}, "category must be str, got set", id="a-set-of-categories"),
    ],
)
def test_what_cannot_be_shown_is_refused_by_attribute(changes: dict[str, object], complaint: str) -> None:
    with pytest.raises(InvalidProductError, match=complaint):
        Offer.of({**PRODUCT, **changes})


@pytest.mark.parametrize("name", ["name", "category", "currency", "price_cents", "for_sale"])
def test_an_attribute_that_is_missing_is_named(name: str) -> None:
    with pytest.raises(InvalidProductError, match=f"{name} is missing"):
        Offer.of({key: value for key, value in PRODUCT.items() if key != name})
