"""The images that are built of folders of an assembly: its asset manifests say where of, and for which platform."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from cdk_esm.facts import UNKNOWN, Value
from cdk_esm.plan import Image
from cdk_esm.template.cloudformation.evaluator import Evaluator
from cdk_esm.template.cloudformation.manifests import published, within_assembly
from cdk_esm.template.cloudformation.stack import Resource, Stack
from cdk_esm.template.cloudformation.values import identity

_PROCESSORS: Final = {"arm64": "arm64", "aarch64": "arm64", "amd64": "x86_64", "x86_64": "x86_64", "x86-64": "x86_64"}
_FROM: Final = re.compile(r"^\s*FROM\s+(?:--platform=(\S+)\s+)?(\S+)", re.IGNORECASE)
_OF_THE_BUILD: Final = frozenset({"$TARGETPLATFORM", "${TARGETPLATFORM}", "$BUILDPLATFORM", "${BUILDPLATFORM}"})
_LARGEST: Final = 1_000_000
"""Bytes of a Dockerfile that are read."""


def image_of(evaluator: Evaluator, function: Resource) -> Image | None:
    """The image of a function, if an assembly builds it of a folder."""
    tag = (identity(evaluator.property(function, "Code", "ImageUri")) or "").rpartition(":")[2]
    source = published(evaluator, function.stack, "dockerImages", "imageTag").get(tag) if tag else None
    directory = None if source is None else source.get("directory")
    if source is None or not isinstance(directory, str):
        return None
    platform = source.get("platform")
    processor = _of_platform(platform) if platform is not None else _of_dockerfile(function.stack, directory, source)
    return Image(path=directory, processor=processor)


def _of_platform(platform: object) -> Value[str]:
    parts = platform.split("/") if isinstance(platform, str) else []
    named = [_PROCESSORS[part] for part in parts if part in _PROCESSORS]
    return named[0] if named else UNKNOWN


def _of_dockerfile(stack: Stack, directory: str, source: Mapping[str, Any]) -> Value[str]:
    """What the last stage of a Dockerfile is built for, whatever machine builds it; ``None`` if it does not say."""
    path = within_assembly(stack, directory, str(source.get("dockerFile", "Dockerfile")))
    if path is None:
        return UNKNOWN
    try:
        if path.stat().st_size > _LARGEST:
            return UNKNOWN
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except (OSError, ValueError):
        return None  # it is built elsewhere, and what is known is that no platform is given
    stages = [(found[1], found[2]) for found in map(_FROM.match, lines) if found is not None]
    if not stages:
        return None
    platform, base = stages[-1]
    if platform is not None and platform not in _OF_THE_BUILD:
        return UNKNOWN if "$" in platform else _of_platform(platform)
    tag = base.rpartition(":")[2]
    return next((processor for word, processor in _PROCESSORS.items() if tag.endswith(f"-{word}")), None)
