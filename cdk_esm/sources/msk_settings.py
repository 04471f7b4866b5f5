"""What provisioned and serverless Amazon MSK clusters share, and a self-managed cluster does not have.

Read from the Lambda developer guide (msk-esm-parameters, with-msk-permissions) on 2026-11-20.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from cdk_esm.facts import Form, Grant, Neighbour, Setting, When
from cdk_esm.sources import broker_settings, pages

AUTHENTICATION: Final = "authentication"
CERTIFICATE: Final = "CLIENT_CERTIFICATE_TLS_AUTH"
ACCESS_TYPES: Final[Mapping[str, str]] = {"Scram": broker_settings.PASSWORD, "Tls": CERTIFICATE}
"""How a mapping says by which of a cluster's ways it signs in; it says nothing for the others."""
SECRET_PREFIX: Final = "AmazonMSK_"  # noqa: S105 - how a name begins
"""How the name of a secret begins that holds a user of a cluster."""
ACCESS: Final = replace(broker_settings.ACCESS, keyword=AUTHENTICATION)
ACCESS_TYPE: Final = replace(
    broker_settings.ACCESS_TYPE,
    page=pages.MSK_PARAMETERS,
    keyword=AUTHENTICATION,
    choices=tuple(ACCESS_TYPES.values()),
)
ACCESS_URI: Final = replace(broker_settings.ACCESS_URI, keyword=AUTHENTICATION)

CLUSTER_ARN: Final = Setting(
    "EventSourceArn", Form.TEXT, pages.MSK_PARAMETERS, keyword="cluster", required=True, create_only=True
)
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
