"""The alarms record, checked: whose keys and reasons no rule can see, and which alarms the mapping really has."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from enum import Enum
from typing import Any, Final

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch as cloudwatch

from cdk_esm.alarms.keys import ALARM_KEYS, Urgency
from cdk_esm.alarms.recipes import Recipe
from cdk_esm.alarms.select import keys_for
from cdk_esm.constructs.intake.alarm_choice import Alarms, declined
from cdk_esm.constructs.intake.keywords import Intake, looks_like
from cdk_esm.constructs.intake.tokens import is_token
from cdk_esm.printed import counted
from cdk_esm.sources.cloudwatch import (
    ACTIONS,
    LONG_PERIOD,
    LONGEST_LOOK,
    LONGEST_LOOK_OF_LONG_PERIODS,
    SHORTEST_PERIOD,
)

_BY_KEY: Final = ("thresholds", "off", "periods", "severities")
_CHOSEN: Final = ("thresholds", "periods", "severities")
"""What says something of an alarm that is there."""
_URGENCIES: Final = tuple(one.value for one in Urgency)
_BOTH: Final = "{'page': [...], 'ticket': [...]}"


def check_alarms(intake: Intake, value: object, source: str) -> None:
    """Check the alarms record by itself."""
    if value is None:
        return
    if not intake.one_of("alarms", value, {"an Alarms record": lambda one: isinstance(one, Alarms)}):
        return
    assert isinstance(value, Alarms)
    check_notify(intake, value)
    intake.boolean("alarms.grant", value.grant, now=True)
    intake.boolean("alarms.notify_ok", value.notify_ok, now=True)
    for keyword in _BY_KEY:
        chosen = getattr(value, keyword)
        if keyword == "off" and isinstance(chosen, str):
            intake.reason("alarms.off", chosen)
        elif not isinstance(chosen, Mapping):
            accepted = "a dict by alarm key" + (", or one reason for all of them" if keyword == "off" else "")
            intake.refuse(f"alarms.{keyword}", chosen, accepted)
        else:
            for key, one in chosen.items():
                _check_one(intake, keyword, key, one, keys_for(source))


def check_notify(intake: Intake, value: Alarms, place: str = "alarms.notify") -> None:
    """Check who is told.

    Args:
        intake: remembers what cannot be taken.
        value: the record.
        place: what messages call the keyword.
    """
    accepted = "an SNS topic or an alarm action"
    if isinstance(value.notify, Mapping):
        fix = f"pass notify={_BOTH}; an empty list tells nobody"
        if set(value.notify) != set(_URGENCIES):
            intake.refuse(place, list(value.notify), f"a dict with the keys {_in_words(_URGENCIES)}", fix=fix)
        lists = {f"{place}[{name!r}]": told for name, told in value.notify.items()}
    else:
        lists = {place: value.notify}
        if isinstance(value.severities, Mapping) and value.severities:
            intake.refuse(
                "alarms.severities",
                dict(value.severities),
                "severities only if notify says who is told of which",
                fix=f"pass notify={_BOTH}",
            )
    for where, told in lists.items():
        if told is None:
            intake.refuse(where, None, f"a list, each member of it {accepted}")
        if len(intake.members(where, told, accepted, _can_be_told)) > ACTIONS.value:
            intake.refuse(where, told, f"at most {ACTIONS.value} of them", fix="let one topic tell the others")


def _check_one(intake: Intake, keyword: str, key: object, one: object, keys: Sequence[str]) -> None:
    place = f"alarms.{keyword}[{key!r}]"
    if key not in keys:
        close = get_close_matches(str(key), keys, n=1)
        fix = f"did you mean {close[0]}?" if close else f"leave it out of alarms.{keyword}"
        intake.refuse(place, key, "one of " + ", ".join(keys), fix=fix)
    elif keyword == "off":
        intake.reason(place, one)
    elif keyword == "thresholds" and not _is_threshold(one):
        intake.refuse(place, one, "a number above 0")
    elif keyword == "severities" and one not in _URGENCIES:
        intake.refuse(place, one, _in_words(_URGENCIES), fix=f"write {key!r}: 'page' or {key!r}: 'ticket'")
    elif keyword == "periods":
        _check_period(intake, place, key, one)


def _check_period(intake: Intake, place: str, key: object, one: object) -> None:
    accepted = "a Duration of whole minutes"
    if one is None:
        intake.refuse(place, one, accepted)
        return
    before = len(intake.malformed)
    seconds = intake.duration(place, one, "minutes", written=f"{key!r}: ")
    if len(intake.malformed) > before:
        return
    if not isinstance(seconds, int):
        intake.refuse(place, "a Duration that only the deployment knows", accepted, problem="fraction")
    elif seconds < SHORTEST_PERIOD.value or seconds % SHORTEST_PERIOD.value:
        minutes = max(1, round(seconds / SHORTEST_PERIOD.value))
        came = f"a Duration of {counted(seconds, 'second', '')}"
        intake.refuse(place, came, accepted, problem="fraction", fix=f"write {key!r}: Duration.minutes({minutes})")


def ask_for_thresholds(
    intake: Intake, value: object, recipes: Sequence[Recipe], if_on: Sequence[Recipe], made_by: Mapping[str, Any]
) -> None:
    """Ask for each threshold that nothing in the configuration tells; refuse what is said of alarms that are not made.

    Args:
        intake: what remembers it.
        value: the alarms record.
        recipes: the alarms that suit the mapping.
        if_on: those that suit it if it is not disabled.
        made_by: those of them that another mapping of the function has already, by their keys: its path, and what was
            chosen for it.
    """
    if value is not None and not isinstance(value, Alarms):
        return  # it is refused, and what is in it may be a threshold
    chosen = value if isinstance(value, Alarms) else Alarms()
    given = [one for one in (chosen.thresholds, chosen.off) if isinstance(one, Mapping)]
    for recipe in recipes:
        if recipe.threshold is None and not isinstance(chosen.off, str) and not any(recipe.key in one for one in given):
            intake.refuse(
                f"alarms.thresholds[{recipe.key!r}]",
                None,
                f"a number above 0, for {recipe.measures[0].metric}: {recipe.reason}",
                problem="missing-keyword",
                fix=f"pass alarms=Alarms(thresholds={{{recipe.key!r}: 10_000}}) with your own number, or decline with "
                f"alarms=Alarms(off={{{recipe.key!r}: 'why nobody need know'}})",
            )
    if isinstance(chosen.off, str | Mapping):
        _refuse_unmade(intake, chosen, if_on, made_by)


def chosen_of(chosen: Alarms, key: str) -> dict[str, Any]:
    """What was chosen for an alarm, in a form that can be compared."""
    said = {name: getattr(chosen, name).get(key) for name in _CHOSEN}
    off = {"off": True} if declined(chosen, key) else {}
    return {name: _comparable(one) for name, one in said.items() if one is not None} | off


def _comparable(value: Any) -> Any:
    return int(value.to_seconds()) if isinstance(value, cdk.Duration) else value


def _refuse_unmade(
    intake: Intake, chosen: Alarms, recipes: Sequence[Recipe], made_by: Mapping[str, tuple[str, Mapping[str, Any]]]
) -> None:
    """Refuse what is said of alarms that this mapping does not have, and a period that an alarm cannot look over."""
    by_key = {recipe.key: recipe for recipe in recipes if not declined(chosen, recipe.key)}
    made = [key for key in by_key if key not in made_by]
    accepted = f"an alarm that this mapping has: {', '.join(made) or 'none'}"
    for keyword in _CHOSEN:
        said = getattr(chosen, keyword)
        refused = any(one.keyword.startswith(f"alarms.{keyword}") for one in intake.malformed)
        if refused or not isinstance(said, Mapping):
            continue
        for key in said:
            place = f"alarms.{keyword}[{key!r}]"
            if key not in by_key and key in ALARM_KEYS:
                intake.refuse(place, key, accepted, fix=_way(chosen, key, made))
            elif key in made_by:
                path, others = made_by[key]
                if others.get(keyword) != chosen_of(chosen, key).get(keyword):
                    has = f"{path} leaves {key} out" if others.get("off") else f"the function has {key} from {path}"
                    intake.refuse(
                        place,
                        key,
                        f"{accepted}; {has}",
                        fix=f"write {keyword}={{{key!r}: ...}} in the alarms of {path}, or say the same here as there",
                    )
            elif keyword == "periods":
                _check_look(intake, place, int(said[key].to_seconds()), by_key[key])


def _way(chosen: Alarms, key: str, made: Sequence[str]) -> str:
    if declined(chosen, key):
        return f"leave it out: alarms.off leaves {key} out"
    close = get_close_matches(key, made, n=1)
    asked = f"did you mean {close[0]}? " if close else ""
    return f"{asked}{key} is there if {ALARM_KEYS[key].when}"


def _check_look(intake: Intake, place: str, seconds: int, recipe: Recipe) -> None:
    longest = LONGEST_LOOK_OF_LONG_PERIODS if seconds >= LONG_PERIOD.value else LONGEST_LOOK
    if seconds * recipe.evaluation_periods > longest.value:
        most = longest.value // recipe.evaluation_periods // SHORTEST_PERIOD.value
        intake.refuse(
            place,
            f"a Duration of {counted(seconds, 'second', '')}",
            f"a Duration of whole minutes, {recipe.evaluation_periods} of which are at most {longest.value} seconds",
            problem="fraction",
            fix=f"write Duration.minutes({most}) or less",
        )


def _in_words(words: Sequence[str]) -> str:
    return " and ".join(map(repr, words))


def _can_be_told(value: object) -> bool:
    """Whether a value is a topic or an action; many things of CDK have a ``bind``, so that alone tells nothing."""
    interface = cloudwatch.IAlarmAction
    declared = getattr(type(value), "__jsii_ifaces__", ())
    return looks_like(value, "topic_arn", "add_subscription") or (
        looks_like(value, "bind") and any(interface in one.__mro__ for one in declared)
    )


def _is_threshold(value: object) -> bool:
    """Whether a value is a number above 0, or a token for one; jsii does not survive infinity."""
    if isinstance(value, bool | Enum) or not isinstance(value, int | float):
        return False
    return is_token(value) or 0 < value <= sys.float_info.max
