"""What a user states of an imported queue and of its dead-letter queue, as plans and metadata have it."""

from __future__ import annotations

from typing import Any

from cdk_esm.constructs.app.surroundings import Surroundings
from cdk_esm.constructs.intake.imported import Imported, resource_of, stated_of_queue
from cdk_esm.constructs.intake.keywords import Intake, is_queue
from cdk_esm.constructs.intake.options import NoDeadLetterQueue
from cdk_esm.constructs.intake.tokens import is_token
from cdk_esm.constructs.resources.existing import existing_queue
from cdk_esm.plan.stated import ARN, DEAD_LETTERS, NONE, OF_QUEUES


def state_queue(intake: Intake, keyword: str, value: Any, where: Surroundings) -> dict[str, Any]:
    """What is stated of a queue; nothing if it is handed over as it is."""
    found = stated_of_queue(intake, keyword, value)
    target = value.dead_letter_queue if isinstance(value, Imported) else None
    place = f"{keyword}.{DEAD_LETTERS}"
    if isinstance(target, NoDeadLetterQueue):
        reason = intake.reason(f"{place}.reason", target.reason)
        return {**found, DEAD_LETTERS: NONE} if reason else found
    accepted = {
        "an SQS queue": is_queue,
        "an Imported": lambda one: isinstance(one, Imported),
        "a NoDeadLetterQueue": lambda _: False,
    }
    if target is None or not intake.one_of(place, target, accepted):
        return found
    if isinstance(target, Imported) and not intake.one_of(place, target.resource, {"an SQS queue": is_queue}):
        return found
    known, _ = existing_queue(resource_of(target), where)
    told = {name: getattr(known, there) for name, there in OF_QUEUES.items() if isinstance(getattr(known, there), int)}
    told = stated_of_queue(intake, place, target) | told
    arn = {} if is_token(known.identity) else {ARN: known.identity}
    return {**found, DEAD_LETTERS: {**arn, **told}}


def reason_stated(value: Any) -> str | None:
    """Why a queue has no dead-letter queue, if that is stated of it."""
    target = value.dead_letter_queue if isinstance(value, Imported) else None
    return target.reason if isinstance(target, NoDeadLetterQueue) else None
