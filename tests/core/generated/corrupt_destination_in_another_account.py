"""A corruption: what fails goes to a queue or a topic of another account."""

from __future__ import annotations

from tests.core.generated.case import Case
from tests.core.generated.corruption import STREAMS, corrupts, function_elsewhere


@corrupts("ESM441", on=STREAMS)
def _a_destination_of_another_account(case: Case) -> None:
    function_elsewhere(case, account="111122223333")
    arn = case.draw.one_of(("arn:aws:sqs:eu-west-1:444455556666:failed", "arn:aws:sns:eu-west-1:444455556666:failed"))
    case.settings["DestinationConfig"] = {"OnFailure": {"Destination": arn}}
