"""The summary says of a mapping on every source what a person wants to know, in that source's words."""

import re
from dataclasses import dataclass, field, replace
from typing import Any, Final

import pytest

from cdk_esm.alarms.select import select
from cdk_esm.facts import UNKNOWN, UNRESOLVED, SourceFacts
from cdk_esm.plan import Door, FailureKind, FailurePath, MappingPlan, Source
from cdk_esm.plan.wording import HIDDEN, NOT_HERE
from cdk_esm.report.summary import summary
from cdk_esm.rules.rule import Finding
from cdk_esm.sources import SOURCES
from cdk_esm.sources.destinations import DESTINATIONS
from cdk_esm.testing.legal import mapping
from cdk_esm.testing.plans import (
    with_destination,
    with_failure,
    with_function,
    with_queue,
    with_settings,
    with_source,
)

every_source = pytest.mark.parametrize("sheet", SOURCES.values(), ids=SOURCES)


@dataclass(frozen=True)
class Built:
    """As much of a construct as the summary asks for."""

    plan: MappingPlan
    findings: tuple[Finding, ...] = ()
    alarms: dict[str, Any] = field(default_factory=dict)


def rows(plan: MappingPlan) -> dict[str, str]:
    """What the summary says of a mapping, by the label of the row."""
    built = Built(plan, alarms={recipe.key: None for recipe in select(plan)})
    _, *lines = summary([built]).splitlines()
    return {label: text for label, _, text in (line.strip().partition(" ") for line in lines)}


def row(plan: MappingPlan, label: str) -> str:
    return rows(plan).get(label, "").strip()


UNCAPPED: Final = "; nothing caps it, so a backlog can take the concurrency of the account"
SAID: Final = {
    "sqs": {
        "source": "a new queue; a message stays hidden for 3 min after a receive, and is kept for 4 days",
        "batch": "up to 10 messages, no window, partial batch responses",
        "concurrency": f"scales with the queue{UNCAPPED}",
        "retries": "5 receives, about 15 min after the first",
        "failures": "a new dead-letter queue that keeps them for 14 days",
    },
    "sqs-fifo": {
        "source": "a new queue; a message stays hidden for 3 min after a receive, and is kept for 4 days",
        "batch": "1 message at a time, no window, partial batch responses",
        "concurrency": f"scales with the queue, 1 per message group{UNCAPPED}",
        "retries": "5 receives, about 15 min after the first",
        "failures": "a new dead-letter queue that keeps them for 14 days",
    },
    "kinesis": {"source": "a new stream, read on the shared throughput; a record is kept for 1 day"},
    "kinesis-efo": {"source": "a new stream, read through its own consumer; a record is kept for 1 day"},
    "dynamodb": {"source": "a new table; its stream carries NEW_AND_OLD_IMAGES and keeps a record for 1 day"},
    "msk": {
        "source": "a new cluster; authentication offered: Iam, Scram",
        "reads": "Topics: orders, AmazonManagedKafkaEventSourceConfig.ConsumerGroupId: shop-orders",
        "access": "SASL_SCRAM_512_AUTH",
    },
    "msk-serverless": {
        "source": "a new cluster; authentication offered: Iam",
        "reads": "Topics: orders, AmazonManagedKafkaEventSourceConfig.ConsumerGroupId: shop-orders",
    },
    "self-managed-kafka": {
        "source": f"a new cluster; authentication offered: {NOT_HERE}",
        "reads": "Topics: orders, SelfManagedKafkaEventSourceConfig.ConsumerGroupId: shop-orders",
        "access": "BASIC_AUTH",
    },
    "activemq": {
        "reads": "Queues: orders",
        "access": "BASIC_AUTH",
        "start": "another EventSourceArn makes a new mapping; another Queues needs a new logical id",
        "batch": "up to 100 messages, window 500 ms, all or nothing",
        "concurrency": "at most 5 at a time, unless AWS raises it",
        "retries": "6 redeliveries",
        "failures": "nowhere: the service offers none, and an alarm watches the age of the records",
    },
    "rabbitmq": {
        "concurrency": "1 at a time, unless AWS raises it",
        "retries": "until the message succeeds or expires",
    },
    "documentdb": {
        "source": "a new cluster; engine version: 5.0.0; TLS: on",
        "reads": "DocumentDBEventSourceConfig.DatabaseName: shop, DocumentDBEventSourceConfig.CollectionName: orders",
        "batch": "up to 100 events, window 500 ms, all or nothing",
        "concurrency": "1 at a time, in order",
        "retries": "until the event succeeds or expires, 3 hours after it was sent",
    },
}
OF_STREAMS: Final = {
    "batch": "up to 100 records, no window, partial batch responses",
    "concurrency": "1 per shard",
    "retries": "10 retries (about 1 min to 8 min, no page states the pace), or until the record is 12 hours old, "
    "the batch halved on an error",
    "failures": "a new bucket, which gets the records themselves",
}
OF_KAFKA: Final = {
    **OF_STREAMS,
    "retries": "10 retries, or until the record is 12 hours old, the batch halved on an error",
    "batch": "up to 100 records, window 500 ms, partial batch responses",
    "concurrency": "at most 1 per partition, 1 to 2 provisioned pollers, which pay for units of capacity of their own "
    "(a poller group shares them)",
}


@every_source
def test_a_mapping_on_every_source_is_summed_up_in_its_words(sheet: SourceFacts) -> None:
    said = rows(mapping(sheet.kind))
    shared = OF_STREAMS if "per shard" in sheet.concurrency_words else OF_KAFKA if "Topics" in sheet.by_name else {}

    for label, text in {**shared, **SAID[sheet.kind]}.items():
        assert said[label].strip() == text
    assert said["function"].strip() == "a new function; timeout 30 s"
    assert said["alarms"].strip() == ", ".join(recipe.key for recipe in select(mapping(sheet.kind)))
    assert said["findings"].strip() == "none"


@every_source
def test_the_title_names_the_service(sheet: SourceFacts) -> None:
    assert summary([Built(mapping(sheet.kind))]).startswith(f"Shop/Orders: {sheet.label} to Lambda\n")


@every_source
def test_no_word_of_another_source_slips_in(sheet: SourceFacts) -> None:
    """A summary calls a thing by the one name that its source has for it."""
    plan = replace(mapping(sheet.kind), failure=FailurePath(kind=FailureKind.NONE, reason="told elsewhere"))
    words = {other.unit for other in SOURCES.values()} - {sheet.unit}
    said = [text for label, text in rows(plan).items() if label in ("source", "batch", "retries")]

    assert not [word for word in words for text in said if f"{word}s" in text or f"the {word} " in text]


@every_source
def test_what_nobody_can_see_yet_is_said_to_be_hidden(sheet: SourceFacts) -> None:
    """Every setting at once is a token: the summary still answers."""
    hidden = {one.name: UNRESOLVED for one in sheet.settings if "." not in one.name}
    for plan in (with_settings(mapping(sheet.kind), **hidden), replace(mapping(sheet.kind), failure=UNKNOWN)):
        said = rows(replace(plan, filters=UNKNOWN))
        assert {"source", "function", "batch", "concurrency", "retries", "failures"} <= set(said)
        words = HIDDEN if plan.given("FilterCriteria") is UNRESOLVED else NOT_HERE
        assert words in said["filters"]
    assert HIDDEN in row(with_settings(mapping(sheet.kind), **hidden), "batch")


@every_source
def test_the_record_of_every_source_describes_itself(sheet: SourceFacts) -> None:
    source = mapping(sheet.kind).event_source

    assert type(source).described is not Source.described
    assert row(with_source(mapping(sheet.kind), existing=True), "source") == f"an existing {source.described}"


@every_source
def test_a_failure_path_that_is_missing_says_what_the_source_offers(sheet: SourceFacts) -> None:
    plan = replace(mapping(sheet.kind), failure=FailurePath(kind=FailureKind.NONE))

    watched = f"{sheet.failure_path}; watched by {', '.join(sheet.stand_in)}"
    assert row(plan, "failures") == (
        watched if sheet.stand_in else f"nowhere: no reason given; what there is: {sheet.failure_path}"
    )
    assert row(with_failure(plan, reason="worthless"), "failures") == "nowhere: worthless"


@pytest.mark.parametrize(
    ("kind", "destination"), [(kind, one) for kind, sheet in SOURCES.items() for one in sheet.destinations]
)
def test_a_destination_says_whether_it_gets_the_records(kind: str, destination: str) -> None:
    plan = with_failure(with_destination(mapping(kind), existing=True), kind=destination)
    held = "the records themselves" if DESTINATIONS[destination].keeps_records else "where the records were"

    assert row(plan, "failures").startswith(f"an existing {FailureKind(destination).words}, which gets {held}")


@every_source
def test_a_batching_window_that_nobody_set_is_the_services_own(sheet: SourceFacts) -> None:
    default = sheet.by_name["MaximumBatchingWindowInSeconds"].default

    assert ("window 500 ms" in row(mapping(sheet.kind), "batch")) is (default is None)
    if sheet.takes_window:
        plan = mapping(sheet.kind, MaximumBatchingWindowInSeconds=90)
        assert "window 1 min 30 s" in row(plan, "batch")


def test_how_long_a_hidden_cluster_keeps_its_changes_is_not_guessed() -> None:
    plan = with_source(mapping("documentdb"), change_stream_seconds=UNKNOWN)

    assert row(plan, "retries") == "until the event succeeds or expires"


def test_a_message_without_a_dead_letter_queue_is_tried_until_it_expires() -> None:
    plan = replace(mapping("sqs"), failure=FailurePath(kind=FailureKind.NONE))

    assert row(plan, "retries") == "until the message expires, 4 days after it was sent"


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        pytest.param({}, f"scales with the queue{UNCAPPED}", id="by-default"),
        pytest.param({"ScalingConfig": {"MaximumConcurrency": 5}}, "scales with the queue, at most 5", id="bounded"),
        pytest.param(
            {"ProvisionedPollerConfig": {"MinimumPollers": 3}},
            "scales with the queue, 3 to 200 provisioned pollers",
            id="pollers",
        ),
    ],
)
def test_what_bounds_the_concurrency_of_a_queue_is_said(settings: dict[str, Any], words: str) -> None:
    assert row(mapping("sqs", **settings), "concurrency") == words


def test_a_share_group_has_no_partitions_no_window_and_no_retries_of_its_own() -> None:
    queue_mode = {"SelfManagedKafkaEventSourceConfig": {"ConsumptionMode": "Queue"}, "MaximumRetryAttempts": None}
    plan = mapping("self-managed-kafka", **queue_mode, StartingPosition=None)

    assert row(plan, "concurrency").startswith("scales with the share group, in no order")
    assert "no window" in row(plan, "batch")
    assert row(plan, "retries") == "none"
    assert "SelfManagedKafkaEventSourceConfig.ConsumptionMode: Queue" in row(plan, "reads")


@pytest.mark.parametrize("kind", ["msk", "msk-serverless", "self-managed-kafka"])
def test_retries_without_an_end_have_one_before_a_destination_of_kafka(kind: str) -> None:
    endless = mapping(kind, MaximumRetryAttempts=-1, MaximumRecordAgeInSeconds=-1)

    assert row(endless, "retries").startswith("10 retries, or until the record expires")
    assert row(with_settings(endless, DestinationConfig=None), "retries").startswith("without end, or until the record")


def test_retries_of_a_stream_have_no_end_where_none_is_set() -> None:
    endless = mapping("kinesis", MaximumRetryAttempts=None, MaximumRecordAgeInSeconds=None)

    assert row(endless, "retries").startswith("without end, or until the record expires")


@every_source
def test_what_makes_another_mapping_is_named_in_the_words_of_the_door(sheet: SourceFacts) -> None:
    in_template = row(mapping(sheet.kind), "start")
    of_construct = replace(mapping(sheet.kind), door=Door.CONSTRUCT)
    in_construct = row(of_construct, "start")

    for name in sheet.id_holds:
        assert of_construct.say(name) in in_construct
        assert (name in in_template) is sheet.by_name[name].fixed
    assert ("logical id" in in_template) is any(sheet.by_name[name].fixed for name in sheet.id_holds)
    assert "logical id" not in in_construct


@every_source
def test_the_words_of_concurrency_name_settings_of_their_own_source(sheet: SourceFacts) -> None:
    assert not {"{", "None"} & set(re.split(r"(\{|\W)", row(mapping(sheet.kind), "concurrency")))


@pytest.mark.parametrize("kind", ["msk", "msk-serverless", "self-managed-kafka"])
def test_what_a_poller_group_does_to_the_cost_is_said(kind: str) -> None:
    pollers = {"MinimumPollers": 1, "MaximumPollers": 2}
    of_group = mapping(kind, ProvisionedPollerConfig={**pollers, "PollerGroupName": "feeds"})
    hidden = mapping(kind, ProvisionedPollerConfig={**pollers, "PollerGroupName": UNRESOLVED})

    assert "what they cost, with the poller group feeds" in row(of_group, "concurrency")
    assert "feeds" not in row(hidden, "concurrency")
    assert "of their own" not in row(hidden, "concurrency")
    assert "capacity" not in row(mapping("sqs", ProvisionedPollerConfig={"MinimumPollers": 3}), "concurrency")


def test_what_an_import_hides_no_deployment_shows() -> None:
    """An ARN tells nothing of a queue, and a token will be a value."""
    imported = with_queue(mapping(), visibility_timeout_seconds=UNKNOWN, retention_seconds=UNRESOLVED)
    imported = with_function(replace(imported, failure=UNKNOWN), timeout_seconds=UNKNOWN)

    assert row(imported, "source") == (
        f"a new queue; a message stays hidden for a time that is {NOT_HERE} after a receive, "
        f"and is kept for a time that is {HIDDEN}"
    )
    assert f"timeout {NOT_HERE}" in row(imported, "function")
    assert (row(imported, "retries"), row(imported, "failures")) == (NOT_HERE, NOT_HERE)


def test_what_replaces_a_mapping_and_what_is_there_twice_is_listed_as_a_sentence() -> None:
    subnets = [{"Type": "VPC_SUBNET", "URI": f"subnet:subnet-{name}"} for name in "ab"]
    own = [{"Type": "BASIC_AUTH", "URI": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf"}]
    plan = mapping("self-managed-kafka", SourceAccessConfigurations=[*own, *subnets])

    assert row(plan, "access") == "BASIC_AUTH, VPC_SUBNET (2)"
    assert "another SelfManagedEventSource, StartingPosition or StartingPositionTimestamp makes" in row(plan, "start")
