from typing import Any

import pytest
from aws_lambda_powertools.utilities.batch.exceptions import BatchProcessingError
from aws_lambda_powertools.utilities.typing import LambdaContext

from sample_app.payments.handler.payments.app import Handler, create_handler
from sample_app.payments.handler.payments.ledger import RefundTooLargeError
from sample_app.payments.handler.payments.payment import Payment
from sample_app.tests.events import failed, message_id, sqs_fifo


class FakeLedger:
    """The ledger's rules in memory: each payment once, no refund beyond what was paid."""

    def __init__(self) -> None:
        self.booked: list[str] = []
        self.paid: dict[str, int] = {}

    def book(self, payment: Payment) -> bool:
        if payment.payment_id in self.booked:
            return False
        balance = self.paid.get(payment.customer_id, 0) + payment.change_cents
        if balance < 0:
            raise RefundTooLargeError(payment.payment_id)
        self.paid[payment.customer_id] = balance
        self.booked.append(payment.payment_id)
        return True


@pytest.fixture
def ledger() -> FakeLedger:
    return FakeLedger()


@pytest.fixture
def handler(ledger: FakeLedger) -> Handler:
    return create_handler(ledger)


def payment(customer: str, payment_id: str, cents: int, kind: str = "charge") -> tuple[str, dict[str, Any]]:
    """A message: its group, which is the customer, and its body."""
    body = {
        "payment_id": payment_id,
        "customer_id": customer,
        "order_id": "O-" + payment_id,
        "kind": kind,
        "amount_cents": cents,
    }
    return customer, body


def test_payments_are_booked_in_their_order(handler: Handler, ledger: FakeLedger, context: LambdaContext) -> None:
    batch = sqs_fifo(payment("ada", "P-1", 5_000), payment("bob", "P-2", 700), payment("ada", "P-3", 1_500, "refund"))

    assert failed(handler(batch, context)) == []
    assert ledger.booked == ["P-1", "P-2", "P-3"]
    assert ledger.paid == {"ada": 3_500, "bob": 700}


def test_a_failure_holds_back_its_customers_later_payments_and_nobody_elses(
    handler: Handler, ledger: FakeLedger, context: LambdaContext
) -> None:
    batch = sqs_fifo(
        payment("ada", "P-1", 5_000),
        payment("ada", "P-2", 9_000, "refund"),  # more than Ada has paid
        payment("bob", "P-3", 700),
        payment("ada", "P-4", 6_000),  # would cover it, but may not overtake it
        payment("bob", "P-5", 300, "refund"),
    )

    assert failed(handler(batch, context)) == [message_id(2), message_id(4)]
    assert ledger.booked == ["P-1", "P-3", "P-5"]


def test_a_failure_in_one_batch_holds_nobody_back_in_the_next(
    handler: Handler, ledger: FakeLedger, context: LambdaContext
) -> None:
    handler(sqs_fifo(payment("bob", "P-1", 100), payment("ada", "P-2", 100, "refund")), context)

    assert failed(handler(sqs_fifo(payment("ada", "P-3", 100)), context)) == []
    assert ledger.booked == ["P-1", "P-3"]


def test_payments_delivered_again_are_booked_once(handler: Handler, ledger: FakeLedger, context: LambdaContext) -> None:
    batch = payment("ada", "P-1", 5_000), payment("ada", "P-2", 5_000, "refund")
    handler(sqs_fifo(*batch), context)

    assert failed(handler(sqs_fifo(*batch, receive_count=2), context)) == []
    assert ledger.booked == ["P-1", "P-2"]
    assert ledger.paid == {"ada": 0}


def test_a_message_that_is_no_payment_holds_back_its_group_alone(
    handler: Handler, ledger: FakeLedger, context: LambdaContext
) -> None:
    batch = sqs_fifo(("ada", "five euros"), payment("ada", "P-2", 100), payment("bob", "P-3", 100))

    assert failed(handler(batch, context)) == [message_id(1), message_id(2)]
    assert ledger.booked == ["P-3"]


def test_a_payment_in_another_customers_group_is_refused(
    handler: Handler, ledger: FakeLedger, context: LambdaContext
) -> None:
    _, of_ada = payment("ada", "P-1", 100)

    assert failed(handler(sqs_fifo(("bob", of_ada), payment("ada", "P-2", 100)), context)) == [message_id(1)]
    assert ledger.booked == ["P-2"]


def test_a_batch_that_fails_as_a_whole_raises_so_that_the_error_alarm_sees_it(
    handler: Handler, context: LambdaContext
) -> None:
    with pytest.raises(BatchProcessingError, match="All records failed"):
        handler(sqs_fifo(payment("ada", "P-1", 100, "refund"), payment("ada", "P-2", 100)), context)
