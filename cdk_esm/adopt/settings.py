"""The settings of a mapping as keywords: each is written, or left out where the construct then says the same.

Where our constructs have another default, the setting is written whatever it is, or it is left out because it is
that default: ``tests/cdk/adopt`` makes the constructs of what is written here, and compares.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from cdk_esm.adopt.draft import Draft
from cdk_esm.adopt.kafka import in_queue_mode, put_kafka
from cdk_esm.adopt.neighbours import put_filter_key, secret
from cdk_esm.adopt.python import Code, call
from cdk_esm.facts import Form, Setting, Shape, Unknowable
from cdk_esm.plan.defaults import OfParameter
from cdk_esm.sources import common, kafka_settings, mq_settings, stream_settings
from cdk_esm.sources.broker_settings import ACCESS

_STREAMS: Final = (Shape.STREAM, Shape.CONSUMER, Shape.TABLE)
_POLLERS: Final = kafka_settings.POLLERS.name
_BISECT: Final = stream_settings.BISECT.name
_RETRIES: Final = stream_settings.RETRIES.name
_AGE: Final = stream_settings.RECORD_AGE.name
_PARTIAL: Final = common.PARTIAL_BATCH_RESPONSE
_METRICS: Final = common.METRICS_CONFIG.name
_ELSEWHERE: Final = ("FunctionName", "EventSourceArn", "DestinationConfig", "SelfManagedEventSource", "Topics")
"""What ``neighbours`` and ``kafka`` write."""


def put_settings(draft: Draft) -> None:
    """Write every setting of the mapping, and name those that no keyword takes."""
    for setting in draft.sheet.settings:
        top = setting.name.partition(".")[0]
        if top in _ELSEWHERE or top in _SPECIAL or setting.keyword is None or "." in setting.keyword:
            continue
        if setting.form is not Form.RECORD:
            _put(draft, setting)
    for name, special in _SPECIAL.items():
        if name in draft.sheet.by_name:
            special(draft)
    if draft.sheet.shape is Shape.CLUSTER:
        put_kafka(draft)
    offered = {setting.name.partition(".")[0] for setting in draft.sheet.settings}
    for name in draft.plan.settings:
        if name not in offered:
            draft.notes.append(f"{name}: it cannot be kept, for the service does not take it for this source")
    for one in draft.plan.malformed:
        draft.notes.append(f"{one.keyword}: it cannot be kept as it is: it takes {one.accepted}, and is {one.got}")


def _put(draft: Draft, setting: Setting) -> None:
    """A setting that is taken by its form."""
    value = draft.plan.given(setting.name)
    keyword = str(setting.keyword)
    kept_by_default = _is(value, setting.default) and not _ours_differs(draft, setting) and not draft.must_not_change
    if value is None or kept_by_default:
        if value is None and _ours_differs(draft, setting):
            draft.put(keyword, setting.default)
        return
    draft.put(keyword, draft.written(setting, value, keyword))


def _is(value: Any, other: object) -> bool:
    """Whether a setting has a value for good: a parameter may give it another one."""
    return not isinstance(value, OfParameter) and value == other


def _ours_differs(draft: Draft, setting: Setting) -> bool:
    """Whether our construct has another default than the service: one message at a time of a FIFO queue."""
    return setting.name == "BatchSize" and draft.sheet.shape is Shape.QUEUE and draft.sheet.keeps_order


def _ends_retries(draft: Draft) -> bool:
    """Whether our construct gives retries an end by itself."""
    with_pollers = draft.plan.given(_POLLERS) is not None and not in_queue_mode(draft)
    return draft.sheet.shape in _STREAMS or with_pollers


def _bisect(draft: Draft) -> None:
    value = draft.plan.given(_BISECT)
    if value is None and _ends_retries(draft):
        draft.put("bisect_batch_on_error", False)  # noqa: FBT003 - the value of a keyword
    elif value is not None and not (value is True and _ends_retries(draft)):
        draft.put("bisect_batch_on_error", draft.written(stream_settings.BISECT, value, "bisect_batch_on_error"))


def _retries(draft: Draft) -> None:
    value = draft.plan.given(_RETRIES)
    if value is None and _ends_retries(draft):
        value = stream_settings.FOREVER
    if value is not None:
        draft.put("retry_attempts", draft.written(stream_settings.RETRIES, value, "retry_attempts"))


def _age(draft: Draft) -> None:
    value = draft.plan.given(_AGE)
    if value is not None and not _is(value, stream_settings.FOREVER):
        draft.put("max_record_age", draft.written(stream_settings.RECORD_AGE, value, "max_record_age"))
        return
    if draft.sheet.shape not in _STREAMS:
        return
    draft.notes.append(
        "max_record_age: it has no end now, which a Duration cannot say, so the line behind the statement says it; "
        "without that line it is half of what the stream keeps"
    )
    if value is None:
        draft.delete(_AGE)
    else:
        draft.override(_AGE, stream_settings.FOREVER)


def _partial(draft: Draft) -> None:
    value = draft.plan.given(_PARTIAL.name)
    by_default = draft.sheet.shape is not Shape.CLUSTER or draft.plan.given(_POLLERS) is not None
    keyword = "report_batch_item_failures"
    if isinstance(value, Unknowable) or (isinstance(value, list) and any(isinstance(one, Unknowable) for one in value)):
        draft.put(keyword, draft.known(value if isinstance(value, Unknowable) else value[0], keyword, "True or False"))
    elif bool(value) != by_default:
        draft.put(keyword, bool(value))


def reports(draft: Draft) -> bool:
    """Whether the function answers with what failed."""
    return bool(draft.plan.given(_PARTIAL.name))


def _metrics(draft: Draft) -> None:
    """The mapping's own metrics: what is there is kept, and what our alarms need beside it is named."""
    given = draft.plan.given(f"{_METRICS}.Metrics")
    needed = draft.sheet.by_name[f"{_METRICS}.Metrics"].choices
    if draft.sheet.shape is Shape.QUEUE and not (reports(draft) or draft.plan.filters):
        needed = ()
    if isinstance(given, list) and not any(isinstance(one, Unknowable) for one in given):
        if sorted(given) != sorted(needed):
            members = [Code(f"lambda_.MetricType.{_constant(one)}") for one in given]
            draft.put("metrics_config", call("lambda_.MetricsConfig", metrics=members))
    elif given is not None:
        draft.put(
            "metrics_config", draft.known(given if isinstance(given, Unknowable) else given[0], "metrics", _METRICS)
        )
    elif needed:
        draft.adds[_METRICS] = {"Metrics": list(needed)}
        draft.notes.append(
            f"metrics_config: {', '.join(needed)} is added, for alarms need it and CloudWatch charges for it; "
            "metrics_config=lambda_.MetricsConfig(metrics=[]) goes without"
        )


def _constant(word: str) -> str:
    return "".join(f"_{sign}" if sign.isupper() and place else sign for place, sign in enumerate(word)).upper()


def _filters(draft: Draft) -> None:
    filters = draft.plan.filters
    if isinstance(filters, Unknowable):
        draft.put("filters", draft.known(filters, "filters", "a list of patterns"))
    elif filters:
        draft.put("filters", [_pattern(draft, place, one) for place, one in enumerate(filters, 1)])


def _pattern(draft: Draft, place: int, text: str | Unknowable) -> Any:
    """A pattern as a dict; as the text that it is, if a dict would say something else."""
    if isinstance(text, Unknowable):
        return draft.known(text, f"filter_{place}", "the pattern of a filter")
    try:
        found = json.loads(text, object_pairs_hook=_once, parse_float=_spelt_so, parse_int=_spelt_so)
        json.dumps(found, allow_nan=False)
    except (ValueError, RecursionError):
        return text
    same = not draft.must_not_change or json.dumps(found, separators=(",", ":"), ensure_ascii=False) == text
    return found if isinstance(found, dict) and same else text


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def _spelt_so(text: str) -> float:
    """A number that Python spells as the pattern does: of another spelling, only a recording says that it is equal.

    Raises:
        ValueError: Python spells it otherwise.
    """
    number: float = int(text) if text.lstrip("-").isdigit() else float(text)
    if repr(number) != text:
        raise ValueError(text)
    return number


def _tags(draft: Draft) -> None:
    tags = draft.plan.given("Tags")
    if isinstance(tags, list) and all(isinstance(one, Mapping) and isinstance(one.get("Key"), str) for one in tags):
        values = {one["Key"]: draft.known(one.get("Value"), f"tag_{one['Key']}", "a tag") for one in tags}
        draft.put("tags", values)
    elif tags is not None:
        draft.put("tags", draft.known(tags, "tags", "a dict of tags") if isinstance(tags, Unknowable) else {})


def _pollers(draft: Draft) -> None:
    if draft.plan.given(_POLLERS) is None:
        return
    by_name = draft.sheet.by_name
    values = {}
    for member in ("MinimumPollers", "MaximumPollers", "PollerGroupName"):
        setting = by_name.get(f"{_POLLERS}.{member}")
        if setting is not None:
            value = draft.plan.setting(setting.name)
            values[member] = None if value in (None, "") else draft.known(value, snake_of(member), setting.name)
    low, high = values["MinimumPollers"], values["MaximumPollers"]
    if isinstance(low, int) and isinstance(high, int):
        high = max(low, high)
    group = values.get("PollerGroupName")
    draft.put("provisioned_poller_config", call("esm.ProvisionedPollers", minimum=low, maximum=high, group=group))


def snake_of(member: str) -> str:
    """A name of CloudFormation's as Python writes names."""
    return _constant(member).lower()


def _position(draft: Draft) -> None:
    value = draft.plan.given("StartingPosition")
    if value is None:
        by_default = draft.sheet.by_name["StartingPosition"].default
        if by_default is not None and not in_queue_mode(draft):
            draft.put("starting_position", Code(f"lambda_.StartingPosition.{by_default}"))
            draft.notes.append("starting_position: the template has none, and a new one would replace the mapping")
            draft.delete("StartingPosition")
        return
    known = isinstance(value, str) and value in draft.sheet.by_name["StartingPosition"].choices
    written = (
        Code(f"lambda_.StartingPosition.{value}")
        if known
        else draft.known(value, "starting_position", "where it begins")
    )
    draft.put("starting_position", written)


def _timestamp(draft: Draft) -> None:
    value = draft.plan.given("StartingPositionTimestamp")
    if value is not None:
        keyword = "starting_position_timestamp"
        draft.put(keyword, draft.known(value, keyword, "the moment where it begins, in Unix seconds"))


def _credentials(draft: Draft) -> None:
    """The user of a broker or of a document cluster."""
    entries = draft.plan.given(ACCESS.name)
    if draft.sheet.shape is Shape.CLUSTER or not isinstance(entries, list):
        return
    for entry in (one for one in entries if isinstance(one, Mapping)):
        if entry.get("Type") == mq_settings.CREDENTIALS:
            draft.put("credentials", secret(draft, entry.get("URI"), mq_settings.CREDENTIALS, "credentials"))
        elif entry.get("Type") == mq_settings.VIRTUAL_HOST:
            host = draft.known(entry.get("URI"), "virtual_host", "the virtual host")
            draft.put("virtual_host", host)
            draft.notes.append(
                "virtual_host: Lambda refuses every update of a mapping with one, so change nothing here"
            )


def _queues(draft: Draft) -> None:
    queues = draft.plan.given("Queues")
    name = queues[0] if isinstance(queues, list) and queues else queues
    draft.put("queue_name", draft.known(name, "queue_name", "the name of the queue"))


_SPECIAL: Final[Mapping[str, Callable[[Draft], None]]] = {
    "StartingPosition": _position,
    "StartingPositionTimestamp": _timestamp,
    _POLLERS: _pollers,
    _PARTIAL.name: _partial,
    _BISECT: _bisect,
    _RETRIES: _retries,
    _AGE: _age,
    "Queues": _queues,
    ACCESS.name: _credentials,
    "FilterCriteria": _filters,
    "KmsKeyArn": put_filter_key,
    _METRICS: _metrics,
    "Tags": _tags,
    "LoggingConfig": lambda _: None,
    kafka_settings.MSK_CONFIG.name: lambda _: None,
    kafka_settings.SELF_MANAGED_CONFIG.name: lambda _: None,
}
"""The settings that are not taken by their form; those of Apache Kafka alone are in ``kafka``."""
