"""Calls of the methods that make a record: one that is wrong is answered as a wrong call of a construct is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import cdk_esm as esm


@pytest.mark.parametrize(
    ("call", "keyword", "rule"),
    [
        (lambda of: of.MskAuthentication.scram(), "secret", "ESM003"),
        (lambda of: of.MskAuthentication.iam("shop"), "(positional)", "ESM002"),
        (lambda of: of.KafkaAuthentication.basic(user="shop"), "secret", "ESM003"),
        (lambda of: of.KafkaAuthentication.iam_oauth_bearer(), "audience", "ESM003"),
        (lambda of: of.KafkaAuthentication.oauth_bearer("x", scopes="read"), "scopes", "ESM002"),
        (lambda of: of.SchemaRegistry.glue(), "registry", "ESM003"),
        (lambda of: of.SchemaRegistry.confluent("https://s.example.com", format="JSON"), "format", "ESM002"),
        (lambda of: of.OnFailure.kafka_topic(), "name", "ESM003"),
        (lambda of: of.OnFailure.discard(), "reason", "ESM003"),
    ],
    ids=["scram", "iam", "basic", "iam-oauth", "oauth", "glue", "confluent", "kafka-topic", "discard"],
)
def test_a_wrong_call_names_the_argument(call: Callable[[Any], Any], keyword: str, rule: str) -> None:
    with pytest.raises(esm.EsmTypeError) as caught:
        call(esm)

    assert (rule, keyword) in {(one.rule.id, one.setting) for one in caught.value.findings}
    assert all(one.fix and one.page for one in caught.value.findings)


def test_a_misspelt_argument_is_answered_with_the_right_one() -> None:
    wrong: Any = esm.KafkaAuthentication.oauth_bearer
    with pytest.raises(esm.EsmTypeError, match=r"did you mean scope\?"):
        wrong("x", scopes="read")


def test_a_method_keeps_its_words_and_its_signature() -> None:
    assert esm.MskAuthentication.scram.__doc__
    assert esm.OnFailure.discard.__annotations__["reason"] == "str"
