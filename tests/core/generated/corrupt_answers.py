"""Code in the template whose answers lose records, or make whole batches fail."""

from __future__ import annotations

from typing import Any

from tests.core.generated.case import Case
from tests.core.generated.corruption import EVERY, KAFKA, QUEUES, STREAMS, corrupts

LISTENING = (*QUEUES, *STREAMS)
_LOOP = """
def handler(event, context):
    failed = []
    for record in event["Records"]:
        try:
            process(record)
        except Exception:
            {caught}
    return {answer}
"""


def _with(case: Case, caught: str, answer: str = '{"batchItemFailures": failed}') -> None:
    """Put a handler into the template."""
    case.function.pop("PackageType", None)
    code: dict[str, Any] = {"ZipFile": _LOOP.format(caught=caught, answer=answer)}
    case.function.update(Code=code, Handler="index.handler", Runtime="python3.13")
    case.settings["FunctionName"] = {"Ref": "Function"}


@corrupts("ESM260", on=EVERY)
def _a_handler_that_swallows_failures(case: Case) -> None:
    _with(case, case.draw.one_of(("pass", 'print("failed")', "continue")), case.draw.one_of(("None", '{"ok": True}')))


@corrupts("ESM261", on=EVERY)
def _a_handler_that_reports_to_nobody(case: Case) -> None:
    _with(case, 'failed.append({"itemIdentifier": record["messageId"]})')
    case.settings.pop("FunctionResponseTypes", None)


@corrupts("ESM262", on=LISTENING)
def _a_handler_with_a_misspelt_key(case: Case) -> None:
    _with(case, f'failed.append({{"{case.draw.one_of(("itemIdentifer", "item_identifier"))}": record["messageId"]}})')
    case.settings["FunctionResponseTypes"] = ["ReportBatchItemFailures"]


@corrupts("ESM263", on=LISTENING)
def _a_handler_that_names_records_by_another_field(case: Case) -> None:
    field = "receiptHandle" if case.kind in QUEUES else "eventID"
    _with(case, f'failed.append({{"itemIdentifier": record["{field}"]}})')
    case.settings["FunctionResponseTypes"] = ["ReportBatchItemFailures"]


@corrupts("ESM263", on=KAFKA)
def _a_handler_that_names_records_by_their_offset_alone(case: Case) -> bool:
    if "ProvisionedPollerConfig" not in case.settings:
        return False
    _with(case, 'failed.append({"itemIdentifier": record["offset"]})')
    case.settings["FunctionResponseTypes"] = ["ReportBatchItemFailures"]
    return True
