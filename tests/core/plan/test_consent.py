"""What a mapping's metadata says of consent, written and read again."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cdk_esm.plan import FailureKind, FailurePath, MappingPlan
from cdk_esm.plan.consent import KNOBS, Consent, from_metadata, to_metadata
from cdk_esm.testing.plans import mapping

COUNTS = st.integers(min_value=1, max_value=999_999)
REASONS = st.text(min_size=1).filter(str.strip)
VALUES = {
    "visibility_timeout_factor": COUNTS,
    "max_receive_count": COUNTS,
    "report_batch_item_failures": st.booleans(),
    "grants": st.booleans(),
    "public_endpoint": st.booleans(),
    "consumer_group_id": st.uuids().map(str),
    "alarms.off": REASONS | st.dictionaries(st.text(), REASONS, min_size=1),
}
SECONDS = st.integers(min_value=0, max_value=1_209_600)
QUEUE = {
    "visibility_timeout": SECONDS,
    "retention_period": SECONDS,
    "delivery_delay": SECONDS,
}
TARGETS = st.just("none") | st.fixed_dictionaries(
    {}, optional={**QUEUE, "arn": st.just("arn:aws:sqs:eu-west-1:1:lost")}
)
STATED = {
    "function": st.fixed_dictionaries({"timeout": SECONDS}, optional={"memory_size": SECONDS}),
    "queue": st.fixed_dictionaries({"max_receive_count": COUNTS}, optional={**QUEUE, "dead_letter_queue": TARGETS}),
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


def plan_with(
    acknowledged: Mapping[str, str],
    choices: Mapping[str, Any],
    reason: str | None,
    stated: Mapping[str, Mapping[str, Any]] | None = None,
) -> MappingPlan:
    failure = FailurePath(kind=FailureKind.NONE, reason=reason)
    return replace(mapping(), acknowledged=acknowledged, choices=choices, failure=failure, stated=stated or {})


def test_every_knob_of_the_metadata_is_tried() -> None:
    assert set(VALUES) == set(KNOBS)


@given(
    acknowledged=st.dictionaries(st.text(), st.text()),
    choices=st.fixed_dictionaries({}, optional=VALUES),
    reason=st.none() | REASONS,
    stated=st.fixed_dictionaries({}, optional=STATED),
)
def test_what_is_written_is_read_again(
    acknowledged: dict[str, str], choices: dict[str, Any], reason: str | None, stated: dict[str, Any]
) -> None:
    written = to_metadata(plan_with(acknowledged, choices, reason, stated))

    assert from_metadata(written) == Consent(acknowledged, choices, reason, stated)


@given(JSON | st.fixed_dictionaries({}, optional={"acknowledged": JSON, "choices": JSON, "stated": JSON}))
def test_whatever_is_read_is_written_and_read_alike(written: object) -> None:
    consent = from_metadata(written)
    again = plan_with(consent.acknowledged, consent.choices, consent.reason, consent.stated)

    assert from_metadata(to_metadata(again)) == consent


def test_the_form_is_that_of_templates_that_are_deployed_already() -> None:
    choices = {"grants": False, "max_receive_count": 3, "alarms.off": {"age": "quiet"}, "visibility_timeout_factor": 2}

    assert to_metadata(plan_with({"ESM301": "tried"}, choices, "a copy is kept")) == {
        "acknowledged": {"ESM301": "tried"},
        "choices": {
            "visibility_timeout_factor": 2,
            "max_receive_count": 3,
            "grants": False,
            "alarms.off": {"age": "quiet"},
            "no_failure_path": "a copy is kept",
        },
    }
    assert to_metadata(plan_with({}, {}, None)) == {}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("grants", "no"),
        ("grants", 0),
        ("max_receive_count", 0),
        ("max_receive_count", True),
        ("max_receive_count", 1_000_000),
        ("visibility_timeout_factor", "6"),
        ("no_failure_path", " "),
        ("no_failure_path", ["unused"]),
        ("batch_size", 7),
    ],
)
def test_a_choice_of_another_form_than_ours_counts_for_nothing(name: str, value: object) -> None:
    assert from_metadata({"choices": {name: value}}) == Consent()


def test_choices_in_the_metadata_are_those_of_the_user() -> None:
    consent = from_metadata({"choices": {"grants": False, "max_receive_count": 3}})

    assert consent.origin == {"grants": "user", "max_receive_count": "user"}
    assert consent.declined
    assert not from_metadata({"choices": {"grants": True}}).declined


@pytest.mark.parametrize(
    "stated",
    [
        {"function": {"timeout": "30"}},
        {"function": {"timeout": True}},
        {"function": {"timeout": -1, "visibility_timeout": 30}},
        {"function": [30], "queue": None},
        {"queue": {"max_receive_count": 0, "dead_letter_queue": "lost"}},
        {"stream": {"retention_period": 5}},
    ],
)
def test_a_statement_of_another_form_than_ours_counts_for_nothing(stated: object) -> None:
    assert from_metadata({"stated": stated}) == Consent()


def test_a_dead_letter_queue_of_which_nothing_else_is_known_is_one() -> None:
    written = {"queue": {"dead_letter_queue": {"arn": "lost", "retention_period": -1}}}

    assert from_metadata({"stated": written}).stated == {"queue": {"dead_letter_queue": {}}}
