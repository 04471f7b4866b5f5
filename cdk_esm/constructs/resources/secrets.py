"""Secrets that a poller signs in with: what is known of one, what the mapping names, and what the role is granted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import aws_cdk as cdk
from aws_cdk import aws_secretsmanager as secretsmanager

from cdk_esm.constructs.intake.keywords import Intake, is_key, looks_like
from cdk_esm.constructs.intake.options import SecretArn
from cdk_esm.constructs.intake.tokens import is_token, known_or_unresolved
from cdk_esm.constructs.resources.roles import Grantees
from cdk_esm.facts import UNKNOWN, UNRESOLVED, Neighbour, Value
from cdk_esm.plan import Secret
from cdk_esm.sources.broker_settings import ACCESS

_COMPLETE: Final = re.compile(r"arn:[^:]+:secretsmanager:[^:]+:[0-9]{12}:secret:[^:]+-[A-Za-z0-9]{6}")
_KEY: Final = re.compile(r"arn:[^:]+:kms:[^:]+:[0-9]{12}:key/.+")
ACCEPTED: Final = "a Secrets Manager secret, or a SecretArn"


@dataclass(frozen=True)
class SecretFound:
    """A secret as it was given.

    Args:
        facts: what is known of it.
        arn: its complete ARN, or a token for it.
        key_arn: the ARN of its own key; ``None`` if it has none, or if it is hidden.
        given: what the user handed in.
    """

    facts: Secret
    arn: str
    key_arn: str | None
    given: Any


def take_secret(intake: Intake, keyword: str, value: object, written: str = "") -> SecretFound | None:
    """A secret from a slot that takes one; ``None`` if it cannot be taken, which ``intake`` remembers.

    A mapping names a secret by its ARN, and the role is allowed to read just that one. So a secret that CDK knows by
    its name alone is refused: the end of its ARN is hidden.

    Args:
        intake: remembers what cannot be taken.
        keyword: what messages call the slot.
        value: an ``ISecret`` or a ``SecretArn``.
        written: what a fix writes, with ``{}`` in the place of the ARN; by default the keyword with a ``SecretArn``.
    """
    written = f"write {written or f'{keyword}=SecretArn({{}})'}"
    if isinstance(value, SecretArn):
        return _from_arn(intake, keyword, value, written)
    if isinstance(value, str):
        complete = is_token(value) or _COMPLETE.fullmatch(value) is not None
        arn = "ARN" if is_token(value) else repr(value)
        intake.refuse(keyword, value, ACCEPTED, fix=written.format(arn) if complete else _complete(written, value))
        return None
    if not intake.one_of(keyword, value, {ACCEPTED: is_secret}):
        return None
    secret: Any = value
    arn = secret.secret_full_arn
    if arn is None:
        name = secret.secret_name
        intake.refuse(
            keyword, f"a secret by its name, {name}", _WHOLE, problem="fraction", fix=_complete(written, name)
        )
        return None
    return _from_construct(secret, arn)


def access_entries(intake: Intake, entries: Sequence[tuple[str, str | None]]) -> list[dict[str, Value[str]]]:
    """Source access configurations as a plan keeps them; ``intake.tokens`` gets what only the deployment knows.

    Args:
        intake: remembers tokens.
        entries: pairs of a type and a URI, in their order; a secret's URI is its ARN, and a type may have none.
    """
    written = [{"Type": kind} if uri is None else {"Type": kind, "URI": uri} for kind, uri in entries]
    if any(is_token(uri) for _, uri in entries):
        intake.tokens[ACCESS.name] = written
    return [{name: known_or_unresolved(value) for name, value in entry.items()} for entry in written]


def named(found: SecretFound, kind: str) -> SecretFound:
    """A secret with its name, and with the type of access configuration that names it: Amazon MSK looks at both."""
    return replace(found, facts=replace(found.facts, name=_name(found), type=kind))


def _name(found: SecretFound) -> Value[str]:
    """The name of a secret: that of its L1, which may leave it to CloudFormation, or else what its ARN tells."""
    if isinstance(found.given, secretsmanager.Secret):
        child: Any = found.given.node.default_child
        if not isinstance(child, secretsmanager.CfnSecret):
            return UNKNOWN
        name = cdk.Stack.of(child).resolve(child.name)  # a token that comes to nothing if there is no name
        return name if name is None or isinstance(name, str) else UNRESOLVED
    return UNKNOWN if is_token(found.arn) else found.arn.rpartition(":")[2][:-_ENDING]


_ENDING: Final = 7
"""What Secrets Manager adds to a name: a dash and six characters."""


def secret_grantees(found: Sequence[SecretFound]) -> Grantees:
    """Where grants on secrets and on their keys are."""
    keys = dict.fromkeys(one.key_arn for one in found if one.key_arn is not None)
    return {
        Neighbour.SECRET: tuple(dict.fromkeys(one.arn for one in found)),
        Neighbour.SECRET_KEY: tuple(keys),
    }


def is_secret(value: object) -> bool:
    """Whether a value is a secret of Secrets Manager."""
    return looks_like(value, "secret_arn", "grant_read")


_WHOLE: Final = "a secret with its complete ARN"


def _complete(written: str, name: str) -> str:
    """How to get from a name, or from an ARN without its end, to the complete ARN."""
    asked = "NAME" if is_token(name) else name
    return (
        f"{written.format('...')} with the ARN that this prints: "
        f"aws secretsmanager describe-secret --secret-id {asked} --query ARN --output text"
    )


def _from_arn(intake: Intake, keyword: str, given: SecretArn, written: str) -> SecretFound | None:
    arn, key = given.arn, given.encryption_key
    if not isinstance(arn, str) or not (is_token(arn) or _COMPLETE.fullmatch(arn)):
        fix = _complete(written, arn) if isinstance(arn, str) and arn.strip() else ""
        intake.refuse(f"{keyword}.arn", arn, "the complete ARN of a secret, as a text", fix=fix)
        return None
    if key is None:
        return SecretFound(Secret(identity=arn, encryption_key=None), arn, None, given)
    key_arn = _arn_of_key(key)
    if key_arn is None:
        intake.refuse(
            f"{keyword}.encryption_key", key, "a KMS key, or the ARN of one: IAM does not look behind aliases"
        )
        return None
    return SecretFound(Secret(identity=arn, encryption_key=key_arn), arn, key_arn, given)


def _from_construct(secret: Any, arn: str) -> SecretFound:
    """What is known of a secret of this app or of an imported one, which tells of its key only if it was told of it."""
    ours = isinstance(secret, secretsmanager.Secret | secretsmanager.SecretTargetAttachment)
    key = secret.encryption_key
    if key is None:
        return SecretFound(Secret(identity=arn, encryption_key=None if ours else UNKNOWN), arn, None, secret)
    key_arn = _arn_of_key(key)
    return SecretFound(Secret(identity=arn, encryption_key=key_arn or UNKNOWN), arn, key_arn, secret)


def _arn_of_key(key: object) -> str | None:
    """The ARN of a key, which a policy can name; ``None`` for what is none, and for an alias that hides its key."""
    if isinstance(key, str):
        return key if is_token(key) or _KEY.fullmatch(key) else None
    if not is_key(key):
        return None
    one: Any = key
    if looks_like(key, "alias_target_key"):
        try:
            one = one.alias_target_key
        except RuntimeError:  # an imported alias does not know its key
            return None
    return str(one.key_arn)
