"""The words in which a wrong call is answered: what there is, what is missing, and what was meant."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from typing import Final

from cdk_esm.constructs.intake.cdk_classes import OfCdk
from cdk_esm.printed import counted
from cdk_esm.sources.keyword_words import of_aws, who_has

_IN_WORDS: Final[Mapping[str, str]] = {
    "GivenFunction": "a NewFunction or a Lambda function, version or alias",
    "GivenTable": "a NewTable or a DynamoDB table",
    "Resource_co": "an imported function or queue",
}
"""What a required keyword takes, by the type variable that is its annotation."""
_PLAIN: Final[Mapping[str, str]] = {
    "str": "a text",
    "int": "a whole number",
    "float": "a number",
    "bool": "True or False",
    "Path": "a path",
    "Sequence[str]": "a list of texts",
}
_EXAMPLES: Final[Mapping[str, str]] = {
    "code": '"handlers/orders"',
    "handler": '"app.handler"',
    "reason": '"<why>"',
    "alias_name": '"live"',
}
"""What is written for a required keyword of a record that may be anything of its kind."""
_LONGEST: Final = 330
"""Characters of a list of keywords on one line; of a longer one the nearest are named."""
_NEAREST: Final = 8


def in_words(annotation: str) -> str:
    """What a keyword takes, by its annotation: the classes by their names, and plain values in words."""
    if annotation in _IN_WORDS:
        return _IN_WORDS[annotation]
    parts = [part for part in annotation.split(" | ") if part not in {"Any", "None"}]
    words = [_PLAIN.get(part) or _named(part) for part in parts if not _doubled(part, parts)]
    return ", ".join(words[:-1]) + (" or " if len(words) > 1 else "") + words[-1] if words else annotation


def _named(part: str) -> str:
    several = re.fullmatch(r"Sequence\[(.+)\]", part)
    return f"a list of {several[1]}" if several is not None else f"{'an' if part[0] in 'aeiouAEIOU' else 'a'} {part}"


def _doubled(part: str, parts: Sequence[str]) -> bool:
    """Whether a class of CDK is there beside its interface, which takes it, too; the class is there for Pyright."""
    module, dot, name = part.rpartition(".")
    return f"{module}{dot}I{name}" in parts


def asked_for(name: str) -> str:
    """What to write for a keyword that is missing."""
    return f"write {name}={_EXAMPLES[name]}" if name in _EXAMPLES else f"pass {name}=..."


def listed(names: Sequence[str], wanted: str, label: str) -> str:
    """The keywords that there are; of many the nearest, for a line that somebody is to read."""
    if len(", ".join(names)) <= _LONGEST:
        return ", ".join(names)
    near = difflib.get_close_matches(wanted, names, n=_NEAREST, cutoff=0)
    own = label.partition(".")[0]
    return f"{', '.join(near)}, and {counted(len(names) - len(near), 'other', '')}, which help(esm.{own}) explains"


def instead_of(name: str, parameters: Mapping[str, object], of_cdk: OfCdk | None, label: str) -> str:
    """What to write for a keyword that there is not."""
    if of_cdk is not None and name in of_cdk.properties:  # of an aws-cdk-lib that is newer than this library
        return of_cdk.by_hand
    former = {} if of_cdk is None else of_cdk.former
    close = of_aws(name, label) or [former.get(one, one) for one in difflib.get_close_matches(name, parameters, n=1)]
    meant = f"did you mean {close[0]}?" if close else ""
    if of_cdk is None:
        return meant or "leave it out" + who_has(name)
    return f"{meant} If not, {of_cdk.by_hand}" if meant else of_cdk.by_hand
