from typing import Any

import pytest

from cdk_esm.facts import UNKNOWN
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_source
from cdk_esm.testing.templates import get, plan, resource
from cdk_esm.testing.templates import mapping as reads

ID, DANGER = "ESM351", "ESM316"


@pytest.mark.parametrize(
    ("source", "said"), [(get("Stream"), [ID]), ("arn:aws:kinesis:eu-west-1:111122223333:stream/clicks", [DANGER])]
)
def test_stream_of_the_same_template_is_an_advice_and_any_other_a_danger(source: Any, said: list[str]) -> None:
    around = {"Stream": resource("Kinesis::Stream"), "Clicks": reads(source, StartingPosition="LATEST")}

    assert ids(plan(around), select=[ID, DANGER]) == said


def test_finding_is_an_advice_with_the_other_positions() -> None:
    (finding,) = check([mapping("dynamodb", StartingPosition="LATEST")], select=[ID])

    assert (finding.severity, finding.allowed) == ("advice", "TRIM_HORIZON")


@pytest.mark.parametrize("position", ["TRIM_HORIZON", "AT_TIMESTAMP", None, UNKNOWN])
def test_another_position_or_another_source_is_fine(position: object) -> None:
    assert ids(mapping("kinesis", StartingPosition=position), select=[ID]) == []
    assert ids(with_source(mapping("kinesis", StartingPosition="LATEST"), existing=True), select=[ID]) == []
    assert ids(mapping("sqs", StartingPosition="LATEST"), select=[ID]) == []
