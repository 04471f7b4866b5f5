"""What an update cannot change and a replacement can, as a few letters of an id."""

from __future__ import annotations

import hashlib
from typing import Final

from cdk_esm.constructs.intake.tokens import is_token
from cdk_esm.facts import Unknowable
from cdk_esm.plan import MappingPlan

_LENGTH: Final = 8


def id_with(id_: str, plan: MappingPlan) -> str:
    """An id of a mapping, with a hash of those settings that its sheet wants in it.

    A value that only the deployment knows is left out: the id would change with its placeholder. That nobody sees a
    change of it is said by a rule.

    Args:
        id_: the id without the hash.
        plan: the mapping.
    """
    values = {name: plan.given(name) for name in plan.facts.id_holds}
    known = {name: _text(value) for name, value in values.items() if value is not None and not _hidden(value)}
    if not known:
        return id_
    written = "\n".join(f"{name}={value}" for name, value in known.items())
    return id_ + hashlib.sha256(written.encode()).hexdigest()[:_LENGTH]


def _text(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _hidden(value: object) -> bool:
    members = value if isinstance(value, list | tuple) else [value]
    return any(isinstance(one, Unknowable) or is_token(one) for one in members)
