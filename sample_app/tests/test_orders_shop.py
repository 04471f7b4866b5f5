import json
from typing import Any

import boto3  # type: ignore[import-untyped]
import pytest
from botocore.stub import Stubber  # type: ignore[import-untyped]

from sample_app.orders.handler.orders.order import InvalidOrderError, Order, Verdict, decide
from sample_app.orders.handler.orders.shop import AwsShop

LINE = {"sku": "TEAPOT-RED", "quantity": 2, "unit_price_cents": 3_490}
ORDER = {"order_id": "O-1", "customer_id": "C-204", "currency": "EUR", "lines": [LINE]}


def test_an_order_is_read_from_its_message() -> None:
    order = Order.parse(json.dumps(ORDER))

    assert (order.order_id, order.customer_id, order.total_cents) == ("O-1", "C-204", 6_980)


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        pytest.param("tea, please", "not JSON", id="not-json"),
        pytest.param("[]", "expected an object", id="a-list"),
        pytest.param(json.dumps({**ORDER, "lines": []}), "lines is empty", id="nothing-ordered"),
        pytest.param(json.dumps({**ORDER, "lines": ["tea"]}), "expected an object with sku", id="a-line-of-text"),
        pytest.param(json.dumps({**ORDER, "order_id": ""}), "order_id is empty", id="empty-id"),
        pytest.param(json.dumps({**ORDER, "order_id": 1}), "order_id must be str, got int", id="number-as-id"),
        pytest.param(json.dumps({"lines": [LINE]}), "order_id is missing", id="no-id"),
        pytest.param(
            json.dumps({**ORDER, "lines": [{**LINE, "quantity": 0}]}), "quantity must be 1 or more, got 0", id="none"
        ),
        pytest.param(
            json.dumps({**ORDER, "lines": [{**LINE, "quantity": True}]}), "quantity must be int, got bool", id="true"
        ),
        pytest.param(
            json.dumps({**ORDER, "lines": [{**LINE, "unit_price_cents": -1}]}), "must be 0 or more", id="negative-price"
        ),
    ],
)
def test_what_is_no_order_is_refused_by_field(body: str, complaint: str) -> None:
    with pytest.raises(InvalidOrderError, match=complaint):
        Order.parse(body)


@pytest.mark.parametrize(("cents", "verdict"), [(99_999, Verdict.ACCEPTED), (100_000, Verdict.REVIEW)])
def test_large_orders_are_reviewed(cents: int, verdict: Verdict) -> None:
    order = Order.parse(json.dumps({**ORDER, "lines": [{**LINE, "quantity": 1, "unit_price_cents": cents}]}))

    assert decide(order) is verdict


def test_an_order_is_stored_before_it_is_announced() -> None:
    dynamodb, sns = boto3.client("dynamodb"), boto3.client("sns")
    calls: list[tuple[str, dict[str, Any]]] = []
    for client in (dynamodb, sns):
        client.meta.events.register(
            "provide-client-params", lambda params, model, **_: calls.append((model.name, params))
        )
    shop = AwsShop(table="orders", topic="arn:aws:sns:eu-central-1:123456789012:placed", dynamodb=dynamodb, sns=sns)

    with Stubber(dynamodb) as of_dynamodb, Stubber(sns) as of_sns:  # which hold requests against the services' models
        of_dynamodb.add_response("put_item", {})
        of_sns.add_response("publish", {"MessageId": "1"})
        shop.place(Order.parse(json.dumps(ORDER)), Verdict.ACCEPTED)

    (first, stored), (second, announced) = calls
    assert (first, second) == ("PutItem", "Publish")
    assert stored["TableName"] == "orders"
    assert stored["Item"]["total_cents"] == {"N": "6980"}
    assert stored["Item"]["status"] == {"S": "accepted"}
    assert json.loads(announced["Message"])["order_id"] == "O-1"
