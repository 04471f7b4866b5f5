"""Alarms whose topic is under a key that surely does not let CloudWatch in."""

from typing import Any

import pytest

from cdk_esm.testing.templates import get, ref, resource
from tests.core.template.test_deaf_alarms import (
    ACCOUNT,
    CLOUDWATCH,
    KEY,
    PUBLISH,
    REGION,
    ROOT,
    SHUT,
    TLS_ONLY,
    alarm,
    closed,
    door,
    key,
    statement,
    when,
)


def of_key(*statements: dict[str, Any]) -> list[tuple[str, ...]]:
    topic = resource("SNS::Topic", {"KmsMasterKeyId": ref("Seal")})
    return closed({"Pager": topic, "Late": alarm(ref("Pager")), "Seal": key(*statements)})


@pytest.mark.parametrize(
    ("statements", "missing"),
    [
        pytest.param([statement({"AWS": ROOT}, action="kms:*")], KEY, id="only-the-account"),
        pytest.param([statement(CLOUDWATCH, action="kms:Decrypt")], KEY[1:], id="half"),
        pytest.param([statement(CLOUDWATCH, action=["kms:Encrypt", "kms:GenerateDataKey*"])], KEY[:1], id="other-half"),
        pytest.param([statement(CLOUDWATCH, action=["kms:Decrypt", "kms:GenerateDataKey"])], (), id="both"),
        pytest.param([statement(CLOUDWATCH, action="kms:*")], (), id="everything"),
        pytest.param(
            [statement({"AWS": "*"}, action="kms:*", **when("StringEquals", "kms:CallerAccount", "1"))], (), id="?"
        ),
    ],
)
def test_a_key_must_let_cloudwatch_decrypt_and_make_data_keys(
    statements: list[dict[str, Any]], missing: tuple[str, ...]
) -> None:
    assert of_key(*statements) == ([missing] if missing else [])


@pytest.mark.parametrize(
    ("named", "missing"),
    [
        pytest.param("alias/aws/sns", [KEY], id="the-key-that-aws-manages"),
        pytest.param(f"arn:aws:kms:{REGION}:{ACCOUNT}:alias/aws/sns", [KEY], id="the-same-by-its-arn"),
        pytest.param(get("Seal"), [KEY], id="by-the-arn-of-the-key"),
        pytest.param(get("Seal", "KeyId"), [KEY], id="by-its-id"),
        pytest.param(ref("Name"), [KEY], id="by-its-alias"),
        pytest.param("alias/depot", [KEY], id="by-the-name-of-the-alias"),
        pytest.param(f"arn:aws:kms:{REGION}:{ACCOUNT}:alias/depot", [KEY], id="by-the-arn-of-the-alias"),
        pytest.param("alias/elsewhere", [], id="an-alias-that-is-not-here"),
        pytest.param("1234abcd-12ab-34cd-56ef-1234567890ab", [], id="an-id-that-nobody-knows"),
        pytest.param(ref("Whose"), [], id="open"),
    ],
)
def test_a_key_is_found_however_the_topic_names_it(named: Any, missing: list[tuple[str, ...]]) -> None:
    alias = resource("KMS::Alias", {"AliasName": "alias/depot", "TargetKeyId": ref("Seal")})
    topic = resource("SNS::Topic", {"KmsMasterKeyId": named})

    assert closed({"Pager": topic, "Late": alarm(ref("Pager")), "Seal": SHUT, "Name": alias}) == missing


def test_a_key_without_a_policy_lets_only_its_account_in() -> None:
    topic = resource("SNS::Topic", {"KmsMasterKeyId": ref("Seal")})

    assert closed({"Pager": topic, "Late": alarm(ref("Pager")), "Seal": resource("KMS::Key")}) == [KEY]


def test_policy_and_key_are_told_each() -> None:
    topic = resource("SNS::Topic", {"KmsMasterKeyId": ref("Seal")})

    assert closed({"Pager": topic, "Late": alarm(ref("Pager")), "Seal": SHUT, "Door": door(TLS_ONLY)}) == [PUBLISH, KEY]
