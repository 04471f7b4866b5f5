"""ShopClicks and ShopProducts: records in, effects out, once each; and what filters let through.

Only what goes well: the local AWS knows no partial failures of streams, no bisecting, no retries that end.
"""

from __future__ import annotations

import base64
import json
import time
from typing import Any, Final

import pytest

from cdk_esm import filters
from tests.e2e.deploy import Assembly, deploy
from tests.e2e.exclusions import deployable
from tests.e2e.mutants import with_filter
from tests.e2e.server import Server
from tests.e2e.stacks import Mapped, Stack
from tests.e2e.waiting import until

PRODUCT: Final = {
    "name": {"S": "Red teapot"},
    "category": {"S": "tea"},
    "currency": {"S": "EUR"},
    "price_cents": {"N": "3490"},
    "for_sale": {"BOOL": True},
    "cost_cents": {"N": "1120"},
}
REPLAYED: Final = "AGAIN"
"""How the products of the tests of a replay begin, which write into the same table."""
WRONG: Final = json.dumps({"eventName": ["REMOVE"]})


@pytest.fixture(scope="module")
def filtered(server: Server, assembly: Assembly) -> Stack:
    """Two mappings with filters."""
    return deploy(server, "Filtered", deployable(assembly.template("Filtered")))


def click(visitor: str, click_id: str, page: str = "/teapots/red") -> dict[str, Any]:
    now = int(time.time() * 1000)
    return {"click_id": click_id, "visitor_id": visitor, "page": page, "clicked_at_ms": now}


def put_clicks(mapping: Mapped, clicks: list[dict[str, Any]]) -> None:
    """Put clicks into one shard, so that the last one comes last."""
    answer = mapping.stack.server.client("kinesis").put_records(
        StreamName=mapping.source,
        Records=[{"Data": json.dumps(one).encode(), "PartitionKey": "all"} for one in clicks],
    )
    assert answer["FailedRecordCount"] == 0


def sessions(mapping: Mapped) -> dict[str, list[int]]:
    """How many clicks the sessions of each visitor have."""
    table = mapping.environment("SESSION_TABLE")
    found: dict[str, list[int]] = {}
    for one in mapping.stack.server.client("dynamodb").scan(TableName=table, ConsistentRead=True)["Items"]:
        if one["entry"]["S"].startswith("session#"):
            found.setdefault(one["visitor_id"]["S"], []).append(int(one["clicks"]["N"]))
    return found


def put_product(mapping: Mapped, product_id: str, **changes: Any) -> None:
    item = {"product_id": {"S": product_id}, **PRODUCT, **changes}
    mapping.stack.server.client("dynamodb").put_item(TableName=mapping.source, Item=item)


def offers(mapping: Mapped) -> dict[str, str | None]:
    """What is shown: product to its price, or to none if it is shown no longer; but for those that were replayed."""
    table = mapping.environment("OFFER_TABLE")
    items = mapping.stack.server.client("dynamodb").scan(TableName=table, ConsistentRead=True)["Items"]
    shown = {one["product_id"]["S"]: one["price_cents"]["N"] if "price_cents" in one else None for one in items}
    return {name: price for name, price in shown.items() if not name.startswith(REPLAYED)}


def test_clicks_become_sessions_each_click_once(shop: dict[str, Stack]) -> None:
    mapping = shop["ShopClicks"].mapping("Clicks")
    twice = click("V-1", "K-1")
    put_clicks(mapping, [twice, click("V-2", "K-2"), click("V-1", "K-3"), twice])
    put_clicks(mapping, [click("V-3", "K-4")])  # behind the others, so that the duplicate was read too

    assert until(lambda: sessions(mapping), lambda found: len(found) == 3) == {"V-1": [2], "V-2": [1], "V-3": [1]}


def test_products_are_shown_as_their_newest_change_says(shop: dict[str, Stack], server: Server) -> None:
    mapping = shop["ShopProducts"].mapping("Projection")
    put_product(mapping, "TEAPOT")
    put_product(mapping, "CUP")
    put_product(mapping, "POT")
    put_product(mapping, "TEAPOT", price_cents={"N": "2990"})
    put_product(mapping, "CUP", for_sale={"BOOL": False})
    server.client("dynamodb").delete_item(TableName=mapping.source, Key={"product_id": {"S": "POT"}})

    expected = {"TEAPOT": "2990", "CUP": None, "POT": None}
    assert until(lambda: offers(mapping), lambda found: found == expected) == expected


def test_clicks_that_match_no_filter_are_passed_over(filtered: Stack) -> None:
    mapping = filtered.mapping("Clicks")
    clicks = [
        click("F-1", "K-1"),
        click("F-2", "K-2", "/cups"),
        click("F-3", "K-3", "/teapots"),
        click("F-4", "K-4", "/about/teapots"),
        click("F-5", "K-5"),
    ]
    put_clicks(mapping, clicks)
    found = until(lambda: sessions(mapping), lambda one: "F-5" in one)

    compiled = filters.compile("kinesis", patterns(mapping))
    matched = [one["visitor_id"] for one in clicks if compiled.matches(kinesis(one))]
    assert sorted(found) == matched == ["F-1", "F-3", "F-5"]


def test_products_that_match_no_filter_are_passed_over(filtered: Stack) -> None:
    mapping = filtered.mapping("Projection")
    put_product(mapping, "HIDDEN", for_sale={"BOOL": False})
    put_product(mapping, "TEAPOT")
    put_product(mapping, "TEAPOT", for_sale={"BOOL": False})  # so nobody is told that it is not for sale any more
    put_product(mapping, "LAST")
    found = until(lambda: offers(mapping), lambda one: "LAST" in one)

    compiled = filters.compile("dynamodb", patterns(mapping))
    changes = [("INSERT", False), ("INSERT", True), ("MODIFY", False), ("INSERT", True), ("REMOVE", True)]
    assert [compiled.matches(change(*one)) for one in changes] == [False, True, False, True, False]
    assert found == {"TEAPOT": "3490", "LAST": "3490"}


def test_a_wrong_filter_is_noticed(server: Server, assembly: Assembly) -> None:
    template = deployable(assembly.template("ShopProducts"))
    with_filter(WRONG)(template)
    mapping = deploy(server, "ShopProductsWrongFilter", template).mapping("Projection")
    put_product(mapping, "TEAPOT")
    put_product(mapping, "CUP")
    server.client("dynamodb").delete_item(TableName=mapping.source, Key={"product_id": {"S": "CUP"}})

    # The deletion is behind both, and it passes: so both were read, and neither is shown.
    assert until(lambda: offers(mapping), lambda found: "CUP" in found) == {"CUP": None}


def change(name: str, for_sale: bool) -> dict[str, Any]:
    """A change of a product as the function would get it."""
    return {"eventName": name, "dynamodb": {"NewImage": {**PRODUCT, "for_sale": {"BOOL": for_sale}}}}


def patterns(mapping: Mapped) -> list[str]:
    return [one["Pattern"] for one in mapping.properties["FilterCriteria"]["Filters"]]


def kinesis(document: dict[str, Any]) -> dict[str, Any]:
    """A record as the function would get it."""
    data = base64.b64encode(json.dumps(document).encode()).decode()
    return {"kinesis": {"data": data, "partitionKey": "all"}, "eventSource": "aws:kinesis"}
