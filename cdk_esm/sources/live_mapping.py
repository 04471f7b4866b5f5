"""What Lambda says of a mapping that is deployed: its states and results, and where a resource's name is in an ARN.

Read from the Lambda API reference (EventSourceMappingConfiguration), the Lambda developer guide
(invocation-eventsourcemapping and services-mq-errors) and the CloudFormation template reference (aws-properties-name)
on 2026-11-28. The results are those of the guide's own examples: no page lists them all, so that any other one is told.
"""

import re
from collections.abc import Mapping
from typing import Final

from cdk_esm.sources.resource_facts import Kind

MAPPING_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""How Lambda names a mapping."""

STATES: Final = ("Creating", "Enabling", "Enabled", "Disabling", "Disabled", "Updating", "Deleting")
DELETING: Final = "Deleting"
OFF: Final = ("Disabling", "Disabled", DELETING)
"""The states in which nothing is read, or soon nothing."""

ON: Final = ("Creating", "Enabling", "Enabled")
GOOD_RESULTS: Final = ("OK", "No records processed")
"""Results of the last attempt with which nothing is wrong; a queue has none."""

STOPPED: Final[Mapping[str, str]] = {
    "ESM_CONFIG_NOT_VALID": "the configuration of the mapping is not valid",
    "EVENT_SOURCE_AUTHN_ERROR": "Lambda failed to authenticate to the source",
    "EVENT_SOURCE_AUTHZ_ERROR": "Lambda does not have the permissions to access the source",
    "FUNCTION_CONFIG_NOT_VALID": "the configuration of the function is not valid",
}
"""Codes in ``StateTransitionReason`` with which a mapping has stopped, and what they mean."""

API_NAMES: Final[Mapping[str, str]] = {"KmsKeyArn": "KMSKeyArn", "KafkaBootstrapServers": "KAFKA_BOOTSTRAP_SERVERS"}
"""CloudFormation's name to the API's, where they differ."""

NOT_COMPARED: Final = ("FunctionName", "EventSourceArn", "Enabled", "Tags", "KmsKeyArn", "SourceAccessConfigurations")
"""Settings that the list does not give, gives in another form, or that are compared in another way."""

NAMES_IN_ARNS: Final[Mapping[Kind, str]] = {
    Kind.QUEUE: r"arn:[^:]*:sqs:[^:]*:[^:]*:(?P<name>.+)",
    Kind.STREAM: r"arn:[^:]*:kinesis:[^:]*:[^:]*:stream/(?P<name>[^/]+)",
    Kind.CONSUMER: r"arn:[^:]*:kinesis:[^:]*:[^:]*:stream/[^/]+/consumer/(?P<name>[^:]+):.*",
    Kind.TABLE: r"arn:[^:]*:dynamodb:[^:]*:[^:]*:table/(?P<name>[^/]+)/stream/.*",
    Kind.GLOBAL_TABLE: r"arn:[^:]*:dynamodb:[^:]*:[^:]*:table/(?P<name>[^/]+)/stream/.*",
    Kind.CLUSTER: r"arn:[^:]*:kafka:[^:]*:[^:]*:cluster/(?P<name>[^/]+)/.*",
    Kind.BROKER: r"arn:[^:]*:mq:[^:]*:[^:]*:broker:(?P<name>[^:]+):.*",
    Kind.DOCUMENT_CLUSTER: r"arn:[^:]*:rds:[^:]*:[^:]*:cluster:(?P<name>.+)",
    Kind.FUNCTION: r"arn:[^:]*:lambda:[^:]*:[^:]*:function:(?P<name>[^:]+)(:.*)?",
}
"""What a resource is, to the ARN that a mapping has for it, with its name."""
