"""AWS SAM's own transform, as the oracle: what it makes of a source, and what is found there."""

from __future__ import annotations

import copy
import os
from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

import cdk_esm as esm
from cdk_esm.template.cloudformation.assembly import Assembly
from cdk_esm.template.cloudformation.stack import Stack
from cdk_esm.template.reader import Reading, read

os.environ.setdefault("AWS_DEFAULT_REGION", "eu-west-1")

from samtranslator.model.exceptions import InvalidDocumentException
from samtranslator.translator.transform import transform

REFUSED: Final = InvalidDocumentException
Findings = Counter[tuple[str, str]]
"""The mapping's logical id, as SAM makes it, and the id of a rule, as often as it speaks."""


class NoPolicies:
    """Where the transform would look up the names of managed policies."""

    @staticmethod
    def load() -> dict[str, str]:
        return {}


def transformed(source: Mapping[str, Any]) -> dict[str, Any]:
    """What the transform makes of a source.

    Raises:
        REFUSED: it takes no such source.
    """
    made: dict[str, Any] = transform(
        copy.deepcopy(dict(source)), {"AWS::Region": "eu-west-1", "AWS::Partition": "aws"}, NoPolicies()
    )
    return made


def reading_of(document: Mapping[str, Any]) -> Reading:
    """What is read of a template or of a source."""
    return read(Assembly([Stack(name="shop", document=document)]))


def findings_in(document: Mapping[str, Any]) -> Findings:
    """What is found in a template or in a source."""
    reading = reading_of(document)
    assert reading.skipped == []
    made = {plan.path: resource.logical_id for plan, resource in zip(reading.plans, reading.resources, strict=True)}
    return Counter((made[finding.path], finding.rule.id) for finding in esm.check(reading.plans))
