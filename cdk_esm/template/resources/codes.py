"""The code of functions: what an assembly publishes from its own folders and archives, and Python beside a template."""

from __future__ import annotations

from typing import Final

from cdk_esm.assets.look import look_at, look_at_module
from cdk_esm.facts import Value
from cdk_esm.plan import Code
from cdk_esm.template.cloudformation.evaluator import Evaluator
from cdk_esm.template.cloudformation.manifests import published, within_assembly
from cdk_esm.template.cloudformation.stack import Resource
from cdk_esm.template.cloudformation.values import identity, text

_PYTHON: Final = "python"
_PATH: Final = "aws:asset:path"
_PROPERTY: Final = "aws:asset:property"


def code_of(evaluator: Evaluator, function: Resource) -> Code | None:
    """What is found in a function's code; ``None`` if it is not at hand, or lies outside of the assembly.

    The asset manifests say where it is, by its key in the bucket; metadata of CDK do for older ways to publish it.
    """
    handler, runtime = (text(evaluator.property(function, name)) for name in ("Handler", "Runtime"))
    beside = evaluator.property(function, "Code")
    if isinstance(beside, str):
        return _beside(function, beside, handler, runtime)
    called = _source_of(evaluator, function)
    place = None if called is None else within_assembly(function.stack, called)
    if called is None or place is None:
        return None
    found = evaluator.apart(
        _looked,
        str(place),
        called,
        handler if isinstance(handler, str) else None,
        runtime if isinstance(runtime, str) else "",
        evaluator.property(function, "Layers") not in (None, []),
    )
    return found if found.exists else None


def _beside(function: Resource, path: str, handler: Value[str], runtime: Value[str]) -> Code | None:
    """What is found in a folder that is packed before the template is deployed, as by SAM, as far as nothing builds it.

    Of other runtimes what is there is often built first, and what a folder lacks may come with that.
    """
    if not (isinstance(handler, str) and isinstance(runtime, str) and runtime.startswith(_PYTHON)):
        return None
    folder = None if "://" in path else within_assembly(function.stack, path)
    return None if folder is None else look_at_module(folder, handler, called=path)


def _looked(  # noqa: PLR0917 - the subjects of ``apart``
    evaluator: Evaluator,
    place: str,
    called: str,
    handler: str | None,
    runtime: str,
    layered: bool,  # noqa: FBT001 - likewise
) -> Code:
    del evaluator
    return look_at(place, handler, runtime=runtime, layered=layered, called=called)


def _source_of(evaluator: Evaluator, function: Resource) -> str | None:
    """The folder or archive that a function's code is published from, as the assembly names it."""
    key = evaluator.property(function, "Code", "S3Key")
    name = identity(key)
    source = None if name is None else published(evaluator, function.stack, "files", "objectKey").get(name)
    path = source.get("path") if source is not None else None
    if source is None and function.metadata.get(_PROPERTY) == "Code":
        path = function.metadata.get(_PATH)
    return path if isinstance(path, str) and path else None
