"""The change stream of an Amazon DocumentDB cluster.

Read from the Lambda developer guide (with-documentdb), the Lambda API reference (CreateEventSourceMapping) and the
CloudFormation resource schema of AWS::Lambda::EventSourceMapping on 2026-11-20, and what becomes of expired events from
the DocumentDB developer guide (using-lambda, change_streams) on 2026-11-28. That neither database nor collection
can be changed was reported once (aws/aws-cli issue 7756): UpdateEventSourceMapping answers "Invalid parameters:
collectionName, databaseName".
"""

from dataclasses import replace
from datetime import date
from typing import Final

from cdk_esm.facts import Example, Figure, Form, Grant, Neighbour, Setting, Shape, SourceFacts, When
from cdk_esm.record_shape import RecordShape
from cdk_esm.sources import broker_ports, broker_settings, document_cluster, mq_settings, pages
from cdk_esm.sources.lambda_function import LONGEST_TIMEOUT_BEHIND_BROKER

ENGINE_VERSIONS: Final = ("4.0", "5.0")
"""The engine versions whose change streams a mapping reads."""

DATABASE: Final = Setting(
    "DocumentDBEventSourceConfig.DatabaseName",
    Form.TEXT,
    pages.MAPPING_RESOURCE,
    keyword="database",
    minimum=1,
    maximum=63,
    required=True,
    fixed_is_reported=True,
    pattern=r'[^ /\\.$"]*',
)
COLLECTION: Final = Setting(
    "DocumentDBEventSourceConfig.CollectionName",
    Form.TEXT,
    pages.MAPPING_RESOURCE,
    keyword="collection",
    minimum=1,
    maximum=57,
    fixed_is_reported=True,
    pattern=r"(?!system\.)[_a-zA-Z0-9][^$]*",
)
_CONCURRENCY: Final = Figure(
    1, "invocation of one mapping at the same time: events are processed in turn", pages.DOCUMENTDB
)

DOCUMENTDB: Final = SourceFacts(
    kind="documentdb",
    label="Amazon DocumentDB change stream",
    shape=Shape.DOCUMENT_CLUSTER,
    construct="DocumentDbToLambda",
    arn_service="rds",
    ports=(broker_ports.DOCUMENTDB.value,),
    settings=(
        broker_settings.FUNCTION_NAME,
        Setting("EventSourceArn", Form.TEXT, pages.DOCUMENTDB, keyword="cluster", required=True, create_only=True),
        replace(
            broker_settings.POSITION,
            page=pages.DOCUMENTDB,
            required=True,
            requirement_is_reported=True,
        ),
        broker_settings.TIMESTAMP,
        broker_settings.BATCH_SIZE,
        broker_settings.WINDOW,
        Setting("DocumentDBEventSourceConfig", Form.RECORD, pages.DOCUMENTDB, required=True),
        DATABASE,
        COLLECTION,
        Setting(
            "DocumentDBEventSourceConfig.FullDocument",
            Form.TEXT,
            pages.MAPPING_RESOURCE,
            keyword="full_document",
            choices=("UpdateLookup", "Default"),
        ),
        replace(broker_settings.ACCESS, page=pages.DOCUMENTDB, keyword="credentials", required=True),
        replace(broker_settings.ACCESS_TYPE, page=pages.DOCUMENTDB, choices=(mq_settings.CREDENTIALS,)),
        broker_settings.ACCESS_URI,
        broker_settings.ENABLED,
        broker_settings.TAGS,
    ),
    grants=(
        Grant(("rds:DescribeDBClusters",), on=Neighbour.SOURCE),
        Grant(("rds:DescribeDBClusterParameters",), on=Neighbour.PARAMETER_GROUPS),
        Grant(("rds:DescribeDBSubnetGroups",), on=Neighbour.SUBNET_GROUPS),
        broker_settings.SECRET,
        broker_settings.SECRET_KEY,
        Grant(("kms:Decrypt",), on=Neighbour.SOURCE_KEY, when=When.SOURCE_HAS_KEY),
        broker_settings.NETWORK,
    ),
    pages=(
        pages.DOCUMENTDB,
        pages.DOCUMENTDB_LAMBDA,
        pages.DOCUMENTDB_STREAMS,
        pages.MAPPING_API,
        pages.MAPPING_RESOURCE,
    ),
    read=date(2026, 11, 20),
    example=Example(
        "arn:aws:rds:eu-west-1:111122223333:cluster:shop",
        {
            **broker_settings.EXAMPLE_BASIC_AUTH,
            "StartingPosition": "TRIM_HORIZON",
            "DocumentDBEventSourceConfig": {"DatabaseName": "shop", "CollectionName": "orders"},
        },
        {"engine_version": "5.0.0", "encrypts_connections": True, "change_stream_seconds": None},
    ),
    takes_window=True,
    window_needed_above=None,
    unit="event",
    concurrency_words=f"{_CONCURRENCY.value} at a time, in order",
    alarms=("iterator_age", "oversized", "errors", "throttles"),
    records=RecordShape(event_sources=("aws:docdb",), holder="events", mark="event.operationType", encoding="object"),
    unmatched="offers no filters for the source",
    failure_path="nothing: the change stream waits until the event succeeds, and if it expires first, Lambda disables "
    "the mapping",
    keeps_order=True,
    figures=(
        broker_settings.DEFAULT_WINDOW,
        document_cluster.LARGEST_EVENT,
    ),
    once_per_function=False,
    longest_timeout=LONGEST_TIMEOUT_BEHIND_BROKER,
    longest_timeout_everywhere=True,
    concurrency=_CONCURRENCY,
    reads=(DATABASE.name, COLLECTION.name),
    # AWS does not say from where a mapping goes on that is updated to another collection: a new one starts as it says.
    id_holds=(DATABASE.name, COLLECTION.name),
    stand_in=("iterator_age", "oversized"),
    sam_event="DocumentDB",
)
