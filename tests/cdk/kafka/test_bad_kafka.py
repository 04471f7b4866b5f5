"""Whatever is wrong with a mapping on Kafka is said at once, in this library's words, and leaves nothing behind."""

from __future__ import annotations

import re
from typing import Final

import aws_cdk as cdk
import pytest

import cdk_esm as esm
from tests.cdk.kafka.bad_case import Bad
from tests.cdk.kafka.bad_kafka import cases
from tests.cdk.kafka.bad_settings import of_sheets

INNER_WORDS: Final = re.compile(r"jsii|javascript|node_modules|traceback|\bat new |0x[0-9a-f]{6}", re.IGNORECASE)
EVERY: Final = [pytest.param(case, id=sentence) for sentence, case in cases().items()]


def test_the_table_of_kafka_is_as_long_and_as_wide_as_promised() -> None:
    every = cases().values()

    assert len(list(of_sheets())) >= 30
    assert len(every) >= 140
    assert len({rule for case in every for rule, _ in case.found}) >= 22


@pytest.mark.parametrize("case", EVERY)
def test_a_bad_mapping_on_kafka_is_refused_whole_and_leaves_nothing_behind(
    case: Bad, stack: cdk.Stack, function: esm.NewFunction
) -> None:
    with pytest.raises(esm.EsmError) as caught:
        case.build(stack, function)

    assert type(caught.value) is case.error
    findings = caught.value.findings
    assert {(finding.rule.id, finding.setting) for finding in findings} == case.found
    for finding in findings:
        assert finding.path == "Shop/Feed"
        assert finding.allowed
        assert finding.fix
        assert finding.page.startswith("https://docs.aws.amazon.com/")
        assert all(part in str(caught.value) for part in (finding.message, finding.fix, finding.page))
    assert not INNER_WORDS.search(str(caught.value))
    assert stack.node.try_find_child("Feed") is None
    assert stack.node.try_find_child("EsmFailures") is None


def test_a_topic_of_kafka_is_no_destination_of_a_stream(stack: cdk.Stack, function: esm.NewFunction) -> None:
    with pytest.raises(esm.EsmTypeError, match="on_failure takes"):
        esm.KinesisToLambda(stack, "Clicks", function=function, on_failure=esm.OnFailure.kafka_topic("failed"))
