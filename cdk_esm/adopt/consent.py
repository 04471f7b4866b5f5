"""What the rules will say of a statement, before anybody pastes it: what needs a reason, and what has to be mended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from cdk_esm.adopt.draft import Draft
from cdk_esm.plan import Door, FailureKind, FailurePath, MappingPlan, Role
from cdk_esm.rules.engine import check
from cdk_esm.severity import Severity


def put_consent(drafts: Iterable[Draft]) -> None:
    """Write ``acknowledge`` for the statements that need it, with a marked name in the place of each reason."""
    drafts = list(drafts)
    by_path = {one.plan.path: draft for draft in drafts for one in (draft, *draft.copies)}
    found: dict[Draft, dict[str, Any]] = {}
    for draft in drafts:
        found[draft] = {key: value for one in (draft, *draft.copies) for key, value in one.plan.acknowledged.items()}
    for finding in check([as_statement(one) for draft in drafts for one in (draft, *draft.copies)]):
        if finding.path not in by_path or finding.severity is Severity.ADVICE or finding.acknowledged is not None:
            continue
        draft, rule = by_path[finding.path], finding.rule
        if not rule.can_be_acknowledged:
            draft.notes.append(f"mend this first ({rule.id}): {finding.message}; {finding.fix}")
        elif rule.id not in found[draft]:
            what = f"why this is right in {finding.path}: {finding.message} [{rule.id} {rule.name}]"
            found[draft][rule.id] = draft.reason(rule.id, what)
    for draft, reasons in found.items():
        if reasons:
            draft.put("acknowledge", reasons)


def as_statement(draft: Draft) -> MappingPlan:
    """The mapping as the statement makes it: its role gets what it lacks, and what failed goes where it is said to."""
    plan = draft.plan
    failure = plan.failure
    if draft.sheet.destinations and isinstance(failure, FailurePath) and failure.kind is FailureKind.NONE:
        failure = replace(failure, kind=FailureKind.DISCARD, reason=failure.reason or "the user's own")
    choices = dict(plan.choices)
    if draft.keywords.get("report_batch_item_failures") == "False":
        choices["report_batch_item_failures"] = False
    return replace(
        plan,
        settings={**plan.settings, **draft.adds},
        failure=failure,
        role=Role(),
        door=Door.CONSTRUCT,
        choices=choices,
        origin={**plan.origin, **dict.fromkeys(draft.keywords, "user")},
        event_source=replace(plan.event_source, existing=True),
        function=replace(plan.function, existing=True),
        malformed=(),
        misplaced=(),
        misspelt=(),
        deaf=(),
        wording=None,
    )
