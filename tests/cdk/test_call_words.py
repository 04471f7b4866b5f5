"""A wrong call of a record, a method or a helper is answered in lines that somebody can read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_lambda as lambda_

import cdk_esm as esm
from cdk_esm.constructs.intake.call_words import in_words


def findings(call: Callable[[], object]) -> list[tuple[str, str]]:
    with pytest.raises(esm.EsmTypeError) as caught:
        call()
    assert max(map(len, str(caught.value).splitlines())) <= 420
    return [(one.rule.id, one.setting) for one in caught.value.findings]


@pytest.mark.parametrize(
    ("annotation", "words"),
    [
        ("str", "a text"),
        ("Sequence[str]", "a list of texts"),
        ("str | Path | lambda_.Code", "a text, a path or a lambda_.Code"),
        ("secretsmanager.ISecret | secretsmanager.Secret | SecretArn", "a secretsmanager.ISecret or a SecretArn"),
        ("ec2.SubnetSelection | Sequence[ec2.ISubnet]", "an ec2.SubnetSelection or a list of ec2.ISubnet"),
        ("Any", "Any"),
    ],
)
def test_an_annotation_is_told_in_words(annotation: str, words: str) -> None:
    assert in_words(annotation) == words


def test_of_many_keywords_the_nearest_are_named() -> None:
    with pytest.raises(esm.EsmTypeError) as caught:
        esm.NewFunction(code="handlers/orders", handler="app.handler", memory=512)  # type: ignore[call-arg]

    [one] = caught.value.findings
    assert one.allowed.startswith("memory_size, ")
    assert one.allowed.endswith(" others, which help(esm.NewFunction) explains")


@pytest.mark.parametrize(
    ("call", "found"),
    [
        pytest.param(esm.NewFunction, [("ESM003", "handler"), ("ESM003", "code")], id="a function"),
        pytest.param(esm.KafkaAuthentication.basic, [("ESM003", "secret")], id="a way to sign in"),
        pytest.param(lambda: esm.Defaults.of(cdk.App()).set(foo=1), [("ESM002", "foo")], id="a method of an instance"),  # type: ignore[call-arg]
    ],
)
def test_each_fault_of_a_call_is_told_once(call: Callable[[], object], found: list[tuple[str, str]]) -> None:
    assert findings(call) == found


def test_what_lets_pollers_in_takes_groups_and_a_port(stack: cdk.Stack) -> None:
    allow: Any = esm.allow_pollers
    group = ec2.SecurityGroup.from_security_group_id(stack, "Group", "sg-1")

    assert findings(lambda: allow("sg-1", port="9092")) == [("ESM001", "pollers"), ("ESM001", "port")]
    assert findings(lambda: allow(None, port=None)) == [("ESM001", "port"), ("ESM003", "pollers")]
    assert findings(lambda: allow(group, port=9092, brokers=5, endpoints="e")) == [
        ("ESM001", "brokers"),
        ("ESM001", "endpoints"),
    ]
    esm.allow_pollers(group, port=9092)


def test_a_timeout_that_is_stated_wrongly_is_not_asked_for_once_more(stack: cdk.Stack) -> None:
    function = lambda_.Function.from_function_name(stack, "Function", "orders")
    stated: Any = esm.Imported(function, timeout=30)  # type: ignore[arg-type]

    assert findings(lambda: esm.SqsToLambda(stack, "Orders", function=stated)) == [("ESM001", "function.timeout")]


def test_no_number_is_taken_for_another_rule(stack: cdk.Stack, function: esm.NewFunction) -> None:
    with pytest.raises(esm.EsmTypeError) as caught:
        esm.SqsToLambda(stack, "Orders", function=function, acknowledge={"ESM999": "tried"})

    assert [one.fix for one in caught.value.findings] == ["remove ESM999"]
