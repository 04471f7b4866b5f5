"""What a finding says to do can be pasted into the call, and then the finding is gone."""

from __future__ import annotations

import re
from typing import Any, Final

import aws_cdk as cdk
import pytest
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_secretsmanager as secretsmanager

import cdk_esm as esm
from tests.cdk.kafka.variants import ACCOUNT, CONNECTION, ELSEWHERE, KEY, REGION, SECRET, by_name, vpc_access

NAMES: Final[dict[str, Any]] = {"ProvisionedPollers": esm.ProvisionedPollers, "esm": esm, "Alarms": esm.Alarms}
KEYWORD: Final = re.compile(r"(\w+)=((?:\w+\()[^;]*?\))(?:,| with|$)")


def pasted(error: esm.EsmError) -> dict[str, Any]:
    """The keyword that the first fix of an error writes out, evaluated as Python."""
    (name, value), *_ = KEYWORD.findall(error.findings[0].fix)  # type: ignore[attr-defined]  # both kinds have them
    return {name: eval(value, dict(NAMES))}  # noqa: S307 - our own words


@pytest.mark.parametrize("name", ["msk-iam-arn", "own-scram-512-public"])
@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"retry_attempts": 3}, id="ESM226"),
        pytest.param({"bisect_batch_on_error": True}, id="ESM226-bisect"),
        pytest.param({"schema_registry": esm.SchemaRegistry.confluent("https://s.example.com")}, id="ESM228"),
        pytest.param({"on_failure": esm.OnFailure.kafka_topic("failed")}, id="ESM229"),
        pytest.param({"alarms": None}, id="ESM003"),
    ],
)
def test_a_fix_is_pasted_and_the_mapping_is_made(
    name: str, changes: dict[str, Any], stack: cdk.Stack, function: esm.NewFunction
) -> None:
    with pytest.raises(esm.EsmError) as caught:
        by_name[name].build(stack, function, **changes)

    assert by_name[name].build(stack, function, **{**changes, **pasted(caught.value)}).findings == ()


def test_a_log_that_needs_pollers_is_an_advice_with_the_same_fix(stack: cdk.Stack, function: esm.NewFunction) -> None:
    level = lambda_.EventSourceMappingLogLevel.INFO
    (finding,) = by_name["msk-iam-arn"].build(stack, function, log_level=level).findings

    assert finding.rule.id == "ESM227"
    assert "provisioned_poller_config=ProvisionedPollers(1, 2)" in finding.fix


@pytest.mark.parametrize(
    ("name", "authentication"),
    [
        ("msk-scram-arn", esm.MskAuthentication.scram(SECRET)),  # type: ignore[arg-type]  # as users do
        ("own-scram-512-public", esm.KafkaAuthentication.scram_512(SECRET)),  # type: ignore[arg-type]
        ("own-scram-512-public", esm.KafkaAuthentication.oauth_bearer(SECRET, scope="read")),  # type: ignore[arg-type]
    ],
)
def test_an_arn_in_the_place_of_a_secret_is_answered_with_what_to_write(
    name: str, authentication: Any, stack: cdk.Stack, function: esm.NewFunction
) -> None:
    with pytest.raises(esm.EsmTypeError) as caught:
        by_name[name].build(stack, function, authentication=authentication)
    code = caught.value.findings[0].fix.removeprefix("write authentication=").replace("<ARN of its key>", KEY)
    written = eval(code, {one: getattr(esm, one) for one in esm.__all__})  # noqa: S307 - our own words

    assert (written.kind, getattr(written, "parts", {})) == (authentication.kind, getattr(authentication, "parts", {}))
    assert by_name[name].build(stack, function, authentication=written).findings == ()


def test_an_arn_in_the_place_of_the_secret_of_a_registry_is_answered_with_the_whole_call(
    stack: cdk.Stack, function: esm.NewFunction
) -> None:
    wrong: Any = esm.KafkaAuthentication.basic(SECRET)  # type: ignore[arg-type]
    registry = esm.SchemaRegistry.confluent("https://s.example.com", authentication=wrong)
    pollers = esm.ProvisionedPollers(1, 2)
    with pytest.raises(esm.EsmTypeError) as caught:
        by_name["msk-iam-arn"].build(stack, function, schema_registry=registry, provisioned_poller_config=pollers)
    code = caught.value.findings[0].fix.removeprefix("write schema_registry=")
    written = eval(code, {one: getattr(esm, one) for one in esm.__all__})  # noqa: S307 - our own words

    made = by_name["msk-iam-arn"].build(stack, function, schema_registry=written, provisioned_poller_config=pollers)
    assert made.findings == ()


def test_a_serverless_cluster_is_answered_with_its_one_way_in(stack: cdk.Stack, function: esm.NewFunction) -> None:
    scram = esm.MskAuthentication.scram(esm.SecretArn(SECRET, encryption_key=KEY))
    with pytest.raises(esm.InvalidMappingError) as caught:
        by_name["msk-iam-serverless-arn"].build(stack, function, authentication=scram)

    assert caught.value.findings[0].fix == "write authentication=MskAuthentication.iam()"


def test_a_cluster_of_another_account_is_answered_with_a_connection_to_it(
    stack: cdk.Stack, function: esm.NewFunction
) -> None:
    here = lambda_.Function.from_function_arn(stack, "Here", f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:fulfil")
    with pytest.raises(esm.InvalidMappingError) as caught:
        by_name["msk-iam-arn"].build(stack, here, cluster=ELSEWHERE)
    code = caught.value.findings[0].fix.removeprefix("write cluster=").partition(" with ")[0]
    written = eval(code.replace("<ARN of the connection>", CONNECTION), {"ClusterConnection": esm.ClusterConnection})  # noqa: S307 - our own words

    made = by_name["msk-iam-arn"].build(stack, function, cluster=written)
    assert made.findings == ()


def test_nothing_said_of_a_way_to_the_brokers_is_answered_with_the_ways(
    stack: cdk.Stack, function: esm.NewFunction
) -> None:
    open_ = esm.KafkaAuthentication.unauthenticated()
    with pytest.raises(esm.InvalidMappingError) as caught:
        by_name["own-scram-512-public"].build(stack, function, authentication=open_)
    fix = caught.value.findings[0].fix

    assert fix.startswith("write network=VpcAccess(vpc, subnets, security_group), or")
    made = by_name["own-scram-512-public"].build(stack, function, authentication=open_, network=vpc_access(stack))
    assert "ESM113" not in {one.rule.id for one in made.findings}


def test_a_position_is_written_as_the_keyword_takes_it(stack: cdk.Stack, function: esm.NewFunction) -> None:
    with pytest.raises(esm.InvalidMappingError) as caught:
        by_name["msk-iam-arn"].build(stack, function, starting_position_timestamp=1_700_000_000)

    assert caught.value.findings[0].fix.startswith("set starting_position=lambda_.StartingPosition.AT_TIMESTAMP, or")


def test_a_word_of_a_registry_is_named_as_the_argument_is(stack: cdk.Stack, function: esm.NewFunction) -> None:
    registry = esm.SchemaRegistry.confluent("https://s.example.com", event_record_format="AVRO", validate=["BODY"])
    with pytest.raises(esm.InvalidMappingError) as caught:
        by_name["msk-iam-arn"].build(
            stack, function, schema_registry=registry, provisioned_poller_config=esm.ProvisionedPollers(1, 2)
        )
    said = str(caught.value)

    assert "schema_registry.event_record_format='AVRO'" in said
    assert "schema_registry.validate='BODY'" in said


def test_a_secret_that_hides_its_key_is_answered_with_the_key_to_name(
    stack: cdk.Stack, function: esm.NewFunction
) -> None:
    imported = secretsmanager.Secret.from_secret_complete_arn(stack, "Password", SECRET)
    scram = esm.MskAuthentication.scram(imported)
    with pytest.raises(esm.EsmTypeError) as caught:
        by_name["msk-scram-arn"].build(stack, function, authentication=scram)
    (finding,) = caught.value.findings
    code = finding.fix.removeprefix("write authentication=").replace("<ARN of its key>", KEY)
    written = eval(code, {one: getattr(esm, one) for one in esm.__all__})  # noqa: S307 - our own words

    assert finding.setting == "authentication.secret"
    assert by_name["msk-scram-arn"].build(stack, function, authentication=written).findings == ()


def test_a_secret_may_hide_its_key_where_the_role_is_not_ours_to_fill(
    stack: cdk.Stack, function: esm.NewFunction
) -> None:
    imported = secretsmanager.Secret.from_secret_complete_arn(stack, "Password", SECRET)
    scram = esm.MskAuthentication.scram(imported)

    made = by_name["msk-scram-arn"].build(stack, function, authentication=scram, grants=False)
    assert "ESM431" not in {one.rule.id for one in made.findings}
