from decimal import Decimal
from typing import Any

import pytest
from aws_lambda_powertools.utilities.batch.exceptions import BatchProcessingError
from aws_lambda_powertools.utilities.typing import LambdaContext

from sample_app.products.handler.products.app import Handler, create_handler
from sample_app.products.handler.products.offer import Offer
from sample_app.tests.events import failed
from sample_app.tests.stream_events import dynamodb, dynamodb_number, from_checkpoint


class FakeOffers:
    """Offers in memory, each with its change's number; one of a product named here cannot be stored."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[int, Offer | None]] = {}
        self.broken: set[str] = set()

    def write(self, product_id: str, offer: Offer | None, sequence_number: str) -> bool:
        if product_id in self.broken:
            raise ConnectionError("the table of offers does not answer")
        if product_id in self.kept and self.kept[product_id][0] >= int(sequence_number):
            return False
        self.kept[product_id] = int(sequence_number), offer
        return True

    @property
    def prices(self) -> dict[str, int]:
        """What is shown."""
        return {product_id: offer.price_cents for product_id, (_, offer) in self.kept.items() if offer}


@pytest.fixture
def offers() -> FakeOffers:
    return FakeOffers()


@pytest.fixture
def handler(offers: FakeOffers) -> Handler:
    return create_handler(offers)


def product(cents: object = 3_490, *, for_sale: bool = True, **more: object) -> dict[str, Any]:
    """A product as the back office keeps it."""
    return {
        "name": "Teapot",
        "category": "tea",
        "currency": "EUR",
        "price_cents": cents,
        "for_sale": for_sale,
        "cost_cents": 1_120,
        "supplier": {"M": {"name": {"S": "Clay & Sons"}, "since": {"N": "1998"}}},
        "colours": {"red", "blue"},
        "weight_kg": Decimal("1.25"),
        "note": None,
        **more,
    }


def test_products_are_shown_without_what_is_the_shops_own(
    handler: Handler, offers: FakeOffers, context: LambdaContext
) -> None:
    assert failed(handler(dynamodb(("TEAPOT", None, product())), context)) == []

    _, offer = offers.kept["TEAPOT"]
    assert offer == Offer(name="Teapot", category="tea", currency="EUR", price_cents=3_490)


def test_the_last_change_of_a_product_is_shown(handler: Handler, offers: FakeOffers, context: LambdaContext) -> None:
    batch = dynamodb(
        ("TEAPOT", None, product(3_490)),
        ("CUP", None, product(990)),
        ("TEAPOT", product(3_490), product(2_990)),  # its number has a digit more than those before
        ("CUP", product(990), product(790)),
    )

    assert failed(handler(batch, context)) == []
    assert offers.prices == {"TEAPOT": 2_990, "CUP": 790}


@pytest.mark.parametrize(
    "after", [pytest.param(None, id="removed"), pytest.param(product(for_sale=False), id="not-for-sale-any-more")]
)
def test_what_is_no_longer_for_sale_is_no_longer_shown(
    handler: Handler, offers: FakeOffers, context: LambdaContext, after: dict[str, Any] | None
) -> None:
    batch = dynamodb(("TEAPOT", None, product()), ("CUP", None, product(990)), ("TEAPOT", product(), after))

    assert failed(handler(batch, context)) == []
    assert offers.prices == {"CUP": 990}


def test_only_the_changes_that_failed_are_reported(
    handler: Handler, offers: FakeOffers, context: LambdaContext
) -> None:
    offers.broken = {"CUP"}
    batch = dynamodb(("TEAPOT", None, product()), ("CUP", None, product()), ("PAN", None, product()))

    assert failed(handler(batch, context)) == [dynamodb_number(2)]
    assert set(offers.prices) == {"TEAPOT", "PAN"}


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(product("3490"), id="price-as-text"),
        pytest.param(product({"N": "34,90"}), id="no-number"),
        pytest.param(product({"X": "1"}), id="unknown-type"),
        pytest.param(product(Decimal("34.9")), id="half-a-cent"),
        pytest.param({"for_sale": True}, id="attributes-missing"),
    ],
)
def test_a_product_that_cannot_be_shown_fails_alone_and_leaves_what_was_shown(
    handler: Handler, offers: FakeOffers, context: LambdaContext, broken: dict[str, Any]
) -> None:
    batch = dynamodb(("TEAPOT", None, product()), ("TEAPOT", product(), broken), ("CUP", None, product(990)))

    assert failed(handler(batch, context)) == [dynamodb_number(2)]
    assert offers.prices == {"TEAPOT": 3_490, "CUP": 990}


def test_all_after_the_lowest_that_failed_come_again_and_change_nothing(
    handler: Handler, offers: FakeOffers, context: LambdaContext
) -> None:
    batch = dynamodb(
        ("TEAPOT", None, product(3_490)),
        ("CUP", None, product(990)),
        ("TEAPOT", product(3_490), product(2_990)),
        ("TEAPOT", product(2_990), None),
    )
    offers.broken = {"CUP"}
    again = from_checkpoint(batch, handler(batch, context))
    before = dict(offers.kept)
    offers.broken = set()

    assert len(again["Records"]) == 3
    assert failed(handler(again, context)) == []
    assert offers.kept == {**before, "CUP": offers.kept["CUP"]}
    assert offers.prices == {"CUP": 990}


def test_a_change_that_failed_does_not_overtake_the_newer_one_when_it_comes_again(
    handler: Handler, offers: FakeOffers, context: LambdaContext
) -> None:
    old, new = dynamodb(("TEAPOT", None, product(3_490)), ("TEAPOT", product(3_490), product(2_990)))["Records"]
    handler({"Records": [new]}, context)

    assert failed(handler({"Records": [old, new]}, context)) == []
    assert offers.prices == {"TEAPOT": 2_990}


def test_a_change_that_comes_after_its_products_removal_does_not_bring_it_back(
    handler: Handler, offers: FakeOffers, context: LambdaContext
) -> None:
    batch = dynamodb(("TEAPOT", None, product()), ("TEAPOT", product(), None))
    handler(batch, context)

    assert failed(handler({"Records": batch["Records"][:1]}, context)) == []
    assert offers.prices == {}


def test_a_removal_by_time_to_live_is_one_like_any_other(
    handler: Handler, offers: FakeOffers, context: LambdaContext
) -> None:
    batch = dynamodb(("TEAPOT", None, product()), ("TEAPOT", product(), None))
    batch["Records"][1]["userIdentity"] = {"type": "Service", "principalId": "dynamodb.amazonaws.com"}

    assert failed(handler(batch, context)) == []
    assert offers.prices == {}


def test_a_batch_that_fails_as_a_whole_raises_so_that_the_error_alarm_sees_it(
    handler: Handler, offers: FakeOffers, context: LambdaContext
) -> None:
    offers.broken = {"TEAPOT"}

    with pytest.raises(BatchProcessingError, match="All records failed"):
        handler(dynamodb(("TEAPOT", None, product()), ("TEAPOT", product(), None)), context)
