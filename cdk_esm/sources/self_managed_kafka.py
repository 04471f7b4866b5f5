"""A self-managed Apache Kafka cluster: your own, or that of a provider outside AWS.

Read from the Lambda developer guide (with-kafka, kafka-esm-parameters, kafka-cluster-auth, with-kafka-permissions,
kafka-scaling-modes, kafka-retry-configurations, kafka-on-failure, kafka-on-failure-destination, kafka-filtering,
polling-kafka-queue) on 2026-11-20.
"""

from dataclasses import replace
from datetime import date
from typing import Final

from cdk_esm.facts import Example, Figure, Form, Setting, Shape, SourceFacts, When
from cdk_esm.sources import broker_settings, kafka_settings, pages
from cdk_esm.sources.destinations import KAFKA_DESTINATIONS
from cdk_esm.sources.lambda_function import LONGEST_TIMEOUT_BEHIND_BROKER

SERVERS: Final = Setting(
    "SelfManagedEventSource",
    Form.RECORD,
    pages.KAFKA_PARAMETERS,
    keyword="bootstrap_servers",
    required=True,
    create_only=True,
)
BOOTSTRAP_SERVERS: Final = Setting(
    "SelfManagedEventSource.Endpoints.KafkaBootstrapServers",
    Form.LIST,
    pages.MAPPING_RESOURCE,
    keyword="bootstrap_servers",
    minimum=1,
    maximum=10,
    required=True,
    create_only=True,
    pattern=r"([a-zA-Z0-9]([a-zA-Z0-9\-]*[a-zA-Z0-9])?\.)*[a-zA-Z0-9]([a-zA-Z0-9\-]*[a-zA-Z0-9])?:[0-9]{1,5}",
    longest_member=300,
)
QUEUE_MODE: Final = "Queue"
CONSUMPTION_MODE: Final = Setting(
    "SelfManagedKafkaEventSourceConfig.ConsumptionMode",
    Form.TEXT,
    pages.KAFKA_QUEUE_MODE,
    keyword="consumption_mode",
    default="Stream",
    choices=("Stream", QUEUE_MODE),
    fixed=True,
)
NOT_IN_QUEUE_MODE: Final = (
    broker_settings.POSITION.name,
    broker_settings.TIMESTAMP.name,
    broker_settings.WINDOW.name,
)
CONCURRENCY_IN_QUEUE_MODE: Final = "scales with the share group, in no order"
SHARE_DELIVERIES: Final = Figure(
    5, "deliveries of a record of a share group, unless the group or the broker says otherwise", pages.KAFKA_GROUPS
)
RETRIES_IN_QUEUE_MODE: Final = replace(kafka_settings.RETRIES, minimum=0, default=0)

_AUTHENTICATION: Final = "authentication"
WITHOUT_URI: Final = ("IAM_AUTH", "IAM_OAUTHBEARER_AUTH")
AUTHENTICATIONS: Final = (*broker_settings.CREDENTIALS, *WITHOUT_URI)
ONLY_WITH_OAUTHBEARER: Final = ("OAUTHBEARER_SCOPE", "OAUTHBEARER_LOGICAL_CLUSTER", "OAUTHBEARER_IDENTITY_POOL")
AUDIENCE: Final = "OAUTHBEARER_AUDIENCE"
SUBNET: Final = "VPC_SUBNET"
SECURITY_GROUP: Final = "VPC_SECURITY_GROUP"
BEFORE_SUBNET: Final = "subnet:"
BEFORE_SECURITY_GROUP: Final = "security_group:"
"""What AWS's own examples write before the IDs; mappings without it are seen, too."""

SELF_MANAGED_KAFKA: Final = SourceFacts(
    kind="self-managed-kafka",
    label="self-managed Apache Kafka cluster",
    shape=Shape.CLUSTER,
    construct="SelfManagedKafkaToLambda",
    arn_service=None,
    cdk_event_source="SelfManagedKafkaEventSource",
    settings=(
        SERVERS,
        replace(SERVERS, name=f"{SERVERS.name}.Endpoints", required=False),
        BOOTSTRAP_SERVERS,
        # The guide calls it required; AWS was seen to take a mapping without it, and to fill this in.
        replace(broker_settings.POSITION, page=pages.KAFKA_PARAMETERS, default="TRIM_HORIZON"),
        broker_settings.TIMESTAMP,
        *kafka_settings.SETTINGS,
        *kafka_settings.SELF_MANAGED_GROUP,
        CONSUMPTION_MODE,
        replace(broker_settings.ACCESS, keyword=_AUTHENTICATION, required=True),
        replace(
            broker_settings.ACCESS_TYPE,
            keyword=_AUTHENTICATION,
            choices=(
                *AUTHENTICATIONS,
                *ONLY_WITH_OAUTHBEARER,
                AUDIENCE,
                broker_settings.ROOT_CERTIFICATE,
                SUBNET,
                SECURITY_GROUP,
            ),
        ),
        replace(broker_settings.ACCESS_URI, keyword=_AUTHENTICATION),
    ),
    grants=(
        replace(broker_settings.SECRET, when=When.WITH_CREDENTIALS_OR_ROOT),
        broker_settings.SECRET_KEY,
        replace(broker_settings.NETWORK, when=When.WITH_NETWORK),
        *kafka_settings.REGISTRY_GRANTS,
    ),
    pages=(
        pages.KAFKA,
        pages.KAFKA_PARAMETERS,
        pages.KAFKA_ACCESS,
        pages.KAFKA_PERMISSIONS,
        pages.KAFKA_SCALING,
        pages.KAFKA_RETRIES,
        pages.KAFKA_FAILURES,
        pages.KAFKA_TOPIC_FAILURES,
        pages.KAFKA_FILTERS,
        pages.KAFKA_QUEUE_MODE,
    ),
    read=date(2026, 11, 20),
    example=Example(
        settings={
            **kafka_settings.EXAMPLE,
            **broker_settings.EXAMPLE_BASIC_AUTH,
            "SelfManagedEventSource": {
                "Endpoints": {"KafkaBootstrapServers": ["kafka-1.example.com:9092", "kafka-2.example.com:9092"]}
            },
            "SelfManagedKafkaEventSourceConfig": {"ConsumerGroupId": "shop-orders"},
        }
    ),
    takes_window=True,
    window_needed_above=None,
    unit="record",
    concurrency_words=kafka_settings.CONCURRENCY_WORDS,
    alarms=kafka_settings.ALARMS,
    # The page on filtering and samples elsewhere put "aws:" before it.
    records=replace(kafka_settings.RECORDS, event_sources=("SelfManagedKafka", "aws:SelfManagedKafka")),
    unmatched=kafka_settings.UNMATCHED,
    failure_path=kafka_settings.FAILURE_PATH,
    keeps_order=True,
    figures=(*kafka_settings.FIGURES, SHARE_DELIVERIES),
    destinations=KAFKA_DESTINATIONS,
    needs_pollers=(*kafka_settings.NEEDS_POLLERS, kafka_settings.SELF_MANAGED_REGISTRY),
    once_per_function=False,
    other_format=kafka_settings.OTHER_FORMAT,
    longest_timeout=LONGEST_TIMEOUT_BEHIND_BROKER,
    reads=(kafka_settings.TOPICS.name, kafka_settings.SELF_MANAGED_GROUP_ID, CONSUMPTION_MODE.name),
    id_holds=(kafka_settings.TOPICS.name,),
    told_apart_by=(kafka_settings.TOPICS.name,),
    pages_on={
        "authentication": pages.KAFKA_ACCESS,
        "permissions": pages.KAFKA_PERMISSIONS,
        "failures": pages.KAFKA_TOPIC_FAILURES,
        "filters": pages.KAFKA_FILTERS,
    },
    sam_event="SelfManagedKafka",
)
