"""What the constructs of one app remember of each other: themselves, and what is made only once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_s3 as s3
from constructs import IConstruct

from cdk_esm.constructs.app.alarm_topics import AlarmTopics
from cdk_esm.constructs.app.nag_notes import NagNotes
from cdk_esm.constructs.intake.tokens import name_in_node
from cdk_esm.plan import Code, Loop, MappingPlan
from cdk_esm.rules.rule import Finding

Key = tuple[str, str, str]
"""What makes a finding the same at two doors: its rule, the path of its mapping, and the setting."""

Asked = tuple[str, str, str | None, str, bool]
"""What a look at code depends on: the path of the stack or the folder of all assets, the place of the code, handler,
runtime, and whether the function has layers."""


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
    """

    plan: MappingPlan
    path_in_template: str
    findings: tuple[Finding, ...]
    mapping: lambda_.CfnEventSourceMapping
    plan_at_synth: Callable[[], MappingPlan]
    acknowledge: Callable[[Mapping[str, str]], None]


@dataclass(eq=False)
class AppMemory:
    """What the constructs of one app share: themselves for the whole-app check, and what is made once only.

    Args:
        checked: the paths of the stacks that have constructs of ours; with the first one the app itself is checked.
        bundles: every construct of ours, by its path.
        synthesized: the app has been synthesized once.
        told: what each plugin that checks the app has reported, so that two of them do not say the same.
        watched_functions: the alarms that functions already have: by function and alarm key, the derived threshold.
        nag: what is to be acknowledged towards cdk-nag.
        topics: the topics that alarms tell, and that are to let CloudWatch in.
        buckets: the bucket for failed records of each stack, with its ARN, by stack path.
        consumers: the enhanced fan-out consumers that are made in a stack, by stack path and stream.
        assets: code by stack path and folder: a folder that several functions of a stack use is staged once.
        looked_at: what was found in code that is staged, by what was asked of it.
        asset_folder: where assets are staged; empty if nobody knows, ``None`` before anybody asked.
        functions: the identity of each function that a bundle made, by jsii's name for it.
        loops: what the synthesized templates say of ways back to the source of a construct of ours, by its path.
        injected: whether a scope has property injectors, by jsii's name for it.
    """

    checked: set[str] = field(default_factory=set)
    bundles: dict[str, Made] = field(default_factory=dict)
    synthesized: bool = False
    told: dict[int, frozenset[Key]] = field(default_factory=dict)
    watched_functions: dict[tuple[str, str], float] = field(default_factory=dict)
    nag: NagNotes = field(default_factory=NagNotes)
    topics: AlarmTopics = field(default_factory=AlarmTopics)
    buckets: dict[str, tuple[s3.Bucket, str]] = field(default_factory=dict)
    consumers: dict[tuple[str, str], list[IConstruct]] = field(default_factory=dict)
    assets: dict[tuple[str, str], lambda_.Code] = field(default_factory=dict)
    looked_at: dict[Asked, Code] = field(default_factory=dict)
    asset_folder: str | None = None
    functions: dict[str, str] = field(default_factory=dict)
    loops: dict[str, tuple[Loop, ...]] = field(default_factory=dict)
    injected: dict[str, bool] = field(default_factory=dict)

    def with_loops(self, plan: MappingPlan) -> MappingPlan:
        """A plan with the ways back to its source, if the app has been synthesized and they are known."""
        loops = self.loops.get(plan.path)
        return replace(plan, loops=loops) if loops else plan


_memories: dict[str, AppMemory] = {}


def memory_of(root: IConstruct) -> AppMemory:
    """Return what the app under a root remembers."""
    # By jsii's name for it: an app that a stack without a scope has made for itself is a new object at every look.
    return _memories.setdefault(name_in_node(root), AppMemory())
