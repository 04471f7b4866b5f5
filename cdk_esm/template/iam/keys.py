"""The customer keys that resources are encrypted with, and whom their policies let in."""

from __future__ import annotations

from typing import Final

from cdk_esm.facts import UNKNOWN, Unknowable, Value
from cdk_esm.sources.resource_facts import Kind
from cdk_esm.template.cloudformation.arns import recognized
from cdk_esm.template.cloudformation.evaluator import Evaluator
from cdk_esm.template.cloudformation.places import values_at
from cdk_esm.template.cloudformation.stack import Resource
from cdk_esm.template.cloudformation.values import Evaluated, Hole, Pointer, identity, listed
from cdk_esm.template.iam.policies import Statement, followed, matches, read_policy

_DECRYPT: Final = "kms:decrypt"


def key_of(evaluator: Evaluator, resource: Resource) -> Evaluated:
    """The customer key that encrypts a resource; ``None`` if the service holds it."""
    facts = resource.facts
    if facts is None or not facts.key:
        return None
    named = list(values_at(evaluator, resource, facts.key))
    key = next((one for one in named if one is not None), None)
    if facts.key_for_each and key is not None and len(named) > 1:
        key = Hole("one key for each member", UNKNOWN)
    return recognized(evaluator, key, resource.stack)


def name_of_key(evaluator: Evaluator, resource: Resource) -> Value[str]:
    """The same, as records keep it."""
    key = key_of(evaluator, resource)
    return key.why if isinstance(key, Hole) and key.why is UNKNOWN else identity(key)


def own_key(evaluator: Evaluator, key: Evaluated) -> Resource | None:
    """The key that a template makes itself, also by its alias."""
    key = followed(evaluator, key)
    return key.resource if isinstance(key, Pointer) and key.resource.kind is Kind.KEY else None


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
