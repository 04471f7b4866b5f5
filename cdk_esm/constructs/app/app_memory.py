"""What the constructs of one app remember of each other: themselves, and what is made only once."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_s3 as s3
from constructs import IConstruct

from cdk_esm.alarms.recipes import Recipe, Watched
from cdk_esm.alarms.select import function_level
from cdk_esm.constructs.app.alarm_topics import AlarmTopics
from cdk_esm.constructs.app.nag_notes import NagNotes
from cdk_esm.constructs.app.org_values import OrgValues
from cdk_esm.constructs.intake.tokens import name_in_node
from cdk_esm.plan import Code, Loop, MappingPlan
from cdk_esm.rules.rule import Finding

Key = tuple[str, str, str]
"""What makes a finding the same at two doors: its rule, the path of its mapping, and the setting."""

Asked = tuple[str, str, str | None, str, bool]
"""What a look at code depends on: the path of the stack or the folder of all assets, the place of the code, handler,
runtime, and whether the function has layers."""


@dataclass(frozen=True, eq=False)
class Watching:
    """What a mapping is watched by, as a dashboard shows it.

    Args:
        made: its alarms by their keys.
        recipes: the recipes that suit it, also those whose alarms another mapping of the function has.
        watched: what is behind each metric.
        off: the keys of the alarms that were left out.
    """

    made: Mapping[str, Any]
    recipes: Sequence[Recipe]
    watched: Mapping[Watched, Any]
    off: frozenset[str]


@dataclass(frozen=True, eq=False)
class Made:
    """A construct of ours, as the whole-app check knows it.

    Args:
        plan: the plan that it was made from.
        path_in_template: the path by which a template knows its mapping; its own, unless the mapping has an id.
        findings: what was said of it when it was made.
        mapping: its event source mapping.
        plan_at_synth: answers with its plan as it is when the app is synthesized.
        acknowledge: adds reasons to the metadata of its mapping.
        watching: what it is watched by.
        where: its stack.
    """

    plan: MappingPlan
    path_in_template: str
    findings: tuple[Finding, ...]
    mapping: lambda_.CfnEventSourceMapping
    plan_at_synth: Callable[[], MappingPlan]
    acknowledge: Callable[[Mapping[str, str]], None]
    watching: Watching
    where: cdk.Stack

    @property
    def alarms(self) -> Mapping[str, Any]:
        """Its alarms by their keys."""
        return self.watching.made


@dataclass(eq=False)
class AppMemory:
    """What the constructs of one app share: themselves for the whole-app check, and what is made once only.

    Args:
        checked: the paths of the stacks that have constructs of ours; with the first one the app itself is checked.
        bundles: every construct of ours, by its path.
        synthesized: the app has been synthesized once.
        told: what each plugin that checks the app has reported, so that two of them do not say the same.
        watched_functions: the alarms that functions already have: by function and alarm key, the derived threshold.
        choices_for_functions: what was chosen for them, likewise, with the path of the mapping that brought them.
        nag: what is to be acknowledged towards cdk-nag.
        topics: the topics that alarms tell, and that are to let CloudWatch in.
        buckets: the bucket for failed records of each stack, with its ARN, by stack path.
        consumers: the enhanced fan-out consumers that are made in a stack, by stack path and stream.
        assets: code by stack path and folder: a folder that several functions of a stack use is staged once.
        looked_at: what was found in code that is staged, by what was asked of it.
        asset_folder: where assets are staged; empty if nobody knows, ``None`` before anybody asked.
        functions: the identity of each function that a bundle made, by jsii's name for it.
        heard: the paths of the mappings of whose alarms a composite alarm with an action tells.
        on_dashboards: the paths of the mappings that each dashboard shows, by its own path.
        loops: what the synthesized templates say of ways back to the source of a construct of ours, by its path.
        injected: whether a scope has property injectors, by jsii's name for it.
        org: the defaults of an organization that were set on a scope, by jsii's name for it.
    """

    checked: set[str] = field(default_factory=set)
    bundles: dict[str, Made] = field(default_factory=dict)
    synthesized: bool = False
    told: dict[int, frozenset[Key]] = field(default_factory=dict)
    watched_functions: dict[tuple[str, str], float] = field(default_factory=dict)
    choices_for_functions: dict[tuple[str, str], tuple[str, Mapping[str, Any]]] = field(default_factory=dict)
    nag: NagNotes = field(default_factory=NagNotes)
    topics: AlarmTopics = field(default_factory=AlarmTopics)
    buckets: dict[str, tuple[s3.Bucket, str]] = field(default_factory=dict)
    consumers: dict[tuple[str, str], list[IConstruct]] = field(default_factory=dict)
    assets: dict[tuple[str, str], lambda_.Code] = field(default_factory=dict)
    looked_at: dict[Asked, Code] = field(default_factory=dict)
    asset_folder: str | None = None
    functions: dict[str, str] = field(default_factory=dict)
    heard: set[str] = field(default_factory=set)
    on_dashboards: dict[str, frozenset[str]] = field(default_factory=dict)
    loops: dict[str, tuple[Loop, ...]] = field(default_factory=dict)
    injected: dict[str, bool] = field(default_factory=dict)
    org: dict[str, OrgValues] = field(default_factory=dict)

    def made_by_others(self, pool: str, recipes: Sequence[Recipe]) -> dict[str, tuple[str, Mapping[str, Any]]]:
        """The alarms that a function has already, so that a mapping does not bring them: whose they are, and how.

        If a later mapping cannot bear what the first one can, it brings its own.

        Args:
            pool: whose concurrency it is: the function.
            recipes: the alarms that suit the mapping.
        """
        return {
            one.key: self.choices_for_functions[pool, one.key]
            for one in recipes
            if function_level(one)
            and one.threshold is not None
            and one.threshold >= self.watched_functions.get((pool, one.key), math.inf)
        }

    def with_loops(self, plan: MappingPlan) -> MappingPlan:
        """A plan with the ways back to its source, if the app has been synthesized and they are known."""
        loops = self.loops.get(plan.path)
        return replace(plan, loops=loops) if loops else plan


_memories: dict[str, AppMemory] = {}


def memory_of(root: IConstruct) -> AppMemory:
    """Return what the app under a root remembers."""
    # By jsii's name for it: an app that a stack without a scope has made for itself is a new object at every look.
    return _memories.setdefault(name_in_node(root), AppMemory())
