"""Mutants: templates of the shop with one thing taken out, which the tests must notice, each in its named way."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from tests.e2e.exclusions import Template
from tests.e2e.orders import RIGHT, Outcome


@dataclass(frozen=True)
class Mutant:
    """A change of ShopOrders, and what becomes of the same traffic then.

    Args:
        name: what is missing; the name of the mutant's stack ends with it.
        change: takes it out of a template.
        outcome: what becomes of the traffic.
        why: in words.
    """

    name: str
    change: Callable[[Template], None]
    outcome: Outcome
    why: str

    def of(self, template: Template) -> Template:
        """The mutated template, in which a message has two receives instead of five, for most of the time is theirs.

        Raises:
            AssertionError: the mutation changed nothing, so it would show nothing.
        """
        changed = copy.deepcopy(template)
        self.change(changed)
        assert changed != template, f"nothing to mutate: {self.name}"
        for properties in of_type(changed, "AWS::SQS::Queue"):
            if "RedrivePolicy" in properties:
                properties["RedrivePolicy"]["maxReceiveCount"] = 2
        return changed


def without_layers(template: Template) -> None:
    """Functions without Powertools."""
    for properties in of_type(template, "AWS::Lambda::Function"):
        properties.pop("Layers", None)


def without_action(action: str) -> Callable[[Template], None]:
    """Policies that do not allow an action."""

    def change(template: Template) -> None:
        for properties in of_type(template, "AWS::IAM::Policy"):
            document = properties["PolicyDocument"]
            for statement in document["Statement"]:
                actions = statement["Action"]
                kept = [one for one in ([actions] if isinstance(actions, str) else actions) if one != action]
                statement["Action"] = kept
            document["Statement"] = [one for one in document["Statement"] if one["Action"]]

    return change


def without_redrive(template: Template) -> None:
    """Queues that move no message."""
    for properties in of_type(template, "AWS::SQS::Queue"):
        properties.pop("RedrivePolicy", None)


def without_partial_responses(template: Template) -> None:
    """Mappings that do not read which messages failed."""
    for properties in of_type(template, "AWS::Lambda::EventSourceMapping"):
        properties.pop("FunctionResponseTypes", None)


def with_filter(pattern: str) -> Callable[[Template], None]:
    """Mappings with this filter and no other."""

    def change(template: Template) -> None:
        for properties in of_type(template, "AWS::Lambda::EventSourceMapping"):
            properties["FilterCriteria"] = {"Filters": [{"Pattern": pattern}]}

    return change


def of_type(template: Template, kind: str) -> Iterator[dict[str, Any]]:
    """The properties of each resource of a type."""
    for resource in template["Resources"].values():
        if resource["Type"] == kind:
            yield resource.setdefault("Properties", {})


_ALL_OF_FIRST: Final = ("O-1", "O-1", "O-2", "no order, first")
_ALL_OF_SECOND: Final = ("O-3", "no order, second")
_NOTHING: Final = Outcome(stored=(), announced=(), dead=_ALL_OF_SECOND, left=_ALL_OF_FIRST)

MUTANTS: Final = (
    Mutant("NoLayers", without_layers, _NOTHING, "the function cannot be imported, so every message dies"),
    Mutant("NoPutItem", without_action("dynamodb:PutItem"), _NOTHING, "nothing can be stored, so every message dies"),
    Mutant(
        "NoPublish",
        without_action("sns:Publish"),
        Outcome(stored=RIGHT.stored, announced=(), dead=_ALL_OF_SECOND, left=_ALL_OF_FIRST),
        "orders are stored and nobody hears of them, so every message dies",
    ),
    Mutant(
        "NoRedrive",
        without_redrive,
        Outcome(stored=RIGHT.stored, announced=RIGHT.announced, dead=(), left=("no order, first", "no order, second")),
        "the bad message comes back for ever",
    ),
    Mutant(
        "NoPartialResponses",
        without_partial_responses,
        Outcome(stored=RIGHT.stored, announced=RIGHT.announced, dead=(), left=()),
        "the bad messages are taken for processed, and lost",
    ),
)
