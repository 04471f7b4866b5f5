"""Which Powertools for AWS Lambda the handlers get; no CDK here, so that the tests can compare it with theirs."""

from __future__ import annotations

from typing import Final

POWERTOOLS_VERSION: Final = "3.37.0"
"""The release that the handlers' tests run against; a test fails when the two drift apart."""

# AWS publishes Powertools as a public layer, and the ARN of each release as a public SSM parameter. CloudFormation
# reads the parameter at deploy time, in the region deployed to: synthesis needs neither network nor Docker, no layer
# number has to be kept, and no package is built for another processor. Not ".../latest": that would change production
# at the next deployment of something else.
LAYER_PARAMETER: Final = f"/aws/service/powertools/python/arm64/python3.14/{POWERTOOLS_VERSION}"
