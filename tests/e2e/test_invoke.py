"""A deployed function takes a stored event once more, and processes each record of it once."""

from __future__ import annotations

import pytest

from sample_app.tests.events import failed, message_id, sqs_fifo
from tests.e2e.payments import balances, payment
from tests.e2e.server import Server
from tests.e2e.stacks import InvocationError, Stack


def test_an_event_that_is_delivered_again_changes_nothing(shop: dict[str, Stack], server: Server) -> None:
    payments = shop["ShopPayments"].mapping("Payments")
    stored = sqs_fifo(
        ("again-ada", payment("again-ada", "A-1", 500)), ("again-bob", payment("again-bob", "A-2", 9, "refund"))
    )

    answers = [payments.invoke(stored), payments.invoke(stored)]

    assert [failed(one) for one in answers] == [[message_id(2)], [message_id(2)]]
    ledger = payments.environment("LEDGER_TABLE")
    assert balances(server.client("dynamodb"), ledger, "again") == {"again-ada": 500}


def test_a_function_that_raises_says_so(shop: dict[str, Stack]) -> None:
    with pytest.raises(InvocationError, match="All records failed processing"):
        shop["ShopPayments"].mapping("Payments").invoke(sqs_fifo(("eve", "no payment")))
