from collections.abc import Iterator
from typing import Any

import boto3  # type: ignore[import-untyped]
import pytest
from botocore.exceptions import ClientError  # type: ignore[import-untyped]
from botocore.stub import ANY, Stubber  # type: ignore[import-untyped]

from sample_app.erp.handler.erp.movement import Movement
from sample_app.erp.handler.erp.stock import DynamoDbStock, SqsAside

MOVEMENT = Movement(movement_id="M-1", sku="CUP", pieces=-2)
URL = "https://sqs.eu-central-1.amazonaws.com/123456789012/aside"


@pytest.fixture
def dynamodb() -> Any:
    return boto3.client("dynamodb")


@pytest.fixture
def stubber(dynamodb: Any) -> Iterator[Stubber]:
    with Stubber(dynamodb) as stubber:
        yield stubber
        stubber.assert_no_pending_responses()


@pytest.fixture
def stock(dynamodb: Any) -> DynamoDbStock:
    return DynamoDbStock(stock_table="stock", moved_table="moved", dynamodb=dynamodb)


def cancelled(stubber: Stubber, *codes: str) -> None:
    stubber.add_client_error(
        "transact_write_items",
        "TransactionCanceledException",
        modeled_fields={"CancellationReasons": [{"Code": code} for code in codes]},
    )


def test_a_movement_and_its_count_change_together(stock: DynamoDbStock, stubber: Stubber) -> None:
    put = {
        "TableName": "moved",
        "Item": {"movement_id": {"S": "M-1"}, "expires_at": ANY},
        "ConditionExpression": "attribute_not_exists(movement_id)",
    }
    update = {
        "TableName": "stock",
        "Key": {"sku": {"S": "CUP"}},
        "UpdateExpression": "ADD pieces :pieces",
        "ExpressionAttributeValues": {":pieces": {"N": "-2"}},
    }
    stubber.add_response("transact_write_items", {}, {"TransactItems": [{"Put": put}, {"Update": update}]})

    assert stock.move(MOVEMENT)


def test_a_movement_that_was_counted_is_not_new(stock: DynamoDbStock, stubber: Stubber) -> None:
    cancelled(stubber, "ConditionalCheckFailed", "None")

    assert not stock.move(MOVEMENT)


def test_any_other_refusal_makes_the_message_come_again(stock: DynamoDbStock, stubber: Stubber) -> None:
    cancelled(stubber, "None", "TransactionConflict")

    with pytest.raises(ClientError):
        stock.move(MOVEMENT)


@pytest.mark.parametrize(("payload", "body"), [(b"abc", "abc"), (b"", "(empty)"), (b"\xff", "\\xff")])
def test_a_message_is_set_aside_with_what_is_wrong_with_it(payload: bytes, body: str) -> None:
    sqs = boto3.client("sqs")
    said = {"reason": {"DataType": "String", "StringValue": "no JSON"}}
    with Stubber(sqs) as stubber:
        stubber.add_response(
            "send_message",
            {"MessageId": "1"},
            {"QueueUrl": URL, "MessageBody": body, "MessageAttributes": said},
        )
        SqsAside(queue_url=URL, sqs=sqs).put(payload, "no JSON")
        stubber.assert_no_pending_responses()
