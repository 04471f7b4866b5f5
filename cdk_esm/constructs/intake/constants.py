"""CDK values that never change, asked for once: reading a static property of CDK is a call to Node each time."""

from __future__ import annotations

from functools import cache

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_


@cache
def duration(seconds: int) -> cdk.Duration:
    """A duration of whole seconds."""
    return cdk.Duration.seconds(seconds)


@cache
def lambda_service() -> iam.ServicePrincipal:
    """Lambda, as the one who assumes a role."""
    return iam.ServicePrincipal("lambda.amazonaws.com")


@cache
def newest_runtime() -> lambda_.Runtime:
    """The newest Python runtime that this major version of the library knows; a newer one waits for the next."""
    return lambda_.Runtime.PYTHON_3_14


@cache
def arm64() -> lambda_.Architecture:
    """The architecture of new functions."""
    return lambda_.Architecture.ARM_64


@cache
def acknowledged_rules_key() -> str:
    """The metadata key under which CDK and cdk-nag look for acknowledgements."""
    return cdk.Validations.ACKNOWLEDGED_RULES_METADATA_KEY
