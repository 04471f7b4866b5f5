"""Powertools as a layer: what AWS publishes, made from the packages that the handlers' tests run with."""

from __future__ import annotations

import importlib.metadata
import io
import marshal
import zipfile
from collections.abc import Mapping
from importlib.machinery import SourceFileLoader
from importlib.util import MAGIC_NUMBER, cache_from_source, source_hash
from pathlib import Path
from typing import Final

from sample_app.powertools import POWERTOOLS_VERSION

_IN_THE_LAYER: Final = ("aws-lambda-powertools", "jmespath", "typing-extensions")


def powertools() -> bytes:
    """The layer's archive: what of Powertools is installed beside the tests."""
    installed = importlib.metadata.version("aws-lambda-powertools")
    assert installed == POWERTOOLS_VERSION, f"the stacks ask for {POWERTOOLS_VERSION}, and {installed} is installed"
    contents = {}
    for distribution in _IN_THE_LAYER:
        for file in importlib.metadata.files(distribution) or ():
            # Scripts of the environment are beside its packages.
            if file.parts[0] == ".." or file.suffix == ".pyc":
                continue
            path = Path(str(file.locate()))
            contents[f"python/{file.as_posix()}"] = path.read_bytes()
            if file.suffix == ".py":
                compiled = cache_from_source(f"python/{file.as_posix()}")
                contents[compiled] = _compiled(path)
    return archive(contents)


def _compiled(path: Path) -> bytes:
    """A module as Python keeps it compiled, good for any copy: each cold start has its own, and would compile it."""
    loader = SourceFileLoader("compiled", str(path))
    source = path.read_bytes()
    code = loader.source_to_code(source, path.name)
    unchecked = (0b01).to_bytes(4, "little")
    return MAGIC_NUMBER + unchecked + source_hash(source) + marshal.dumps(code)


def archive(contents: Mapping[str, bytes]) -> bytes:
    """A zip file with these contents, by path."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        for name in sorted(contents):
            file.writestr(name, contents[name])
    return written.getvalue()
