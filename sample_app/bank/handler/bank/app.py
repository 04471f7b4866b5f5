"""The Lambda function of the bank: a batch of transfers, which comes again as a whole if one of them fails."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.data_classes import KafkaEvent
from aws_lambda_powertools.utilities.data_classes.kafka_event import KafkaEventRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from .transfer import Transfer
from .transfers import DynamoDbTransfers, Transfers

Handler = Callable[[dict[str, Any], LambdaContext], None]

logger = Logger()


class TransfersFailedError(Exception):
    """Some transfers of a batch failed: without provisioned pollers, only an exception says so."""


def create_handler(transfers: Transfers) -> Handler:
    """Build the handler around the place where transfers are kept.

    It goes on after a failure: when Lambda gives the batch up after its retries, the others in it are kept by then.

    Args:
        transfers: where transfers are kept; one that is there already changes nothing.
    """

    def handle_record(record: KafkaEventRecord) -> None:
        transfer = Transfer.of(record.json_value)
        new = transfers.keep(transfer)
        logger.info("transfer kept" if new else "transfer is kept already", transfer_id=transfer.transfer_id)

    @logger.inject_lambda_context
    def handler(event: dict[str, Any], context: LambdaContext) -> None:
        del context
        failed = []
        for record in KafkaEvent(event).records:
            try:
                handle_record(record)
            except Exception:
                place = f"{record.topic}-{record.partition} at {record.offset}"
                logger.exception("transfer failed", place=place)
                failed.append(place)
        if failed:
            raise TransfersFailedError(", ".join(failed))

    return handler


handler = create_handler(DynamoDbTransfers.from_environment())
