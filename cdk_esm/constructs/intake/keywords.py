"""Keywords: taken one by one, checked for their type, and what is wrong with them remembered until all are seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import aws_cdk as cdk

from cdk_esm.constructs.intake.pastes import answer_pasted, list_pasted, member_pasted, number_pasted, pasted
from cdk_esm.constructs.intake.tokens import is_token, known_or_unresolved, seconds
from cdk_esm.facts import UNKNOWN, UNRESOLVED, Form, Setting, Value
from cdk_esm.plan import Malformed
from cdk_esm.printed import counted


class Intake:
    """Takes keywords: hands each on in the core's words, and keeps a record of each that cannot be taken.

    Attributes:
        malformed: what cannot be taken.
        tokens: what the mapping gets and a plan does not keep, because only the deployment knows it, by setting.
    """

    def __init__(self) -> None:
        self.malformed: list[Malformed] = []
        self.tokens: dict[str, Any] = {}

    def refuse(self, keyword: str, got: object, accepted: str, *, problem: str = "type", fix: str = "") -> None:
        """Remember a keyword that cannot be taken as it came."""
        came = got if problem == "fraction" else described(got)
        fix = fix or pasted(keyword, got) or member_pasted(keyword, got, accepted)
        self.malformed.append(
            Malformed(
                problem="type" if problem == "fraction" else problem,
                keyword=keyword,
                got=str(came),
                accepted=accepted,
                fix=fix or f"pass {accepted} as {keyword}",
            )
        )

    def twice(self, keyword: str, other: str, why: str, fix: str) -> None:
        """Remember a keyword that another one leaves no place for."""
        self.malformed.append(Malformed(problem="keyword-twice", keyword=keyword, got=other, accepted=why, fix=fix))

    def duration(self, keyword: str, value: object, unit: str = "seconds", *, written: str = "") -> Value[int]:
        """A ``Duration`` in seconds; a bare number is refused, because its unit cannot be seen.

        Args:
            keyword: the keyword.
            value: what was given.
            unit: the unit in which AWS takes it, for a fix.
            written: what comes before the value in the code, for a fix; by default the keyword.
        """
        if value is None:
            return None
        if not isinstance(value, cdk.Duration):
            plain = (
                isinstance(value, int | float)
                and not isinstance(value, bool)
                and not is_token(value)
                and value % 1 == 0
            )
            before = written or f"{keyword.rpartition('.')[2]}="  # a member of a record is written inside of it
            fix = f"write {before}Duration.{unit}({value})" if plain else ""
            self.refuse(keyword, value, f"a Duration, such as Duration.{unit}(30)", fix=fix)
            return UNKNOWN
        try:
            return seconds(value, unit)
        except ValueError as error:
            fix = f"write {written or keyword.rpartition('.')[2] + '='}Duration.{unit}(...)"
            self.refuse(keyword, f"a Duration of {error}", f"a Duration of whole {unit}", problem="fraction", fix=fix)
            return UNKNOWN

    def integer(self, keyword: str, value: object, *, now: bool = False) -> Value[int]:
        """A whole number, or a token for one; only the number itself if it is needed ``now``."""
        if value is None or type(value) is int:
            return value
        if is_token(value) and isinstance(value, float):
            if not now:
                return UNRESOLVED
            self.refuse(keyword, value, "a whole number that is known now", fix=f"write {keyword} as a number")
        else:
            fix = f"pass {keyword}=Token.as_number(...)" if is_token(value) else number_pasted(keyword, value)
            self.refuse(keyword, value, "a whole number", fix=fix)
        return UNKNOWN

    def within(self, keyword: str, value: object, setting: Setting) -> Value[int]:
        """A number or a duration that a sheet has a range for, and no rule."""
        in_seconds = setting.form is Form.SECONDS
        taken = (self.duration if in_seconds else self.integer)(keyword, value)
        if isinstance(taken, int) and not setting.admits(taken):
            came = f"a Duration of {counted(taken, 'second', '')}" if in_seconds else described(value)
            accepted = f"a Duration of {setting.range_text}" if in_seconds else setting.range_text
            self.refuse(keyword, came, accepted, problem="fraction")
        return taken

    def boolean(self, keyword: str, value: object, *, now: bool = False) -> Any:
        """``True`` or ``False``, or a token for it; only the answer itself if it is needed ``now``."""
        if isinstance(value, bool) or value is None:
            return value
        if not now and is_token(value) and not isinstance(value, str | float | list | tuple):
            return UNRESOLVED
        self.refuse(keyword, value, "True or False", fix=answer_pasted(keyword, value))
        return UNKNOWN

    def text(self, keyword: str, value: object, *, required: bool = False) -> Value[str]:
        """A text that is not empty, or a token for one."""
        if value is None and not required:
            return None
        if not _is_text(value):
            missing = value is None and required
            self.refuse(keyword, value, "a text that is not empty", problem="missing-keyword" if missing else "type")
            return UNKNOWN
        return known_or_unresolved(value)  # type: ignore[no-any-return]

    def text_list(self, keyword: str, value: object) -> list[Value[str]]:
        """A list of texts that are not empty, each of which may be a token."""
        fits = (text for text in self.members(keyword, value, "a text that is not empty", _is_text))
        return [known_or_unresolved(text) for text in fits]

    def reason(self, keyword: str, value: object) -> str:
        """A reason in the user's words, which nobody can do without."""
        if isinstance(value, str) and value.strip():
            return value
        self.refuse(keyword, value, "a reason in words", problem="reason", fix=f"say in {keyword} why this is right")
        return ""

    def one_of(self, keyword: str, value: object, types: Mapping[str, Callable[[object], bool]], fix: str = "") -> bool:
        """Whether a value is of one of the kinds that a slot takes; the kinds' names go into the message."""
        if any(fits(value) for fits in types.values()):
            return True
        names = list(types)
        accepted = names[0] if len(names) == 1 else ", ".join(names[:-1]) + " or " + names[-1]
        missing = value is None and not any(fits(None) for fits in types.values())
        self.refuse(keyword, value, accepted, problem="missing-keyword" if missing else "type", fix=fix)
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
            alone = list_pasted(keyword, value) if fits(value) else ""
            self.refuse(keyword, value, f"a list, each member of it {accepted}", fix=alone)
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
    """Whether a value has all of the attributes: jsii interfaces have no type at run time, only what they offer.

    One attribute may be a coincidence: a CloudFront function has a ``function_arn`` too. The class is asked and not
    the value, because reading a value would be a call to Node. What jsii knows by several interfaces at once is a
    stand-in with the real ones behind it.
    """
    kinds = [type(value), *(type(one) for one in getattr(value, "_delegates", ()))]
    return any(all(hasattr(kind, attribute) for attribute in attributes) for kind in kinds)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def is_function(value: object) -> bool:
    """Whether a value is a Lambda function, a version or an alias."""
    return looks_like(value, "function_arn", "is_bound_to_vpc")


def is_queue(value: object) -> bool:
    """Whether a value is an SQS queue."""
    return looks_like(value, "queue_arn", "grant_consume_messages")


def is_key(value: object) -> bool:
    """Whether a value is a KMS key, or an alias of one."""
    return looks_like(value, "key_arn", "grant_decrypt")


def is_alias_of_key(value: object) -> bool:
    """Whether a value is an alias of a KMS key, whose ARN no policy takes for that of the key."""
    return looks_like(value, "alias_name", "alias_target_key")


def described(value: object) -> str:
    """A value as a message shows it: its type, and itself if that is short."""
    if value is None:
        return "None"
    if isinstance(value, type):
        return f"the class {value.__name__}"
    if not isinstance(value, list | tuple) and is_token(value):
        return "a token"
    kind = type(value).__name__.lstrip("_").removesuffix("Proxy")
    if isinstance(value, bool | int | float | str | list | tuple | dict):
        try:
            shown = _shown(value)
        except RecursionError:
            return f"{kind} that is too deeply nested to be shown"
        return f"{kind} {shown if len(shown) <= 60 else shown[:57] + '...'}"  # noqa: PLR2004 - a line of a terminal
    return kind if kind != "InterfaceDynamic" else "an imported construct of another kind"


def _shown(value: object) -> str:
    """A value as Python writes it; an object in it by its kind alone."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name!r}: {_shown(member)}" for name, member in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_shown(member) for member in value) + "]"
    return repr(value) if isinstance(value, bool | int | float | str) else described(value)
