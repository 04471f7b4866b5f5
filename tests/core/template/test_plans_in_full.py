"""All that the reader makes of small templates, as it was reviewed: ``UPDATE_SNAPSHOTS=1`` writes it anew.

The other tests look at one thing each; here nothing may be lost, or guessed, on the way.
"""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from cdk_esm.plan import MappingPlan, Permission
from cdk_esm.template.cloudformation.assembly import Assembly
from cdk_esm.template.cloudformation.stack import Stack
from cdk_esm.template.reader import read
from cdk_esm.testing.templates import template
from tests.core.reviewed import reviewed
from tests.core.template.grant_cases import GRANTS_READ
from tests.core.template.need_cases import FILTER_KEYS_READ, NEEDS_READ
from tests.core.template.plan_cases import DESTINATIONS_READ, FUNCTIONS_READ
from tests.core.template.source_cases import SOURCES_READ

FOLDER = Path(__file__).parent / "texts"


def shown(name: str, value: Any, depth: int = 1) -> Iterator[str]:
    """A value with all its parts, those that are empty or as they are by default left out."""
    indent = "  " * depth
    if name == "permissions":
        for said, actions in groupby(value, key=_said_of):
            yield f"{indent}{said}: {', '.join(one.action for one in actions)}"
    elif is_dataclass(value) and not isinstance(value, type):
        yield f"{indent}{name}: {type(value).__name__}"
        for field in fields(value):
            part = getattr(value, field.name)
            if part is not None and part not in ((), frozenset()) and part != field.default:
                yield from shown(field.name, part, depth + 1)
    elif isinstance(value, frozenset):
        yield f"{indent}{name}: {sorted(map(repr, value))}"
    else:
        yield f"{indent}{name}: {value!r}"


def _said_of(one: Permission) -> str:
    """What is said of a permission, its lack left out: that stands in the fact sheets."""
    words = "held" if one.held is True else "missing" if one.held is False else "perhaps held"
    words += f" on {one.on} {one.resource}"
    words += f", elsewhere {', '.join(one.elsewhere)}" if one.elsewhere else ""
    words += f", by {', '.join(one.policies)}" if one.policies else ""
    words += f", ordered {one.ordered!r}" if one.ordered is not True else ""
    keys = ", ".join(sorted(one.conditions)) if isinstance(one.conditions, frozenset) else "unknown keys"
    return words + (f", if {keys}" if keys else "")


def plans(resources: dict[str, Any]) -> list[MappingPlan]:
    """The plans of a template that is deployed to a known place."""
    document = template(resources, Parameters={"Name": {"Type": "String"}})
    return read(Assembly([Stack(name="Shop", document=document, region="eu-west-1", account="111122223333")])).plans


@pytest.mark.parametrize(
    ("name", "cases", "parts"),
    [
        ("sources.txt", SOURCES_READ, ("source", "event_source", "failure")),
        ("destinations.txt", DESTINATIONS_READ, ("failure",)),
        ("functions.txt", FUNCTIONS_READ, ("function",)),
        ("needs.txt", NEEDS_READ, ("role",)),
        ("grants.txt", GRANTS_READ, ("role",)),
        ("filter_keys.txt", FILTER_KEYS_READ, ("filter_key",)),
    ],
)
def test_plans_hold_what_the_template_says_and_nothing_else(
    name: str, cases: dict[str, dict[str, Any]], parts: tuple[str, ...]
) -> None:
    lines = []
    for title, resources in cases.items():
        lines.append(title)
        for plan in plans(resources):
            lines += [line for part in parts for line in shown(part, getattr(plan, part))]
    text = "\n".join(lines) + "\n"

    assert reviewed(FOLDER / name, text) == text
