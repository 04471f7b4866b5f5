"""The words of CDK's own constructs: how the one that made a mapping names a setting in Python, and takes a value.

CDK makes a mapping in three ways: by an event source that a function is given, by its ``EventSourceMapping``, and by
``CfnEventSourceMapping``, whose properties are those of CloudFormation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from typing import Any, Final

from cdk_esm.facts import Form, Setting, SourceFacts, Unknowable

_WORD: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_L1: Final = "lambda_.CfnEventSourceMapping"
_REPORTS: Final = "FunctionResponseTypes"
_REPORTED: Final = "ReportBatchItemFailures"
_LOG_LEVEL: Final = "LoggingConfig.SystemLogLevel"
_POLLERS: Final = "ProvisionedPollerConfig"
_ALIKE: Final = (
    *("batch_size", "bisect_batch_on_error", "enabled", "filter_encryption", "filters", "log_level"),
    *("max_batching_window", "max_concurrency", "max_record_age", "metrics_config", "on_failure"),
    *("parallelization_factor", "provisioned_poller_config", "report_batch_item_failures", "retry_attempts"),
    *("starting_position", "starting_position_timestamp", "tumbling_window"),
)
"""Keywords of ours that CDK's own constructs have too."""


class MadeBy(Enum):
    """What made a mapping in an app of CDK that is not one of our constructs."""

    EVENT_SOURCE = "event source"
    MAPPING = "EventSourceMapping"
    L1 = "CfnEventSourceMapping"


WORDS: Final[Mapping[MadeBy, Mapping[str, str]]] = {
    MadeBy.EVENT_SOURCE: {
        **{
            one: one for one in (*_ALIKE, "bootstrap_servers", "consumer_group_id", "queue", "stream", "table", "topic")
        },
        "cluster": "cluster_arn",
        "schema_registry": "schema_registry_config",
    },
    MadeBy.MAPPING: {
        **{one: one for one in _ALIKE},
        "authentication": "source_access_configurations",
        "bootstrap_servers": "kafka_bootstrap_servers",
        "consumer_group_id": "kafka_consumer_group_id",
        "credentials": "source_access_configurations",
        "function": "target",
        "schema_registry": "schema_registry_config",
        "topic": "kafka_topic",
        **dict.fromkeys(("broker", "cluster", "queue", "stream", "table"), "event_source_arn"),
    },
}
"""The keyword of CDK's for one of ours; what is not here, such a construct does not take."""


def python_name(name: str) -> str:
    """A name of CloudFormation's as CDK has it in Python: ``KmsKeyArn`` is ``kms_key_arn``."""
    return _WORD.sub("_", name).lower()


def called(made_by: MadeBy, sheet: SourceFacts) -> str:
    """The class that made a mapping, as an app names it."""
    if made_by is MadeBy.EVENT_SOURCE:
        return f"event_sources.{sheet.cdk_event_source or 'IEventSource'}"
    return f"lambda_.{made_by.value}"


def name_in(made_by: MadeBy, setting: Setting) -> str | None:
    """What CDK calls a setting there; ``None`` if it does not take it."""
    if made_by is MadeBy.L1:
        return ".".join(map(python_name, setting.name.split(".")))
    if setting.name.startswith(f"{_POLLERS}."):
        return ".".join(map(python_name, setting.name.split(".")))
    return None if setting.keyword is None else WORDS[made_by].get(setting.keyword)


def written(made_by: MadeBy, setting: Setting, value: Any, given: Mapping[str, Any]) -> str | None:
    """A setting with a value as an argument there; ``None`` if it cannot be written as one.

    Args:
        made_by: what takes it.
        setting: the setting.
        value: its value, in the form of a template.
        given: all settings of the mapping: a record is written as a whole.
    """
    parts = setting.name.split(".")
    if made_by is MadeBy.L1:
        value = _REPORTED if value is True and setting.name == _REPORTS else value
        value = [value] if setting.form is Form.LIST and isinstance(value, str) else value
        text = _in_record(parts[1:], value, given.get(parts[0]), parts[0])
        return None if text is None else f"{python_name(parts[0])}={text}"
    keyword = name_in(made_by, setting)
    if keyword is None:
        return None
    if parts[0] == _POLLERS:
        text = _in_record(parts[1:], value, given.get(parts[0]), parts[0], "event_sources.ProvisionedPollerConfig")
        return None if text is None else f"{python_name(_POLLERS)}={text}"
    form = "lambda_.EventSourceMappingLogLevel.{}" if setting.name == _LOG_LEVEL else setting.in_python
    word = value[0] if isinstance(value, list | tuple) and value else value
    if form is not None:
        return f"{keyword}={form.format(python_name(word).upper())}" if isinstance(word, str) else None
    if setting.name == _REPORTS:
        value = bool(value)
    unit = {Form.SECONDS: "seconds", Form.HOURS: "hours"}.get(setting.form)
    return f"{keyword}={value!r}" if unit is None else f"{keyword}=Duration.{unit}({value})"


def _in_record(parts: list[str], value: Any, beside: Any, name: str, class_: str | None = None) -> str | None:
    """A value within records of CloudFormation, each with whatever else it has already."""
    if not parts and not isinstance(value, Mapping):
        return None if isinstance(value, Unknowable) else repr(list(value) if isinstance(value, tuple) else value)
    if isinstance(beside, Unknowable):
        return None
    members = dict(value) if not parts else {**(beside if isinstance(beside, Mapping) else {}), parts[0]: None}
    texts: list[str] = []
    for member, one in members.items():
        inside = parts and member == parts[0]
        around = beside.get(member) if isinstance(beside, Mapping) else None
        text = _in_record(parts[1:], value, around, member) if inside else _in_record([], one, None, member)
        if text is None:
            return None
        texts.append(f"{python_name(member)}={text}")
    return f"{class_ or f'{_L1}.{name}Property'}({', '.join(texts)})"
