"""A key of which an alias is known: what is granted is granted on the key, for an alias' ARN has no effect."""

from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs

import cdk_esm as esm
from cdk_esm.report.summary import summary
from tests.cdk.templates import resources

KEY_ARN = "arn:aws:kms:eu-west-1:111122223333:key/0a1b"


def decrypting(stack: cdk.Stack) -> list[dict[str, Any]]:
    """The statements about keys in the policies that mappings brought."""
    policies = resources(stack, "AWS::IAM::Policy").values()
    statements = [one for policy in policies for one in policy["Properties"]["PolicyDocument"]["Statement"]]
    return [one for one in statements if "kms:Decrypt" in one["Action"]]


def under_an_alias(stack: cdk.Stack, function: esm.NewFunction, source: str, alias: kms.IAlias) -> Any:
    """A bundle whose source is encrypted under an alias."""
    if source == "queue":
        return esm.SqsToLambda(stack, "Orders", function=function, queue=esm.NewQueue(encryption_master_key=alias))
    if source == "existing queue":
        dead = sqs.DeadLetterQueue(
            queue=sqs.Queue(stack, "Dead", retention_period=cdk.Duration.days(14)), max_receive_count=5
        )
        queue = sqs.Queue(
            stack,
            "Queue",
            encryption_master_key=alias,
            visibility_timeout=cdk.Duration.minutes(3),
            dead_letter_queue=dead,
        )
        return esm.SqsToLambda(stack, "Orders", function=function, queue=queue)
    if source == "stream":
        stream = esm.NewStream(encryption_key=alias)
        return esm.KinesisToLambda(stack, "Orders", function=function, stream=stream)
    failed = sqs.Queue(stack, "Failed", encryption_master_key=alias)
    table = esm.NewTable(dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING))
    return esm.DynamoDbToLambda(stack, "Orders", function=function, table=table, on_failure=esm.OnFailure.queue(failed))


SOURCES = pytest.mark.parametrize("source", ["queue", "existing queue", "stream", "destination"])


@SOURCES
def test_where_only_the_alias_is_known_the_condition_names_it(
    source: str, stack: cdk.Stack, function: esm.NewFunction
) -> None:
    alias = kms.Alias.from_alias_name(stack, "Key", "alias/shop")
    orders = under_an_alias(stack, function, source, alias)
    [statement] = decrypting(stack)

    assert statement["Condition"] == {"ForAnyValue:StringEquals": {"kms:ResourceAliases": "alias/shop"}}
    assert statement["Resource"]["Fn::Join"][1][-1] == ":key/*"
    assert "whoever moves alias/shop moves the right with it" in summary([orders])


@SOURCES
def test_the_key_behind_an_alias_of_the_app_is_named_itself(
    source: str, stack: cdk.Stack, function: esm.NewFunction
) -> None:
    key = kms.Key(stack, "Key")
    alias = kms.Alias(stack, "Alias", alias_name="alias/shop", target_key=key)
    orders = under_an_alias(stack, function, source, alias)
    [statement] = decrypting(stack)

    assert stack.resolve(key.key_arn) == statement["Resource"]
    assert "Condition" not in statement
    assert "moves the right" not in summary([orders])


def test_a_key_by_its_arn_is_granted_as_it_was(stack: cdk.Stack, function: esm.NewFunction) -> None:
    under_an_alias(stack, function, "queue", kms.Key.from_key_arn(stack, "Key", KEY_ARN))  # type: ignore[arg-type]

    assert [one["Resource"] for one in decrypting(stack)] == [KEY_ARN]


def test_a_key_of_aws_needs_no_grant(stack: cdk.Stack, function: esm.NewFunction) -> None:
    alias = kms.Alias.from_alias_name(stack, "Key", "alias/aws/kinesis")
    stream = kinesis.Stream(stack, "Stream", encryption=kinesis.StreamEncryption.KMS, encryption_key=alias)
    esm.KinesisToLambda(
        stack, "Orders", function=function, stream=stream, starting_position=lambda_.StartingPosition.TRIM_HORIZON
    )

    assert decrypting(stack) == []


@SOURCES
def test_the_check_of_the_app_takes_such_a_grant(
    source: str, app: cdk.App, stack: cdk.Stack, function: esm.NewFunction
) -> None:
    under_an_alias(stack, function, source, kms.Alias.from_alias_name(stack, "Key", "alias/shop"))
    app.synth()

    found = [one.rule.id for one in esm.check(esm.read_assembly(app.outdir))]
    assert [one for one in found if one.startswith("ESM4")] == []
