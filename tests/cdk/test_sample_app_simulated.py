"""Each handler of the sample app against its own synthesized mapping, in virtual time."""

from pathlib import Path
from typing import Any

import pytest

import sample_app.tests.conftest  # noqa: F401 - sets the environment that the handlers are imported with
from cdk_esm import Arrivals, Change, Record, simulate
from cdk_esm.plan import MappingPlan
from cdk_esm.testing import assert_no_duplicates_beyond, assert_nothing_lost, check_handler, mapping_of
from cdk_esm.testing.plans import with_settings
from sample_app.app import build_app
from sample_app.bank.handler.bank import app as bank
from sample_app.clicks.handler.clicks import app as clicks
from sample_app.erp.handler.erp import app as erp
from sample_app.orders.handler.orders import app as orders
from sample_app.partners.handler.partners import app as partners
from sample_app.payments.handler.payments import app as payments
from sample_app.products.handler.products import app as products
from sample_app.reviews.handler.reviews import app as reviews
from sample_app.tests.memory import InMemory
from sample_app.tests.test_bank_handler import FakeTransfers, transfer
from sample_app.tests.test_clicks_handler import FakeSessions
from sample_app.tests.test_clicks_handler import click as of_click
from sample_app.tests.test_erp_handler import FakeAside, movement
from sample_app.tests.test_erp_handler import FakeStock as FakeErpStock
from sample_app.tests.test_orders_handler import FakeShop, order
from sample_app.tests.test_partners_handler import FakeStock, count
from sample_app.tests.test_payments_handler import FakeLedger
from sample_app.tests.test_payments_handler import payment as of_payment
from sample_app.tests.test_products_handler import FakeOffers, product
from sample_app.tests.test_reviews_handler import FakeShown
from sample_app.tests.test_reviews_handler import document as review


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop")
    build_app(outdir=str(folder)).synth()
    return folder


def plan_of(templates: Path, stack: str, name: str | None = None) -> MappingPlan:
    return mapping_of(templates / f"{stack}.template.json", name)


def payment(customer: str, name: str, cents: int = 500, kind: str = "charge") -> Record:
    group, body = of_payment(customer, name, cents, kind)
    return Record(body, group=group, id=name)


def click(visitor: str, name: str) -> Record:
    key, body = of_click(visitor, name)
    return Record(body, key=key, id=name)


def test_an_order_that_cannot_be_stored_alone_goes_to_the_dead_letter_queue(templates: Path) -> None:
    shop = FakeShop()
    shop.broken = {"CUP-BLUE"}
    handler = orders.create_handler(shop, InMemory())
    plan = plan_of(templates, "ShopOrders")
    trace = simulate(plan, handler, [order("O-1"), order("O-2", "CUP-BLUE"), order("O-3")], duplicates=0.5)

    assert_nothing_lost(trace)
    assert [one.record_id for one in trace.dead_letters] == ["r2"]
    assert sorted(one for one, _ in shop.placed) == ["O-1", "O-3"]
    assert "dead_letters" in {one.name for one in trace.alarms}


def test_orders_keep_the_contract_with_their_mapping(templates: Path) -> None:
    shop, seen = FakeShop(), InMemory()
    shop.broken = {"CUP-BLUE"}

    def reset() -> None:
        shop.placed.clear()
        seen.records.clear()

    contract = check_handler(
        plan_of(templates, "ShopOrders"),
        orders.create_handler(shop, seen),
        good=[order("O-1"), order("O-2")],
        bad=[order("O-3", "CUP-BLUE")],
        effects=lambda: sorted(one for one, _ in shop.placed),
        reset=reset,
    )

    assert str(contract) == "the answers keep every record"


def test_a_failed_payment_holds_back_its_customer_and_nobody_else(templates: Path) -> None:
    plan = with_settings(plan_of(templates, "ShopPayments", "/Payments"), BatchSize=1)
    records = [
        payment("ada", "P-1", 900, "refund"),
        payment("bob", "P-2"),
        payment("ada", "P-3"),
        payment("bob", "P-4"),
    ]
    ledger = FakeLedger()
    trace = simulate(plan, payments.create_handler(ledger), records)

    assert_nothing_lost(trace)
    assert ledger.booked == ["P-2", "P-4", "P-3"]
    assert trace.records["P-1"].end == "dead-letter"
    assert trace.records["P-4"].ended < trace.records["P-3"].ended


def test_clicks_survive_an_outage_of_their_table(templates: Path) -> None:
    sessions = FakeSessions()
    handler = clicks.create_handler(sessions)

    def down(_: Any, __: Any) -> None:
        raise ConnectionError("the table does not answer")

    plan = plan_of(templates, "ShopClicks")
    records = [click(f"V-{number % 3}", f"K-{number}") for number in range(60)]
    trace = simulate(plan, down, records, changes=[Change.version(30, handler)], assume={"ShardCount": 2})

    assert_nothing_lost(trace)
    assert trace.summary.ends == {"processed": 60}
    assert len(sessions.seen) == 60


def test_clicks_that_cannot_be_stored_reach_the_bucket(templates: Path) -> None:
    sessions = FakeSessions()
    sessions.broken = {"V-bad"}
    records = [click("V-bad", "K-1"), *(click("V-bad", f"K-{number}") for number in (2, 3))]
    trace = simulate(
        plan_of(templates, "ShopClicks"), clicks.create_handler(sessions), records, assume={"ShardCount": 1}
    )

    assert trace.summary.ends == {"destination": 3}
    assert {one.kind for one in trace.destinations} == {"bucket"}


def test_products_are_shown_once_and_in_order_however_often_they_are_delivered(templates: Path) -> None:
    offers = FakeOffers()
    plan = plan_of(templates, "ShopProducts")
    changes = [{"product_id": "TEAPOT", **product(cents)} for cents in (100, 200, 300)]
    trace = simulate(plan, products.create_handler(offers), changes, duplicates=1)

    assert_nothing_lost(trace)
    assert_no_duplicates_beyond(trace, 3)
    assert offers.prices == {"TEAPOT": 300}


def test_a_sale_is_worked_through_within_the_concurrency_of_the_mapping(templates: Path) -> None:
    shop = FakeShop()
    arrivals = Arrivals.burst(2000, payload=lambda number: order(f"O-{number}"))
    plan = plan_of(templates, "ShopOrders")
    trace = simulate(plan, orders.create_handler(shop, InMemory()), arrivals, duration=0.5, keep="summary")

    assert trace.summary.most_concurrent <= 20
    assert len(shop.placed) == 2000


def test_a_movement_of_the_erp_system_comes_again_until_its_stock_answers(templates: Path) -> None:
    stock, aside = FakeErpStock(), FakeAside()
    stock.broken = {"CUP"}
    first, mended = erp.create_handler(stock, aside), FakeErpStock()
    later = erp.create_handler(mended, aside)
    records = [movement("M-1", "TEAPOT", 10), movement("M-2", "CUP", 4), "no movement"]
    plan = plan_of(templates, "ShopErp")
    trace = simulate(plan, first, records, changes=[Change.version(60, later)], assume={"Engine": "rabbitmq"})

    assert_nothing_lost(trace)
    assert trace.summary.ends == {"processed": 3}
    assert (stock.pieces, mended.pieces) == ({"TEAPOT": 10}, {"TEAPOT": 10, "CUP": 4})
    assert {payload for payload, _ in aside} == {b"no movement"}


def test_reviews_are_shown_in_order_and_after_an_outage(templates: Path) -> None:
    shown = FakeShown()
    handler = reviews.create_handler(shown)

    def down(_: Any, __: Any) -> None:
        raise ConnectionError("the table does not answer")

    plan = plan_of(templates, "ShopReviews")
    records = [
        {"_id": {"$oid": f"63eeb6e7d418cd98afb1c1{number}"}, **review(number % 5 + 1)} for number in (10, 11, 12)
    ]
    trace = simulate(
        plan, down, records, changes=[Change.version(120, handler)], assume={"ChangeStreamSeconds": 10_800}
    )

    assert_nothing_lost(trace)
    assert trace.summary.ends == {"processed": 3}
    assert list(shown.stars.values()) == [1, 2, 3]


def test_what_is_given_up_behind_a_partners_count_that_fails_was_kept_by_then(templates: Path) -> None:
    stock = FakeStock()
    stock.broken = {"bob"}
    records = [Record(value, key=key) for _, key, value in (count("ada", 5), count("bob", 7), count("eve", 3))]
    trace = simulate(plan_of(templates, "ShopPartners"), partners.create_handler(stock), records)

    assert trace.summary.lost == 0
    assert {one.key: one.end for one in trace.records} == {
        "ada": "processed",
        "bob": "destination",
        "eve": "destination",
    }
    assert stock.quantities() == {"ada": 5, "eve": 3}


def test_transfers_of_the_bank_are_kept_once_though_their_batch_comes_again(templates: Path) -> None:
    transfers = FakeTransfers()
    transfers.broken = {"T-2"}
    records = [
        Record(value, key=key) for _, key, value in (transfer("T-1", 100), transfer("T-2"), transfer("T-3", 300))
    ]
    trace = simulate(plan_of(templates, "ShopBank"), bank.create_handler(transfers), records)

    assert trace.summary.lost == 0
    assert transfers.kept == {"T-1": 100, "T-3": 300}
    assert "destination" in {one.end for one in trace.records}
