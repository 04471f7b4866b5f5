"""Corruptions that follow from the fact sheets: below and above each range, outside of each choice, and so on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from cdk_esm.facts import Form, Setting
from cdk_esm.sources import SOURCES
from tests.core.generated.case import Case
from tests.core.generated.corruption import Change, put, register, take

_NUMBERS: Final = (Form.INTEGER, Form.SECONDS, Form.MOMENT)
_IN_ENTRIES: Final = ("SourceAccessConfigurations.", "SchemaValidationConfigs.", "AccessConfigs.")
_SAMPLES: Final[dict[Form, Any]] = {
    Form.INTEGER: 5,
    Form.SECONDS: 60,
    Form.MOMENT: 60,
    Form.BOOLEAN: True,
    Form.TEXT: "shop",
    Form.LIST: ["shop"],
    Form.RECORD: {"Shop": 5},
}
# What makes a mapping one on another source, or is a matter of ESM108, is no setting that is merely not supported.
_TELLS_THE_SOURCE: Final = ("EventSourceArn", "SelfManagedEventSource")


def _hides_the_engine(case: Case, name: str) -> bool:
    """Whether the virtual host goes away, by which alone a broker elsewhere is known to be a RabbitMQ."""
    return case.kind == "rabbitmq" and "Source" not in case.resources and name == "SourceAccessConfigurations"


def _setting(name: str, value: Any) -> Change:
    def change(case: Case) -> bool:
        put(case.settings, name, value)
        return not _hides_the_engine(case, name)

    return change


def _without(name: str) -> Change:
    return lambda case: take(case.settings, name) and not _hides_the_engine(case, name)


def _in_entries(name: str) -> bool:
    return any(part in name for part in _IN_ENTRIES)


def _out_of_range(kind: str, setting: Setting) -> Iterator[tuple[str, tuple[str, ...], Change]]:
    if setting.form in _NUMBERS:
        for bound, step in ((setting.minimum, -1), (setting.maximum, 1)):
            if bound is not None:
                fifo_window = setting.name == "MaximumBatchingWindowInSeconds" and not SOURCES[kind].takes_window
                rule = "ESM202" if fifo_window else "ESM101"
                if not fifo_window or step > 0:
                    yield f"{setting.name}={bound + step}", (rule,), _setting(setting.name, bound + step)
    elif setting.form is Form.TEXT and setting.maximum is not None and setting.name != "FunctionName":
        too_long = "a" * (setting.maximum + 1)
        yield f"{setting.name} of {len(too_long)} characters", ("ESM101",), _setting(setting.name, too_long)
    elif setting.form is Form.LIST and setting.maximum is not None:
        member: Any = {"Attribute": "KEY"} if setting.name.endswith("ValidationConfigs") else "kafka-1.example.com:9092"
        member = (
            {"Type": "BASIC_AUTH", "URI": "a"}
            if setting.name.endswith(("AccessConfigs", "AccessConfigurations"))
            else member
        )
        members = [member] * (setting.maximum + 1)
        yield f"{setting.name} of {len(members)} members", ("ESM113",), _setting(setting.name, members)
        if setting.longest_member is not None:
            long = ["a" * (setting.longest_member + 1)]
            yield f"{setting.name} with a member too long", ("ESM113",), _setting(setting.name, long)
        if setting.minimum:
            yield f"{setting.name} without a member", ("ESM113",), _setting(setting.name, [])


def _not_allowed(setting: Setting) -> Iterator[tuple[str, tuple[str, ...], Change]]:
    if setting.choices:
        value: Any = ["Shop"] if setting.form is Form.LIST else "SHOP"
        yield f"{setting.name} of no such choice", ("ESM103",), _setting(setting.name, value)
    if setting.pattern is not None:
        text = "shop orders!$" if setting.form is Form.TEXT else ["shop orders!"]
        yield f"{setting.name} with signs of its own", ("ESM114",), _setting(setting.name, text)


def _not_supported(kind: str) -> Iterator[tuple[str, tuple[str, ...], Change]]:
    sheet = SOURCES[kind]
    others = {one.name: one for other in SOURCES.values() for one in other.settings}
    for name, setting in others.items():
        record = name.rpartition(".")[0]
        if name in sheet.by_name or name.startswith(_TELLS_THE_SOURCE) or _in_entries(name):
            continue
        if record and record not in sheet.by_name:
            continue  # the record itself is one that is not supported
        yield f"{name}, which it has not", ("ESM102",), _setting(name, _SAMPLES[setting.form])
    yield "a setting that no source has", ("ESM102",), _setting("BatchWindow", 5)


def _missing(setting: Setting) -> Iterator[tuple[str, tuple[str, ...], Change]]:
    if setting.required and setting.name not in _TELLS_THE_SOURCE:
        rule = "ESM115" if setting.requirement_is_reported else "ESM109"
        yield f"no {setting.name}", (rule,), _without(setting.name)


def _of(kind: str) -> Iterator[tuple[str, tuple[str, ...], Change]]:
    for setting in SOURCES[kind].settings:
        if _in_entries(setting.name):
            continue
        yield from _out_of_range(kind, setting)
        yield from _not_allowed(setting)
        yield from _missing(setting)
    yield from _not_supported(kind)


for _kind in SOURCES:
    for _name, _rules, _change in _of(_kind):
        register(_name, _rules, (_kind,), _change)
