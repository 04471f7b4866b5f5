"""The fuzz target: whatever comes, the reader gives plans or a TemplateError, and the rules judge the plans.

Of a hostile file or assembly, the commands give an answer that does nothing to who reads it.

``benchmarks.thorough.fuzz`` starts it; by hand: ``python -m benchmarks.thorough.fuzz_reader FINDINGS [libFuzzer's
arguments]``. The first byte of an input says what the rest is: a JSON text, a YAML text, choices by which one of our
templates is changed, or choices by which a hostile file or assembly is made. A fault is written down, each once, and
the fuzzer goes on.
"""

from __future__ import annotations

import copy
import hashlib
import json
import sys
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import atheris

with atheris.instrument_imports(include=["cdk_esm"]):
    from benchmarks.thorough.hostile import faults
    from benchmarks.thorough.templates import FUNCTIONS, SCALARS, TEMPLATES, WORDS
    from cdk_esm.errors import TemplateError
    from cdk_esm.rules.engine import check, rule_modules
    from cdk_esm.template.cloudformation.files import load_text
    from cdk_esm.template.read import read_template

    rule_modules()  # imports every rule

T = TypeVar("T")
JSON_TEXT, YAML_TEXT, CHANGES, HOSTILE = b"jych"
MOST_CHANGES = 8
TEMPLATE_LIST, FUNCTION_LIST, WORD_LIST, SCALAR_LIST = (
    list(choices) for choices in (TEMPLATES, FUNCTIONS, WORDS, SCALARS)
)
MOST_PLACES = 5_000


def judge(document: Any) -> None:
    """Read a template and judge it."""
    for finding in check(read_template(document)):
        str(finding)
        json.dumps(finding.to_dict())


def places(node: Any, seen: set[int]) -> Iterator[tuple[Any, Any]]:
    """Everything that can be changed in a document, as what holds it and its key."""
    if isinstance(node, dict | list) and id(node) not in seen:
        seen.add(id(node))
        for key, value in list(node.items() if isinstance(node, dict) else enumerate(node)):
            yield node, key
            yield from places(value, seen)


def fragment(data: atheris.FuzzedDataProvider) -> Any:
    """Something to put into a template."""
    match data.ConsumeIntInRange(0, 5):
        case 0:
            return copy.deepcopy(data.PickValueInList(SCALAR_LIST))
        case 1:
            return data.PickValueInList(WORD_LIST)
        case 2:
            return data.ConsumeInt(4)
        case 3:
            return data.ConsumeUnicode(12)
        case 4:
            return {data.PickValueInList(FUNCTION_LIST): data.PickValueInList(WORD_LIST)}
        case _:
            return {
                data.PickValueInList(FUNCTION_LIST): [data.PickValueInList(WORD_LIST), data.PickValueInList(WORD_LIST)]
            }


def elsewhere(data: atheris.FuzzedDataProvider, part: Any) -> Any:
    """What stands elsewhere in the template: seldom the same, which can make a template that holds itself."""
    return part if data.ConsumeIntInRange(0, 31) == 1 else copy.deepcopy(part)


def changed(data: atheris.FuzzedDataProvider) -> Any:
    """One of our templates after some changes."""
    document = copy.deepcopy(data.PickValueInList(TEMPLATE_LIST))
    for _ in range(data.ConsumeIntInRange(1, MOST_CHANGES)):
        at = list(places(document, set()))[:MOST_PLACES]
        if not at:
            break
        holder, key = data.PickValueInList(at)
        match data.ConsumeIntInRange(0, 6):
            case 0 | 1:
                holder[key] = fragment(data)
            case 2:
                del holder[key]
            case 3:
                holder[key] = {data.PickValueInList(FUNCTION_LIST): holder[key]}
            case 4:
                holder[key] = [holder[key], fragment(data)]
            case 5 if isinstance(holder, dict):
                holder[data.PickValueInList(WORD_LIST)] = fragment(data)
            case _:
                other, name = data.PickValueInList(at)
                holder[key] = elsewhere(data, other[name] if name in other or isinstance(other, list) else other)
    return document


class FromBytes:
    """Choices that the fuzzer makes by the bytes of an input."""

    def __init__(self, rest: bytes) -> None:
        self.data = atheris.FuzzedDataProvider(rest)

    def number(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        return int(self.data.ConsumeIntInRange(least, most))

    def one_of(self, values: Sequence[T]) -> T:
        """One of some values."""
        return values[self.number(0, len(values) - 1)]


class HostileError(Exception):
    """A command gave no answer, or one that does something to who reads it."""


def answered(rest: bytes) -> None:
    """Make a hostile file or assembly, and look at what the commands say of it."""
    with tempfile.TemporaryDirectory() as folder:
        said = faults(FromBytes(rest), Path(folder))
    if said:
        raise HostileError(said)


def test_one_input(given: bytes) -> None:
    """Try one input, and write down what should not be."""
    what, rest = given[:1], given[1:]
    try:
        if what == bytes([HOSTILE]):
            answered(rest)
        elif what == bytes([CHANGES]):
            judge(changed(atheris.FuzzedDataProvider(rest)))
        else:
            judge(load_text(rest.decode("utf-8", "replace"), "fuzzed", yaml=what == bytes([YAML_TEXT])))
    except TemplateError:
        pass
    except Exception as error:  # noqa: BLE001 - this is what we are looking for
        note(given, error)


def note(given: bytes, error: Exception) -> None:
    """Write down a fault: the input, and where it happened. The same fault elsewhere is not written again."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "cdk_esm" in frame.filename]
    where = f"{type(error).__name__} {frames[-1].filename}:{frames[-1].lineno}" if frames else type(error).__name__
    file = FINDINGS / hashlib.sha256(where.encode()).hexdigest()[:12]
    if not file.exists():
        file.write_bytes(given)
        file.with_suffix(".txt").write_text("".join(traceback.format_exception(error)), encoding="utf-8")


if __name__ == "__main__":
    FINDINGS = Path(sys.argv[1])
    atheris.Setup([sys.argv[0], *sys.argv[2:]], test_one_input)
    atheris.Fuzz()
