"""Nested stacks and custom resources.

Read from the CloudFormation resource schemas and the return values on the types' own pages on 2026-11-28.
"""

from typing import Final

from cdk_esm.sources.resource_facts import ArnForm, Gives, Kind, ResourceFacts

STACK: Final = ResourceFacts(
    type="AWS::CloudFormation::Stack",
    kind=Kind.STACK,
    label="nested stack",
    ref=Gives.ARN,
    itself=("Ref",),
    chosen="Outputs.",
    arn=ArnForm(service="cloudformation", before="stack/"),
)
CUSTOM: Final = ResourceFacts(
    type="AWS::CloudFormation::CustomResource",
    kind=Kind.CUSTOM,
    label="custom resource",
    ref=None,
    itself=("Arn",),
    chosen="",
    create_only=("ServiceToken",),
)
