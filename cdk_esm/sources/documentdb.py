"""The change stream of an Amazon DocumentDB cluster.

Read from the Lambda developer guide (with-documentdb), the Lambda API reference (CreateEventSourceMapping) and the
CloudFormation resource schema of AWS::Lambda::EventSourceMapping on 2026-11-20. That neither database nor collection
can be changed was reported once (aws/aws-cli issue 7756): UpdateEventSourceMapping answers "Invalid parameters:
collectionName, databaseName".
"""

from dataclasses import replace
from datetime import date
from typing import Final

from cdk_esm.facts import Figure, Form, Grant, Setting, SourceFacts
from cdk_esm.sources import broker_settings, mq_settings, pages
from cdk_esm.sources.lambda_function import LONGEST_TIMEOUT_BEHIND_BROKER

ENGINE_VERSIONS: Final = ("4.0", "5.0")
"""The engine versions whose change streams a mapping reads."""

DOCUMENTDB: Final = SourceFacts(
    kind="documentdb",
    label="Amazon DocumentDB change stream",
    construct=None,
    arn_service="rds",
    settings=(
        broker_settings.FUNCTION_NAME,
        Setting("EventSourceArn", Form.TEXT, pages.DOCUMENTDB, required=True, create_only=True),
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
        Setting(
            "DocumentDBEventSourceConfig.DatabaseName",
            Form.TEXT,
            pages.MAPPING_RESOURCE,
            minimum=1,
            maximum=63,
            required=True,
            fixed_is_reported=True,
            pattern=r'[^ /\\.$"]*',
        ),
        Setting(
            "DocumentDBEventSourceConfig.CollectionName",
            Form.TEXT,
            pages.MAPPING_RESOURCE,
            minimum=1,
            maximum=57,
            fixed_is_reported=True,
            pattern=r"(?!system\.)[_a-zA-Z0-9][^$]*",
        ),
        Setting(
            "DocumentDBEventSourceConfig.FullDocument",
            Form.TEXT,
            pages.MAPPING_RESOURCE,
            choices=("UpdateLookup", "Default"),
        ),
        replace(broker_settings.ACCESS, page=pages.DOCUMENTDB, required=True),
        replace(broker_settings.ACCESS_TYPE, page=pages.DOCUMENTDB, choices=(mq_settings.CREDENTIALS,)),
        broker_settings.ACCESS_URI,
        broker_settings.ENABLED,
        broker_settings.TAGS,
    ),
    grants=(
        Grant(("rds:DescribeDBClusters",), on="source"),
        Grant(("rds:DescribeDBClusterParameters",), on="every-cluster-parameter-group"),
        Grant(("rds:DescribeDBSubnetGroups",), on="every-subnet-group"),
        broker_settings.SECRET,
        replace(broker_settings.SECRET_KEY, when=broker_settings.WITH_CREDENTIALS_OR_CLUSTER_KEY),
        broker_settings.NETWORK,
    ),
    pages=(pages.DOCUMENTDB, pages.MAPPING_API, pages.MAPPING_RESOURCE),
    read=date(2026, 11, 20),
    takes_window=True,
    window_needed_above=None,
    records=None,
    unmatched="offers no filters for the source",
    failure_path="none: a mapping offers none, and the change stream waits until the event succeeds or expires",
    keeps_order=True,
    figures=(
        broker_settings.DEFAULT_WINDOW,
        Figure(6, "megabytes of an event, above which Lambda drops it", pages.DOCUMENTDB),
    ),
    once_per_function=False,
    longest_timeout=LONGEST_TIMEOUT_BEHIND_BROKER,
    longest_timeout_everywhere=True,
    concurrency=Figure(1, "invocation of one mapping at the same time: events are processed in turn", pages.DOCUMENTDB),
)
