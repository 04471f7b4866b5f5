"""Where a template keeps what its author agreed to: in the metadata of a mapping, and CDK's beside the template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from cdk_esm.plan.consent import METADATA_KEY, Consent, from_metadata
from cdk_esm.template.cloudformation.evaluator import Evaluator
from cdk_esm.template.cloudformation.stack import Resource, mapping_of
from cdk_esm.template.cloudformation.values import plain

CDK_KEY: Final = "aws:cdk:acknowledged-rules"
"""The type of the entries in which an assembly keeps CDK's acknowledgements, by the path of their construct."""

CDK_NAMESPACE: Final = "cdk-esm::"
"""What the ids of our rules begin with there."""


def consent_of(evaluator: Evaluator, mapping: Resource) -> Consent:
    """Read the metadata of a mapping, and what was acknowledged through CDK on its construct or above it."""
    written = mapping.metadata.get(METADATA_KEY)
    own = from_metadata(plain(evaluator.value(written, mapping.stack)) if isinstance(written, dict) else None)
    above = _acknowledged_in_cdk(mapping)
    return replace(own, acknowledged={**above, **own.acknowledged}) if above else own


def _acknowledged_in_cdk(mapping: Resource) -> dict[str, str]:
    """Rule id to reason, of the acknowledgements on a construct or above it; the nearest wins.

    An acknowledgement of all of a stack is no claim that each of its mappings has the finding.
    """
    path = construct_path_of(mapping)
    if path is None:
        return {}
    found: dict[str, str] = {}
    scopes = path.split("/")
    for depth in range(1, len(scopes) + 1):
        for entry in _entries(mapping, "/" + "/".join(scopes[:depth])):
            if entry.get("type") == CDK_KEY:
                found |= {
                    rule.removeprefix(CDK_NAMESPACE): reason
                    for rule, reason in mapping_of(entry.get("data")).items()
                    if isinstance(rule, str) and rule.startswith(CDK_NAMESPACE) and isinstance(reason, str)
                }
    return found


def _entries(mapping: Resource, path: str) -> list[Mapping[str, object]]:
    entries = mapping.stack.metadata.get(path)
    return [mapping_of(entry) for entry in entries] if isinstance(entries, list) else []


def construct_path_of(mapping: Resource) -> str | None:
    """The path of a resource's construct, where the template or its assembly says it."""
    written = mapping.metadata.get("aws:cdk:path")
    if isinstance(written, str) and written:
        return written
    return mapping.stack.construct_paths.get(mapping.logical_id)
