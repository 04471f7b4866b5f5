from typing import Any

import boto3  # type: ignore[import-untyped]
import pytest
from aws_lambda_powertools.utilities.typing import LambdaContext
from botocore.stub import Stubber  # type: ignore[import-untyped]

from sample_app.bank.handler.bank.app import Handler, TransfersFailedError, create_handler
from sample_app.bank.handler.bank.transfer import Transfer
from sample_app.bank.handler.bank.transfers import DynamoDbTransfers
from sample_app.partners.handler.partners.count import Count
from sample_app.partners.handler.partners.stock import DynamoDbStock
from sample_app.tests.kafka_events import Written, offset, self_managed


class FakeTransfers:
    """Transfers in memory; one that is named here cannot be kept."""

    def __init__(self) -> None:
        self.kept: dict[str, int] = {}
        self.broken: set[str] = set()

    def keep(self, transfer: Transfer) -> bool:
        if transfer.transfer_id in self.broken:
            raise ConnectionError("the table of transfers does not answer")
        new = transfer.transfer_id not in self.kept
        self.kept.setdefault(transfer.transfer_id, transfer.amount_cents)
        return new


@pytest.fixture
def transfers() -> FakeTransfers:
    return FakeTransfers()


@pytest.fixture
def handler(transfers: FakeTransfers) -> Handler:
    return create_handler(transfers)


def transfer(name: str, cents: int = 6_980, partition: int = 0) -> Written:
    value = {"transfer_id": name, "amount_cents": cents, "currency": "EUR", "reference": "Order O-1"}
    return partition, name, value


def test_each_transfer_is_kept_once(handler: Handler, transfers: FakeTransfers, context: LambdaContext) -> None:
    batch = self_managed(transfer("T-1"), transfer("T-2", 100, partition=1), transfer("T-1"))
    handler(batch, context)
    handler(batch, context)

    assert transfers.kept == {"T-1": 6_980, "T-2": 100}


def test_a_failure_raises_after_all_others_are_kept(
    handler: Handler, transfers: FakeTransfers, context: LambdaContext
) -> None:
    transfers.broken = {"T-2"}
    batch = self_managed(transfer("T-1"), transfer("T-2"), transfer("T-3", partition=1))
    with pytest.raises(TransfersFailedError, match=f"transfers-0 at {offset(2)}"):
        handler(batch, context)
    assert set(transfers.kept) == {"T-1", "T-3"}

    transfers.broken = set()
    handler(batch, context)
    assert set(transfers.kept) == {"T-1", "T-2", "T-3"}


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(b"<transfer/>", id="xml"),
        pytest.param([1], id="a-list"),
        pytest.param({**transfer("T-1")[2], "amount_cents": 0}, id="no-money"),  # type: ignore[dict-item]
        pytest.param({**transfer("T-1")[2], "currency": None}, id="no-currency"),  # type: ignore[dict-item]
    ],
)
def test_a_record_that_is_no_transfer_raises_and_loses_no_other(
    handler: Handler, transfers: FakeTransfers, context: LambdaContext, value: object
) -> None:
    with pytest.raises(TransfersFailedError):
        handler(self_managed((0, "T-1", value), transfer("T-2")), context)

    assert set(transfers.kept) == {"T-2"}


def stubbed() -> tuple[Any, Stubber]:
    """A client of DynamoDB that checks its requests against the model of the service, and calls nobody."""
    client = boto3.client("dynamodb", region_name="eu-central-1")
    return client, Stubber(client)


@pytest.mark.parametrize("new", [True, False])
def test_dynamodb_takes_a_transfer_once(*, new: bool) -> None:
    client, stub = stubbed()
    if new:
        stub.add_response("put_item", {})
    else:
        stub.add_client_error("put_item", "ConditionalCheckFailedException")
    with stub:
        kept = DynamoDbTransfers(table="transfers", dynamodb=client).keep(
            Transfer(transfer_id="T-1", amount_cents=1, currency="EUR", reference="O-1")
        )

    assert kept is new


@pytest.mark.parametrize("new", [True, False])
def test_dynamodb_takes_no_count_that_is_older(*, new: bool) -> None:
    client, stub = stubbed()
    if new:
        stub.add_response("put_item", {})
    else:
        stub.add_client_error("put_item", "ConditionalCheckFailedException")
    with stub:
        kept = DynamoDbStock(table="stock", dynamodb=client).keep(
            Count(partner_id="ada", sku="TEAPOT-RED", quantity=1, counted_at_ms=1)
        )

    assert kept is new
