"""KMS keys, as a policy has to name them: by their ARN, or by an alias if nothing else is known of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from aws_cdk import aws_kms as kms

from cdk_esm.constructs.app.surroundings import Surroundings
from cdk_esm.constructs.intake.keywords import is_alias_of_key

_OF_AWS: Final = "alias/aws/"


@dataclass(frozen=True)
class ByAlias:
    """A key of which only an alias is known.

    Args:
        alias: the name of the alias, with ``alias/`` before it.
        keys: the ARN of every key in the place of the alias; the condition of a statement names the alias.
    """

    alias: str
    keys: str


KeyPlace = str | ByAlias
"""Where a key is: its ARN, or an alias of it."""


def place_of_key(key: kms.IKey | None, where: Surroundings) -> KeyPlace | None:
    """Say where a key is; ``None`` if there is none.

    The ARN of an alias is of no use in a policy: IAM takes it for the alias and not for the key.
    """
    if key is None or not is_alias_of_key(key):
        return None if key is None else key.key_arn
    alias: Any = key
    if alias.alias_name.startswith(_OF_AWS):
        return None  # AWS lets in whoever may use the service
    try:
        return str(alias.alias_target_key.key_arn)
    except RuntimeError:  # it is imported by its name, and CDK does not know its key
        stack = where.stack
        return ByAlias(alias.alias_name, f"arn:{stack.partition}:kms:{where.region_text}:{where.account_text}:key/*")
