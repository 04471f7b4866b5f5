"""Functions with their aliases and versions, and what is set for their invocation.

Read from the CloudFormation resource schemas and the return values on the types' own pages on 2026-11-28.
"""

from typing import Final

from cdk_esm.sources import pages
from cdk_esm.sources.resource_facts import ArnForm, Gives, Kind, ResourceFacts

FUNCTION: Final = ResourceFacts(
    type="AWS::Lambda::Function",
    kind=Kind.FUNCTION,
    label="AWS Lambda function",
    ref=Gives.NAME,
    attributes={"Arn": Gives.ARN},
    itself=("Arn", "Ref"),
    name="FunctionName",
    arn=ArnForm(service="lambda", before="function:", holds=Gives.NAME, separator=":"),
    key=("KmsKeyArn",),
    create_only=("FunctionName", "PackageType", "TenancyConfig"),
    sometimes_create_only=("DurableConfig",),
    keys={"DeadLetterConfig": ("TargetArn",), "DurableConfig": ("ExecutionTimeout", "RetentionPeriodInDays")},
)
ALIAS: Final = ResourceFacts(
    type="AWS::Lambda::Alias",
    kind=Kind.ALIAS,
    label="alias of an AWS Lambda function",
    ref=Gives.ARN,
    attributes={"AliasArn": Gives.ARN},
    itself=("AliasArn", "Ref"),
    name="Name",
    arn=ArnForm(service="lambda", before="function:"),
    create_only=("Name", "FunctionName"),
)
VERSION: Final = ResourceFacts(
    type="AWS::Lambda::Version",
    kind=Kind.VERSION,
    label="version of an AWS Lambda function",
    ref=Gives.ARN,
    attributes={"FunctionArn": Gives.ARN},
    itself=("FunctionArn", "Ref"),
    arn=ArnForm(service="lambda", before="function:"),
    create_only=("FunctionName", "Description", "CodeSha256", "ProvisionedConcurrencyConfig", "RuntimePolicy"),
)
MAPPING: Final = ResourceFacts(
    type="AWS::Lambda::EventSourceMapping",
    kind=Kind.MAPPING,
    label="event source mapping of AWS Lambda",
    ref=Gives.ID,
    attributes={"EventSourceMappingArn": Gives.ARN, "Id": Gives.ID},
    itself=("EventSourceMappingArn",),
    arn=ArnForm(service="lambda", before="event-source-mapping:", holds=Gives.ID),
    key=("KmsKeyArn",),
    create_only=("EventSourceArn", "SelfManagedEventSource", "StartingPosition", "StartingPositionTimestamp"),
)
INVOKE_CONFIG: Final = ResourceFacts(
    type="AWS::Lambda::EventInvokeConfig",
    kind=Kind.INVOKE_CONFIG,
    label="configuration of asynchronous invocation",
    ref=Gives.ID,
    itself=(),
    create_only=("FunctionName", "Qualifier"),
)
SAM_FUNCTION: Final = ResourceFacts(
    type="AWS::Serverless::Function",
    kind=Kind.SAM_FUNCTION,
    label="function of AWS SAM",
    ref=Gives.NAME,
    attributes={"Arn": Gives.ARN},
    itself=("Arn", "Ref"),
    name="FunctionName",
    arn=ArnForm(service="lambda", before="function:", holds=Gives.NAME, separator=":"),
    key=("KmsKeyArn",),
    schema=False,
    read_from=pages.SAM_FUNCTION_RESOURCE,
)
