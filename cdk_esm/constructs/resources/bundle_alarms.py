"""The alarms of a bundle as users get them: by their keys, and those that a deployment can be rolled back on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Final

from aws_cdk import aws_cloudwatch as cloudwatch

from cdk_esm.alarms.recipes import Recipe, Watched
from cdk_esm.constructs.app.app_memory import AppMemory
from cdk_esm.constructs.resources.lean_alarms import LeanAlarm

_REFERS_TO_THE_MAPPING: Final = frozenset({Watched.MAPPING})
"""Whose metric has the mapping's UUID as its dimension; all others name the function, the source or its consumer."""


class BundleAlarms(Mapping[str, cloudwatch.Alarm]):
    """The alarms of a bundle by their keys, as CDK's own.

    Args:
        made: the alarms; some become CDK's own when somebody asks for them.
        recipes: what they were made of.
        memory: what the app remembers.
    """

    def __init__(
        self,
        made: dict[str, cloudwatch.Alarm | LeanAlarm],
        recipes: Sequence[Recipe],
        memory: AppMemory,
    ) -> None:
        self.made = made
        self._recipes = {recipe.key: recipe for recipe in recipes}
        self._memory = memory

    def handed_out(self) -> BundleAlarms:
        """The same, with all of them as CDK's own: those that are not yet become so."""
        for key, alarm in self.made.items():
            if isinstance(alarm, LeanAlarm):
                self.made[key] = alarm.as_alarm(synthesized=self._memory.synthesized)
        return self

    def __getitem__(self, key: str) -> cloudwatch.Alarm:
        """The alarm with this key.

        Raises:
            KeyError: the mapping has none; the text says which it has.
        """
        if key not in self.made:
            close = get_close_matches(str(key), self.made, n=1)
            asked = f"; did you mean {close[0]!r}?" if close else ""
            message = f"no alarm {key!r}, only {', '.join(self.made) or 'none at all'}{asked}"
            raise KeyError(message)
        alarm = self.made[key]
        assert isinstance(alarm, cloudwatch.Alarm)  # by then they have been handed out
        return alarm

    def __iter__(self) -> Iterator[str]:
        """The keys, in the order in which the documentation lists them."""
        return iter(self.made)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.made)

    def __contains__(self, key: object) -> bool:
        """Whether the mapping has this alarm; asking makes nothing."""
        return key in self.made

    def __repr__(self) -> str:
        """The keys."""
        return f"<alarms {', '.join(self.made)}>"

    @property
    def for_rollback(self) -> list[cloudwatch.Alarm]:
        """The alarms that a deployment group can roll back on: those that refer to neither the mapping nor an alias.

        The mapping depends on the alias, the alias on its deployment group, and the group on its alarms. An alarm on a
        metric of the mapping depends on the mapping, so CloudFormation would find a circle.
        """
        return [self[key] for key in self.made if self._recipes[key].watched not in _REFERS_TO_THE_MAPPING]
