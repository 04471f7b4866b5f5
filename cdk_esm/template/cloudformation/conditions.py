"""Conditions: yes, no, or open, which is a question that the evaluator then answers both ways."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from cdk_esm.template.cloudformation.assumptions import Question
from cdk_esm.template.cloudformation.evaluator import Evaluator, hole_name
from cdk_esm.template.cloudformation.references import allowed_values, same_text
from cdk_esm.template.cloudformation.stack import Resource, Stack
from cdk_esm.template.cloudformation.values import Evaluated, Hole

_PAIR: Final = 2


def stands(evaluator: Evaluator, resource: Resource) -> bool | None:
    """Whether a resource is deployed at all; ``None`` if its condition is open."""
    condition = resource.body.get("Condition")
    if isinstance(condition, str):
        return holds(evaluator, condition, resource.stack)
    return None if isinstance(condition, dict) else True


def holds(evaluator: Evaluator, name: str, stack: Stack) -> bool | None:
    """Whether a condition holds; ``None`` if that is open, and then the evaluator has been asked."""
    if name not in stack.section("Conditions"):
        return None
    return evaluator.once(_declared, name, stack, meanwhile=None)


def _declared(evaluator: Evaluator, name: str, stack: Stack) -> bool | None:
    return _holds(evaluator, stack.section("Conditions")[name], stack)


def _holds(evaluator: Evaluator, expression: Any, stack: Stack) -> bool | None:
    return evaluator.deeper(lambda: _judged(evaluator, expression, stack), None)


def _judged(evaluator: Evaluator, expression: Any, stack: Stack) -> bool | None:
    if not isinstance(expression, dict) or len(expression) != 1:
        return None
    [(function, argument)] = expression.items()
    if function == "Condition" and isinstance(argument, str):
        return holds(evaluator, argument, stack)
    if not isinstance(argument, list):
        return None
    if function == "Fn::Equals" and len(argument) == _PAIR:
        return _equal(evaluator, argument, stack)
    # All are asked, not only the first that is open: each question is one more that a branch can answer.
    answers = [_holds(evaluator, one, stack) for one in argument] if function in _COMBINE else []
    return _COMBINE[function](answers) if answers else None


def _not(answers: list[bool | None]) -> bool | None:
    return None if len(answers) != 1 or answers[0] is None else not answers[0]


def _and(answers: list[bool | None]) -> bool | None:
    return False if False in answers else None if None in answers else True


def _or(answers: list[bool | None]) -> bool | None:
    return True if True in answers else None if None in answers else False


_COMBINE: Final[dict[str, Callable[[list[bool | None]], bool | None]]] = {
    "Fn::Not": _not,
    "Fn::And": _and,
    "Fn::Or": _or,
}


def _equal(evaluator: Evaluator, arguments: list[Any], stack: Stack) -> bool | None:
    with evaluator.leaving_parameters_open():
        one, other = (evaluator.value(argument, stack) for argument in arguments)
    same = same_text(one, other)
    if same is not None:
        return same
    subject, literal, allowed = _asked(one, other, arguments, stack)
    evaluator.touched.add(subject)
    assumed = evaluator.assumed.value_of(subject, allowed)
    if assumed is not None:
        return assumed == literal
    if evaluator.assumed.excludes(subject, literal):
        return False
    evaluator.asked[Question(subject, literal, allowed)] = None
    return None


def _asked(one: Evaluated, other: Evaluated, arguments: list[Any], stack: Stack) -> tuple[str, str, tuple[str, ...]]:
    """What is asked of what: a parameter of its value, or any two values whether they are equal."""
    for subject, literal, argument in ((one, other, arguments[0]), (other, one, arguments[1])):
        if isinstance(subject, Hole) and isinstance(literal, str):
            name = argument.get("Ref") if isinstance(argument, dict) else None
            own = isinstance(name, str) and subject.name == f"{stack.name}.{name}"
            return subject.name, literal, allowed_values(stack, str(name)) if own else ()
    return hole_name({"Fn::Equals": arguments}, stack), "true", ("true", "false")
