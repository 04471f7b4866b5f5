"""The guard at the construct door: findings become exceptions before anything is made, advice becomes CDK warnings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import aws_cdk as cdk
from constructs import Construct

from cdk_esm.constructs.app.acknowledged import NAMESPACE, acknowledged_at
from cdk_esm.constructs.app.surroundings import surroundings_of
from cdk_esm.constructs.intake.calls import findings_of_call, malformed_plan
from cdk_esm.constructs.intake.keywords import described
from cdk_esm.errors import EsmError, EsmTypeError, InvalidMappingError
from cdk_esm.plan import Malformed, MappingPlan
from cdk_esm.rules.engine import check, rules_that_read_grants
from cdk_esm.rules.rule import Finding, Severity


class Guard:
    """Where keywords come in: it stops what is wrong, and leaves no half-built tree behind.

    Args:
        scope: the scope that the user gave.
        id: the id that the user gave.
        source: the kind of source that the construct is for.

    Raises:
        EsmTypeError: the scope is no construct, or the id no text (ESM001).
    """

    def __init__(self, scope: Construct, id: str, source: str) -> None:
        refuse_place(scope, id, source)
        self._scope = scope
        self._id = id.replace("/", "--")  # as CDK writes it
        self._made = False
        self._outside: list[Callable[[], None]] = []
        self._findings: list[Finding] = []
        above = surroundings_of(scope).path
        self.path = f"{above}/{self._id}" if above else self._id

    def refuse_or_pass(self, plan: MappingPlan) -> MappingPlan:
        """Return the plan, with acknowledgements made through CDK, or raise with all that is wrong at once.

        Raises:
            EsmTypeError: a keyword could not be taken (ESM0xx); other findings are beside it.
            InvalidMappingError: AWS would refuse the mapping, or it would lose data and nobody consented.
        """
        self._findings = check([plan])
        plan = self._with_acknowledgements_above(plan)
        grave = _grave(self._findings)
        if not grave:
            return plan
        if any(finding.rule.family == "ESM0" for finding in grave):
            raise EsmTypeError(grave)
        raise InvalidMappingError(grave)

    def refuse_malformed(self, plan: MappingPlan, malformed: Sequence[Malformed]) -> None:
        """Raise if there is something that only the finished neighbours could tell to be malformed.

        Raises:
            EsmTypeError: a keyword could not be taken (ESM0xx).
        """
        if malformed:
            self.refuse_or_pass(replace(plan, malformed=tuple(malformed)))

    @contextmanager
    def making(self) -> Iterator[None]:
        """Make things; on any failure take the child out of the tree again and raise an error of ours.

        Raises:
            EsmError: CDK refused something that we could not see beforehand.
        """
        try:
            yield
        except EsmError:
            self._undo()
            raise
        except Exception as error:  # noqa: BLE001 - jsii hands on whatever CDK throws
            self._undo()
            raise EsmError(f"{self.path}: CDK could not make this: {_reason(error)}") from None

    def made(self) -> None:
        """Say that the construct is in the tree now, so that a failure has something to take out."""
        self._made = True

    def made_outside(self, undo: Callable[[], None]) -> None:
        """Say that something was made outside the construct.

        Args:
            undo: takes it away again if the construct cannot be finished.
        """
        self._outside.append(undo)

    def advise(self, construct: Construct, plan: MappingPlan) -> tuple[Finding, ...]:
        """Turn advice into CDK warnings that can be acknowledged; return every finding."""
        # All but what was granted is judged already, and each look at all the rules has its price.
        before = [finding for finding in self._findings if not finding.rule.reads_grants]
        findings = sorted(before + check([plan], select=rules_that_read_grants()), key=lambda one: one.rule.id)
        for finding in findings:
            if finding.acknowledged is None:
                text = f"{finding.message}; fix: {finding.fix}; see {finding.page}"
                cdk.Validations.of(construct).add_warning(NAMESPACE + finding.rule.id, text)
        return tuple(findings)

    def _with_acknowledgements_above(self, plan: MappingPlan) -> MappingPlan:
        """The plan with those acknowledgements on the scope or above it that settle one of its findings."""
        found = {one.rule.id for one in self._findings if one.acknowledged is None and one.rule.can_be_acknowledged}
        reasons = acknowledged_at(surroundings_of(self._scope).nodes) if found else {}
        reasons = {rule: reason for rule, reason in reasons.items() if rule in found}
        if not reasons:
            return plan
        plan = replace(plan, acknowledged={**reasons, **plan.acknowledged})
        self._findings = check([plan])
        return plan

    def _undo(self) -> None:
        if self._made:
            for undo in reversed(self._outside):
                undo()
            self._scope.node.try_remove_child(self._id)


def refuse_place(scope: object, id: object, source: str) -> None:
    """Refuse a scope that is no construct in a stack, and an id that is no text.

    Args:
        scope: the scope that the user gave.
        id: the id that the user gave.
        source: the kind of source that the construct is for; empty if it is for none.

    Raises:
        EsmTypeError: one of them is wrong (ESM001).
    """
    problems = []
    if not isinstance(scope, Construct) or not _in_a_stack(scope):
        problems.append(_wrong("scope", scope, "a stack (self), or a construct in one"))
    if not isinstance(id, str) or not id.strip():
        problems.append(_wrong("id", id, "a text that is not empty"))
    if problems:
        path = id if isinstance(id, str) and id else "?"
        raise EsmTypeError(findings_of_call(malformed_plan(source, path, problems)))


def _grave(findings: list[Finding]) -> list[Finding]:
    return [one for one in findings if one.severity is not Severity.ADVICE and one.acknowledged is None]


def _in_a_stack(scope: Construct) -> bool:
    try:
        surroundings_of(scope)
    except RuntimeError:  # CDK looked for the stack, and found none
        return False
    return True


def _reason(error: Exception) -> str:
    """What CDK says: its first line, and the list that may follow; the rest is the inside of another language."""
    first, *rest = str(error).strip().split("\n")
    listed = [line.removeprefix("- ") for line in rest if line.startswith("- ")]
    return " ".join([first, "; ".join(listed)]).strip() or type(error).__name__


def _wrong(keyword: str, value: object, accepted: str) -> Malformed:
    return Malformed(
        problem="type", keyword=keyword, got=described(value), accepted=accepted, fix=f"pass {accepted} as {keyword}"
    )
