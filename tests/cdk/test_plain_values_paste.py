"""A number, an answer, a list or a way to sign in that came in another form is written in its own, ready to paste."""

from __future__ import annotations

from typing import Any

import pytest

import cdk_esm as esm
from cdk_esm.constructs.intake.pastes import answer_pasted, list_pasted, member_pasted, number_pasted, way_pasted


@pytest.mark.parametrize(
    ("make", "slot", "got", "written"),
    [
        (number_pasted, "batch_size", "10", "write batch_size=10"),
        (number_pasted, "provisioned_poller_config.minimum", 2.0, "write minimum=2"),
        (number_pasted, "batch_size", " -1 ", "write batch_size=-1"),
        (number_pasted, "batch_size", True, ""),
        (number_pasted, "batch_size", 2.5, ""),
        (number_pasted, "batch_size", "ten", ""),
        (number_pasted, "batch_size", "1e3", ""),
        (number_pasted, "alarms.thresholds['age']", "5", ""),
        (answer_pasted, "enabled", "no", "write enabled=False"),
        (answer_pasted, "function.tracing", 1, "write tracing=True"),
        (answer_pasted, "enabled", "perhaps", "write enabled=True or enabled=False"),
        (answer_pasted, "enabled", None, "write enabled=True or enabled=False"),
        (list_pasted, "bootstrap_servers", "a:1, b:2", "write bootstrap_servers=['a:1', 'b:2']"),
        (list_pasted, "alarms.notify", object(), "write notify=[...], with it in the list"),
        (way_pasted, esm.MskAuthentication, "IAM", "write authentication=esm.MskAuthentication.iam()"),
        (way_pasted, esm.MskAuthentication, None, "write authentication=esm.MskAuthentication.iam()"),
        (way_pasted, esm.MskAuthentication, "kerberos", ""),
        (
            way_pasted,
            esm.MskAuthentication,
            esm.MskAuthentication.scram,
            "write authentication=esm.MskAuthentication.scram(secret)",
        ),
        (
            way_pasted,
            esm.KafkaAuthentication,
            "scram-512",
            "write authentication=esm.KafkaAuthentication.scram_512(secret)",
        ),
        (
            way_pasted,
            esm.KafkaAuthentication,
            "iam_oauth_bearer",
            "write authentication=esm.KafkaAuthentication.iam_oauth_bearer(audience)",
        ),
    ],
)
def test_a_plain_value_in_another_form_is_written_in_its_own(make: Any, slot: Any, got: object, written: str) -> None:
    assert make(slot, got) == written


@pytest.mark.parametrize(
    ("keyword", "got", "accepted", "written"),
    [
        ("function.tracing", "Active", "a lambda_.Tracing", "write tracing=lambda_.Tracing.ACTIVE"),
        ("queue.encryption", "kms", "a sqs.QueueEncryption", "write encryption=sqs.QueueEncryption.KMS"),
        ("stream.stream_mode", "ON_DEMAND", "a kinesis.StreamMode", "write stream_mode=kinesis.StreamMode.ON_DEMAND"),
        ("queue.encryption", "secret", "a sqs.QueueEncryption", ""),
        ("function.role", "admin", "an iam.IRole", ""),
        ("function.vpc", "vpc-1", "a VPC", ""),
        ("function.ephemeral_storage_size", 512, "a Size", "write ephemeral_storage_size=cdk.Size.mebibytes(512)"),
        ("function.ephemeral_storage_size", True, "a Size", ""),
        ("function.ephemeral_storage_size", "512", "a Size", ""),
    ],
)
def test_a_member_of_an_enum_is_written_by_its_name(keyword: str, got: object, accepted: str, written: str) -> None:
    assert member_pasted(keyword, got, accepted) == written
