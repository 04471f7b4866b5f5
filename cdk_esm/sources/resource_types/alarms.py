"""Alarms.

Read from the CloudFormation resource schemas and the return values on the types' own pages on 2026-11-28.
"""

from typing import Final

from cdk_esm.sources.resource_facts import ArnForm, Gives, Kind, ResourceFacts

ALARM: Final = ResourceFacts(
    type="AWS::CloudWatch::Alarm",
    kind=Kind.ALARM,
    label="Amazon CloudWatch alarm",
    ref=Gives.NAME,
    attributes={"Arn": Gives.ARN},
    itself=("Arn",),
    name="AlarmName",
    arn=ArnForm(service="cloudwatch", before="alarm:", holds=Gives.NAME),
    create_only=("AlarmName",),
)
COMPOSITE_ALARM: Final = ResourceFacts(
    type="AWS::CloudWatch::CompositeAlarm",
    kind=Kind.COMPOSITE_ALARM,
    label="Amazon CloudWatch composite alarm",
    ref=Gives.NAME,
    attributes={"Arn": Gives.ARN},
    itself=("Arn",),
    name="AlarmName",
    arn=ArnForm(service="cloudwatch", before="alarm:", holds=Gives.NAME),
    create_only=("AlarmName",),
)
