import json
from typing import Any

import boto3  # type: ignore[import-untyped]
import pytest
from botocore.exceptions import ClientError  # type: ignore[import-untyped]
from botocore.stub import Stubber  # type: ignore[import-untyped]

from sample_app.payments.handler.payments.ledger import DynamoDbLedger, PaymentChangedError, RefundTooLargeError
from sample_app.payments.handler.payments.payment import InvalidPaymentError, Payment

CHARGE = {"payment_id": "P-1", "customer_id": "ada", "order_id": "O-1", "kind": "charge", "amount_cents": 500}
ENTRY = {
    "customer_id": {"S": "ada"},
    "entry": {"S": "payment#P-1"},
    "order_id": {"S": "O-1"},
    "change_cents": {"N": "500"},
}
KEPT = {"Code": "None"}
REFUSED = {"Code": "ConditionalCheckFailed"}


def parse(**changes: object) -> Payment:
    return Payment.parse(json.dumps({**CHARGE, **changes}), group="ada")


@pytest.fixture
def dynamodb() -> Any:
    return boto3.client("dynamodb")


@pytest.fixture
def ledger(dynamodb: Any) -> DynamoDbLedger:
    return DynamoDbLedger(table="ledger", dynamodb=dynamodb)


def cancel(stub: Any, *reasons: dict[str, Any]) -> None:
    stub.add_client_error(
        "transact_write_items", "TransactionCanceledException", modeled_fields={"CancellationReasons": list(reasons)}
    )


def book(ledger: DynamoDbLedger, dynamodb: Any, payment: Payment) -> tuple[dict[str, Any], dict[str, Any]]:
    """Book a payment that goes through; answer the put of the entry and the update of the balance."""
    requests: list[Any] = []
    dynamodb.meta.events.register("provide-client-params", lambda params, **_: requests.append(params))
    with Stubber(dynamodb) as stub:  # which holds the request against the service's model
        stub.add_response("transact_write_items", {})
        assert ledger.book(payment) is True
    ((put, update),) = (request["TransactItems"] for request in requests)
    return put["Put"], update["Update"]


def test_entry_and_balance_change_in_one_transaction(ledger: DynamoDbLedger, dynamodb: Any) -> None:
    put, update = book(ledger, dynamodb, parse())

    assert put["Item"] == ENTRY
    assert put["ConditionExpression"] == "attribute_not_exists(entry)"
    assert update["ExpressionAttributeValues"] == {":change": {"N": "500"}}
    assert "ConditionExpression" not in update


def test_a_refund_is_booked_only_where_as_much_has_been_paid(ledger: DynamoDbLedger, dynamodb: Any) -> None:
    _, update = book(ledger, dynamodb, parse(kind="refund"))

    assert update["ConditionExpression"] == "balance_cents >= :amount"
    assert update["ExpressionAttributeValues"] == {":change": {"N": "-500"}, ":amount": {"N": "500"}}


def test_a_payment_found_in_the_ledger_is_not_booked_again(ledger: DynamoDbLedger, dynamodb: Any) -> None:
    with Stubber(dynamodb) as stub:
        cancel(stub, {**REFUSED, "Item": ENTRY}, KEPT)

        assert ledger.book(parse()) is False


def test_a_refund_found_in_the_ledger_is_no_refund_beyond_the_balance(ledger: DynamoDbLedger, dynamodb: Any) -> None:
    with Stubber(dynamodb) as stub:
        cancel(stub, {**REFUSED, "Item": {**ENTRY, "change_cents": {"N": "-500"}}}, REFUSED)

        assert ledger.book(parse(kind="refund")) is False


def test_another_payment_under_a_known_id_is_refused(ledger: DynamoDbLedger, dynamodb: Any) -> None:
    with Stubber(dynamodb) as stub:
        cancel(stub, {**REFUSED, "Item": ENTRY}, KEPT)

        with pytest.raises(PaymentChangedError):
            ledger.book(parse(amount_cents=501))


def test_a_refund_beyond_the_balance_is_refused(ledger: DynamoDbLedger, dynamodb: Any) -> None:
    with Stubber(dynamodb) as stub:
        cancel(stub, KEPT, REFUSED)

        with pytest.raises(RefundTooLargeError):
            ledger.book(parse(kind="refund"))


def test_any_other_trouble_is_passed_on_so_that_the_payment_is_tried_again(
    ledger: DynamoDbLedger, dynamodb: Any
) -> None:
    with Stubber(dynamodb) as stub:
        cancel(stub, {"Code": "TransactionConflict"}, KEPT)
        stub.add_client_error("transact_write_items", "InternalServerError")

        for trouble in ("TransactionCanceledException", "InternalServerError"):
            with pytest.raises(ClientError, match=trouble):
                ledger.book(parse())


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        pytest.param({"kind": "gift"}, "not a payment: 'gift'", id="unknown-kind"),
        pytest.param({"amount_cents": 0}, "above 0", id="nothing"),
        pytest.param({"amount_cents": True}, "above 0", id="true"),
        pytest.param({"amount_cents": 1.5}, "above 0", id="half-a-cent"),
        pytest.param({"payment_id": ""}, "payment_id must be a text", id="empty-id"),
        pytest.param({"order_id": 7}, "order_id must be a text", id="number-as-id"),
        pytest.param({"customer_id": "bob"}, "payment of bob came in message group ada", id="another-customer"),
    ],
)
def test_what_is_no_payment_is_refused_by_field(changes: dict[str, object], complaint: str) -> None:
    with pytest.raises(InvalidPaymentError, match=complaint):
        parse(**changes)


@pytest.mark.parametrize(("body", "complaint"), [("{}", "payment_id is missing"), ("[]", "not a payment"), ("", "not")])
def test_what_is_no_object_is_refused(body: str, complaint: str) -> None:
    with pytest.raises(InvalidPaymentError, match=complaint):
        Payment.parse(body, group="ada")
