"""What the variants are built from. It is theirs alone: what other tests change here would be a change of templates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import aws_cdk as cdk
import jsii
from aws_cdk import Duration
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs

import cdk_esm as esm

REGION: Final = "eu-west-1"
ACCOUNT: Final = "111122223333"
HANDLER: Final = "def handler(event, context):\n    return {'batchItemFailures': []}\n"
ID_KEY: Final = dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING)
START: Final = lambda_.StartingPosition.TRIM_HORIZON
EVENT_COUNT: Final = lambda_.MetricsConfig(metrics=[lambda_.MetricType.EVENT_COUNT])
WHY: Final = "see runbook 12"


def arn(service: str, name: str) -> str:
    """The ARN of something that was made elsewhere."""
    return f"arn:aws:{service}:{REGION}:{ACCOUNT}:{name}"


@dataclass(frozen=True)
class Bench:
    """What a variant may use, each made when it is asked for.

    Args:
        stack: the stack of the construct.
        code: the folder of a handler, whose module is ``app``.
    """

    stack: cdk.Stack
    code: Path

    def other(self, name: str) -> Bench:
        """Another stack of the same app."""
        app = self.stack.node.root
        assert isinstance(app, cdk.App)
        return Bench(cdk.Stack(app, name), self.code)

    # Functions.

    def function(self, **changes: Any) -> esm.NewFunction:
        """A new function, with some of its options changed."""
        return esm.NewFunction(**{"code": str(self.code), "handler": "app.handler", **changes})

    def existing(self, **changes: Any) -> lambda_.Function:
        """A function that is made beside the construct."""
        made = {
            "code": lambda_.Code.from_inline("def handler(event, context): ..."),
            "handler": "index.handler",
            "runtime": lambda_.Runtime.PYTHON_3_13,
            "timeout": Duration.seconds(20),
        }
        return lambda_.Function(self.stack, "Fulfil", **{**made, **changes})

    def version(self) -> lambda_.IFunction:
        """A version of such a function."""
        return self.existing().current_version

    def alias(self) -> lambda_.IFunction:
        """An alias of such a function."""
        return lambda_.Alias(self.stack, "Live", alias_name="live", version=self.existing().current_version)

    def with_own_role(self) -> lambda_.Function:
        """A function whose role is made beside it."""
        return self.existing(
            role=iam.Role(self.stack, "OwnRole", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        )

    def imported(self) -> lambda_.IFunction:
        """A function that was made elsewhere, by its ARN."""
        return lambda_.Function.from_function_arn(self.stack, "Imported", arn("lambda", "function:fulfil"))

    def imported_with_role(self) -> lambda_.IFunction:
        """A function that was made elsewhere, with its role."""
        role = iam.Role.from_role_arn(self.stack, "ImportedRole", f"arn:aws:iam::{ACCOUNT}:role/fulfil")
        return lambda_.Function.from_function_attributes(
            self.stack, "Imported", function_arn=arn("lambda", "function:fulfil"), role=role, same_environment=True
        )

    def vpc(self) -> ec2.IVpc:
        """A network that was made elsewhere."""
        return ec2.Vpc.from_vpc_attributes(
            self.stack,
            "Vpc",
            vpc_id="vpc-12345",
            availability_zones=["eu-west-1a", "eu-west-1b"],
            isolated_subnet_ids=["subnet-isolated-a", "subnet-isolated-b"],
            private_subnet_ids=["subnet-private-a", "subnet-private-b"],
        )

    def everything(self) -> esm.NewFunction:
        """A new function with every option."""
        layer = arn("lambda", "layer:shared:1")
        return self.function(
            runtime=lambda_.Runtime.PYTHON_3_13,
            timeout=Duration.seconds(45),
            memory_size=1024,
            environment={"STAGE": "test", "BUCKET": cdk.Fn.import_value("Bucket")},
            reserved_concurrent_executions=20,
            architecture=lambda_.Architecture.X86_64,
            layers=[lambda_.LayerVersion.from_layer_version_arn(self.stack, "Layer", layer)],
            description="Fulfils orders",
            log_retention=cdk.aws_logs.RetentionDays.ONE_YEAR,
            tracing=False,
            vpc=self.vpc(),
            vpc_subnets=ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_ISOLATED),
            security_groups=[ec2.SecurityGroup.from_security_group_id(self.stack, "Group", "sg-12345")],
            environment_encryption=self.key("EnvironmentKey"),
            alias="live",
        )

    # Sources.

    def queue(self, *, fifo: bool | None = None, receives: int | None = 5, **changes: Any) -> sqs.Queue:
        """A queue that is made beside the construct; without ``receives`` it has no dead-letter queue."""
        redrive = None
        if receives is not None:
            redrive = sqs.DeadLetterQueue(queue=self.dead_letters(fifo=fifo), max_receive_count=receives)
        made = {"fifo": fifo, "visibility_timeout": Duration.minutes(3), "dead_letter_queue": redrive}
        return sqs.Queue(self.stack, "Source", **{**made, **changes})

    def dead_letters(self, *, fifo: bool | None = None) -> sqs.Queue:
        """A queue for failed messages."""
        return sqs.Queue(self.stack, "Failed", fifo=fifo, retention_period=Duration.days(14))

    def known_queue(self, name: str = "orders") -> sqs.IQueue:
        """A queue that was made elsewhere, by its ARN."""
        return sqs.Queue.from_queue_arn(self.stack, "Known", arn("sqs", name))

    def stream(self, **changes: Any) -> kinesis.Stream:
        """A stream that is made beside the construct."""
        return kinesis.Stream(self.stack, "Source", **{"retention_period": Duration.days(3), **changes})

    def known_stream(self) -> kinesis.IStream:
        """A stream that was made elsewhere, by its ARN."""
        return kinesis.Stream.from_stream_arn(self.stack, "Known", arn("kinesis", "stream/clicks"))

    def consumer(self) -> kinesis.StreamConsumer:
        """An enhanced fan-out consumer that is made beside the construct, as its stream is."""
        return kinesis.StreamConsumer(self.stack, "Reader", stream=self.stream(), stream_consumer_name="reader")

    def known_consumer(self) -> kinesis.IStreamConsumer:
        """An enhanced fan-out consumer that was made elsewhere, by its ARN."""
        name = arn("kinesis", "stream/clicks/consumer/theirs:1700000000")
        return kinesis.StreamConsumer.from_stream_consumer_arn(self.stack, "KnownConsumer", name)

    def table(self, **changes: Any) -> dynamodb.TableV2:
        """A table that is made beside the construct."""
        made = {"partition_key": ID_KEY, "dynamo_stream": dynamodb.StreamViewType.NEW_IMAGE}
        return dynamodb.TableV2(self.stack, "Source", **{**made, **changes})

    def first_table(self) -> dynamodb.Table:
        """The same, by CDK's first construct for tables."""
        view = dynamodb.StreamViewType.KEYS_ONLY
        return dynamodb.Table(self.stack, "Source", partition_key=ID_KEY, stream=view)

    def known_table(self) -> dynamodb.ITableV2:
        """A table that was made elsewhere, by its ARN and that of its stream."""
        name = arn("dynamodb", "table/products")
        stream = f"{name}/stream/2026-01-01T00:00:00.000"
        return dynamodb.TableV2.from_table_attributes(self.stack, "Known", table_arn=name, table_stream_arn=stream)

    # What else there is.

    def key(self, id: str = "Key") -> kms.Key:  # noqa: A002 - CDK's word
        """A key of the stack."""
        return kms.Key(self.stack, id)

    def known_key(self) -> kms.IKey:
        """A key that was made elsewhere, by its ARN."""
        return kms.Key.from_key_arn(self.stack, "KnownKey", arn("kms", "key/1234"))

    def known_alias(self) -> kms.IAlias:
        """An alias of a key that was made elsewhere."""
        return kms.Alias.from_alias_name(self.stack, "KnownAlias", "alias/shop")

    def bucket(self, **changes: Any) -> s3.Bucket:
        """A bucket of the stack."""
        return s3.Bucket(self.stack, "Bucket", **changes)

    def plain_queue(self, **changes: Any) -> sqs.Queue:
        """A queue without more: a destination needs no dead-letter queue."""
        return sqs.Queue(self.stack, "Plain", **changes)

    def topic(self, **changes: Any) -> sns.Topic:
        """A topic of the stack."""
        return sns.Topic(self.stack, "Topic", **changes)

    def known_topic(self) -> sns.ITopic:
        """A topic that was made elsewhere, by its ARN."""
        return sns.Topic.from_topic_arn(self.stack, "KnownTopic", arn("sns", "operators"))

    def number(self, name: str = "Number") -> float:
        """A number that only the deployment knows, as a parameter of that name."""
        return cdk.CfnParameter(self.stack, name, type="Number").value_as_number

    def seconds(self, name: str) -> Duration:
        """A duration that only the deployment knows, likewise."""
        return Duration.seconds(self.number(name))


@jsii.implements(cdk.IPropertyInjector)
class Injector:
    """A property injector that sets properties of every construct of one kind, in CDK's own names."""

    def __init__(self, kind: str, given: dict[str, Any], *, only_with: str | None) -> None:
        self._kind = kind
        self._given = given
        self._only_with = only_with

    @property
    def construct_unique_id(self) -> str:
        return self._kind

    def inject(self, original_props: Any, *, id: str, scope: Any) -> Any:  # noqa: A002 - CDK's word
        del id, scope
        given = dict(original_props)
        return given if self._only_with is not None and self._only_with not in given else {**given, **self._given}


def injecting(kind: str, only_with: str | None = None, **given: Any) -> Callable[[Bench], None]:
    """Put an injector on a variant's stack; ``only_with`` names a property that a construct must already have."""

    def prepare(bench: Bench) -> None:
        cdk.PropertyInjectors.of(bench.stack).add(Injector(kind, given, only_with=only_with))

    return prepare
