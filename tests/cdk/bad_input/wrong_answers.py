"""Handlers whose answers lose records, or make whole batches fail: their code is read when the construct is made."""

from __future__ import annotations

import cdk_esm as esm
from tests.cdk.bad_input.bench import Bench
from tests.cdk.bad_input.case import invalid

_HANDLER = """
def handler(event, context):
    failed = []
    for record in event["Records"]:
        try:
            process(record)
        except Exception:
            {caught}
    return {answer}
"""


def _answering(at: Bench, caught: str, answer: str = '{"batchItemFailures": failed}') -> esm.NewFunction:
    (at.folder / "app.py").write_text(_HANDLER.format(caught=caught, answer=answer))
    return at.function(code=str(at.folder))


WRONG_ANSWERS = [
    invalid(
        "a-handler-that-hides-failures",
        ("ESM260", "Handler"),
        function=lambda at: _answering(at, "print('failed')", "None"),
    ),
    invalid(
        "a-handler-that-reports-to-a-mapping-that-does-not-listen",
        ("ESM261", "FunctionResponseTypes"),
        function=lambda at: _answering(at, 'failed.append({"itemIdentifier": record["messageId"]})'),
        report_batch_item_failures=False,
    ),
    invalid(
        "a-handler-that-misspells-a-key",
        ("ESM262", "Handler"),
        construct=esm.SqsFifoToLambda,
        function=lambda at: _answering(at, 'failed.append({"itemIdentifer": record["messageId"]})'),
    ),
    invalid(
        "a-handler-that-names-messages-by-their-receipt",
        ("ESM263", "Handler"),
        function=lambda at: _answering(at, 'failed.append({"itemIdentifier": record["receiptHandle"]})'),
    ),
]
