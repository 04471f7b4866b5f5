"""Identities of what belongs to something else, written and read again."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cdk_esm.plan.identity import (
    CONSUMER,
    ITS_OWN,
    as_pattern,
    below,
    consumer_of,
    place_of,
    split_consumer,
    stream_of_table,
    table_of_stream,
)
from cdk_esm.template.iam.policies import matches
from tools.import_graph import ROOT

FOLDER = ROOT / "cdk_esm"

NAMES = st.text(alphabet="abc/:-.Shop", max_size=12) | st.sampled_from(["/consumer", "consumer/", "stream/", ITS_OWN])


@given(NAMES)
def test_the_table_of_a_table_s_stream_is_that_table(table: str) -> None:
    assert table_of_stream(stream_of_table(table)) == table


@pytest.mark.parametrize("identity", ["Shop/Table", "arn:aws:dynamodb:eu-west-1:1:table/t/stream/2026", "Shop/Queue"])
def test_what_is_no_stream_of_a_table_here_stays_as_it_is(identity: str) -> None:
    assert table_of_stream(identity) == identity


@given(stream=NAMES, consumer=NAMES)
def test_stream_and_consumer_are_found_in_the_identity_that_they_make(stream: str, consumer: str) -> None:
    assume(CONSUMER not in stream + CONSUMER[:-1])  # no stream has a consumer in its own name

    assert split_consumer(consumer_of(stream, consumer)) == (stream, consumer)


@given(NAMES)
def test_what_is_found_in_an_identity_makes_it_again(identity: str) -> None:
    found = split_consumer(identity)

    assert (consumer_of(*found) if found is not None else identity) == identity
    assert (found is not None) is (CONSUMER in identity)


@given(NAMES)
def test_the_place_of_what_is_below_it_is_that_place(place: str) -> None:
    assert place_of(below(place)) == place


@given(NAMES)
def test_a_policy_on_the_pattern_of_an_identity_covers_it(identity: str) -> None:
    assert matches(as_pattern(identity), identity)
    assert ITS_OWN not in as_pattern(identity)


def test_nothing_else_writes_these_forms() -> None:
    written = re.compile(r'"[^"\s]*(its-own|/consumer/)[^"\s]*"')
    found = {
        file.relative_to(FOLDER).as_posix()
        for file in FOLDER.rglob("*.py")
        for line in file.read_text(encoding="utf-8").splitlines()
        if written.search(line) and not re.search(r"\barn:|_arn\b", line)  # an ARN itself, also in an example
    }

    assert found == {"plan/identity.py"}
