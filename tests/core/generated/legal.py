"""Legal templates from a seed, one kind of source at a time.

What is legal here stands in the pages of AWS: the ranges come from the fact sheets, the combinations are written out in
this folder. No rule is asked what it thinks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from tests.core.generated.brokers import on_broker, on_document_cluster
from tests.core.generated.case import Case
from tests.core.generated.drawing import Draw
from tests.core.generated.kafka import on_msk, on_own_cluster
from tests.core.generated.queues import on_queue
from tests.core.generated.streams import on_stream, on_table

_MAKERS: Final[Mapping[str, Callable[[Case], None]]] = {
    "sqs": on_queue,
    "sqs-fifo": on_queue,
    "kinesis": on_stream,
    "kinesis-efo": on_stream,
    "dynamodb": on_table,
    "msk": on_msk,
    "msk-serverless": on_msk,
    "self-managed-kafka": on_own_cluster,
    "activemq": on_broker,
    "rabbitmq": on_broker,
    "documentdb": on_document_cluster,
}


def legal(kind: str, seed: int) -> Case:
    """A template of one mapping on a source of that kind, with nothing wrong in it."""
    case = Case(kind=kind, draw=Draw(f"{kind}:{seed}"))
    _MAKERS[kind](case)
    return case
