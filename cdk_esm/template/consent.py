"""What a mapping's metadata says of consent: acknowledged rules, and knobs that were turned on purpose."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from cdk_esm.template.cloudformation.evaluator import Evaluator
from cdk_esm.template.cloudformation.stack import Resource, mapping_of
from cdk_esm.template.cloudformation.values import plain

METADATA_KEY: Final = "cdk-esm"
_MOST: Final = 1_000_000
_NO_FAILURE_PATH: Final = "no_failure_path"


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < _MOST


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


_KNOBS: Final[Mapping[str, Callable[[object], bool]]] = {
    "visibility_timeout_factor": _is_count,
    "max_receive_count": _is_count,
    "report_batch_item_failures": _is_flag,
    "grants": _is_flag,
}


@dataclass(frozen=True)
class Consent:
    """What was agreed to.

    Args:
        acknowledged: rule id to reason.
        choices: knobs with their values.
        origin: whose they are: the user's.
        reason: why failed records may be lost.
    """

    acknowledged: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, Any] = field(default_factory=dict)
    origin: Mapping[str, str] = field(default_factory=dict)
    reason: str | None = None

    @property
    def declined(self) -> bool:
        """Whether no grants were wanted."""
        return self.choices.get("grants") is False


def consent_of(evaluator: Evaluator, mapping: Resource) -> Consent:
    """Read the metadata; what has another form than ours counts for nothing."""
    written = mapping.metadata.get(METADATA_KEY)
    if not isinstance(written, dict):
        return Consent()
    said = mapping_of(plain(evaluator.value(written, mapping.stack)))
    given = mapping_of(said.get("choices"))
    choices = {name: given[name] for name, fits in _KNOBS.items() if fits(given.get(name))}
    reason = given.get(_NO_FAILURE_PATH)
    acknowledged = mapping_of(said.get("acknowledged")).items()
    return Consent(
        acknowledged={rule: reason for rule, reason in acknowledged if isinstance(reason, str)},
        choices=choices,
        origin=dict.fromkeys(choices, "user"),
        reason=reason if isinstance(reason, str) and reason.strip() else None,
    )
