"""Every filter that AWS or its engine answered, where the recordings are present: none is left out."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from cdk_esm import filters
from cdk_esm.filters import FilterPatternError

RECORDINGS = Path(__file__).parents[4] / "shared" / "truth" / "recorded.json"
CASES: list[dict[str, Any]] = json.loads(RECORDINGS.read_text())["filters"] if RECORDINGS.exists() else []

pytestmark = pytest.mark.skipif(not CASES, reason="the recordings are not here")


def _params(*expected: object) -> list[Any]:
    return [pytest.param(case, id=case["id"]) for case in CASES if case["expect"] in expected]


def _forms(case: dict[str, Any]) -> list[Any]:
    """The pattern as it can be given: JSON text that is none, or a dict and its JSON text."""
    if "pattern_text" in case:
        return [case["pattern_text"]]
    return [case["pattern"], json.dumps(case["pattern"])]


def _delivered(case: dict[str, Any]) -> dict[str, Any]:
    """The record in the shape in which Lambda delivers it."""
    record: dict[str, Any] = case["record"]
    if case["source"] == "sqs":
        return {"messageId": "1", "eventSource": "aws:sqs", **record}
    if case["source"] == "kinesis":
        data = base64.b64encode(record["data"].encode()).decode()
        return {"kinesis": {**record, "data": data}, "eventSource": "aws:kinesis"}
    return record


@pytest.mark.parametrize("case", _params("error"))
def test_what_aws_refuses_is_refused(case: dict[str, Any]) -> None:
    for pattern in _forms(case):
        with pytest.raises(FilterPatternError) as refusal:
            filters.parse(pattern)

        assert refusal.value.json_path.startswith("pattern")
        assert refusal.value.reason


@pytest.mark.parametrize("case", _params("valid", True, False))
def test_what_aws_takes_is_read_and_written_again(case: dict[str, Any]) -> None:
    for pattern in _forms(case):
        read = filters.parse(pattern)

        assert filters.parse(filters.render(read)) == read
        assert json.loads(read.render()) == case["pattern"]


@pytest.mark.parametrize("case", _params(True, False))
def test_matches_as_recorded(case: dict[str, Any]) -> None:
    for pattern in _forms(case):
        if case["source"] == "generic":
            assert filters.match(pattern, case["event"]) is case["expect"]
        else:
            criteria = filters.compile(case["source"], [pattern])
            record = _delivered(case)

            assert criteria.matches(record) is case["expect"]
            assert criteria.explain(record).matched is case["expect"]


@pytest.mark.parametrize("case", _params("valid", True, False))
def test_advice_on_operators_follows_the_guides_table(case: dict[str, Any]) -> None:
    source, pattern = case["source"], case["pattern"]
    if source == "generic":
        source, pattern = "sqs", {"body": pattern}

    advice = [finding for finding in filters.compile(source, [pattern]).findings if finding.severity == "advice"]

    assert {finding.code for finding in advice} == (
        {"unlisted-operator"} if case["esm_docs"] == "not-listed" else set()
    )
