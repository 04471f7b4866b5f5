"""AWS SAM's own transform, as the oracle: what it makes of a source, and what is read of that."""

from __future__ import annotations

import copy
import logging
import os
from collections.abc import Mapping
from typing import Any, Final

from cdk_esm.template.cloudformation.assembly import Assembly
from cdk_esm.template.cloudformation.stack import Stack
from cdk_esm.template.reader import Reading, read

os.environ.setdefault("AWS_DEFAULT_REGION", "eu-west-1")

from samtranslator.model.exceptions import InvalidDocumentException
from samtranslator.translator.transform import transform

logging.getLogger("samtranslator").setLevel(logging.ERROR)  # it warns of metrics that nobody published
REFUSED: Final = InvalidDocumentException


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
