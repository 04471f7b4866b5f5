"""Which construct of CDK made a mapping, as far as its path tells."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from cdk_esm.plan.cdk_words import MadeBy
from cdk_esm.plan.consent import METADATA_KEY
from cdk_esm.template.cloudformation.evaluator import Evaluator
from cdk_esm.template.cloudformation.stack import Resource, Stack
from cdk_esm.template.consent import construct_path_of

_DEFAULT_CHILD: Final = "Resource"
_OURS: Final = re.compile(r"Resource[0-9a-f]{8}")
"""The id that our constructs give to a mapping that a setting is part of the id of."""
_EVENT_SOURCE: Final = re.compile(r"[A-Za-z0-9]*EventSource:")
"""How the ids begin that CDK's event sources give to their mappings."""


def made_by(evaluator: Evaluator, mapping: Resource) -> MadeBy | None:
    """What made a mapping; ``None`` if it is of no app of CDK, or of one of our constructs.

    A construct of ours has more than the mapping in it; CDK's ``EventSourceMapping`` has not.
    """
    path = None if mapping.origin is not None or METADATA_KEY in mapping.metadata else construct_path_of(mapping)
    if path is None:
        return None
    scope, _, last = path.rpartition("/")
    if last != _DEFAULT_CHILD:
        return None if _OURS.fullmatch(last) else MadeBy.L1
    if _EVENT_SOURCE.match(scope.rpartition("/")[2]):
        return MadeBy.EVENT_SOURCE
    return MadeBy.MAPPING if evaluator.apart(_scopes, mapping.stack)[scope] == 1 else None


def _scopes(evaluator: Evaluator, stack: Stack) -> Counter[str]:
    """How many resources of a template each scope has in it."""
    del evaluator
    found: Counter[str] = Counter()
    for resource in stack.resources.values():
        parts = (construct_path_of(resource) or "").split("/")
        found.update("/".join(parts[:depth]) for depth in range(1, len(parts)))
    return found
