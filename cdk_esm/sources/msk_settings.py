"""What provisioned and serverless Amazon MSK clusters share, and a cluster of one's own does not have.

Read from the Lambda developer guide (msk-esm-parameters, with-msk-permissions) on 2026-11-20.
"""

from dataclasses import replace
from typing import Final

from cdk_esm.facts import Form, Grant, Setting
from cdk_esm.sources import broker_settings, pages

CLUSTER_ARN: Final = Setting("EventSourceArn", Form.TEXT, pages.MSK_PARAMETERS, required=True, create_only=True)
POSITION: Final = replace(broker_settings.POSITION, page=pages.MSK_PARAMETERS, required=True)

DESCRIBE: Final = Grant(("kafka:DescribeClusterV2", "kafka:GetBootstrapBrokers"), on="source")
CROSS_ACCOUNT: Final = Grant(("kafka:DescribeVpcConnection",), on="source", when="the cluster is in another account")
IAM_GRANTS: Final = (
    Grant(("kafka-cluster:Connect",), on="source", when="the cluster authenticates with IAM"),
    Grant(
        ("kafka-cluster:DescribeTopic", "kafka-cluster:ReadData"),
        on="kafka-topic",
        when="the cluster authenticates with IAM",
    ),
    Grant(
        ("kafka-cluster:AlterGroup", "kafka-cluster:DescribeGroup"),
        on="consumer-group",
        when="the cluster authenticates with IAM",
    ),
)
REGISTRY_GRANTS: Final = (
    Grant(("glue:GetRegistry",), on="schema-registry", when="schemas come from AWS Glue"),
    Grant(("glue:GetSchemaVersion",), on="every-schema-of-registry", when="schemas come from AWS Glue"),
)
