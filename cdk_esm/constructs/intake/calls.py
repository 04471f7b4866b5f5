"""Calls: a signature says which keywords there are, and a call that breaks it is answered in our own words."""

from __future__ import annotations

import difflib
import functools
import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, TypeVar

from constructs import Construct

from cdk_esm.constructs.intake.call_words import asked_for, in_words, instead_of, listed
from cdk_esm.constructs.intake.cdk_classes import OF_CDK, OfCdk, installed
from cdk_esm.constructs.intake.keywords import described
from cdk_esm.errors import EsmTypeError
from cdk_esm.facts import UNKNOWN
from cdk_esm.plan import Door, Function, Malformed, MappingPlan, Source
from cdk_esm.rules.engine import check
from cdk_esm.rules.rule import Finding

C = TypeVar("C", bound=type)
_PLACE: Final = ("scope", "id")
_POSITIONAL: Final = "(positional)"
_MISSING: Final = "missing-keyword"
_NEARLY: Final = 0.8
"""How near a misspelt keyword is to the one under which its value is judged: a letter or two may be another."""


def explains_keywords(cls: C) -> C:
    """Make a record answer a misspelt or missing keyword with ``EsmTypeError``.

    A record that speaks for a class of CDK also takes the former names of its keywords, and says why it does not take
    what that class does.
    """
    original = cls.__init__  # type: ignore[misc]  # a decorated class has one __init__, its own
    signature = inspect.signature(original)
    label = cls.__name__
    of_cdk = OF_CDK.get(label)

    @functools.wraps(original)
    def checked(self: object, *args: object, **keywords: object) -> None:
        problems: list[Malformed] = []
        if of_cdk is not None:
            keywords, problems = _in_names_of_today(of_cdk, signature.parameters, keywords)
            problems += _still_needed(of_cdk, signature.parameters, args, keywords)
        try:
            if not problems:
                original(self, *args, **keywords)
                return
            signature.bind(self, *args, **keywords)
        except EsmTypeError:
            raise
        except TypeError:
            try:  # asked only now, because binding costs more than most keywords
                signature.bind(self, *args, **keywords)
            except TypeError as error:
                problems += _problems_of_call(label, signature, args, keywords, error)
        if not problems:
            original(self, *args, **keywords)  # what else is wrong with it says itself
        raise EsmTypeError(findings_of_call(malformed_plan("", label, problems))) from None

    cls.__init__ = checked  # type: ignore[misc]
    return cls


def _in_names_of_today(
    of_cdk: OfCdk, parameters: Mapping[str, object], keywords: Mapping[str, object]
) -> tuple[dict[str, object], list[Malformed]]:
    """The keywords of a record under their names of today, without those that cannot be taken, and why they cannot."""
    taken = dict(keywords)
    problems = []
    for former, name in of_cdk.former.items():
        value = taken.pop(former, None)
        if value is not None and taken.get(name) is not None:
            why = f"{former} is the former name of {name}"
            problems.append(_problem("keyword-twice", former, name, why, f"leave {former} out", of_cdk.page))
        elif value is not None:
            taken[name] = value
    for name, value in list(taken.items()):
        declined = of_cdk.declined.get(name)
        if declined is not None:
            got, reason, fix = described(taken.pop(name)), declined.reason, declined.instead
            problems.append(_problem("declined-keyword", name, got, reason, fix, of_cdk.page))
        elif value is not None and name in parameters and name not in of_cdk.own and name not in of_cdk.properties:
            got, has = described(taken.pop(name)), f"aws-cdk-lib {installed()}, whose {of_cdk.written} has no {name}"
            fix = f"install an aws-cdk-lib that has it, or leave {name} out"
            problems.append(_problem("keyword-too-new", name, got, has, fix, of_cdk.page))
    return taken, problems


def _still_needed(
    of_cdk: OfCdk, parameters: Mapping[str, object], args: Sequence[object], keywords: Mapping[str, object]
) -> list[Malformed]:
    """The keywords that are needed only sometimes, and are missing in this call."""
    call = {**dict(zip(list(parameters)[1:], args, strict=False)), **keywords}
    missing = ((name, accepted) for name, (accepted, needs) in of_cdk.needed.items() if needs(call))
    return [
        _problem(_MISSING, name, "nothing", accepted, asked_for(name), of_cdk.page)
        for name, accepted in missing
        if call.get(name) is None
    ]


def explains_methods(cls: C) -> C:
    """Make the methods that make a record answer a misspelt or missing argument with ``EsmTypeError``."""
    for name, one in list(vars(cls).items()):
        if isinstance(one, staticmethod):
            setattr(cls, name, staticmethod(_explained(one.__func__, f"{cls.__name__}.{name}", static=True)))
        elif inspect.isfunction(one) and not name.startswith("_"):
            setattr(cls, name, _explained(one, f"{cls.__name__}.{name}", static=False))
    return cls


def _explained(original: Callable[..., Any], label: str, *, static: bool) -> Callable[..., Any]:
    of_itself = signature = inspect.signature(original)
    if static:  # the place of an instance is in every other signature that is explained
        first = inspect.Parameter("_", inspect.Parameter.POSITIONAL_ONLY)
        signature = of_itself.replace(parameters=[first, *of_itself.parameters.values()])

    @functools.wraps(original)
    def checked(*args: object, **keywords: object) -> Any:
        try:
            of_itself.bind(*args, **keywords)
        except TypeError as error:
            own = args if static else args[1:]  # without the record that the method is of
            plan = _malformed_call("", label, signature, own, keywords, error)
            raise EsmTypeError(findings_of_call(plan)) from None
        return original(*args, **keywords)

    return checked


class SignatureOfCall:
    """What ``help()`` and ``inspect.signature`` say of a class; without it they see the call of jsii's metaclass."""

    def __get__(self, instance: object, owner: type) -> inspect.Signature:
        """The signature of the class that is asked, and not of the one that has this attribute."""
        of_init = inspect.signature(owner.__init__)  # type: ignore[misc]  # the class itself is asked
        return of_init.replace(parameters=list(of_init.parameters.values())[1:])


def takes_keywords(cls: C) -> C:
    """Make a construct's signature all that it says of its keywords.

    The body of its ``__init__`` is empty. What is done with a keyword is said once for all constructs, by the sheet of
    the source that ``SOURCE`` names, so the call goes to the base class: the scope, the id, and every keyword by its
    name, as it was given or by its default. A misspelt or missing keyword is answered with ``EsmTypeError`` before
    anything is made, together with what is wrong with the others: a value under a misspelt keyword is judged as that of
    the near one.
    """
    original = cls.__init__  # type: ignore[misc]  # as above
    signature = inspect.signature(original)
    left_out = {
        name: None if one.default is inspect.Parameter.empty else one.default
        for name, one in signature.parameters.items()
        if one.kind is inspect.Parameter.KEYWORD_ONLY
    }
    label, source = cls.__name__, cls.SOURCE  # type: ignore[attr-defined]  # every construct of a source has it

    @functools.wraps(original)
    def taken(self: object, *args: Any, **given: Any) -> None:
        try:
            original(self, *args, **given)  # Python itself compares the call with the signature; nothing else happens
        except TypeError as error:
            plan = _malformed_call(source, label, signature, args, given, error)
            if not _says_where(plan, args, given):
                raise EsmTypeError(findings_of_call(plan)) from None
            given = _as_meant(given, signature.parameters)
            wrong = tuple(one for one in plan.malformed if one.problem != _MISSING or given.get(one.keyword) is None)
        else:
            wrong = ()
        place = dict(zip(_PLACE, args, strict=False))
        scope, id_ = (place[name] if name in place else given.pop(name) for name in _PLACE)
        super(cls, self).__init__(scope, id_, {**left_out, **given}, wrong)  # type: ignore[arg-type]  # a class, which mypy does not see

    cls.__init__ = taken  # type: ignore[misc]
    return cls


def _says_where(plan: MappingPlan, args: Sequence[object], given: Mapping[str, object]) -> bool:
    """Whether a call has its scope and its id, each once, so that its keywords can be looked at one by one."""
    there = {*_PLACE[: len(args)], *(name for name in _PLACE if name in given)}
    return there == {*_PLACE} and not any(one.keyword == _POSITIONAL for one in plan.malformed)


def _as_meant(given: Mapping[str, Any], parameters: Mapping[str, object]) -> dict[str, Any]:
    """The keywords of a call as far as they are known; what was misspelt under the keyword that it is nearly."""
    known = {name: value for name, value in given.items() if name in parameters}
    for name, value in given.items():
        close = [] if name in parameters else difflib.get_close_matches(name, parameters, n=1, cutoff=_NEARLY)
        if close and close[0] not in _PLACE:
            known.setdefault(close[0], value)
    return known


def with_wrong_call(plan: MappingPlan, wrong: Sequence[Malformed]) -> MappingPlan:
    """A plan with what is wrong with the call; of a missing keyword the slot itself knows better what it takes."""
    told = {one.keyword for one in plan.malformed}
    further = (one for one in wrong if one.problem != _MISSING or one.keyword not in told)
    return replace(plan, malformed=(*further, *plan.malformed))


def _malformed_call(  # noqa: PLR0917 - each is a part of one call
    source: str,
    label: str,
    signature: inspect.Signature,
    args: Sequence[object],
    keywords: Mapping[str, object],
    error: TypeError,
) -> MappingPlan:
    """A plan that holds nothing but what is wrong with a call's keywords."""
    problems = _problems_of_call(label, signature, args, keywords, error)
    parameters = list(signature.parameters)[1:]
    called = {**dict(zip((name for name in parameters if name != "_"), args, strict=False)), **keywords}
    return malformed_plan(source, _path_of_call(called) or label, problems)


def _problems_of_call(
    label: str,
    signature: inspect.Signature,
    args: Sequence[object],
    keywords: Mapping[str, object],
    error: TypeError,
) -> list[Malformed]:
    """What is wrong with a call's keywords."""
    of_cdk = OF_CDK.get(label)
    page = "" if of_cdk is None else of_cdk.page
    parameters = {name: one for name, one in list(signature.parameters.items())[1:] if name != "_"}
    positional = [name for name, one in parameters.items() if one.kind is not inspect.Parameter.KEYWORD_ONLY]
    given = {*positional[: len(args)], *keywords}
    left_out = {*_PLACE, *(() if of_cdk is None else of_cdk.former)}
    names = [name for name in parameters if name not in left_out]
    problems = []
    for name in keywords:
        if name not in parameters:
            fix = instead_of(name, parameters, of_cdk, label)
            known = listed(names, name, label)
            problems.append(_problem("unknown-keyword", name, described(keywords[name]), known, fix, page))
    for name, parameter in parameters.items():
        if parameter.default is inspect.Parameter.empty and name not in given:
            accepted = in_words(str(parameter.annotation))
            problems.append(_problem(_MISSING, name, "nothing", accepted, asked_for(name), page))
    if not problems or len(args) > len(positional):
        known = listed(names, "", label)
        problems.append(_problem("unknown-keyword", _POSITIONAL, str(error), known, "name every keyword", page))
    return problems


def _path_of_call(called: Mapping[str, object]) -> str:
    """The path of the construct that was to be made, as far as the call tells; empty for a record."""
    scope, name = called.get("scope"), called.get("id")
    above = scope.node.path if isinstance(scope, Construct) else ""
    return f"{above}/{name}".strip("/") if isinstance(name, str) else above


def findings_of_call(plan: MappingPlan) -> list[Finding]:
    """What is wrong with a call; of the mapping itself nothing is known yet, so no other rule is asked."""
    return check([plan], select=("ESM0",))


def malformed_plan(source: str, path: str, problems: Sequence[Malformed]) -> MappingPlan:
    """A plan that holds nothing but what is wrong with a call.

    Args:
        source: the kind of source that the construct is for; empty for a record, which belongs to no source.
        path: where the construct was to be, or the name of the record.
        problems: what is wrong.
    """
    return MappingPlan(
        path=path,
        source=source,
        event_source=Source(identity=""),
        function=Function(identity=""),
        door=Door.CONSTRUCT,
        settings={"EventSourceArn": UNKNOWN, "FunctionName": UNKNOWN},
        malformed=tuple(problems),
    )


def _problem(problem: str, keyword: str, got: str, accepted: str, fix: str, page: str = "") -> Malformed:  # noqa: PLR0917 - the parts of a message
    return Malformed(problem=problem, keyword=keyword, got=got, accepted=accepted, fix=fix, page=page)
