"""Keywords: taken one by one, checked for their type, and what is wrong with them remembered until all are seen."""

from __future__ import annotations

import difflib
import functools
import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import aws_cdk as cdk

from cdk_esm.constructs.tokens import known_or_unresolved, seconds
from cdk_esm.errors import EsmTypeError
from cdk_esm.facts import UNKNOWN, Value
from cdk_esm.plan import Function, Malformed, MappingPlan, Queue
from cdk_esm.rules.engine import check

C = TypeVar("C", bound=type)


class Intake:
    """Takes keywords: hands each on in the core's words, and keeps a record of each that cannot be taken."""

    def __init__(self) -> None:
        self.malformed: list[Malformed] = []

    def refuse(self, keyword: str, got: object, accepted: str, *, problem: str = "type", fix: str = "") -> None:
        """Remember a keyword that cannot be taken as it came."""
        came = got if problem == "fraction" else described(got)
        self.malformed.append(
            Malformed(
                problem="type" if problem == "fraction" else problem,
                keyword=keyword,
                got=str(came),
                accepted=accepted,
                fix=fix or f"pass {accepted} as {keyword}",
            )
        )

    def duration(self, keyword: str, value: object) -> Value[int]:
        """A ``Duration`` in seconds; a bare number is refused, because its unit cannot be seen."""
        if value is None:
            return None
        if not isinstance(value, cdk.Duration):
            plain = isinstance(value, int | float) and not isinstance(value, bool)
            fix = f"write {keyword}=Duration.seconds({value})" if plain else ""
            self.refuse(keyword, value, "a Duration, such as Duration.seconds(30)", fix=fix)
            return UNKNOWN
        try:
            return seconds(value)
        except ValueError as error:
            self.refuse(keyword, f"a Duration of {error}", "a Duration of whole seconds", problem="fraction")
            return UNKNOWN

    def integer(self, keyword: str, value: object) -> Value[int]:
        """A whole number, or a token that stands for one."""
        value = known_or_unresolved(value)
        if value is not None and value.__class__ is not int and value.__class__ is not type(UNKNOWN):
            self.refuse(keyword, value, "a whole number")
            return UNKNOWN
        return value

    def boolean(self, keyword: str, value: object) -> Any:
        """``True`` or ``False``, or a token that stands for one."""
        if isinstance(value, bool) or value is None:
            return value
        if isinstance(known_or_unresolved(value), type(UNKNOWN)):
            return known_or_unresolved(value)
        self.refuse(keyword, value, "True or False")
        return UNKNOWN

    def text(self, keyword: str, value: object) -> Value[str]:
        """A text that is not empty, or a token that stands for one."""
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip():
            self.refuse(keyword, value, "a text that is not empty")
            return UNKNOWN
        return known_or_unresolved(value)  # type: ignore[no-any-return]

    def reason(self, keyword: str, value: object) -> str:
        """A reason in the user's words, which nobody can do without."""
        if isinstance(value, str) and value.strip():
            return value
        self.refuse(keyword, value, "a reason in words", problem="reason", fix=f"say in {keyword} why this is right")
        return ""

    def one_of(self, keyword: str, value: object, types: Mapping[str, Callable[[object], bool]]) -> bool:
        """Whether a value is of one of the kinds that a slot takes; the kinds' names go into the message."""
        if any(fits(value) for fits in types.values()):
            return True
        names = list(types)
        accepted = names[0] if len(names) == 1 else ", ".join(names[:-1]) + " or " + names[-1]
        missing = value is None and not any(fits(None) for fits in types.values())
        self.refuse(keyword, value, accepted, problem="missing-keyword" if missing else "type")
        return False

    def record(self, keyword: str, value: object, name: str, kind: type) -> None:
        """An instance of one class, or nothing."""
        if value is not None:
            self.one_of(keyword, value, {name: lambda one: isinstance(one, kind)})

    def members(self, keyword: str, value: object, accepted: str, fits: Callable[[object], bool]) -> list[Any]:
        """A list or a tuple of values of one kind; a text, which Python would take for one, is refused."""
        if value is None:
            return []
        if isinstance(value, str | bytes | Mapping) or not isinstance(value, Sequence):
            self.refuse(keyword, value, f"a list of {accepted}")
            return []
        for index, member in enumerate(value):
            if not fits(member):
                self.refuse(f"{keyword}[{index}]", member, accepted)
        return [member for member in value if fits(member)]

    def texts(self, keyword: str, value: object) -> dict[str, str]:
        """A mapping from text to text."""
        if value is None:
            return {}
        if not isinstance(value, Mapping):
            self.refuse(keyword, value, "a dict of texts")
            return {}
        for name, member in value.items():
            if not isinstance(name, str) or not isinstance(member, str):
                self.refuse(f"{keyword}[{name!r}]", member, "a text, under a text as its name")
        return {name: member for name, member in value.items() if isinstance(name, str) and isinstance(member, str)}


def looks_like(value: object, *attributes: str) -> bool:
    """Whether a value has one of the attributes: jsii interfaces have no type at run time, only what they offer.

    The class is asked and not the value, because reading a value would be a call to Node. What jsii knows by several
    interfaces at once is a stand-in with the real ones behind it.
    """
    kinds = [type(value), *(type(one) for one in getattr(value, "_delegates", ()))]
    return any(hasattr(kind, attribute) for kind in kinds for attribute in attributes)


def described(value: object) -> str:
    """A value as a message shows it: its type, and itself where that is short."""
    if value is None:
        return "None"
    kind = type(value).__name__.lstrip("_").removesuffix("Proxy")
    if isinstance(value, bool | int | float | str | list | tuple | dict):
        shown = repr(value)
        return f"{kind} {shown if len(shown) <= 60 else shown[:57] + '...'}"  # noqa: PLR2004 - a line of a terminal
    return kind if kind != "InterfaceDynamic" else "an imported construct of another kind"


def explains_keywords(cls: C) -> C:
    """Make a class answer a misspelt or missing keyword with ``EsmTypeError``, before anything is made."""
    original = cls.__init__  # type: ignore[misc]  # a decorated class has one __init__, its own
    signature = inspect.signature(original)
    label = cls.__name__

    @functools.wraps(original)
    def checked(self: object, *args: object, **keywords: object) -> None:
        try:
            original(self, *args, **keywords)
        except EsmTypeError:
            raise
        except TypeError:
            try:  # asked only now, because binding costs more than most keywords
                signature.bind(self, *args, **keywords)
            except TypeError as error:
                raise EsmTypeError(check([_malformed_call(label, signature, args, keywords, error)])) from None
            raise

    cls.__init__ = checked  # type: ignore[misc]
    return cls


def _malformed_call(
    label: str, signature: inspect.Signature, args: Sequence[object], keywords: Mapping[str, object], error: TypeError
) -> MappingPlan:
    """A plan that holds nothing but what is wrong with a call's keywords."""
    parameters = {name: one for name, one in list(signature.parameters.items())[1:] if name != "_"}
    positional = [name for name, one in parameters.items() if one.kind is not inspect.Parameter.KEYWORD_ONLY]
    given = {*positional[: len(args)], *keywords}
    problems = []
    for name in keywords:
        if name not in parameters:
            close = difflib.get_close_matches(name, parameters, n=1)
            fix = f"did you mean {close[0]}?" if close else "leave it out"
            problems.append(_problem("unknown-keyword", name, described(keywords[name]), parameters, fix))
    for name, parameter in parameters.items():
        if parameter.default is inspect.Parameter.empty and name not in given:
            problems.append(_problem("missing-keyword", name, "nothing", parameters, f"pass {name}=..."))
    if not problems:
        problems.append(_problem("unknown-keyword", "(positional)", str(error), parameters, "name every keyword"))
    path = f"{args[1]} ({label})" if len(args) > 1 and isinstance(args[1], str) else label
    return malformed_plan(path, problems)


def malformed_plan(path: str, problems: Sequence[Malformed]) -> MappingPlan:
    """A plan that holds nothing but what is wrong with a call."""
    return MappingPlan(
        path=path,
        source="sqs",
        event_source=Queue(identity=""),
        function=Function(identity=""),
        door="construct",
        settings={"EventSourceArn": UNKNOWN, "FunctionName": UNKNOWN},
        malformed=tuple(problems),
    )


def _problem(problem: str, keyword: str, got: str, parameters: Mapping[str, object], fix: str) -> Malformed:
    accepted = ", ".join(name for name in parameters if name not in ("scope", "id"))
    return Malformed(problem=problem, keyword=keyword, got=got, accepted=accepted, fix=fix)
