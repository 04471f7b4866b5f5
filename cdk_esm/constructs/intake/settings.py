"""Settings of a mapping, taken by what the sheet of its source says of each: its keyword, its form and its name.

A source that offers one more setting writes it on its sheet and in its signature, and nothing here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

import aws_cdk as cdk

from cdk_esm.constructs.intake.keywords import Intake
from cdk_esm.constructs.intake.options import ProvisionedPollers
from cdk_esm.facts import UNKNOWN, UNRESOLVED, Form, Setting, SourceFacts, Unknowable
from cdk_esm.sources.kafka_settings import POLLER_GROUP

_BY_FORM: Final[Mapping[Form, Callable[[Intake, str, Any], Any]]] = {
    Form.INTEGER: Intake.integer,
    Form.SECONDS: Intake.duration,
    Form.BOOLEAN: Intake.boolean,
    Form.TEXT: Intake.text,
    Form.LIST: Intake.text_list,
}
RECORDS: Final[Mapping[str, type]] = {"provisioned_poller_config": ProvisionedPollers}
"""The records among the settings that are taken by their form, by keyword; each member is a setting, too."""
_POLLERS_OF_CDK: Final = "ProvisionedPollerConfig"
_ELSEWHERE: Final[Mapping[str, Setting]] = {"provisioned_poller_config.group": POLLER_GROUP}
"""Members that only other sources offer: they get into the plan, so that a rule can refuse them by name."""


def take(intake: Intake, setting: Setting, keyword: str, value: object) -> Any:
    """A value as a plan keeps it, checked by the setting's form; ``intake.tokens`` keeps what a plan does not.

    Args:
        intake: remembers the value if it cannot be taken.
        setting: what the value is for.
        keyword: what messages call it.
        value: the value as it was given.
    """
    taken = _BY_FORM[setting.form](intake, keyword, value)
    if taken is UNRESOLVED or (isinstance(taken, list) and UNRESOLVED in taken):
        intake.tokens[setting.name] = value.to_seconds() if isinstance(value, cdk.Duration) else value
    return taken


def take_settings(
    intake: Intake, sheet: SourceFacts, keywords: Mapping[str, object], special: Collection[str]
) -> dict[str, Any]:
    """The settings that were given, in CloudFormation's names and as it nests them.

    Args:
        intake: remembers what cannot be taken.
        sheet: the settings that the source offers.
        keywords: every keyword of the construct; ``None`` if it was not given.
        special: settings at the top that are not taken by their form, because Python has another form for them.
    """
    taken: dict[str, Any] = {}
    for setting in sheet.settings:
        keyword = setting.keyword
        if keyword is None or "." in keyword or setting.name.partition(".")[0] in special:
            continue
        value = keywords[keyword]
        if value is None:
            continue
        if setting.form is Form.RECORD:
            _put(taken, setting.name, _take_record(intake, sheet, keyword, value))
        else:
            _put(taken, setting.name, take(intake, setting, keyword, value))
    return taken


def _take_record(intake: Intake, sheet: SourceFacts, keyword: str, record: object) -> dict[str, Any] | Unknowable:
    """The members of a record, each as a setting; what the source does not offer is a rule's to refuse."""
    kind = RECORDS[keyword]
    if type(record).__name__ == _POLLERS_OF_CDK and hasattr(record, "minimum_pollers"):
        record = _pollers_of_cdk(record)
    intake.record(keyword, record, f"a {kind.__name__}", kind)
    if not isinstance(record, kind):
        return UNKNOWN  # not left out: what needs the record would be refused, too
    offered = {setting.keyword: setting for setting in sheet.settings}
    taken = {}
    for member, value in vars(record).items():
        if value is not None:
            name = f"{keyword}.{member}"
            setting = offered[name] if name in offered else _ELSEWHERE[name]
            taken[setting.name.rpartition(".")[2]] = take(intake, setting, name, value)
    return taken


def _pollers_of_cdk(record: Any) -> ProvisionedPollers:
    """CDK's own record of pollers as ours; CDK has a class of this name for mappings and one for event sources."""
    return ProvisionedPollers(record.minimum_pollers, record.maximum_pollers, record.poller_group_name)


def _put(settings: dict[str, Any], name: str, value: object) -> None:
    """Put a value where CloudFormation has it."""
    *above, last = name.split(".")
    for part in above:
        settings = settings.setdefault(part, {})
    if value is not None:
        settings[last] = value
