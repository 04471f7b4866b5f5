"""Keys, secrets, parameters and schemas.

Read from the CloudFormation resource schemas and the return values on the types' own pages on 2026-11-28.
"""

from typing import Final

from cdk_esm.sources.resource_facts import ArnForm, Gives, Kind, PolicyResource, ResourceFacts

KEY: Final = ResourceFacts(
    type="AWS::KMS::Key",
    kind=Kind.KEY,
    label="AWS KMS key",
    ref=Gives.ID,
    attributes={"Arn": Gives.ARN, "KeyId": Gives.ID},
    itself=("Arn", "Ref"),
    arn=ArnForm(service="kms", before="key/", holds=Gives.ID),
    policies_within=(("KeyPolicy",),),
)
REPLICA_KEY: Final = ResourceFacts(
    type="AWS::KMS::ReplicaKey",
    kind=Kind.KEY,
    label="AWS KMS replica key",
    ref=Gives.ID,
    attributes={"Arn": Gives.ARN, "KeyId": Gives.ID},
    itself=("Arn", "Ref"),
    arn=ArnForm(service="kms", before="key/", holds=Gives.ID),
    policies_within=(("KeyPolicy",),),
    create_only=("PrimaryKeyArn",),
)
KEY_ALIAS: Final = ResourceFacts(
    type="AWS::KMS::Alias",
    kind=Kind.KEY_ALIAS,
    label="alias of an AWS KMS key",
    ref=Gives.NAME,
    itself=("Ref",),
    name="AliasName",
    arn=ArnForm(service="kms", holds=Gives.NAME),
    stands_for="TargetKeyId",
    create_only=("AliasName",),
)
SECRET: Final = ResourceFacts(
    type="AWS::SecretsManager::Secret",
    kind=Kind.SECRET,
    label="AWS Secrets Manager secret",
    ref=Gives.ARN,
    attributes={"Id": Gives.ARN},
    itself=("Ref", "Id"),
    name="Name",
    arn=ArnForm(service="secretsmanager", before="secret:"),
    key=("KmsKeyId",),
    policies=(PolicyResource("AWS::SecretsManager::ResourcePolicy", "SecretId", "ResourcePolicy"),),
    create_only=("Name",),
)
SECRET_ATTACHMENT: Final = ResourceFacts(
    type="AWS::SecretsManager::SecretTargetAttachment",
    kind=Kind.SECRET_ATTACHMENT,
    label="attachment of an AWS Secrets Manager secret",
    ref=Gives.ARN,
    attributes={"Id": Gives.ARN},
    itself=("Ref", "Id"),
    stands_for="SecretId",
    create_only=("SecretId",),
)
PARAMETER: Final = ResourceFacts(
    type="AWS::SSM::Parameter",
    kind=Kind.PARAMETER,
    label="AWS Systems Manager parameter",
    ref=Gives.NAME,
    attributes={"Arn": Gives.ARN, "Name": Gives.NAME},
    itself=("Arn",),
    chosen="Value",
    name="Name",
    arn=ArnForm(service="ssm", before="parameter/"),
    create_only=("Name",),
)
REGISTRY: Final = ResourceFacts(
    type="AWS::Glue::Registry",
    kind=Kind.REGISTRY,
    label="AWS Glue schema registry",
    ref=Gives.ARN,
    attributes={"Arn": Gives.ARN},
    itself=("Arn", "Ref"),
    name="Name",
    arn=ArnForm(service="glue", before="registry/", holds=Gives.NAME),
    create_only=("Name",),
)
SCHEMA: Final = ResourceFacts(
    type="AWS::Glue::Schema",
    kind=Kind.SCHEMA,
    label="AWS Glue schema",
    ref=Gives.ARN,
    attributes={"Arn": Gives.ARN, "InitialSchemaVersionId": Gives.ID},
    itself=("Arn", "Ref"),
    name="Name",
    arn=ArnForm(service="glue", before="schema/"),
    create_only=("Registry", "Name", "DataFormat", "SchemaDefinition"),
)
