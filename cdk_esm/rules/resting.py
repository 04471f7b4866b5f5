"""Which findings rest on the default of a parameter: those that a rule no longer has, if nobody knows the parameter.

The template is judged as if it were deployed with the defaults of its parameters, and a deployment may give others. So
the rule is asked once more for each parameter, with every value hidden that comes from it, and whatever it no longer
says, names the parameter. That holds for a setting, for a timeout of the function and for an attribute of the queue
alike, and for a rule that compares several of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from cdk_esm.facts import NotApplicable
from cdk_esm.plan import MappingPlan
from cdk_esm.plan.defaults import parameters_in, without
from cdk_esm.rules.rule import Finding

# A rule over many mappings costs as much as all of them: it is asked again for so many parameters, not for each.
_MOST_OF_A_GROUP: Final = 8


def named(
    findings: Sequence[Finding], plan: MappingPlan, look: Callable[[MappingPlan], Iterable[Finding]]
) -> list[Finding]:
    """What a rule found in one plan, with the parameters that it rests on in its message.

    Args:
        findings: what the rule found.
        plan: the plan.
        look: the rule's check.
    """
    kept = {one: _keys(look(without(plan, one))) for one in parameters_in(plan)}
    return [_named(finding, kept) for finding in findings]


def named_in_group(
    findings: Sequence[Finding],
    group: Sequence[MappingPlan],
    look: Callable[[Sequence[MappingPlan]], Iterable[Finding]],
) -> Sequence[Finding]:
    """The same for a rule that looks at several plans at once, for the first few parameters of what it names."""
    if not findings:
        return findings
    paths = {finding.path for finding in findings}
    parameters = dict.fromkeys(one for plan in group if plan.path in paths for one in parameters_in(plan))
    kept = {one: _keys(look([without(plan, one) for plan in group])) for one in islice(parameters, _MOST_OF_A_GROUP)}
    return [_named(finding, kept) for finding in findings]


def _keys(findings: Iterable[Finding]) -> frozenset[tuple[str, str]]:
    """What is found, by mapping and setting; up to where a rule would have to guess."""
    return frozenset(_until_a_guess(findings))


def _until_a_guess(findings: Iterable[Finding]) -> Iterator[tuple[str, str]]:
    try:
        for finding in findings:
            yield finding.path, finding.setting
    except NotApplicable:
        return


def _named(finding: Finding, kept: dict[str, frozenset[tuple[str, str]]]) -> Finding:
    parameters = [one for one, still in kept.items() if (finding.path, finding.setting) not in still]
    if not parameters:
        return finding
    noun = "parameter" if len(parameters) == 1 else "parameters"
    words = "the default of" if len(parameters) == 1 else "the defaults of"
    return replace(finding, message=f"{finding.message} ({words} {noun} {', '.join(parameters)})")
