"""What AWS says in words of the members that our facts are about: a changed sentence is seen."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cdk_esm.sources.lambda_function import FUNCTION
from tools import drift_words
from tools.drift_models import service_model

MODEL: dict[str, Any] = {
    "operations": {
        "CreateEventSourceMapping": {"input": {"shape": "Mapping"}},
        "CreateFunction": {"input": {"shape": "Function"}},
    },
    "shapes": {
        "Mapping": {
            "type": "structure",
            "members": {
                "BatchSize": {"shape": "Number", "documentation": "<p>At most  10,000.</p>"},
                "ScalingConfig": {"shape": "Scaling", "documentation": "<p>How it scales.</p>"},
                "Nobody": {"shape": "Number", "documentation": "no fact is about it"},
            },
        },
        "Scaling": {"type": "structure", "members": {"MaximumConcurrency": {"shape": "Number"}}},
        "Function": {"type": "structure", "members": {"Timeout": {"shape": "Number", "documentation": "900 seconds"}}},
        "Number": {"type": "integer", "documentation": "of its shape"},
    },
}


def test_the_texts_of_members_with_facts_are_read_without_their_markup() -> None:
    assert drift_words.documentation(MODEL) == {
        "CreateEventSourceMapping.BatchSize": "At most 10,000.",
        "CreateEventSourceMapping.ScalingConfig": "How it scales.",
        "CreateEventSourceMapping.ScalingConfig.MaximumConcurrency": "of its shape",
        "CreateFunction.Timeout": "900 seconds",
    }


def test_a_changed_sentence_a_new_one_and_one_that_is_gone_are_told() -> None:
    looked_at = {"A": drift_words.digest("900 seconds"), "B": drift_words.digest("the same"), "C": "0"}
    today = {"A": "1,800 seconds", "B": "the same", "D": "news"}

    assert list(drift_words.differences(looked_at, today)) == [
        "A is documented otherwise: 1,800 seconds",
        "D is documented now: news",
        "C is documented no longer",
    ]


def test_every_number_of_a_function_is_looked_after() -> None:
    kept = json.loads(drift_words.LOOKED_AT.read_text(encoding="utf-8"))

    assert {f"CreateFunction.{name}" for name in FUNCTION.by_name} & kept.keys() >= {"CreateFunction.Timeout"}
    assert len(kept) >= 30


@pytest.mark.skipif(service_model() is None, reason="botocore is not installed")
def test_the_installed_model_is_the_one_that_was_looked_at() -> None:
    lines, count = drift_words.report()

    assert count == 0, "\n".join(lines)
