"""Bad settings of the Kafka constructs: one for each bound of the sheets, and pairs that exclude each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import aws_cdk as cdk
from aws_cdk import Duration
from aws_cdk import aws_lambda as lambda_

import cdk_esm as esm
from cdk_esm.facts import Form, Setting
from cdk_esm.sources import SOURCES
from cdk_esm.sources.kafka_settings import POLLERS as POLLER_CONFIG
from tests.cdk.kafka.bad_case import WHY, Bad, Base
from tests.cdk.kafka.variants import (
    ACCOUNT,
    POLLERS,
    REGION,
)

# Of every bound that is on a sheet.

_RULE_OF_FORM: Final[Mapping[Form, str]] = {Form.INTEGER: "ESM101", Form.SECONDS: "ESM101"}
_HANDLED_BY_HAND: Final = {"StartingPositionTimestamp"}


def _outside(setting: Setting) -> Iterator[tuple[str, Any]]:
    """Values just outside of a range, as Python has them."""
    write: Callable[[int], Any] = Duration.seconds if setting.form is Form.SECONDS else int
    if setting.minimum is not None and not (setting.form is Form.SECONDS and setting.minimum <= 0):
        yield "below", write(setting.minimum - 1)
    if setting.maximum is not None:
        yield "above", write(setting.maximum + 1)


def of_sheets() -> Iterator[tuple[str, Bad]]:
    """A case for each end of each range in numbers."""
    for kind, base in Base.items():
        for setting in SOURCES[kind].settings:
            if setting.form not in _RULE_OF_FORM or setting.keyword is None or setting.name in _HANDLED_BY_HAND:
                continue
            for side, value in _outside(setting):
                yield f"{kind}: {setting.name} {side}", _numeric(base, setting, value)


def _numeric(base: str, setting: Setting, value: Any) -> Bad:
    found = {(_RULE_OF_FORM[setting.form], setting.name)}
    keyword = str(setting.keyword)
    if "." not in keyword:
        return Bad(base, {"provisioned_poller_config": POLLERS, keyword: value}, frozenset(found))
    member = keyword.partition(".")[2]
    members = {"minimum": 1, "maximum": 4, member: value}
    if members["minimum"] > members["maximum"]:
        found.add(("ESM204", _MINIMUM))
    return Bad(base, {"provisioned_poller_config": esm.ProvisionedPollers(**members)}, frozenset(found))


# Of every kind of cluster, by hand.

_GROUP: Final = {
    "msk": "AmazonManagedKafkaEventSourceConfig.ConsumerGroupId",
    "msk-serverless": "AmazonManagedKafkaEventSourceConfig.ConsumerGroupId",
    "self-managed-kafka": "SelfManagedKafkaEventSourceConfig.ConsumerGroupId",
}
_REGISTRY: Final = {kind: name.replace("ConsumerGroupId", "SchemaRegistryConfig") for kind, name in _GROUP.items()}
_GLUE: Final = esm.SchemaRegistry.glue(f"arn:aws:glue:{REGION}:{ACCOUNT}:registry/shop")
_MINIMUM: Final = f"{POLLER_CONFIG.name}.MinimumPollers"
_LATEST: Final = lambda_.StartingPosition.LATEST
_URL: Final = "https://s.example.com"
_AVRO: Final = esm.SchemaRegistry.confluent(_URL, event_record_format="AVRO")
_HEADERS: Final = esm.SchemaRegistry.confluent(_URL, validate=["HEADER"])
_NOWHERE: Final = esm.OnFailure.discard(reason=WHY)
_WITH_POLLERS: Final = {"provisioned_poller_config": POLLERS}


def everywhere() -> Iterator[tuple[str, Bad]]:
    """Cases that are the same for every kind of cluster, but for the names of settings."""
    for kind, base in Base.items():
        for sentence, changes, *found in (
            ("a long topic", {"topic": "t" * 250}, ("ESM113", "Topics")),
            ("a topic with a blank", {"topic": "my orders"}, ("ESM114", "Topics")),
            ("a long group", {"consumer_group_id": "g" * 201}, ("ESM101", _GROUP[kind])),
            ("a group with a blank", {"consumer_group_id": "my group"}, ("ESM114", _GROUP[kind])),
            (
                "a long poller group",
                {"provisioned_poller_config": esm.ProvisionedPollers(1, 4, group="p" * 129)},
                ("ESM101", f"{POLLER_CONFIG.name}.PollerGroupName"),
            ),
            (
                "pollers upside down",
                {"provisioned_poller_config": esm.ProvisionedPollers(5, 4)},
                ("ESM204", f"{POLLER_CONFIG.name}.MinimumPollers"),
            ),
            ("retries without pollers", {"retry_attempts": 3}, ("ESM226", "MaximumRetryAttempts")),
            ("an age without pollers", {"max_record_age": Duration.hours(1)}, ("ESM226", "MaximumRecordAgeInSeconds")),
            ("bisecting without pollers", {"bisect_batch_on_error": True}, ("ESM226", "BisectBatchOnFunctionError")),
            (
                "answers without pollers",
                {"report_batch_item_failures": True},
                ("ESM226", "FunctionResponseTypes"),
            ),
            ("schemas without pollers", {"schema_registry": _GLUE}, ("ESM228", _REGISTRY[kind])),
            (
                "a topic for failures without pollers",
                {"on_failure": esm.OnFailure.kafka_topic("failed")},
                ("ESM229", "DestinationConfig.OnFailure.Destination"),
            ),
            (
                "failures into the topic itself",
                {"on_failure": esm.OnFailure.kafka_topic("orders"), **_WITH_POLLERS},
                ("ESM230", "DestinationConfig.OnFailure.Destination"),
            ),
            (
                "a format of schemas that there is not",
                {
                    "schema_registry": esm.SchemaRegistry.confluent(
                        "https://s.example.com", event_record_format="AVRO"
                    ),
                    **_WITH_POLLERS,
                },
                ("ESM103", f"{_REGISTRY[kind]}.EventRecordFormat"),
            ),
            (
                "a part of a record that has no schema",
                {
                    "schema_registry": _HEADERS,
                    **_WITH_POLLERS,
                },
                ("ESM103", f"{_REGISTRY[kind]}.SchemaValidationConfigs.Attribute"),
            ),
            (
                "retries for ever",
                {"on_failure": _NOWHERE},
                ("ESM328", "DestinationConfig.OnFailure"),
            ),
            (
                "the newest records only",
                {"starting_position": _LATEST},
                ("ESM316", "StartingPosition"),
            ),
            (
                "a moment without its position",
                {"starting_position_timestamp": 1_700_000_000},
                ("ESM217", "StartingPosition"),
            ),
            (
                "a record age of a second",
                {"max_record_age": Duration.seconds(1), **_WITH_POLLERS},
                ("ESM110", "MaximumRecordAgeInSeconds"),
            ),
            ("a filter without the value", {"filters": [{"data": {"a": ["b"]}}]}, ("ESM502", "FilterCriteria")),
            ("a long function", {"function": _longest}, ("ESM240", "Timeout")),
        ):
            yield f"{kind}: {sentence}", Bad(base, changes, frozenset(found))


def _longest(stack: cdk.Stack) -> lambda_.Function:
    return lambda_.Function(
        stack,
        "Longest",
        code=lambda_.Code.from_inline("def handler(event, context): ..."),
        handler="index.handler",
        runtime=lambda_.Runtime.PYTHON_3_13,
        timeout=Duration.minutes(15),
    )
