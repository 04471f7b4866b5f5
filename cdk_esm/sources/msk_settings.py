"""What provisioned and serverless Amazon MSK clusters share, and a cluster of one's own does not have.

Read from the Lambda developer guide (msk-esm-parameters, with-msk-permissions) on 2026-11-20.
"""

from dataclasses import replace
from typing import Final

from cdk_esm.facts import Form, Grant, Setting
from cdk_esm.sources import broker_settings, pages

CLUSTER_ARN: Final = Setting("EventSourceArn", Form.TEXT, pages.MSK_PARAMETERS, required=True, create_only=True)
POSITION: Final = replace(broker_settings.POSITION, page=pages.MSK_PARAMETERS, required=True)

WITH_IAM: Final = "the cluster authenticates with IAM"
WITH_PASSWORD: Final = "it authenticates with a user name and a password"  # noqa: S105 - words, and no password
WITH_GLUE: Final = "schemas come from AWS Glue"

DESCRIBE: Final = Grant(
    ("kafka:DescribeClusterV2", "kafka:GetBootstrapBrokers"),
    on="source",
    instead=(("kafka:DescribeClusterV2", "kafka:DescribeCluster"),),
)
CROSS_ACCOUNT: Final = Grant(("kafka:DescribeVpcConnection",), on="source", when="the cluster is in another account")
IAM_GRANTS: Final = (
    Grant(("kafka-cluster:Connect",), on="source", when=WITH_IAM),
    Grant(
        ("kafka-cluster:DescribeTopic", "kafka-cluster:ReadData"),
        on="kafka-topic",
        when=WITH_IAM,
    ),
    Grant(
        ("kafka-cluster:AlterGroup", "kafka-cluster:DescribeGroup"),
        on="consumer-group",
        when=WITH_IAM,
    ),
)
REGISTRY_GRANTS: Final = (
    Grant(("glue:GetRegistry",), on="schema-registry", when=WITH_GLUE),
    Grant(("glue:GetSchemaVersion",), on="every-schema-of-registry", when=WITH_GLUE),
)
