"""What a mapping's metadata says: acknowledged rules, knobs that were turned on purpose, and what imports hide.

The constructs write it, so that a check of the template knows what its author agreed to. Templates are written by hand
too: what has another form than ours counts for nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from cdk_esm.plan.failure import FailurePath
from cdk_esm.plan.mapping import MappingPlan
from cdk_esm.plan.stated import only_facts
from cdk_esm.sources.kafka_settings import CONSUMER_GROUP
from cdk_esm.sources.live_mapping import MAPPING_UUID

METADATA_KEY: Final = "cdk-esm"
_ACKNOWLEDGED: Final = "acknowledged"
_CHOICES: Final = "choices"
_STATED: Final = "stated"
ALARMS_OFF: Final = "alarms.off"
"""The alarms that were left out, each with its reason; or the one reason for all of them."""
_NO_FAILURE_PATH: Final = "no_failure_path"
_MOST: Final = 1_000_000


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < _MOST


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


def _is_uuid(value: object) -> bool:
    return isinstance(value, str) and MAPPING_UUID.fullmatch(value) is not None


def _are_reasons(value: object) -> bool:
    said = list(value.items()) if isinstance(value, Mapping) else [("", value)]
    return bool(said) and all(isinstance(key, str) and isinstance(why, str) and why.strip() for key, why in said)


KNOBS: Final[Mapping[str, Callable[[object], bool]]] = {
    "visibility_timeout_factor": _is_count,
    "max_receive_count": _is_count,
    "report_batch_item_failures": _is_flag,
    "grants": _is_flag,
    "public_endpoint": _is_flag,
    CONSUMER_GROUP: _is_uuid,
    ALARMS_OFF: _are_reasons,
}
"""The knobs that the metadata keeps, with what their values are, in the order in which they are written."""


@dataclass(frozen=True)
class Consent:
    """What was agreed to.

    Args:
        acknowledged: rule id to reason.
        choices: knobs with their values.
        reason: why failed records may be lost.
        stated: what is known of a function and of a queue that hide it.
    """

    acknowledged: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, Any] = field(default_factory=dict)
    reason: str | None = None
    stated: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def origin(self) -> Mapping[str, str]:
        """Whose the choices are: the user's."""
        return dict.fromkeys(self.choices, "user")

    @property
    def declined(self) -> bool:
        """Whether no grants were wanted."""
        return self.choices.get("grants") is False


def to_metadata(plan: MappingPlan) -> dict[str, Any]:
    """Write what the author of a plan agreed to and stated, for ``Metadata``; empty if that is nothing."""
    choices = _choices(plan.choices)
    if isinstance(plan.failure, FailurePath) and plan.failure.reason:
        choices[_NO_FAILURE_PATH] = plan.failure.reason
    parts = {_ACKNOWLEDGED: dict(plan.acknowledged), _CHOICES: choices, _STATED: only_facts(plan.stated)}
    return {name: part for name, part in parts.items() if part}


def from_metadata(written: object) -> Consent:
    """Read what is in ``Metadata``, whoever wrote it."""
    said = _mapping(written)
    given = _mapping(said.get(_CHOICES))
    reason = given.get(_NO_FAILURE_PATH)
    acknowledged = _mapping(said.get(_ACKNOWLEDGED)).items()
    return Consent(
        acknowledged={rule: reason for rule, reason in acknowledged if isinstance(reason, str)},
        choices=_choices(given),
        reason=reason if isinstance(reason, str) and reason.strip() else None,
        stated=only_facts(said.get(_STATED)),
    )


def _choices(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: given[name] for name, fits in KNOBS.items() if fits(given.get(name))}


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
