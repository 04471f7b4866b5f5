"""Powertools' idempotency records in memory, with the rules of its DynamoDB layer."""

from datetime import UTC, datetime

from aws_lambda_powertools.utilities.idempotency import BasePersistenceLayer
from aws_lambda_powertools.utilities.idempotency.exceptions import (
    IdempotencyItemAlreadyExistsError,
    IdempotencyItemNotFoundError,
)
from aws_lambda_powertools.utilities.idempotency.persistence.datarecord import DataRecord


class InMemory(BasePersistenceLayer):
    """A record can be put if there is none, or one that has expired, or one left in progress past its time."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # Powertools leaves it untyped
        self.records: dict[str, DataRecord] = {}

    def _put_record(self, data_record: DataRecord) -> None:
        held = self.records.get(data_record.idempotency_key)
        if held and not held.is_expired and not _abandoned(held):
            self._validate_payload(data_payload=data_record, stored_data_record=held)
            raise IdempotencyItemAlreadyExistsError(old_data_record=held)
        self.records[data_record.idempotency_key] = data_record

    def _get_record(self, idempotency_key: str) -> DataRecord:
        try:
            return self.records[idempotency_key]
        except KeyError:
            raise IdempotencyItemNotFoundError from None

    def _update_record(self, data_record: DataRecord) -> None:
        self.records[data_record.idempotency_key] = data_record

    def _delete_record(self, data_record: DataRecord) -> None:
        self.records.pop(data_record.idempotency_key, None)


def _abandoned(record: DataRecord) -> bool:
    until = record.in_progress_expiry_timestamp
    return record.status == "INPROGRESS" and until is not None and until < datetime.now(UTC).timestamp() * 1000
