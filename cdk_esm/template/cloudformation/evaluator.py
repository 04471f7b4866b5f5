"""The evaluator: what an expression comes to, in one way in which the templates may be deployed.

A parameter's default counts as its value, unless a condition asks about the parameter: a condition is there because
the answer varies, so it stays open, and both of its branches are read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final, Protocol, TypeAlias, TypeVar, TypeVarTuple

from cdk_esm.facts import UNKNOWN
from cdk_esm.template.cloudformation.assumptions import Assumptions, Question, When
from cdk_esm.template.cloudformation.loops import is_loop
from cdk_esm.template.cloudformation.stack import Resource, Stack
from cdk_esm.template.cloudformation.values import NOTHING, Evaluated, Hole, Nothing, opened

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
_DEEPEST: Final = 60
_LONGEST_NAME: Final = 200
_MACRO: Final = "Fn::Transform"


class Neighbours(Protocol):
    """What the evaluator asks of the other stacks of an assembly."""

    stacks: list[Stack]

    def exported(self, name: str, stack: Stack) -> tuple[Stack, str] | None:
        """The output that exports a name to a stack."""

    def deployed(self, stack_name: str, stack: Stack) -> Stack | None:
        """The stack that is deployed under a name."""

    def nested(self, resource: Resource) -> Stack | None:
        """The stack that a resource of another one deploys."""


class Evaluator:
    """Evaluates expressions under some assumptions, and remembers what it was asked and could not answer.

    Args:
        neighbours: the stacks.
        functions: CloudFormation's functions by their names in JSON; ``intrinsics.evaluator_of`` passes them.
        when: what is assumed.
        base: the evaluator without assumptions, whose answers hold here too if no assumption touches them.
    """

    def __init__(
        self,
        neighbours: Neighbours,
        functions: Mapping[str, Function],
        when: When = frozenset(),
        base: Evaluator | None = None,
    ) -> None:
        self.neighbours = neighbours
        self._functions = functions
        self.assumed = Assumptions(when)
        self.asked: dict[Question, None] = {}
        self.touched: set[str] = set()
        self.asking = False
        self._base = base
        self._subjects = self.assumed.subjects
        self._answers: dict[Any, tuple[Any, dict[Question, None], set[str]]] = {}
        self._depth = 0

    def once(self, compute: Callable[[Evaluator, *Ts], T], *subjects: *Ts, meanwhile: Any = NOTHING) -> T:
        """Compute something of its subjects once; ``meanwhile`` is the answer for what needs itself to be computed."""
        key = (compute, subjects, self.asking)
        found = self._answers.get(key) or self._from_base(key)
        if found is None:
            outer, self.asked, self.touched = (self.asked, self.touched), {}, set()
            self._answers[key] = (meanwhile, self.asked, self.touched)
            try:
                found = self._answers[key] = (compute(self, *subjects), self.asked, self.touched)
            finally:
                self.asked, self.touched = outer
        value, asked, touched = found
        self.asked |= asked
        self.touched |= touched
        result: T = value
        return result

    def apart(self, compute: Callable[[Evaluator, *Ts], T], *subjects: *Ts) -> T:
        """Compute something once for all assumptions, without any: what it could not answer, nobody is asked for.

        For what is looked up by many and changes with hardly any assumption, such as who names whom.
        """
        base = self if self._base is None else self._base
        outer = base.asked, base.touched
        base.asked, base.touched = {}, set()
        try:
            return base.once(compute, *subjects)
        finally:
            base.asked, base.touched = outer

    def _from_base(self, key: object) -> tuple[Any, dict[Question, None], set[str]] | None:
        found = None if self._base is None else self._base._answers.get(key)  # noqa: SLF001 - another of this class
        return found if found is not None and not found[1] and not found[2] & self._subjects else None

    def fresh(self) -> None:
        """Forget what was asked, before the next mapping is read."""
        self.asked, self.touched = {}, set()

    # Expressions.

    def value(self, expression: Any, stack: Stack) -> Evaluated:
        """What an expression comes to; ``NOTHING`` for ``AWS::NoValue``."""
        if isinstance(expression, str | int | float | None):
            return opened(expression)
        if self._depth >= _DEEPEST:
            return Hole(f"{stack.name}:too deep")
        self._depth += 1
        try:
            return self._inner_value(expression, stack)
        finally:
            self._depth -= 1

    def _inner_value(self, expression: Any, stack: Stack) -> Evaluated:
        if isinstance(expression, list):
            members = [self.value(member, stack) for member in expression]
            return [member for member in members if member is not NOTHING]
        if not isinstance(expression, dict):
            return Hole(hole_name(expression, stack))
        if len(expression) == 1:
            [(name, argument)] = expression.items()
            function = self._functions.get(name)
            if function is not None:
                return opened(function(self, argument, stack))
            if isinstance(name, str) and name.startswith("Fn::"):
                return Hole(hole_name(expression, stack))
        if _MACRO in expression or any(map(is_loop, expression)):  # it may put anything beside what is written there
            return Hole(hole_name(expression, stack))
        pairs = ((str(key), self.value(member, stack)) for key, member in expression.items())
        return {key: member for key, member in pairs if member is not NOTHING}

    def deeper(self, compute: Callable[[], T], otherwise: T) -> T:
        """Go one level deeper, or answer otherwise if it is too deep: no template makes this recurse without end."""
        if self._depth >= _DEEPEST:
            return otherwise
        self._depth += 1
        try:
            return compute()
        finally:
            self._depth -= 1

    def property(self, resource: Resource, *names: str) -> Evaluated:
        """A property of a resource; further names lead into nested records. ``None`` if it is absent."""
        first, *inner = names
        if first not in resource.properties:
            return Hole(f"{resource.identity}.{first} of a macro") if made_by_macro(resource) else None
        value = self.value(resource.properties[first], resource.stack)
        for name in inner:
            if isinstance(value, Hole):
                return value
            value = value.get(name) if isinstance(value, dict) else None
        return None if isinstance(value, Nothing) else value

    @contextmanager
    def leaving_parameters_open(self) -> Iterator[None]:
        """Evaluate as conditions do: a parameter's default is no answer."""
        before, self.asking = self.asking, True
        try:
            yield
        finally:
            self.asking = before


Function: TypeAlias = Callable[[Evaluator, Any, Stack], Evaluated]
"""One of CloudFormation's functions: it takes its argument as it is written, and the stack that it is written in."""


def made_by_macro(resource: Resource) -> bool:
    """Whether a macro or a loop within a resource may give it more properties than those that are written there."""
    properties = resource.properties
    return _MACRO in properties or _MACRO in resource.body or any(map(is_loop, properties))


def hole_name(expression: Any, stack: Stack) -> str:
    """A name for what an expression comes to: the same expression in the same stack is the same hole."""
    try:
        written = json.dumps(expression, sort_keys=True, default=str)
    except (TypeError, ValueError, RecursionError):
        written = str(type(expression))
    if len(written) > _LONGEST_NAME:
        distinct = hashlib.sha256(written.encode("utf-8", "backslashreplace")).hexdigest()[:16]  # the same in each run
        written = f"{written[:_LONGEST_NAME]}…{distinct}"
    return f"{stack.name}:{written}"


def hidden(expression: Any, stack: Stack) -> Hole:
    """A hole for what lies outside the templates."""
    return Hole(hole_name(expression, stack), UNKNOWN)
