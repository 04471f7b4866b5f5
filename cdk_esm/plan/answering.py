"""What the rules about a handler's answers ask of a plan."""

from __future__ import annotations

from typing import Final

from cdk_esm.facts import NotApplicable, known
from cdk_esm.plan.answers import Answers
from cdk_esm.plan.mapping import MappingPlan
from cdk_esm.sources.answers import HOLDER, KEY
from cdk_esm.sources.lambda_function import FUNCTION

REPORTS: Final = "ReportBatchItemFailures"
HANDLER: Final = FUNCTION.by_name["Handler"]
_NAME: Final = "FunctionResponseTypes"


def answers_of(plan: MappingPlan) -> Answers:
    """What the handler surely answers.

    Raises:
        NotApplicable: nobody can tell.
    """
    answers = plan.function.answers
    if answers is None:
        raise NotApplicable
    return answers


def place(plan: MappingPlan, line: int) -> str:
    """A line of the handler's code, after the handler as the reader's file names it."""
    handler = plan.function.handler
    said = plan.say(HANDLER, handler) if isinstance(handler, str) else "the handler"
    return f"{said}: {answers_of(plan).at(line)}"


def can_listen(plan: MappingPlan) -> bool:
    """Whether the mapping, as it is, could listen to partial batch responses."""
    if _NAME not in plan.facts.by_name:
        return False
    return _NAME not in plan.facts.needs_pollers or known(plan.given("ProvisionedPollerConfig")) is not None


def listens(plan: MappingPlan) -> bool:
    """Whether the mapping listens to partial batch responses.

    Raises:
        NotApplicable: it is not known.
    """
    if _NAME not in plan.facts.by_name:
        return False
    return REPORTS in [known(one) for one in known(plan.setting(_NAME)) or ()]


def sample(plan: MappingPlan) -> str:
    """An answer in the form that the poller of the source reads."""
    records = plan.facts.records
    named = "record" + "".join(f'["{one}"]' for one in records.identifier)
    if records.grouped:
        named = '{"partition": f"{record[\'topic\']}-{record[\'partition\']}", "offset": record["offset"]}'
    return f'{{"{HOLDER}": [{{"{KEY}": {named}}}]}}'
