"""Whether a handler is in the code, looked for as the function's runtime looks for it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from cdk_esm.assets.contents import Contents
from cdk_esm.assets.processors import BOOTSTRAP
from cdk_esm.facts import UNKNOWN, Unknowable

_NODE_ENDS: Final = ("", ".js", ".mjs", ".cjs", "/index.js", "/index.mjs", "/index.cjs", "/package.json")
_LARGEST_JAR: Final = 64_000_000
"""Bytes of an archive within the archive that is opened; a larger one may hold the handler."""
_OUTSIDE: Final = ("/", "..")
"""What a handler begins with that is not in the function's own code."""


def found_in(contents: Contents, handler: str, family: str) -> bool | Unknowable:
    """Whether the file of a handler is in the code.

    Args:
        contents: the code.
        handler: as configured.
        family: what the name of the runtime begins with, such as ``python``.
    """
    looks = _FAMILIES.get(family)
    if looks is None or handler.startswith(_OUTSIDE):
        return UNKNOWN
    return looks(contents, handler)


def module_of(contents: Contents, handler: str) -> str | None:
    """The file of a Python handler's module; ``None`` if there is none, or if it may be another one."""
    dotted, _, function = handler.rpartition(".")
    module = dotted.replace(".", "/")
    if any(name.startswith((f"{module}.cpython-", f"{module}.abi3", f"{module}.so")) for name in contents.names):
        return None
    package = f"{module}/__init__.py"
    if package in contents.names:  # a package comes before a module of the same name, and has its submodules as names
        submodule = f"{module}/{function}"
        if any(name.startswith((f"{submodule}.", f"{submodule}/")) for name in contents.names):
            return None
        return package
    return f"{module}.py" if f"{module}.py" in contents.names else None


def _python(contents: Contents, handler: str) -> bool:
    module = handler.rpartition(".")[0].replace(".", "/")
    # A package, a module or a compiled module; the file need not be a regular one of ours.
    return any(
        name in (f"{module}.py", f"{module}/__init__.py", f"{module}.so", f"{module}.abi3.so", f"{module}.pyc")
        or name.startswith(f"{module}.cpython-")
        for name in contents.names
    )


def _node(contents: Contents, handler: str) -> bool:
    folder, _, last = handler.removeprefix("./").rpartition("/")
    module = "/".join(filter(None, (folder, last.partition(".")[0])))
    wanted = {module + end for end in _NODE_ENDS}
    wanted |= {f"node_modules/{one}" for one in wanted}
    return any(name in wanted for name in contents.names)


def _own_runtime(contents: Contents, handler: str) -> bool:
    del handler  # the bootstrap reads it, and nobody else
    return BOOTSTRAP in contents.names


def _java(contents: Contents, handler: str) -> bool | Unknowable:
    file = handler.partition("::")[0].replace(".", "/") + ".class"
    if file in contents.names:
        return True
    if any(name.endswith(f"/{file}") for name in contents.names):  # a special loader may find it there
        return UNKNOWN
    jars = [name for name in contents.names if name.endswith(".jar")]
    answers = [_in_jar(contents, name, file) for name in jars]
    return True if True in answers else UNKNOWN if UNKNOWN in answers else False


def _in_jar(contents: Contents, name: str, file: str) -> bool | Unknowable:
    """Whether a class is in an archive within the code."""
    content = contents.read(name, _LARGEST_JAR + 1)
    if len(content) > _LARGEST_JAR:
        return UNKNOWN
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as jar:
            return file in jar.namelist()
    except (zipfile.BadZipFile, OSError):
        return UNKNOWN


_FAMILIES: Final[Mapping[str, Callable[[Contents, str], bool | Unknowable]]] = {
    "python": _python,
    "nodejs": _node,
    "provided": _own_runtime,
    "java": _java,
}


def families() -> Iterator[str]:
    """What the names of those runtimes begin with whose handlers are looked for."""
    yield from _FAMILIES
