"""One of a thing is one: a number of 1 stands before no plural, in whichever rule, note or line says it."""

import re

import pytest

from cdk_esm.plan import MappingPlan
from cdk_esm.report.retries import retries
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import (
    mapping,
    with_dead_letter_queue,
    with_failure,
    with_function,
    with_queue,
    with_settings,
)

NOUNS = "seconds|receives|retries|invocations|members|messages|records|mappings|pollers"
PLURAL = re.compile(rf"(?<![\d.,])1 ({NOUNS})\b")

ONES = [
    pytest.param(with_queue(with_function(mapping(), timeout_seconds=1), visibility_timeout_seconds=0), id="timeout"),
    pytest.param(
        with_queue(
            with_settings(with_function(mapping(), timeout_seconds=1), MaximumBatchingWindowInSeconds=1),
            visibility_timeout_seconds=1,
        ),
        id="visibility and window",
    ),
    pytest.param(
        with_failure(with_queue(mapping(), visibility_timeout_seconds=300, retention_seconds=60), max_receive_count=1),
        id="receives",
    ),
    pytest.param(
        with_dead_letter_queue(
            with_failure(
                with_queue(mapping(), visibility_timeout_seconds=1, retention_seconds=60), max_receive_count=1
            ),
            retention_seconds=60,
        ),
        id="seconds of receives",
    ),
    pytest.param(with_function(mapping("rabbitmq"), reserved_concurrency=10), id="invocations"),
    pytest.param(with_function(mapping("documentdb"), reserved_concurrency=10), id="invocations, DocumentDB"),
]


@pytest.mark.parametrize("plan", ONES)
def test_no_finding_puts_one_before_a_plural(plan: MappingPlan) -> None:
    texts = [text for one in check([plan]) for text in (one.message, one.fix, one.allowed)]

    assert any(re.search(r"\b1 \w+", text) for text in texts)
    assert [text for text in texts if PLURAL.search(text)] == []


def test_report_tells_one_receive_and_one_retry() -> None:
    assert retries(with_failure(mapping(), max_receive_count=1)).startswith("1 receive, about")
    assert retries(with_settings(mapping("kinesis"), MaximumRetryAttempts=1)).startswith("1 retry")
