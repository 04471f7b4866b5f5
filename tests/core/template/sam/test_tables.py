"""The tables of SAM's events, policy templates and connectors agree with SAM's own."""

from __future__ import annotations

import importlib.resources
import json
import re
from typing import Any, Final

import pytest
from samtranslator.model.eventsources import cloudwatchlogs, pull, push, scheduler
from samtranslator.model.sam_resources import SamFunction
from samtranslator.plugins.globals.globals import CUSTOM_STRATEGIES, Globals
from samtranslator.plugins.globals.merge_strategy import MergeOp

from cdk_esm.sources import SOURCES
from cdk_esm.sources.destinations import DESTINATIONS
from cdk_esm.sources.sam_connectors import CONNECTORS, FUNCTION, OTHERS
from cdk_esm.sources.sam_events import (
    FOR_THE_ROLE,
    GLOBALS,
    OTHER_EVENTS,
    OTHER_SECTIONS_OF_GLOBALS,
    PROPERTIES_OF_A_FUNCTION,
    PULL_EVENTS,
    REPLACED_AS_A_WHOLE,
    SAME,
    SERVERLESS,
)
from cdk_esm.sources.sam_policies import OF_NO_USE_TO_A_POLLER, POLICY_TEMPLATES


def samtranslators(*path: str) -> Any:
    """A table of SAM's own."""
    return json.loads(importlib.resources.files("samtranslator").joinpath(*path).read_text(encoding="utf-8"))


SENDS: Final = {"sqs:sendmessage", "sns:publish", "events:putevents", "s3:putobject"}
"""By what a function may send something that comes back to it."""


def needed_by_pollers() -> set[str]:
    """Every action that a fact sheet asks for."""
    grants = [grant for sheet in SOURCES.values() for grant in sheet.grants]
    grants += [grant for facts in DESTINATIONS.values() for grant in facts.grants]
    return {choice.lower() for grant in grants for action in grant.actions for choice in grant.choices(action)}


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def test_each_source_that_an_event_tells_names_the_type_of_that_event() -> None:
    """Both engines of a broker have one type of event, so it tells neither."""
    named = [sheet.sam_event for sheet in SOURCES.values() if sheet.sam_event is not None]

    assert sorted([*named, "MQ"]) == sorted(PULL_EVENTS)


def own_properties(event: Any) -> set[str]:
    return {name for name in event.property_types if not name.startswith("__")}


@pytest.mark.parametrize("name", PULL_EVENTS)
def test_every_property_of_an_event_is_known(name: str) -> None:
    taken = own_properties(getattr(pull, name))
    known = {*SAME, *FOR_THE_ROLE, *PULL_EVENTS[name].renamed}
    of_others = {one for facts in PULL_EVENTS.values() for one in facts.renamed} - PULL_EVENTS[name].renamed.keys()

    assert taken - known <= of_others
    assert known - taken <= {"DynamicPolicyName"}


def test_types_of_events_are_sams() -> None:
    modules = (cloudwatchlogs, pull, push, scheduler)
    types = {getattr(one, "resource_type", None) for module in modules for one in vars(module).values()}

    assert {one for one in types if isinstance(one, str) and "::" not in one} == {*PULL_EVENTS, *OTHER_EVENTS}


@pytest.mark.parametrize("kind", GLOBALS)
def test_globals_take_what_sams_do(kind: str) -> None:
    assert sorted(Globals.supported_properties[SERVERLESS + kind]) == list(GLOBALS[kind])


def test_sections_of_globals_are_sams() -> None:
    theirs = {name.removeprefix(SERVERLESS) for name in Globals.supported_properties}

    assert theirs == {*GLOBALS, *OTHER_SECTIONS_OF_GLOBALS}


def test_properties_of_a_function_are_sams() -> None:
    assert set(SamFunction.property_types) == set(PROPERTIES_OF_A_FUNCTION)


def test_lists_that_are_replaced_are_sams() -> None:
    replaced = [path for path, how in CUSTOM_STRATEGIES.items() if how is MergeOp.REPLACE]

    assert [path.removeprefix("Function.") for path in replaced if path.startswith("Function.")] == [
        *REPLACED_AS_A_WHOLE
    ]


def test_policy_templates_allow_what_sams_do() -> None:
    theirs = samtranslators("policy_templates_data", "policy_templates.json")["Templates"]

    assert theirs.keys() == POLICY_TEMPLATES.keys() | OF_NO_USE_TO_A_POLLER
    for name, statements in POLICY_TEMPLATES.items():
        written = theirs[name]["Definition"]["Statement"]
        assert [sorted(one.actions) for one in statements] == [sorted(as_list(one["Action"])) for one in written]
        assert [list(one.resources) for one in statements] == [
            [*map(place, as_list(one["Resource"]))] for one in written
        ]
        assert [one.condition for one in statements] == [condition(one.get("Condition")) for one in written]


def place(written: Any) -> str:
    """A resource of SAM's, with the parameters in the place of the variables that stand for them."""
    text = written if isinstance(written, str) else written["Fn::Sub"]
    if isinstance(text, str):
        return text
    names = {variable: parameter["Ref"] for variable, parameter in text[1].items()}
    return re.sub(r"\$\{(\w+)\}", lambda found: f"${{{names[found[1]]}}}", text[0])


def condition(written: Any) -> str | None:
    return None if written is None else next(iter(written["StringEquals"]))


def test_other_policy_templates_hold_nothing_that_anybody_looks_for() -> None:
    theirs = samtranslators("policy_templates_data", "policy_templates.json")["Templates"]
    statements = [one for name in OF_NO_USE_TO_A_POLLER for one in theirs[name]["Definition"]["Statement"]]
    patterns = {action.lower() for one in statements for action in as_list(one["Action"])}

    matching = [re.compile(re.escape(pattern).replace(r"\*", ".*")) for pattern in patterns]
    looked_for = needed_by_pollers() | SENDS
    assert [action for action in looked_for if any(one.fullmatch(action) for one in matching)] == []


def test_connectors_of_functions_allow_what_sams_do() -> None:
    table = samtranslators("model", "connector_profiles", "profiles.json")["Permissions"]
    theirs = {
        (one, other): facts for one, ends in table.items() for other, facts in ends.items() if FUNCTION in (one, other)
    }

    assert theirs.keys() == CONNECTORS.keys() | OTHERS
    for ends, facts in CONNECTORS.items():
        properties = theirs[ends]["Properties"]
        [below] = {
            tuple(place.partition("}")[2] for place in statement["Resource"])
            for category in properties["AccessCategories"].values()
            for statement in category["Statement"]
        }
        allows = {name: actions_of(category) for name, category in properties["AccessCategories"].items()}
        assert facts.allows == allows
        assert facts.below == below
        assert facts.of_source is properties["SourcePolicy"]
        assert facts.together is ("ValidAccessCategories" in properties)
        assert facts.before_mapping is ("DependedBy" in properties)


def actions_of(category: Any) -> tuple[str, ...]:
    return tuple(action for statement in category["Statement"] for action in statement["Action"])


def test_other_connectors_of_functions_allow_nothing_that_anybody_looks_for() -> None:
    table = samtranslators("model", "connector_profiles", "profiles.json")["Permissions"]
    categories = [one for ends in OTHERS for one in table[ends[0]][ends[1]]["Properties"]["AccessCategories"].values()]

    allowed = {action.lower() for one in categories for action in (actions_of(one) if "Statement" in one else ())}
    assert allowed & (needed_by_pollers() | SENDS) == set()
