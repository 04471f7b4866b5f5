"""The customer keys that resources are encrypted with, and whom their policies let in."""

from __future__ import annotations

from typing import Final

from cdk_esm.facts import UNKNOWN, Unknowable, Value
from cdk_esm.template.cloudformation.arns import recognized
from cdk_esm.template.cloudformation.evaluator import Evaluator
from cdk_esm.template.cloudformation.stack import Resource
from cdk_esm.template.cloudformation.values import Evaluated, Hole, Pointer, identity, listed
from cdk_esm.template.iam.policies import Statement, followed, matches, read_policy

KEY_TYPES: Final = ("AWS::KMS::Key", "AWS::KMS::ReplicaKey")
_DECRYPT: Final = "kms:decrypt"
_PROPERTIES: Final = {
    "AWS::SQS::Queue": ("KmsMasterKeyId",),
    "AWS::SNS::Topic": ("KmsMasterKeyId",),
    "AWS::Kinesis::Stream": ("StreamEncryption", "KeyId"),
    "AWS::DynamoDB::Table": ("SSESpecification", "KMSMasterKeyId"),
    "AWS::SecretsManager::Secret": ("KmsKeyId",),
}


def key_of(evaluator: Evaluator, resource: Resource) -> Evaluated:
    """The key of a queue, a topic, a stream, a table, a bucket or a secret; ``None`` where the service holds it."""
    if resource.type == "AWS::S3::Bucket":
        key = _bucket_key(evaluator.property(resource, "BucketEncryption", "ServerSideEncryptionConfiguration"))
    elif resource.type == "AWS::DynamoDB::GlobalTable":
        key = _key_of_replicas(evaluator.property(resource, "Replicas"))
    elif resource.type in _PROPERTIES:
        key = evaluator.property(resource, *_PROPERTIES[resource.type])
    else:
        return None
    return recognized(evaluator, key, resource.stack)


def name_of_key(evaluator: Evaluator, resource: Resource) -> Value[str]:
    """The same, as records keep it."""
    key = key_of(evaluator, resource)
    return key.why if isinstance(key, Hole) and key.why is UNKNOWN else identity(key)


def own_key(evaluator: Evaluator, key: Evaluated) -> Resource | None:
    """The key that a template makes itself, also by its alias."""
    key = followed(evaluator, key)
    return key.resource if isinstance(key, Pointer) and key.resource.type in KEY_TYPES else None


def lets_lambda_decrypt(evaluator: Evaluator, key: Resource) -> bool | Unknowable:
    """Whether the policy of a key lets the Lambda service itself decrypt; without one it lets only its account in."""
    written = evaluator.property(key, "KeyPolicy")
    if written is None:
        return False
    policy = read_policy(evaluator, written, key.stack)
    if any(_is_for_lambda(statement) for statement in policy.statements):
        return True
    return False if policy.readable else UNKNOWN


def _is_for_lambda(statement: Statement) -> bool:
    """Whether a statement lets Lambda decrypt, or may do so."""
    if not any(matches(action, _DECRYPT) for action in statement.actions):
        return False
    principals = statement.principals
    if not isinstance(principals, dict):
        return principals is not None  # everybody, or what only the deployment knows
    services = listed(principals.get("Service"))
    # Whatever is no plain text may come to Lambda's name.
    named = any(not isinstance(name, str) or name.startswith("lambda.") for name in services)
    return named or "*" in listed(principals.get("AWS"))


def _bucket_key(rules: Evaluated) -> Evaluated:
    keys = (_inside(rule, "ServerSideEncryptionByDefault", "KMSMasterKeyID") for rule in listed(rules))
    return next((key for key in keys if key is not None), None)


def _key_of_replicas(replicas: Evaluated) -> Evaluated:
    """The key of a global table, which each replica has for itself."""
    keys = [_inside(replica, "SSESpecification", "KMSMasterKeyId") for replica in listed(replicas)]
    if all(key is None for key in keys):
        return None
    return keys[0] if len(keys) == 1 else Hole("one key for each replica", UNKNOWN)


def _inside(value: Evaluated, *names: str) -> Evaluated:
    """A member of nested records, or what hides it."""
    for name in names:
        if isinstance(value, Hole):
            return value
        value = value.get(name) if isinstance(value, dict) else None
    return value
