"""What to write in the place of a value that a slot does not take: code that pastes, made from what came."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from enum import Enum
from importlib import import_module
from typing import Any, Final

import aws_cdk as cdk
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_sqs as sqs

from cdk_esm.constructs.intake.paste_resources import FROM_ARN, by_arn, by_l1

_NAME: Final = re.compile(r"[\w.-]{1,255}")
_SLOT: Final = re.compile(r"[a-z_]+(\.[a-z_]+)*")
_SECURITY_GROUP: Final = re.compile(r"sg-[0-9a-z]+")
_YES_AND_NO: Final = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False} | {
    "0": False
}
_LIKE: Final = (
    ("bucket_arn", "esm.OnFailure.bucket(bucket)"),
    ("queue_arn", "esm.OnFailure.queue(queue)"),
    ("topic_arn", "esm.OnFailure.topic(topic)"),
)
"""What an L2 has, and what hands it over as a destination."""


def number_pasted(keyword: str, got: object) -> str:
    """A whole number that came as a text or with a point; empty if it is none, or has no name to be written by."""
    if isinstance(got, bool) or not isinstance(got, str | float) or not _SLOT.fullmatch(keyword):
        return ""
    whole = re.fullmatch(r"\s*([+-]?\d{1,15})(?:\.0*)?\s*", str(got))
    return f"write {keyword.rpartition('.')[2]}={int(whole[1])}" if whole is not None else ""


def answer_pasted(keyword: str, got: object) -> str:
    """Yes or no that came in another form; what else came may have meant either."""
    name = keyword.rpartition(".")[2]
    meant = _YES_AND_NO.get(str(got).strip().lower()) if isinstance(got, str | int | float) else None
    return f"write {name}={meant}" if meant is not None else f"write {name}=True or {name}=False"


def list_pasted(keyword: str, got: object) -> str:
    """A list of what came alone; a text with commas was a list before."""
    name = keyword.rpartition(".")[2]
    if not isinstance(got, str):
        return f"write {name}=[...], with it in the list"
    return f"write {name}={[part.strip() for part in got.split(',') if part.strip()]!r}"


def member_pasted(keyword: str, got: object, accepted: str) -> str:
    """A member of the enum of CDK that is taken, by a text that is its name; and a size by its number of MiB."""
    name = keyword.rpartition(".")[2]
    if accepted == "a Size" and type(got) is int and got > 0:
        return f"write {name}=cdk.Size.mebibytes({got})"
    taken = re.match(r"an? ([a-z0-9]+)(_?)\.(\w+)", accepted)
    if taken is None or not isinstance(got, str):
        return ""
    kind = getattr(import_module(f"aws_cdk.aws_{taken[1]}"), taken[3], None)
    if not (isinstance(kind, type) and issubclass(kind, Enum)):
        return ""
    found = _member(kind, f"{taken[1]}{taken[2]}.{taken[3]}")(keyword, got)
    return "" if found is None else f"write {name}={found}"


def way_pasted(record: type, got: object) -> str:
    """The call that makes a way to sign in, from the name of the way, or from its method that was not called."""
    ways = [name for name, one in vars(record).items() if isinstance(one, staticmethod)]
    said = got if isinstance(got, str) else getattr(got, "__name__", "")
    close = get_close_matches(re.sub(r"\W", "_", said).lower(), ways, n=1) if got is not None else ways[:1]
    if not close:
        return ""
    parameters = inspect.signature(getattr(record, close[0])).parameters.values()
    asked = ", ".join(one.name for one in parameters if one.default is inspect.Parameter.empty)
    return f"write authentication=esm.{record.__name__}.{close[0]}({asked})"


def pasted(keyword: str, got: object) -> str:
    """What to write for a value that was refused, ready to paste; empty if nobody can tell what was meant."""
    last = keyword.rpartition(".")[2]
    if keyword.startswith("alarms.notify") and isinstance(got, str) and got.startswith("arn:") and ":sns:" in got:
        return f'write notify=[sns.Topic.from_topic_arn(self, "Told", {got!r})]'
    meant = _FIXES.get(keyword) or _FIXES.get(last)
    found = None if meant is None else meant(keyword, got)
    slot = keyword if keyword in FROM_ARN else last
    if found is None and isinstance(got, str):
        found = by_arn(slot, got)
    if found is None and type(got).__module__.startswith("aws_cdk."):
        found = by_l1(slot, type(got).__name__)
    written = "on_failure" if keyword.startswith("on_failure") else last
    return "" if found is None else f"write {written}={found}"


def _function(_: str, got: object) -> str | None:
    if got is None:
        return 'esm.NewFunction(code="handlers/orders", handler="app.handler")'
    if not isinstance(got, str) or got.startswith("arn:"):
        return None
    if "/" in got or got.endswith(".zip"):
        return f'esm.NewFunction(code={got!r}, handler="app.handler")'
    return f'lambda_.Function.from_function_name(self, "Function", {got!r})' if _NAME.fullmatch(got) else None


def _dead_letters(_: str, got: object) -> str | None:
    if isinstance(got, sqs.DeadLetterQueue):
        return f"queue, max_receive_count={got.max_receive_count}, with the queue itself"
    if type(got).__name__ == "SqsDlq":
        return "queue, with the queue itself: SqsDlq hides it, and is for failed records of a stream"
    return 'esm.NoDeadLetterQueue("<why>")' if got is False else "esm.NewQueue()" if got is True else None


def _alarms(_: str, got: object) -> str | None:
    """Topics in the place of the record."""
    if got is False:
        return 'esm.Alarms(off={"<key>": "<why>"})'
    if isinstance(got, Mapping) and got and all(one in _OF_ALARMS for one in got):
        return f"esm.Alarms({', '.join(f'{name}={_written(one)}' for name, one in got.items())})"
    several = isinstance(got, list | tuple)
    first: Any = (got[0] if got else None) if isinstance(got, list | tuple) else got
    if not hasattr(type(first), "topic_arn"):
        return None
    return "esm.Alarms(notify=topics)" if several else "esm.Alarms(notify=[topic])"


_OF_ALARMS: Final = ("notify", "thresholds", "off", "grant", "periods", "severities", "notify_ok")
"""What the record of alarms takes."""


def _written(value: object) -> str:
    """A plain value as Python writes it; of an object it is the user who knows its name."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name!r}: {_written(member)}" for name, member in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_written, value)) + "]"
    return repr(value) if value is None or isinstance(value, bool | int | float | str) else "..."


_OF_CDK: Final[Mapping[str, tuple[str, str]]] = {
    "SqsDlq": ("queue(queue)", "queue"),
    "SqsDestination": ("queue(queue)", "queue"),
    "SnsDlq": ("topic(topic)", "topic"),
    "SnsDestination": ("topic(topic)", "topic"),
    "S3OnFailureDestination": ("bucket(bucket)", "bucket"),
    "S3Destination": ("bucket(bucket)", "bucket"),
    "KafkaDlq": ('kafka_topic("<name>")', "topic"),
}
"""CDK's own destinations: nobody can ask one for its resource, and when it is bound it grants more than is needed."""
_NEW: Final = {"NewBucket": "esm.OnFailure.bucket(esm.NewBucket())", "NewQueue": "esm.OnFailure.queue()"}
"""What makes a new destination, by the record that came in its place; of a new queue nothing can be chosen."""


def _on_failure(_: str, got: object) -> str | None:
    if got is False:
        return 'esm.OnFailure.discard(reason="<why>")'
    said = got if isinstance(got, str) else getattr(got, "__name__", None)  # a method that was not called
    if said in ("bucket", "queue", "topic"):
        return f"esm.OnFailure.{said}()"
    kind = type(got).__name__
    if kind in _OF_CDK and type(got).__module__.startswith("aws_cdk."):
        ours, resource = _OF_CDK[kind]
        return (
            f"esm.OnFailure.{ours}, with the {resource} itself: {kind} hides it, and grants too much when it is bound"
        )
    if kind in _NEW:
        return _NEW[kind]
    return next((written for attribute, written in _LIKE if hasattr(type(got), attribute)), None)


def _pollers(_: str, got: object) -> str | None:
    if isinstance(got, Mapping):
        numbers = [one for one in got.values() if isinstance(one, int)]
        if len(numbers) == 2:  # noqa: PLR2004 - a minimum and a maximum
            return f"esm.ProvisionedPollers(minimum={min(numbers)}, maximum={max(numbers)})"
    return "esm.ProvisionedPollers(minimum=2, maximum=20)"


def _member(kind: type[Any], prefix: str) -> Callable[[str, object], str | None]:
    """A member of an enum of CDK, by a text that is its name but for capitals and signs."""

    def find(_: str, got: object) -> str | None:
        if not isinstance(got, str):
            return None
        wanted = re.sub(r"\W", "_", got).upper()
        return f"{prefix}.{wanted}" if wanted in kind.__members__ else None

    return find


def _runtime(_: str, got: object) -> str | None:
    if not isinstance(got, str):
        return None
    found = re.sub(r"^(PYTHON)(\d)", r"\1_\2", re.sub(r"\W", "_", got).upper())
    return f"lambda_.Runtime.{found}" if hasattr(lambda_.Runtime, found) else None


def _architecture(_: str, got: object) -> str | None:
    names = {"arm64": "ARM_64", "x86_64": "X86_64"}
    return f"lambda_.Architecture.{names[got]}" if isinstance(got, str) and got in names else None


def _metrics(_: str, got: object) -> str | None:
    del got
    return "lambda_.MetricsConfig(metrics=[lambda_.MetricType.EVENT_COUNT])"


def _retention(_: str, got: object) -> str | None:
    days = {1: "ONE_DAY", 7: "ONE_WEEK", 14: "TWO_WEEKS", 30: "ONE_MONTH", 90: "THREE_MONTHS", 365: "ONE_YEAR"}
    if isinstance(got, int) and not isinstance(got, bool) and got in days:
        return f"logs.RetentionDays.{days[got]}"
    return _member(logs.RetentionDays, "logs.RetentionDays")("", got)


def _network(_: str, got: object) -> str | None:
    if isinstance(got, type) and got.__name__ == "PublicEndpoint":
        return "esm.PublicEndpoint()"
    if got is None or hasattr(type(got), "select_subnets"):
        with_vpc = "esm.VpcAccess(vpc, subnets, security_group)"
        return f"esm.PublicEndpoint() or network={with_vpc}" if got is None else with_vpc
    return None


def _security_group(_: str, got: object) -> str | None:
    """A group by its id."""
    if not isinstance(got, str) or not _SECURITY_GROUP.fullmatch(got):
        return None
    return f'ec2.SecurityGroup.from_security_group_id(self, "PollerGroup", {got!r})'


def _table(_: str, got: object) -> str | None:
    if got is not None:
        return None
    key = 'dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING)'
    return f"esm.NewTable(partition_key={key})"


def _removal_policy(_: str, got: object) -> str | None:
    """A policy by its name; what a construct makes takes no snapshot."""
    found = _member(cdk.RemovalPolicy, "cdk.RemovalPolicy")("", got)
    return None if found is None or found.endswith(cdk.RemovalPolicy.SNAPSHOT.name) else found


def _tags(_: str, got: object) -> str | None:
    """Tags as CloudFormation writes them, or the other way that CDK does."""
    if not isinstance(got, list | tuple) or not all(isinstance(one, Mapping) and len(one) == 2 for one in got):  # noqa: PLR2004 - a key and a value
        return None
    pairs = [{str(name).lower(): one for name, one in entry.items()} for entry in got]
    fit = got and all(pair.keys() == {"key", "value"} for pair in pairs)
    return _written({pair["key"]: pair["value"] for pair in pairs}) if fit else None


def _name(_: str, got: object) -> str | None:
    return '"<its name>"' if got is None else None


_FIXES: Final[Mapping[str, Callable[[str, object], str | None]]] = {
    "function": _function,
    "dead_letter_queue": _dead_letters,
    "alarms": _alarms,
    "on_failure": _on_failure,
    **{f"on_failure.{kind}": _on_failure for kind in ("bucket", "queue", "topic")},
    "provisioned_poller_config": _pollers,
    "network": _network,
    **dict.fromkeys(("topic", "queue_name", "database"), _name),
    "network.security_group": _security_group,
    "table": _table,
    "tags": _tags,
    "removal_policy": _removal_policy,
    "log_level": _member(lambda_.EventSourceMappingLogLevel, "lambda_.EventSourceMappingLogLevel"),
    "starting_position": _member(lambda_.StartingPosition, "lambda_.StartingPosition"),
    "function.runtime": _runtime,
    "function.architecture": _architecture,
    "metrics_config": _metrics,
    "function.log_retention": _retention,
}
"""By keyword: what is meant by a value of another kind."""
