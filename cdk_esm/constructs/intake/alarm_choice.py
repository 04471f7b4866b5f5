"""What users say of the alarms of a mapping: who is told, and what differs from the derived ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Protocol, TypeAlias

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_sns as sns
from constructs import Construct

from cdk_esm.alarms.keys import ALARM_KEYS, Urgency
from cdk_esm.alarms.recipes import Recipe
from cdk_esm.alarms.select import with_threshold
from cdk_esm.constructs.intake.calls import explains_keywords


class AlarmAction(Protocol):
    """What CloudWatch can do with an alarm, for type checkers: CDK's own actions name their arguments differently."""

    def bind(self, scope: Construct, alarm: cloudwatch.IAlarm, /) -> cloudwatch.AlarmActionConfig:
        """Say what the alarm does."""
        ...


Told: TypeAlias = sns.ITopic | sns.TopicBase | cloudwatch.IAlarmAction | AlarmAction


@explains_keywords
@dataclass(frozen=True)
class Alarms:
    """Who is told, and what differs from the derived alarms.

    The reference page of alarms has every key with its metric, its unit, its threshold and how to choose another one.

    Args:
        notify: topics, or alarm actions of CDK, at most five. Without any, alarms fire and nobody hears it: an advice
            says so, once per stack. A dict sends alarms to different people by how urgent they are:
            ``{"page": [pager], "ticket": [mail]}``. Our choice: those alarms page that tell of lost records, or that
            nobody processes any; the others are tickets.
        thresholds: your own threshold by alarm key, in the metric's unit. One for an alarm that this mapping does not
            have is refused (ESM001).
        off: alarms to leave out, by key, each with its reason; or one reason, which leaves all of them out. The reason
            goes into the metadata of the mapping.
        grant: whether the topics in ``notify`` let CloudWatch in. By default they do: where the app has replaced SNS's
            own policy of a topic, such as with ``enforce_ssl``, the policy gets a statement for the alarms of this
            account, and a key of the app that encrypts the topic gets one in any case. A topic without a policy is
            left alone, because SNS's own policy lets alarms in. Otherwise the findings ESM355 and ESM356 have the
            statement to paste.
        periods: the length of one data point by alarm key, in whole minutes. An alarm fires after as many of them as
            before, so a longer period lets a state last longer; a threshold that counts in a period counts in the new
            one. All data points of an alarm together cover one day at most, and seven with periods of an hour or more.
        severities: ``"page"`` or ``"ticket"`` by alarm key, if you see it otherwise; with a dict in ``notify``.
        notify_ok: whether the same people are told when an alarm is over. By default they are not.
    """

    notify: Sequence[Told] | Mapping[Literal["page", "ticket"], Sequence[Told]] = ()
    thresholds: Mapping[str, float] = field(default_factory=dict)
    off: Mapping[str, str] | str = field(default_factory=dict)
    grant: bool = True
    periods: Mapping[str, Duration] = field(default_factory=dict)
    severities: Mapping[str, Literal["page", "ticket"]] = field(default_factory=dict)
    notify_ok: bool = False


def declined(chosen: Alarms, key: str) -> bool:
    """Whether an alarm is left out."""
    return isinstance(chosen.off, str) or key in chosen.off


def told_of(chosen: Alarms, key: str) -> list[Any]:
    """Who is told of an alarm."""
    if not isinstance(chosen.notify, Mapping):
        return list(chosen.notify)
    urgency = Urgency(chosen.severities.get(key, ALARM_KEYS[key].urgency))
    return list(chosen.notify[urgency.value])


def all_told(chosen: Alarms) -> list[Any]:
    """Everybody who is told of anything."""
    lists = chosen.notify.values() if isinstance(chosen.notify, Mapping) else (chosen.notify,)
    return [one for told in lists for one in told]


def as_chosen(recipes: Sequence[Recipe], chosen: Alarms) -> Iterator[Recipe]:
    """The recipes with what the user chose in the place of what was derived."""
    for one in recipes:
        recipe = with_threshold(one, chosen.thresholds[one.key]) if one.key in chosen.thresholds else one
        period = chosen.periods.get(one.key)
        yield recipe if period is None else replace(recipe, period_seconds=int(period.to_seconds()))
