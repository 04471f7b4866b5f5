"""Which key of a file is the one from which a loop makes a resource, so that a finding is at the user's own line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_IDENTIFIER: Final = re.compile(r"[$&]\{[A-Za-z0-9]+\}")


def key_in_loop(logical_id: str, keys: Iterable[str]) -> str | None:
    """The key with identifiers in it that can become a logical id; of several, the one that says most of it itself.

    Args:
        logical_id: what a loop made, such as ``QueueNorth``.
        keys: the keys of the file, such as ``Queue${Name}``.
    """
    fitting = [key for key in keys if _IDENTIFIER.search(key) and _pattern(key).fullmatch(logical_id)]
    return max(fitting, key=lambda key: len(_IDENTIFIER.sub("", key)), default=None)


def _pattern(key: str) -> re.Pattern[str]:
    """What a key with identifiers can become."""
    return re.compile("[A-Za-z0-9]+".join(re.escape(fixed) for fixed in _IDENTIFIER.split(key)))
