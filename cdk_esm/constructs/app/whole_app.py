"""What a validation plugin judges: the templates of an app, as they are written, and what our constructs know of them.

The templates hold what a construct cannot know when it is made: grants that came later, what aspects and escape hatches
changed, and the mappings of other people's constructs. Our own constructs add what no template tells: knobs that the
user turned, and the words of their keywords.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import aws_cdk as cdk
from constructs import IConstruct

from cdk_esm.constructs.app.app_memory import AppMemory, Made, memory_of
from cdk_esm.errors import TemplateError
from cdk_esm.judge.inputs import Inputs
from cdk_esm.judge.result import Reported, Result, judge, with_words_of_cdk
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.engine import check, whole_app_rules
from cdk_esm.template.cloudformation.assembly import Assembly
from cdk_esm.template.cloudformation.load import load_assembly
from cdk_esm.template.cloudformation.stack import mapping_of
from cdk_esm.template.consent import CDK_KEY
from cdk_esm.template.reader import Reading, read
from cdk_esm.template.unread import Skipped


@dataclass(frozen=True)
class Verdict:
    """What was found in an app.

    Args:
        open: what is neither acknowledged nor said already.
        acknowledged: what a reason settles, in our own words or in a mapping's metadata.
        not_judged: what was not judged, with the reason and what to do about it.
    """

    open: tuple[Reported, ...]
    acknowledged: tuple[Reported, ...]
    not_judged: tuple[Skipped, ...]


def stacks_of(context: cdk.IPolicyValidationContext) -> tuple[str, ...]:
    """What the paths begin with of all that is in the stacks that a plugin is asked about.

    A mapping goes by its construct path; what was not judged may go by the name of its artifact, as its file does.
    """
    templates = context.stack_templates
    artifacts = [Path(one.template_path).name.partition(".")[0] for one in templates]
    paths = (f"{one.stack_construct_path}/" for one in templates)
    return tuple(dict.fromkeys([*paths, *(f"{name}{mark}" for name in artifacts for mark in "/:")]))


def verdict_on(root: IConstruct, stacks: tuple[str, ...], *, everyone: bool, plugin: int | None = None) -> Verdict:
    """Judge the mappings in some stacks of an app that has been synthesized.

    Args:
        root: the app.
        stacks: what the paths of the mappings begin with.
        everyone: all mappings; otherwise only those of our constructs, and what others do to them.
        plugin: who asks; what another plugin of ours has told is not told again. ``None`` hears everything.

    Raises:
        TemplateError: the assembly cannot be read, and all mappings were asked for.
    """
    memory = memory_of(root)
    reading = _read(root, everyone=everyone)
    plans, foreign = _with_what_we_know(reading.plans, memory, stacks)
    result = judge(Inputs(plans, [one for one in reading.skipped if one.path.startswith(stacks)]))
    if not everyone:
        result = _about_ours(result, foreign)
    news = tuple(one for one in with_words_of_cdk(result).reported if _is_new(one, memory))
    if plugin is not None:
        told = {key for other, keys in memory.told.items() if other != plugin for key in keys}
        news = tuple(one for one in news if one.key not in told)
        memory.told[plugin] = frozenset(one.key for one in news)
    not_judged = tuple(result.inputs.skipped) if everyone else ()
    return Verdict(
        tuple(one for one in news if one.finding.acknowledged is None),
        tuple(one for one in news if one.finding.acknowledged is not None),
        not_judged,
    )


def _read(root: IConstruct, *, everyone: bool) -> Reading:
    """Read the assembly; if nobody asked for it and it cannot be read, what our constructs know must do."""
    app: cdk.App = root  # type: ignore[assignment]
    try:
        return read(_left_to_cdk(load_assembly(app.outdir)))
    except TemplateError:
        if everyone:
            raise
        return Reading()


def _left_to_cdk(assembly: Assembly) -> Assembly:
    """The assembly without CDK's acknowledgements: CDK applies them, and so keeps each finding with its reason."""
    for stack in assembly.stacks:
        stack.metadata = {path: _but_acknowledgements(entries) for path, entries in stack.metadata.items()}
    return assembly


def _but_acknowledgements(entries: object) -> object:
    """What the assembly says of a construct, without what CDK itself acts on."""
    if not isinstance(entries, list):
        return entries
    return [entry for entry in entries if mapping_of(entry).get("type") != CDK_KEY]


def _with_what_we_know(
    read_plans: Iterable[MappingPlan], memory: AppMemory, stacks: tuple[str, ...]
) -> tuple[list[MappingPlan], list[MappingPlan]]:
    """All plans of some stacks, ours with what no template tells; and those among them that are not ours."""
    plans, foreign = [], []
    ours = {made.path_in_template: made for path, made in memory.bundles.items() if path.startswith(stacks)}
    unseen = dict(ours)
    for plan in read_plans:
        if not plan.path.startswith(stacks):
            continue
        made = ours.get(plan.path)
        if made is None:
            plans.append(plan)
            foreign.append(plan)
        else:
            unseen.pop(plan.path, None)
            memory.loops[made.plan.path] = plan.loops
            plans.append(_ours(plan, made))
    # A template may not tell what kind of source a mapping reads, though its construct knows.
    return [*plans, *(made.plan_at_synth() for made in unseen.values())], foreign


def _ours(plan: MappingPlan, made: Made) -> MappingPlan:
    own = made.plan_at_synth()
    return replace(
        plan,
        path=own.path,
        event_source=replace(plan.event_source, existing=own.event_source.existing),
        door=own.door,
        choices=own.choices,
        origin=own.origin,
        acknowledged=own.acknowledged,
        alarms=own.alarms,
    )


def _about_ours(result: Result, foreign: list[MappingPlan]) -> Result:
    """What is about our constructs, or about others only because ours are there."""
    others = {plan.path for plan in foreign}
    alone = check(foreign, select=whole_app_rules()) if foreign else ()
    by_themselves = {(one.rule.id, one.path, one.setting) for one in alone}
    shared = set(whole_app_rules())
    kept = tuple(
        one
        for one in result.reported
        if one.finding.path not in others or (one.finding.rule.id in shared and one.key not in by_themselves)
    )
    return replace(result, reported=kept)


def _is_new(one: Reported, memory: AppMemory) -> bool:
    """Whether the construct has not said it itself when it was made."""
    made, finding = memory.bundles.get(one.finding.path), one.finding
    said = {(told.rule.id, told.setting) for told in made.findings} if made is not None else ()
    return (finding.rule.id, finding.setting) not in said
