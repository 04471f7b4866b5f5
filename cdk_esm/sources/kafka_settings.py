"""Settings that all kinds of Apache Kafka clusters share, and nobody else has.

Read from the Lambda developer guide (msk-esm-parameters, kafka-esm-parameters, kafka-scaling-modes,
kafka-retry-configurations, kafka-on-failure, kafka-on-failure-destination, esm-logging), the Lambda API reference
(CreateEventSourceMapping) and the CloudFormation resource schema of AWS::Lambda::EventSourceMapping on 2026-11-20.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from cdk_esm.facts import Figure, Form, Grant, Neighbour, Setting, When
from cdk_esm.record_shape import RecordShape
from cdk_esm.sources import broker_settings, common, pages, stream_settings

TOPICS: Final = Setting(
    "Topics",
    Form.LIST,
    pages.MAPPING_RESOURCE,
    keyword="topic",
    minimum=1,
    maximum=1,
    required=True,
    fixed=True,
    pattern=r"[^.]([a-zA-Z0-9\-_.]+)",
    longest_member=249,
)
PARTIAL_BATCH_RESPONSE: Final = replace(common.PARTIAL_BATCH_RESPONSE, page=pages.KAFKA_RETRIES)
BISECT: Final = replace(stream_settings.BISECT, page=pages.KAFKA_RETRIES)
RETRIES: Final = replace(stream_settings.RETRIES, page=pages.KAFKA_RETRIES)
RECORD_AGE: Final = replace(stream_settings.RECORD_AGE, page=pages.KAFKA_RETRIES)
DESTINATION: Final = replace(stream_settings.DESTINATION, page=pages.KAFKA_FAILURES)
ON_FAILURE: Final = replace(stream_settings.ON_FAILURE, page=pages.KAFKA_FAILURES)
ON_FAILURE_ARN: Final = replace(stream_settings.ON_FAILURE_ARN, page=pages.KAFKA_FAILURES)

_POLLERS: Final = "provisioned_poller_config"
POLLERS: Final = Setting("ProvisionedPollerConfig", Form.RECORD, pages.KAFKA_SCALING, keyword=_POLLERS)
MINIMUM_POLLERS: Final = Setting(
    "ProvisionedPollerConfig.MinimumPollers",
    Form.INTEGER,
    pages.KAFKA_SCALING,
    keyword=f"{_POLLERS}.minimum",
    minimum=1,
    maximum=200,
    default=1,
)
MAXIMUM_POLLERS: Final = Setting(
    "ProvisionedPollerConfig.MaximumPollers",
    Form.INTEGER,
    pages.KAFKA_SCALING,
    keyword=f"{_POLLERS}.maximum",
    minimum=1,
    maximum=2000,
    default=200,
)
POLLER_GROUP: Final = Setting(
    "ProvisionedPollerConfig.PollerGroupName",
    Form.TEXT,
    pages.KAFKA_SCALING,
    keyword=f"{_POLLERS}.group",
    minimum=0,
    maximum=128,
    pattern=r"[a-zA-Z0-9\-_]*",
)
METRICS_CONFIG: Final = common.METRICS_CONFIG
ERROR_COUNT: Final = "ErrorCount"
KAFKA_METRICS: Final = "KafkaMetrics"
EVENT_METRICS: Final = replace(common.EVENT_METRICS, choices=("EventCount", ERROR_COUNT, KAFKA_METRICS))
LOGGING: Final = Setting("LoggingConfig", Form.RECORD, pages.MAPPING_LOGS, keyword="log_level")
LOG_LEVEL: Final = Setting(
    "LoggingConfig.SystemLogLevel",
    Form.TEXT,
    pages.MAPPING_LOGS,
    keyword="log_level",
    choices=("DEBUG", "INFO", "WARN"),
)
REGISTRY: Final = "SchemaRegistryConfig"
_REGISTRY: Final = "schema_registry"
CONSUMER_GROUP: Final = "consumer_group_id"
MSK_CONFIG: Final = Setting(
    "AmazonManagedKafkaEventSourceConfig", Form.RECORD, pages.MSK_PARAMETERS, keyword=CONSUMER_GROUP
)
SELF_MANAGED_CONFIG: Final = Setting(
    "SelfManagedKafkaEventSourceConfig", Form.RECORD, pages.KAFKA_PARAMETERS, keyword=CONSUMER_GROUP
)


def _group_id(record: Setting) -> str:
    return f"{record.name}.ConsumerGroupId"


def _group_and_registry(record: Setting) -> tuple[Setting, ...]:
    """The consumer group and the schema registry, which are in their own record for each kind of cluster."""
    registry = f"{record.name}.{REGISTRY}"
    attributes, validate = f"{registry}.SchemaValidationConfigs", f"{_REGISTRY}.validate"
    return (
        record,
        Setting(
            _group_id(record),
            Form.TEXT,
            record.page,
            keyword=CONSUMER_GROUP,
            minimum=1,
            maximum=200,
            fixed=True,
            pattern=r"[a-zA-Z0-9\-/*:_+=.@]*",
        ),
        Setting(registry, Form.RECORD, pages.KAFKA_SCALING, keyword=_REGISTRY),
        Setting(
            f"{registry}.SchemaRegistryURI",
            Form.TEXT,
            pages.MAPPING_RESOURCE,
            keyword=_REGISTRY,
            minimum=1,
            maximum=10_000,
            required=True,
            pattern=r"[a-zA-Z0-9\-/*:_+=.@]*",
        ),
        Setting(
            f"{registry}.EventRecordFormat",
            Form.TEXT,
            pages.MAPPING_RESOURCE,
            keyword=f"{_REGISTRY}.event_record_format",
            choices=("JSON", "SOURCE"),
        ),
        Setting(attributes, Form.LIST, pages.MAPPING_RESOURCE, keyword=validate, minimum=1, maximum=2),
        Setting(
            f"{attributes}.Attribute", Form.TEXT, pages.MAPPING_RESOURCE, keyword=validate, choices=("KEY", "VALUE")
        ),
        Setting(
            f"{registry}.AccessConfigs", Form.LIST, pages.MAPPING_RESOURCE, keyword=_REGISTRY, minimum=0, maximum=2
        ),
        Setting(
            f"{registry}.AccessConfigs.Type",
            Form.TEXT,
            pages.MAPPING_RESOURCE,
            keyword=_REGISTRY,
            choices=("BASIC_AUTH", "CLIENT_CERTIFICATE_TLS_AUTH", "SERVER_ROOT_CA_CERTIFICATE", "OAUTHBEARER_AUTH"),
        ),
        Setting(
            f"{registry}.AccessConfigs.URI",
            Form.TEXT,
            pages.MAPPING_RESOURCE,
            keyword=_REGISTRY,
            minimum=1,
            maximum=10_000,
        ),
    )


MSK_GROUP: Final = _group_and_registry(MSK_CONFIG)
SELF_MANAGED_GROUP: Final = _group_and_registry(SELF_MANAGED_CONFIG)
MSK_GROUP_ID: Final = _group_id(MSK_CONFIG)
SELF_MANAGED_GROUP_ID: Final = _group_id(SELF_MANAGED_CONFIG)
MSK_REGISTRY: Final = f"{MSK_CONFIG.name}.{REGISTRY}"
SELF_MANAGED_REGISTRY: Final = f"{SELF_MANAGED_CONFIG.name}.{REGISTRY}"

SETTINGS: Final = (
    broker_settings.FUNCTION_NAME,
    TOPICS,
    broker_settings.BATCH_SIZE,
    broker_settings.WINDOW,
    PARTIAL_BATCH_RESPONSE,
    BISECT,
    RETRIES,
    RECORD_AGE,
    DESTINATION,
    ON_FAILURE,
    ON_FAILURE_ARN,
    POLLERS,
    MINIMUM_POLLERS,
    MAXIMUM_POLLERS,
    POLLER_GROUP,
    broker_settings.FILTER_CRITERIA,
    broker_settings.FILTER_KEY_ARN,
    METRICS_CONFIG,
    EVENT_METRICS,
    LOGGING,
    LOG_LEVEL,
    broker_settings.ENABLED,
    broker_settings.TAGS,
)
"""What every mapping on Apache Kafka takes."""

REGISTRY_GRANTS: Final = (
    Grant(("glue:GetRegistry",), on=Neighbour.REGISTRY, when=When.WITH_GLUE),
    Grant(("glue:GetSchemaVersion",), on=Neighbour.SCHEMAS, when=When.WITH_GLUE),
)

RETRY_CONTROLS: Final = (PARTIAL_BATCH_RESPONSE.name, BISECT.name, RETRIES.name, RECORD_AGE.name)
NEEDS_POLLERS: Final = (*RETRY_CONTROLS, LOGGING.name)
RECORDS: Final = RecordShape(
    event_sources=("aws:kafka",),
    holder="records",
    grouped=True,
    mark="value",
    payload="value",
    encoding="base64",
    identifier=("partition", "offset"),
    metadata={
        "topic": False,
        "partition": False,
        "offset": False,
        "timestamp": False,
        "timestampType": False,
        "key": False,
        "headers": True,
    },
    takes_text=True,
)
CONCURRENCY_WORDS: Final = "at most 1 per partition"
ALARMS: Final = (
    "offset_lag",
    "polling_errors",
    "commit_errors",
    "schema_errors",
    "dropped",
    "deliveries",
    "delivery_failures",
    "errors",
    "throttles",
    "failures",
    "filtered",
    "stopped",
)
UNMATCHED: Final = "drops the record and commits its offset after the next successful invocation"
OTHER_FORMAT: Final = "delivers it, for only the rest of the pattern counts then"
FAILURE_PATH: Final = (
    "an on-failure destination: a bucket, a standard queue, a standard topic or, with provisioned pollers, another "
    "topic of the cluster"
)

RETRIES_WITH_DESTINATION: Final = Figure(
    10, "retries after which a record goes to the on-failure destination, if they have no end", pages.KAFKA_RETRIES
)
MAPPINGS_IN_POLLER_GROUP: Final = Figure(100, "mappings of one poller group", pages.KAFKA_SCALING)
POLLERS_IN_GROUP: Final = Figure(2000, "pollers of all mappings of one poller group, at most", pages.KAFKA_SCALING)
FIGURES: Final = (
    broker_settings.DEFAULT_WINDOW,
    RETRIES_WITH_DESTINATION,
    MAPPINGS_IN_POLLER_GROUP,
    POLLERS_IN_GROUP,
)

EXAMPLE: Final[Mapping[str, object]] = {
    **stream_settings.EXAMPLE,
    TOPICS.name: ["orders"],
    POLLERS.name: {"MinimumPollers": 1, "MaximumPollers": 2},
}
"""Settings of a mapping with nothing wrong; what else it needs depends on the kind of cluster."""
