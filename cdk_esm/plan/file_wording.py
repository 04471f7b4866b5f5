"""How a user's own file names what rules speak of, if that file is not CloudFormation as a mapping has it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache


@dataclass(frozen=True)
class Wording:
    """The names of one mapping's settings, and of what surrounds it, in another language than CloudFormation's.

    Args:
        within: what holds the settings, below the resource, such as ``Events.Orders.Properties``; empty if the
            mapping itself is CloudFormation's.
        settings: CloudFormation's names of the mapping's settings to those of the file; a dot leads into a
            nested record, and what lies deeper keeps its name.
        others: CloudFormation's names of other properties that rules speak of, such as those of the function.
        phrases: what rules say of CloudFormation, to what is to be done in the file instead.
        added: the policies of AWS that the file's own language adds to the role.
    """

    within: str
    settings: Mapping[str, str]
    others: Mapping[str, str]
    phrases: Mapping[str, str] = field(default_factory=dict)
    added: tuple[str, ...] = ()

    def adds(self, policy: str) -> bool:
        """Whether the file's own language adds a policy to the role."""
        return policy in self.added

    def setting(self, name: str) -> str:
        """The place of a setting in the file; any other property keeps its name, or has the file's."""
        known = self._beginning(name, self.settings)
        if known is not None:
            return f"{self.within}.{self.settings[known]}{name[len(known) :]}"
        known = self._beginning(name, self.others)
        return name if known is None else self.others[known] + name[len(known) :]

    def text(self, text: str) -> str:
        """A sentence with the file's names in it."""
        return self._names.sub(lambda found: self._translated[found[0]], text) if self._translated else text

    @staticmethod
    def _beginning(name: str, names: Mapping[str, str]) -> str | None:
        """The longest of some names that a name is, or begins with."""
        fitting = [one for one in names if name == one or name.startswith((f"{one}.", f"{one}["))]
        return max(fitting, key=len, default=None)

    @cached_property
    def _translated(self) -> Mapping[str, str]:
        tables = (self.others, self.settings, self.phrases)
        return {name: own for names in tables for name, own in names.items() if name != own}

    @cached_property
    def _names(self) -> re.Pattern[str]:
        return _pattern(tuple(sorted(self._translated, key=len, reverse=True)))


@lru_cache(maxsize=64)
def _pattern(longest_first: tuple[str, ...]) -> re.Pattern[str]:
    """Any of some names as a whole; most mappings of a file have the same ones."""
    return re.compile(rf"(?<![\w.])(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
