"""Buckets and log groups.

Read from the CloudFormation resource schemas and the return values on the types' own pages on 2026-11-28.
"""

from typing import Final

from cdk_esm.sources.resource_facts import EACH, ArnForm, Gives, Kind, PolicyResource, ResourceFacts

BUCKET: Final = ResourceFacts(
    type="AWS::S3::Bucket",
    kind=Kind.BUCKET,
    label="Amazon S3 bucket",
    ref=Gives.NAME,
    attributes={
        "Arn": Gives.ARN,
        "WebsiteURL": Gives.URL,
        "DomainName": Gives.NAME,
        "DualStackDomainName": Gives.NAME,
        "RegionalDomainName": Gives.NAME,
        "MetadataTableConfiguration.S3TablesDestination.TableArn": Gives.ARN,
        "MetadataConfiguration.JournalTableConfiguration.TableName": Gives.NAME,
        "MetadataConfiguration.JournalTableConfiguration.TableArn": Gives.ARN,
        "MetadataConfiguration.InventoryTableConfiguration.TableName": Gives.NAME,
        "MetadataConfiguration.InventoryTableConfiguration.TableArn": Gives.ARN,
        "MetadataConfiguration.AnnotationTableConfiguration.TableName": Gives.NAME,
        "MetadataConfiguration.AnnotationTableConfiguration.TableArn": Gives.ARN,
    },
    itself=("Arn",),
    name="BucketName",
    arn=ArnForm(service="s3", holds=Gives.NAME, separator="/", has_region=False, has_account=False),
    key=(
        "BucketEncryption",
        "ServerSideEncryptionConfiguration",
        EACH,
        "ServerSideEncryptionByDefault",
        "KMSMasterKeyID",
    ),
    policies=(PolicyResource("AWS::S3::BucketPolicy", "Bucket", "PolicyDocument"),),
    create_only=("BucketName", "BucketNamePrefix", "BucketNamespace"),
)
DIRECTORY_BUCKET: Final = ResourceFacts(
    type="AWS::S3Express::DirectoryBucket",
    kind=Kind.DIRECTORY_BUCKET,
    label="Amazon S3 directory bucket",
    ref=Gives.NAME,
    attributes={"Arn": Gives.ARN, "AvailabilityZoneName": Gives.NAME},
    itself=("Arn",),
    name="BucketName",
    arn=ArnForm(service="s3express", before="bucket/", holds=Gives.NAME, separator="/"),
    key=(
        "BucketEncryption",
        "ServerSideEncryptionConfiguration",
        EACH,
        "ServerSideEncryptionByDefault",
        "KMSMasterKeyID",
    ),
    policies=(PolicyResource("AWS::S3Express::BucketPolicy", "Bucket", "PolicyDocument"),),
    create_only=("BucketName", "LocationName", "DataRedundancy"),
)
ACCESS_POINT: Final = ResourceFacts(
    type="AWS::S3::AccessPoint",
    kind=Kind.ACCESS_POINT,
    label="Amazon S3 access point",
    ref=Gives.NAME,
    attributes={"Arn": Gives.ARN, "Name": Gives.NAME, "Alias": Gives.NAME},
    itself=("Arn",),
    name="Name",
    arn=ArnForm(service="s3", before="accesspoint/", holds=Gives.NAME, separator="/"),
    policies_within=(("Policy",),),
    create_only=("Name", "Bucket", "BucketAccountId", "VpcConfiguration"),
)
LOG_GROUP: Final = ResourceFacts(
    type="AWS::Logs::LogGroup",
    kind=Kind.LOG_GROUP,
    label="Amazon CloudWatch log group",
    ref=Gives.NAME,
    attributes={"Arn": Gives.ARN},
    itself=("Arn",),
    name="LogGroupName",
    arn=ArnForm(service="logs", before="log-group:", holds=Gives.NAME, separator=":"),
    key=("KmsKeyId",),
    create_only=("LogGroupName",),
)
