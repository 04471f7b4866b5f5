"""Files that were built for one processor: executables and libraries by their first bytes, wheels by their tags."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final, Literal

from cdk_esm.assets.contents import Contents

X86: Final = "x86_64"
ARM: Final = "arm64"
BOOTSTRAP: Final = "bootstrap"
"""The file that a custom runtime starts."""
_ELF: Final = b"\x7fELF"
_ORDER_AT: Final = 5  # the place in an ELF header that says in which order bytes are written
_MACHINE_AT: Final = 18  # the place that says for which processor the file was built
_MACHINES: Final = {0x03: X86, 0x3E: X86, 0x28: ARM, 0xB7: ARM}
_WORDS: Final = {
    X86: ("x86_64", "x86-64", "amd64", "i686", "x64"),
    ARM: ("aarch64", "arm64"),
}
_ENOUGH: Final = 3  # files named in a message


def built_for(contents: Contents) -> dict[str, tuple[str, ...]]:
    """The files by the processor that they were built for, at most a few.

    A file that is there for the other processor too, beside it or in another folder, is chosen when the code runs.
    """
    found: dict[str, dict[str, None]] = {X86: {}, ARM: {}}
    for name, processor in _files(contents):
        found[processor][name] = None
    both = {key: {_neutral(name) for name in names} for key, names in found.items()}
    alone = {
        key: [name for name in names if _neutral(name) not in both[ARM if key == X86 else X86]]
        for key, names in found.items()
    }
    return {key: tuple(names[:_ENOUGH]) for key, names in alone.items()}


def _files(contents: Contents) -> Iterator[tuple[str, str]]:
    for name in contents.names:
        path = PurePosixPath(name)
        if name == BOOTSTRAP or ".so" in path.suffixes:
            processor = _machine(contents.read(name, _MACHINE_AT + 2))
        elif path.name == "WHEEL" and path.parent.suffix == ".dist-info":
            processor = _of_tags(_tags(contents.read(name)))
        elif path.suffix == ".whl":
            processor = _of_tags([path.stem])
        else:
            continue
        if processor is not None:
            yield name, processor


def _machine(head: bytes) -> str | None:
    """The processor in the head of an ELF file; ``None`` for any other file, and for processors that Lambda has not."""
    if head[:4] != _ELF:
        return None
    order: Literal["big", "little"] = "big" if head[_ORDER_AT : _ORDER_AT + 1] == b"\x02" else "little"
    return _MACHINES.get(int.from_bytes(head[_MACHINE_AT : _MACHINE_AT + 2], order))


def _tags(text: bytes) -> list[str]:
    lines = text.decode(errors="replace").splitlines()
    return [line.partition(":")[2].strip() for line in lines if line.lower().startswith("tag:")]


def _of_tags(tags: list[str]) -> str | None:
    """The one processor that all tags of a wheel name; ``None`` if one of them names none, or another one."""
    platforms = [tag.rpartition("-")[2] for tag in tags]
    named = {next((key for key, words in _WORDS.items() if one.endswith(words)), None) for one in platforms}
    return named.pop() if len(named) == 1 else None


def _neutral(name: str) -> str:
    """A file's name without what tells the processor."""
    for words in _WORDS.values():
        for word in words:
            name = name.replace(word, "*")
    return name
