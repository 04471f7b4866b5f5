"""What a sheet offers is in the signature; what is in the signature is on a sheet, or is a knob that is named here."""

from __future__ import annotations

import inspect
import pydoc
from collections.abc import Iterator, Mapping
from typing import Any, Final

import pytest
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

import cdk_esm as esm
from cdk_esm.constructs.activemq import ActiveMqToLambda
from cdk_esm.constructs.documentdb import DocumentDbToLambda
from cdk_esm.constructs.dynamodb import DynamoDbToLambda
from cdk_esm.constructs.intake.cdk_classes import OF_CDK
from cdk_esm.constructs.intake.settings import RECORDS
from cdk_esm.constructs.kinesis import KinesisToLambda
from cdk_esm.constructs.mapping_l1 import record_class
from cdk_esm.constructs.msk import MskToLambda
from cdk_esm.constructs.rabbitmq import RabbitMqToLambda
from cdk_esm.constructs.self_managed_kafka import SelfManagedKafkaToLambda
from cdk_esm.constructs.sqs import SqsToLambda
from cdk_esm.constructs.sqs_fifo import SqsFifoToLambda
from cdk_esm.facts import Form, Setting
from cdk_esm.plan.cdk_words import python_name
from cdk_esm.sources import SOURCES
from cdk_esm.sources.dynamodb_table import TABLE
from cdk_esm.sources.kinesis_stream import STREAM
from cdk_esm.sources.lambda_function import FUNCTION
from cdk_esm.sources.sqs_queue import QUEUE
from tests.cdk.docstrings import arguments

CONSTRUCTS: Final = (
    SqsToLambda,
    SqsFifoToLambda,
    KinesisToLambda,
    DynamoDbToLambda,
    ActiveMqToLambda,
    RabbitMqToLambda,
    DocumentDbToLambda,
    MskToLambda,
    SelfManagedKafkaToLambda,
)
EVERY: Final[tuple[Any, ...]] = (
    *CONSTRUCTS,
    esm.NewFunction,
    esm.NewQueue,
    esm.NewStream,
    esm.NewTable,
    esm.NewBucket,
    esm.NewAlias,
    esm.ProvisionedPollers,
    esm.Alarms,
    esm.NoDeadLetterQueue,
    esm.SecretArn,
    esm.ClusterConnection,
    esm.VpcAccess,
    esm.ServiceGroup,
)
EVERYWHERE: Final = {"grants", "removal_policy", "logical_id", "alarms", "acknowledge"}
KNOBS: Final[Mapping[str, set[str]]] = {
    "SqsToLambda": EVERYWHERE | {"dead_letter_queue", "visibility_timeout_factor", "max_receive_count"},
    "SqsFifoToLambda": EVERYWHERE | {"dead_letter_queue", "visibility_timeout_factor", "max_receive_count"},
    "KinesisToLambda": EVERYWHERE,
    "DynamoDbToLambda": EVERYWHERE,
    "ActiveMqToLambda": EVERYWHERE | {"public_endpoint"},
    "RabbitMqToLambda": EVERYWHERE | {"public_endpoint", "virtual_host"},
    "DocumentDbToLambda": EVERYWHERE,
    "MskToLambda": EVERYWHERE,
    "SelfManagedKafkaToLambda": EVERYWHERE | {"network", "root_certificate"},
    "ClusterConnection": {"arn", "cluster_arn"},
    "VpcAccess": {"vpc", "subnets", "security_group"},
    "ServiceGroup": {"uuid"},
    "ProvisionedPollers": set(),
    "Alarms": {"notify", "thresholds", "off", "grant", "periods", "severities", "notify_ok"},
    "NoDeadLetterQueue": {"reason"},
    "SecretArn": {"arn", "encryption_key"},
}
"""Keywords that are no setting on a sheet."""
ON_THE_QUEUE: Final = {"max_receive_count"}
"""Settings of the queue's sheet that the constructs offer, because they belong to two queues at once."""
ANNOTATIONS: Final[Mapping[Form, str]] = {
    Form.INTEGER: "int",
    Form.SECONDS: "Duration",
    Form.HOURS: "Duration",
    Form.BOOLEAN: "bool",
    Form.TEXT: "str",
}
OTHERWISE: Final = {
    "queue",
    "stream",
    "enhanced_fan_out",
    "table",
    "broker",
    "cluster",
    "function",
    "starting_position",
    "starting_position_timestamp",
    "filter_encryption",
    "on_failure",
    "dynamo_stream",
    "authentication",
    "consumer_group_id",
    "schema_registry",
    "log_level",
}
"""Keywords that take what CDK has for the value, and not what the form of their setting says."""


def keywords(public: Any) -> dict[str, str]:
    """The keywords of a construct or of a record, with their annotations."""
    return {name: annotation for name, annotation in parameters(public).items() if name not in {"scope", "id"}}


def parameters(public: Any) -> dict[str, str]:
    """What a construct or a record takes, with its annotations; jsii hides the signature of the class itself."""
    _, *found = inspect.signature(public.__init__).parameters.values()
    return {one.name: str(one.annotation) for one in found if one.name != "_"}


def sheets() -> Iterator[tuple[str, Any, tuple[Setting, ...]]]:
    """Every sheet of a public class: its name, the class, and the settings."""
    by_name = {one.__name__: one for one in CONSTRUCTS}
    for source in SOURCES.values():
        if source.construct is not None:
            yield source.kind, by_name[source.construct], source.settings
    yield "function", esm.NewFunction, FUNCTION.settings
    yield "new-queue", esm.NewQueue, tuple(one for one in QUEUE.settings if one.keyword not in ON_THE_QUEUE)
    yield "new-stream", esm.NewStream, STREAM.settings
    yield "new-table", esm.NewTable, TABLE.settings


def known_keywords(public: Any) -> set[str]:
    """The keywords that the sheets have for a class; a dot leads into a record, which is a class of its own."""
    record = {kind: keyword for keyword, kind in RECORDS.items()}.get(public)
    found = {one.keyword for _, other, settings in sheets() for one in settings if other is public and one.keyword}
    if record is not None:
        every = {one.keyword for source in SOURCES.values() for one in source.settings if one.keyword}
        found = {one.partition(".")[2] for one in every if one.startswith(f"{record}.")}
    return {one.partition(".")[0] for one in found}


PUBLIC: Final = [pytest.param(one, id=one.__name__) for one in EVERY]
EVERY_SETTING: Final = [
    pytest.param(public, setting, id=f"{kind}-{setting.name}")
    for kind, public, settings in sheets()
    for setting in settings
    if setting.keyword is not None
]


MADE_BY: Final = {"schema_registry": (esm.SchemaRegistry.glue, esm.SchemaRegistry.confluent)}
"""Records that are made by methods, whose arguments a dot leads to."""


@pytest.mark.parametrize(("public", "setting"), EVERY_SETTING)
def test_a_setting_with_a_keyword_is_in_the_signature(public: Any, setting: Setting) -> None:
    keyword, _, member = str(setting.keyword).partition(".")
    annotation = keywords(public)[keyword]
    if keyword in MADE_BY and member:
        assert annotation == "SchemaRegistry | None"
        assert all(member in inspect.signature(make).parameters for make in MADE_BY[keyword])
        return
    if member:
        assert annotation in {
            f"{RECORDS[keyword].__name__} | None",
            "ProvisionedPollers | ProvisionedPollerConfig | None",
        }
        annotation = keywords(RECORDS[keyword])[member]
    if setting.form in ANNOTATIONS and keyword not in OTHERWISE:
        assert annotation.removesuffix(" | None") == ANNOTATIONS[setting.form]


@pytest.mark.parametrize("public", PUBLIC)
def test_a_keyword_is_a_setting_or_a_named_knob(public: Any) -> None:
    settings, of_cdk = known_keywords(public), OF_CDK.get(public.__name__)
    if of_cdk is None:
        knobs = KNOBS[public.__name__]
    else:  # whatever CDK has that no sheet has, what is ours alone, and the names of before
        knobs = {*of_cdk.properties, *of_cdk.own, *of_cdk.former} - settings - of_cdk.declined.keys()

    assert keywords(public).keys() == settings | knobs
    assert not settings & knobs


@pytest.mark.parametrize("public", PUBLIC)
def test_the_docstring_explains_each_keyword_of_the_signature(public: Any) -> None:
    assert list(arguments(public)) == list(parameters(public))


SAID_ALIKE = {
    "function": "a ``NewFunction``, or a function, version or alias that exists (imported ones too, with what you know "
    "of them as ``Imported(function, timeout=...)``).",
    "filters": "patterns in the typed form of ``cdk_esm.filters.f`` or in AWS's own, as dicts or JSON texts; ",
    "logical_id": "the mapping's logical id, to keep that of a mapping that is already deployed. By default CDK's",
    "enabled": "whether the mapping polls. By default it does.",
}
"""How each docstring begins to explain a keyword that the same code takes for every source."""


@pytest.mark.parametrize("construct", CONSTRUCTS)
@pytest.mark.parametrize("keyword", SAID_ALIKE)
def test_what_is_taken_alike_is_explained_alike(keyword: str, construct: type) -> None:
    said = arguments(construct)
    if keyword in said:
        assert " ".join(said[keyword].split()).startswith(SAID_ALIKE[keyword])


@pytest.mark.parametrize("construct", CONSTRUCTS)
def test_each_docstring_says_what_else_its_slots_refuse(construct: type) -> None:
    """A slot for a secret takes no name of one, and an alarm that nothing derives wants a threshold."""
    raises = " ".join(str(construct.__init__.__doc__).partition("Raises:")[2].split())  # type: ignore[misc]
    takes_a_secret = {"authentication", "credentials"} & parameters(construct).keys()
    asks_for_one = {"authentication", "queue_name"} & parameters(construct).keys()

    assert ("a secret by its name" in raises) == bool(takes_a_secret)
    assert ("no threshold for an alarm that needs one" in raises) == bool(asks_for_one)


@pytest.mark.parametrize("construct", CONSTRUCTS)
def test_help_begins_with_the_signature_and_what_the_construct_is(construct: type) -> None:
    name = construct.__name__
    _, _, text = pydoc.plain(pydoc.render_doc(construct)).partition(f"\nclass {name}(")
    signature, summary = (line.removeprefix(" |").strip() for line in text.splitlines()[1:4:2])

    assert signature.startswith(f"{name}(scope: 'Construct', id: 'str', *, function: 'GivenFunction', ")
    assert summary == construct.__doc__


def test_a_construct_on_top_of_ours_has_its_own_signature() -> None:
    class Orders(SqsToLambda):
        def __init__(self, scope: Construct, *, urgent: bool) -> None:
            super().__init__(scope, "Orders" + "Urgent" * urgent, function=esm.NewFunction("orders", "app.handler"))

    assert list(inspect.signature(Orders).parameters) == ["scope", "urgent"]


@pytest.mark.parametrize("kind", SOURCES)
def test_each_setting_of_a_sheet_has_its_place_in_the_l1(kind: str) -> None:
    lists = {one.name for one in SOURCES[kind].settings if one.form is Form.LIST}
    for setting in SOURCES[kind].settings:
        above, _, name = setting.name.rpartition(".")
        inside = above.rpartition(".")[2].removesuffix("s" if above in lists else "")
        owner = record_class(inside) if above else lambda_.CfnEventSourceMapping

        assert python_name(name) in inspect.signature(owner.__init__).parameters
