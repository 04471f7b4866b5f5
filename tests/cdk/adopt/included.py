"""A template taken into CDK as it is, but for its mapping, with everything that a marked name can stand for."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

import aws_cdk as cdk
from aws_cdk import Duration, Fn, Token, cloudformation_include
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs
from constructs import Construct

import cdk_esm as esm
from tests.cdk.adopt.pasted import BY_KIND, paste
from tests.cdk.templates import quiet_app

OWN_KEY: Final = "arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555"


class _Named:
    """A construct under another ARN: CDK imports no consumer whose ARN only the deployment knows."""

    def __init__(self, construct: Any, **other: str) -> None:
        self._construct, self._other = construct, other

    def __getattr__(self, name: str) -> Any:
        return self._other[name] if name in self._other else getattr(self._construct, name)


class UnboundError(LookupError):
    """A name in the place of a value that only the template's own conditions know."""


def taken_over(
    document: dict[str, Any], code: str, names: list[dict[str, Any]], folder: Path, *, mapping: str, construct: str
) -> Path:
    """Synthesize a template whose mapping was taken over.

    Args:
        document: the template as it is deployed.
        code: what was printed for it.
        names: the marked names in that.
        folder: where the new assembly goes.
        mapping: the logical id of the mapping.
        construct: the construct that its source has.

    Returns:
        The new template.
    """
    without = {**document, "Resources": {key: one for key, one in document["Resources"].items() if key != mapping}}
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "without.json"
    file.write_text(json.dumps(without), encoding="utf-8")
    stack = cdk.Stack(quiet_app(folder / "out"), "Shop", synthesizer=cdk.LegacyStackSynthesizer())
    try:
        cloudformation_include.CfnInclude(stack, "Template", template_file=str(file))
    except RuntimeError as error:  # CDK reads no boolean that is written as a function
        raise UnboundError(str(error)) from None
    outside = Construct(stack, "Elsewhere")
    bound = {
        name["name"]: getattr(esm, construct)
        if name["kind"] == "construct"
        else bound_to(name, document["Resources"], outside)
        for name in names
    }
    paste(code, stack, bound)
    app: Any = stack.node.root
    app.synth()
    return folder / "out" / "Shop.template.json"


def bound_to(name: dict[str, Any], resources: dict[str, Any], scope: Construct) -> Any:
    """What belongs in the place of a marked name."""
    kind, where = name["kind"], name["logical_id"]
    if kind in BY_KIND:
        return BY_KIND[kind]
    if where is not None:
        return _of_template(name, resources, Construct(scope, name["name"]))
    if kind == "vpc":
        zones = ["eu-west-1a", "eu-west-1b"]
        return ec2.Vpc.from_vpc_attributes(scope, name["name"], vpc_id="vpc-1", availability_zones=zones)
    if kind == "subnets":
        ids = re.findall(r"subnet-\w+", name["what"])
        return [ec2.Subnet.from_subnet_id(scope, f"{name['name']}{one}", one) for one in ids]
    if kind == "security group":
        (group,) = re.findall(r"sg-\w+", name["what"])
        return ec2.SecurityGroup.from_security_group_id(scope, name["name"], group)
    if name["written"] is None:
        raise UnboundError(name)
    given = {"self": scope, "esm": esm, "Fn": Fn, "Token": Token, "Duration": Duration, "lambda_": lambda_, "kms": kms}
    given |= {"sqs": sqs, "sns": sns, "s3": s3, "kinesis": kinesis, "dynamodb": dynamodb}
    written = name["written"].replace("the ARN of its key", OWN_KEY)
    return eval(written, given)  # noqa: S307 - our own output


def _of_template(  # noqa: PLR0911 - a way for each kind of resource
    name: dict[str, Any], resources: dict[str, Any], scope: Construct
) -> Any:
    logical_id, kind = name["logical_id"], name["kind"]
    properties = resources[logical_id].get("Properties", {})
    arn = Token.as_string(Fn.get_att(logical_id, "Arn"))
    if kind in ("function", "alias", "version"):
        invoked = arn if kind == "function" else Fn.ref(logical_id)
        role = iam.Role.from_role_arn(scope, "Role", Token.as_string(Fn.get_att("Role", "Arn")))
        return lambda_.Function.from_function_attributes(
            scope, "It", function_arn=invoked, same_environment=True, role=role
        )
    if kind == "queue":
        fifo = any(str(one).endswith("FIFO") or one == "FifoQueue" for one in properties)
        key = properties.get("KmsMasterKeyId")
        more: dict[str, Any] = {} if key is None else {"key_arn": Token.as_string(Fn.get_att("Key", "Arn"))}
        return sqs.Queue.from_queue_attributes(scope, "It", queue_arn=arn, fifo=fifo, **more)
    if kind == "stream":
        return kinesis.Stream.from_stream_arn(scope, "It", arn)
    if kind == "consumer":
        consumer = "arn:aws:kinesis:eu-west-1:111122223333:stream/clicks/consumer/ours:1700000000"
        made: Any = kinesis.StreamConsumer.from_stream_consumer_arn(scope, "It", consumer)
        return _Named(made, stream_consumer_arn=Token.as_string(Fn.get_att(logical_id, "ConsumerARN")))
    if kind == "table":
        stream_arn = Token.as_string(Fn.get_att(logical_id, "StreamArn"))
        return dynamodb.Table.from_table_attributes(scope, "It", table_arn=arn, table_stream_arn=stream_arn)
    if kind == "bucket":
        return s3.Bucket.from_bucket_arn(scope, "It", arn)
    if kind == "topic":
        return sns.Topic.from_topic_arn(scope, "It", Fn.ref(logical_id))
    if kind == "key":
        return kms.Key.from_key_arn(scope, "It", arn)
    if kind == "secret":
        key = None if "KmsKeyId" not in properties else Token.as_string(Fn.get_att("SecretKey", "Arn"))
        return esm.SecretArn(Fn.ref(logical_id), encryption_key=key)
    return arn  # of a cluster, a broker or a registry, whose slots take ARNs
