"""What provisioned and serverless Amazon MSK clusters share, and a self-managed cluster does not have.

Read from the Lambda developer guide (msk-esm-parameters, with-msk-permissions) on 2026-11-20.
"""

from dataclasses import replace
from typing import Final

from cdk_esm.facts import Form, Grant, Neighbour, Setting, When
from cdk_esm.sources import broker_settings, pages

CLUSTER_ARN: Final = Setting("EventSourceArn", Form.TEXT, pages.MSK_PARAMETERS, required=True, create_only=True)
POSITION: Final = replace(broker_settings.POSITION, page=pages.MSK_PARAMETERS, required=True)

DESCRIBE: Final = Grant(
    ("kafka:DescribeClusterV2", "kafka:GetBootstrapBrokers"),
    on=Neighbour.SOURCE,
    instead=(("kafka:DescribeClusterV2", "kafka:DescribeCluster"),),
)
CROSS_ACCOUNT: Final = Grant(("kafka:DescribeVpcConnection",), on=Neighbour.CONNECTION, when=When.CROSS_ACCOUNT)
IAM_GRANTS: Final = (
    Grant(("kafka-cluster:Connect",), on=Neighbour.SOURCE, when=When.WITH_IAM),
    Grant(
        ("kafka-cluster:DescribeTopic", "kafka-cluster:ReadData"),
        on=Neighbour.TOPIC,
        when=When.WITH_IAM,
    ),
    Grant(
        ("kafka-cluster:AlterGroup", "kafka-cluster:DescribeGroup"),
        on=Neighbour.GROUP,
        when=When.WITH_IAM,
    ),
)
REGISTRY_GRANTS: Final = (
    Grant(("glue:GetRegistry",), on=Neighbour.REGISTRY, when=When.WITH_GLUE),
    Grant(("glue:GetSchemaVersion",), on=Neighbour.SCHEMAS, when=When.WITH_GLUE),
)
