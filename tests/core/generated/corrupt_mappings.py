"""Corruptions of the mapping itself: forms, combinations, positions, retries, and what pollers are needed for."""

from __future__ import annotations

import time
from typing import Any

from tests.core.generated.case import Case
from tests.core.generated.corruption import (
    EVERY,
    FILTERED,
    KAFKA,
    KINESIS,
    MSK,
    QUEUES,
    STREAMS,
    corrupts,
    own,
    put,
    take,
)

_POLLERS = {"MinimumPollers": 2, "MaximumPollers": 10}


@corrupts("ESM001", on=EVERY)
def _a_batch_in_words(case: Case) -> None:
    case.settings["BatchSize"] = "ten"


@corrupts("ESM001", on=EVERY)
def _enabled_maybe(case: Case) -> None:
    case.settings["Enabled"] = "maybe"


@corrupts("ESM001", on=FILTERED)
def _filters_that_are_no_list(case: Case) -> None:
    case.settings["FilterCriteria"] = {"Filters": {"Pattern": '{"body": {"a": ["b"]}}'}}


@corrupts("ESM001", on=FILTERED)
def _a_pattern_that_is_no_text(case: Case) -> None:
    case.settings["FilterCriteria"] = {"Filters": [{"Pattern": {"body": {"a": ["b"]}}}]}


@corrupts("ESM001", on=KAFKA)
def _topics_as_a_text(case: Case) -> None:
    case.settings["Topics"] = "orders"


@corrupts("ESM107", on=EVERY)
def _a_tag_of_aws(case: Case) -> None:
    case.settings["Tags"] = [{"Key": case.draw.one_of(("aws:team", "", "k" * 129)), "Value": "shop"}]


@corrupts("ESM107", on=EVERY)
def _a_tag_with_a_long_value(case: Case) -> None:
    case.settings["Tags"] = [{"Key": "team", "Value": "v" * 257}]


@corrupts("ESM108", on=tuple(kind for kind in EVERY if kind != "self-managed-kafka"))
def _no_source(case: Case) -> bool:
    return take(case.settings, "EventSourceArn")


@corrupts("ESM108", on=("self-managed-kafka",))
def _a_source_beside_a_cluster_of_ones_own(case: Case) -> None:
    case.settings["EventSourceArn"] = "shop"


@corrupts("ESM108", on=(*QUEUES, *STREAMS))
def _the_arn_of_no_source(case: Case) -> None:
    case.settings["EventSourceArn"] = case.elsewhere(case.draw.one_of(("sns", "s3", "firehose")), "orders")


@corrupts("ESM110", on=(*STREAMS, *KAFKA))
def _an_age_of_half_a_minute(case: Case) -> None:
    case.settings["MaximumRecordAgeInSeconds"] = case.draw.between(0, 59)


@corrupts("ESM201", on=("sqs",))
def _a_big_batch_without_a_window(case: Case) -> None:
    case.settings["BatchSize"] = case.draw.between(11, 10_000)
    case.settings.pop("MaximumBatchingWindowInSeconds", None)


@corrupts("ESM203", on=QUEUES)
def _a_concurrency_beside_pollers(case: Case) -> None:
    case.settings["ScalingConfig"] = {"MaximumConcurrency": 5}
    case.settings["ProvisionedPollerConfig"] = dict(_POLLERS)


@corrupts("ESM204", on=(*QUEUES, *KAFKA))
def _more_pollers_at_the_least(case: Case) -> None:
    put(case.settings, "ProvisionedPollerConfig", {"MinimumPollers": 20, "MaximumPollers": 10})


@corrupts("ESM204", on=QUEUES)
def _fewer_pollers_at_the_most_than_by_default(case: Case) -> None:
    case.settings.pop("ScalingConfig", None)
    case.settings["ProvisionedPollerConfig"] = {"MaximumPollers": 1}


@corrupts("ESM205", on=(*QUEUES, *KAFKA))
def _pollers_of_nothing(case: Case) -> None:
    case.settings["ProvisionedPollerConfig"] = {}


@corrupts("ESM207", on=FILTERED)
def _a_key_without_filters(case: Case) -> None:
    case.settings["KmsKeyArn"] = case.elsewhere("kms", "key/shop")
    case.settings.pop("FilterCriteria", None)


@corrupts("ESM217", on=(*KINESIS, *KAFKA))
def _a_moment_that_is_missing(case: Case) -> None:
    case.settings["StartingPosition"] = "AT_TIMESTAMP"
    case.settings.pop("StartingPositionTimestamp", None)


@corrupts("ESM217", on=(*KINESIS, *KAFKA))
def _a_moment_that_is_not_asked_for(case: Case) -> None:
    case.settings["StartingPosition"] = "TRIM_HORIZON"
    case.settings["StartingPositionTimestamp"] = 1_700_000_000


@corrupts("ESM218", on=(*KINESIS, *KAFKA))
def _a_moment_in_milliseconds(case: Case) -> None:
    later = case.draw.one_of((1_700_000_000_000, int(time.time()) + 86_400))
    case.settings.update({"StartingPosition": "AT_TIMESTAMP", "StartingPositionTimestamp": later})


@corrupts("ESM219", on=STREAMS)
def _a_tumbling_window_in_parallel(case: Case) -> None:
    case.settings.update({"TumblingWindowInSeconds": 60, "ParallelizationFactor": 2})


@corrupts("ESM311", on=(*QUEUES, *STREAMS))
def _no_partial_response(case: Case) -> None:
    case.settings.pop("FunctionResponseTypes", None)
    case.settings["BatchSize"] = 10


@corrupts("ESM316", on=(*STREAMS, *KAFKA, "documentdb"))
def _from_the_latest_of_a_source_elsewhere(case: Case) -> bool:
    return not own(case) and _from_the_latest(case)


@corrupts("ESM351", on=(*STREAMS, *MSK, "documentdb"))
def _from_the_latest_of_a_new_source(case: Case) -> bool:
    return own(case) and _from_the_latest(case)


def _from_the_latest(case: Case) -> bool:
    case.settings["StartingPosition"] = "LATEST"
    case.settings.pop("StartingPositionTimestamp", None)
    return True


@corrupts("ESM317", on=STREAMS)
def _an_age_beyond_the_retention(case: Case) -> bool:
    if "Source" not in case.resources:
        return case.kind == "dynamodb" and _age(case, 86_400)
    case.properties("Source").pop("RetentionPeriodHours", None)
    return _age(case, case.draw.between(86_400, 604_800))


def _age(case: Case, seconds: int) -> bool:
    case.settings["MaximumRecordAgeInSeconds"] = seconds
    case.settings["MaximumRetryAttempts"] = -1
    return True


@corrupts("ESM318", on=STREAMS)
def _retries_without_an_end(case: Case) -> None:
    for name in ("MaximumRecordAgeInSeconds", "MaximumRetryAttempts"):
        if case.draw.chance(0.5):
            case.settings[name] = -1
        else:
            case.settings.pop(name, None)


@corrupts("ESM319", on=STREAMS)
def _failed_records_without_a_destination(case: Case) -> bool:
    if case.draw.chance(0.5):
        case.settings["MaximumRetryAttempts"] = 3
    return take(case.settings, "DestinationConfig") and not isinstance(_first_limit(case), dict)


def _first_limit(case: Case) -> Any:
    """One of the two limits; what stands behind a condition is known all the same, but only in its branches."""
    return case.settings.get("MaximumRetryAttempts", case.settings.get("MaximumRecordAgeInSeconds"))


@corrupts("ESM320", on=STREAMS)
def _a_pointer_to_records_that_have_expired(case: Case) -> bool:
    case.settings.update({"MaximumRecordAgeInSeconds": -1, "MaximumRetryAttempts": 3})
    return case.notes["destination"] in ("queue", "topic") and (case.kind == "dynamodb" or "Source" in case.resources)


@corrupts("ESM226", on=KAFKA)
def _retries_without_pollers(case: Case) -> None:
    case.settings.pop("ProvisionedPollerConfig", None)
    case.settings["MaximumRetryAttempts"] = 3


@corrupts("ESM227", on=KAFKA)
def _logs_without_pollers(case: Case) -> None:
    case.settings.pop("ProvisionedPollerConfig", None)
    case.settings["LoggingConfig"] = {"SystemLogLevel": "INFO"}


@corrupts("ESM228", on=KAFKA)
def _a_schema_registry_without_pollers(case: Case) -> None:
    case.settings.pop("ProvisionedPollerConfig", None)
    record = "AmazonManagedKafkaEventSourceConfig" if case.kind in MSK else "SelfManagedKafkaEventSourceConfig"
    put(case.settings, f"{record}.SchemaRegistryConfig", {"SchemaRegistryURI": "https://registry.example.com"})


@corrupts("ESM229", on=KAFKA)
def _a_topic_for_failures_without_pollers(case: Case) -> None:
    case.settings.pop("ProvisionedPollerConfig", None)
    put(case.settings, "DestinationConfig.OnFailure.Destination", "kafka://orders-failed")


@corrupts("ESM230", on=KAFKA)
def _the_topic_itself_for_failures(case: Case) -> None:
    case.settings["Topics"] = ["orders"]
    put(case.settings, "DestinationConfig.OnFailure.Destination", "kafka://orders")


@corrupts("ESM232", on=("self-managed-kafka",))
def _a_position_in_queue_mode(case: Case) -> None:
    put(case.settings, "SelfManagedKafkaEventSourceConfig.ConsumptionMode", "Queue")
    case.settings["StartingPosition"] = "TRIM_HORIZON"


@corrupts("ESM232", on=("self-managed-kafka",))
def _a_window_in_queue_mode(case: Case) -> None:
    put(case.settings, "SelfManagedKafkaEventSourceConfig.ConsumptionMode", "Queue")
    case.settings["MaximumBatchingWindowInSeconds"] = 5


@corrupts("ESM233", on=("self-managed-kafka",))
def _no_position(case: Case) -> bool:
    case.settings.pop("StartingPositionTimestamp", None)
    return take(case.settings, "StartingPosition")


@corrupts("ESM332", on=("self-managed-kafka",))
def _a_queue_of_a_topic(case: Case) -> None:
    put(case.settings, "SelfManagedKafkaEventSourceConfig.ConsumptionMode", "Queue")
