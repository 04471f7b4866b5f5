"""Amazon MSK, a provisioned cluster.

Read from the Lambda developer guide (with-msk, msk-esm-parameters, with-msk-permissions, kafka-scaling-modes,
kafka-retry-configurations, kafka-on-failure, kafka-on-failure-destination, kafka-filtering) on 2026-11-20.
"""

from dataclasses import replace
from datetime import date
from typing import Final

from cdk_esm.facts import Example, Grant, Neighbour, Shape, SourceFacts, When
from cdk_esm.sources import broker_ports, broker_settings, kafka_settings, msk_settings, pages
from cdk_esm.sources.destinations import KAFKA_DESTINATIONS
from cdk_esm.sources.lambda_function import LONGEST_TIMEOUT_BEHIND_BROKER

MSK: Final = SourceFacts(
    kind="msk",
    label="Amazon MSK cluster",
    shape=Shape.CLUSTER,
    construct="MskToLambda",
    arn_service="kafka",
    cdk_event_source="ManagedKafkaEventSource",
    ports=broker_ports.OF_MSK,
    settings=(
        msk_settings.CLUSTER_ARN,
        msk_settings.POSITION,
        broker_settings.TIMESTAMP,
        *kafka_settings.SETTINGS,
        *kafka_settings.MSK_GROUP,
        msk_settings.ACCESS,
        msk_settings.ACCESS_TYPE,
        msk_settings.ACCESS_URI,
    ),
    grants=(
        msk_settings.DESCRIBE,
        broker_settings.NETWORK,
        msk_settings.CROSS_ACCOUNT,
        *msk_settings.IAM_GRANTS,
        replace(broker_settings.SECRET, when=When.WITH_CREDENTIALS),
        Grant(
            ("kafka:ListScramSecrets",),
            on=Neighbour.SOURCE,
            when=When.WITH_PASSWORD,
            unseen=("kafka:ListScramSecrets",),
        ),
        broker_settings.SECRET_KEY,
        *kafka_settings.REGISTRY_GRANTS,
    ),
    pages=(
        pages.MSK,
        pages.MSK_PARAMETERS,
        pages.MSK_PERMISSIONS,
        pages.KAFKA_SCALING,
        pages.KAFKA_RETRIES,
        pages.KAFKA_FAILURES,
        pages.KAFKA_TOPIC_FAILURES,
        pages.KAFKA_FILTERS,
    ),
    read=date(2026, 11, 20),
    example=Example(
        "arn:aws:kafka:eu-west-1:111122223333:cluster/shop/11111111-2222-3333-4444-555555555555-1",
        {
            **kafka_settings.EXAMPLE,
            "AmazonManagedKafkaEventSourceConfig": {"ConsumerGroupId": "shop-orders"},
            broker_settings.ACCESS.name: [{"Type": broker_settings.PASSWORD, "URI": broker_settings.EXAMPLE_SECRET}],
        },
        {"authentications": frozenset({"Iam", "Scram"})},
    ),
    takes_window=True,
    window_needed_above=None,
    unit="record",
    concurrency_words=kafka_settings.CONCURRENCY_WORDS,
    alarms=kafka_settings.ALARMS,
    records=kafka_settings.RECORDS,
    unmatched=kafka_settings.UNMATCHED,
    failure_path=kafka_settings.FAILURE_PATH,
    keeps_order=True,
    figures=kafka_settings.FIGURES,
    destinations=KAFKA_DESTINATIONS,
    needs_pollers=(*kafka_settings.NEEDS_POLLERS, kafka_settings.MSK_REGISTRY),
    once_per_function=False,
    other_format=kafka_settings.OTHER_FORMAT,
    longest_timeout=LONGEST_TIMEOUT_BEHIND_BROKER,
    reads=(kafka_settings.TOPICS.name, kafka_settings.MSK_GROUP_ID),
    id_holds=(kafka_settings.TOPICS.name,),
    told_apart_by=(kafka_settings.TOPICS.name,),
    pages_on={
        "authentication": pages.MSK_SIGN_IN,
        "permissions": pages.MSK_PERMISSIONS,
        "failures": pages.KAFKA_TOPIC_FAILURES,
        "filters": pages.KAFKA_FILTERS,
    },
    sam_event="MSK",
)
