"""Settings and grants that Apache Kafka, Amazon MQ and Amazon DocumentDB share, and no queue or stream has.

Read from the Lambda developer guide (with-msk, with-kafka, with-mq, with-documentdb), the Lambda API reference
(CreateEventSourceMapping) and the CloudFormation resource schema of AWS::Lambda::EventSourceMapping on 2026-11-20.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from cdk_esm.facts import Figure, Form, Grant, Neighbour, Setting, When
from cdk_esm.sources import common, pages, stream_settings

FUNCTION_NAME: Final = common.FUNCTION_NAME
ENABLED: Final = common.ENABLED
TAGS: Final = common.TAGS
FILTER_CRITERIA: Final = common.FILTER_CRITERIA
FILTER_KEY_ARN: Final = common.FILTER_KEY_ARN
BATCH_SIZE: Final = replace(stream_settings.BATCH_SIZE, page=pages.MAPPING_API)
WINDOW: Final = replace(stream_settings.WINDOW, page=pages.MAPPING, default=None)
DEFAULT_WINDOW: Final = Figure(
    500, "milliseconds of batching window, if none was ever set; once set, it never comes back", pages.MAPPING
)
TIMESTAMP: Final = replace(stream_settings.TIMESTAMP, page=pages.MAPPING_API)

POSITION: Final = Setting(
    "StartingPosition",
    Form.TEXT,
    pages.MAPPING_API,
    keyword="starting_position",
    in_python="lambda_.StartingPosition.{}",
    choices=("TRIM_HORIZON", "LATEST", "AT_TIMESTAMP"),
    create_only=True,
)
# The API model says 23, CloudFormation 29: what one of them may take is not refused.
ACCESS: Final = Setting("SourceAccessConfigurations", Form.LIST, pages.MAPPING_RESOURCE, minimum=1, maximum=29)
ACCESS_TYPE: Final = Setting("SourceAccessConfigurations.Type", Form.TEXT, pages.MAPPING_API)
ACCESS_URI: Final = Setting(
    "SourceAccessConfigurations.URI",
    Form.TEXT,
    pages.MAPPING_API,
    minimum=1,
    maximum=200,
    pattern=r"[ a-zA-Z0-9\-/*:_+=.@]*",
)

PASSWORD: Final = "SASL_SCRAM_512_AUTH"  # noqa: S105 - a type of credentials
CREDENTIALS: Final = (
    "BASIC_AUTH",
    "SASL_SCRAM_256_AUTH",
    PASSWORD,
    "CLIENT_CERTIFICATE_TLS_AUTH",
    "OAUTHBEARER_AUTH",
)
"""Types of access configurations whose URI is a secret with which the poller signs in."""
ROOT_CERTIFICATE: Final = "SERVER_ROOT_CA_CERTIFICATE"
"""The type whose URI is a secret with the certificate by which the poller knows the cluster."""

SECRET_TYPES: Final = (*CREDENTIALS, ROOT_CERTIFICATE)
"""Types whose URI is a secret."""

NETWORK: Final = Grant(
    (
        "ec2:CreateNetworkInterface",
        "ec2:DeleteNetworkInterface",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "ec2:DescribeVpcs",
    ),
    on=Neighbour.NETWORK,
)
# AWS says it so: "Cannot access secret manager value … Please ensure the role can perform the
# 'secretsmanager:GetSecretValue' action on your broker in IAM".
SECRET: Final = Grant(("secretsmanager:GetSecretValue",), on=Neighbour.SECRET, tried=("secretsmanager:GetSecretValue",))
SECRET_KEY: Final = Grant(("kms:Decrypt",), on=Neighbour.SECRET_KEY, when=When.SECRET_HAS_KEY)

EXAMPLE_SECRET: Final = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:AmazonMSK_shop-AbCdEf"  # noqa: S105 - its ARN
EXAMPLE_BASIC_AUTH: Final[Mapping[str, object]] = {ACCESS.name: [{"Type": "BASIC_AUTH", "URI": EXAMPLE_SECRET}]}
"""Credentials of a mapping with nothing wrong."""
