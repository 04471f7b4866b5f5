"""Keys below the properties of a queue, a stream, a table or a function that nobody knows: mostly wrong capitals."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from cdk_esm.plan import Misspelt
from cdk_esm.sources.resources import keys_below
from cdk_esm.template.cloudformation.evaluator import Evaluator
from cdk_esm.template.cloudformation.stack import Resource

SURELY_MISSPELT = 0.85
"""How close a key has to be to a known one: AWS may add further keys, which nobody misspelt."""


def misspelt(evaluator: Evaluator, resource: Resource) -> Iterator[Misspelt]:
    """Yield the keys of a resource's nested records that are no keys there, and are very close to one that is."""
    for name, known in keys_below(resource.type).items():
        record = _record(evaluator.property(resource, name))
        folded = {key.casefold(): key for key in known}
        for key in record:
            close = get_close_matches(key.casefold(), folded, n=1, cutoff=SURELY_MISSPELT)
            if key not in known and close:
                yield Misspelt(place=f"{resource.logical_id}.{name}", key=key, right=folded[close[0]])


def _record(value: Any) -> Mapping[str, Any]:
    """A record, which the API also takes as JSON text."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return {}
    return value if isinstance(value, dict) else {}
