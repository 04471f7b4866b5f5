"""The exceptions of this library.

::

    EsmError
    ├── EsmTypeError         a keyword of the wrong type, a misspelt or a missing one   (also a TypeError)
    ├── FilterPatternError   a filter pattern that AWS refuses                          (also a ValueError)
    ├── InvalidMappingError  AWS would refuse the mapping, or it would lose data        (also a ValueError)
    └── TemplateError        a template or an assembly that cannot be read

``EsmTypeError`` and ``InvalidMappingError`` carry ``findings``: what is wrong, in parts, so that nobody has to parse
a message. ``FilterPatternError`` carries the JSON path and the reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cdk_esm.rules.rule import Finding


class EsmError(Exception):
    """The root: catch it to catch everything that this library raises on purpose."""


class _FindingsError(EsmError):
    """An error that says all that is wrong at once."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings: tuple[Finding, ...] = tuple(findings)
        super().__init__("\n".join(map(_told, self.findings)))


def _told(finding: Finding) -> str:
    """A finding, with the way to keep what was written, if a reason may settle it."""
    *lines, page = str(finding).split("\n")
    if not finding.rule.can_be_acknowledged or finding.acknowledged is not None:
        return str(finding)
    agree = f'  or stand by it: acknowledge={{"{finding.rule.id}": "<why>"}}'
    return "\n".join([*lines, agree, page])


class EsmTypeError(_FindingsError, TypeError):
    """A keyword of the wrong type, a misspelt keyword or a missing one (ESM0xx).

    Attributes:
        findings: every finding of the call, so that one run shows all there is to mend.
    """


class FilterPatternError(EsmError, ValueError):
    """A filter pattern that AWS refuses; what it takes and then never matches is a finding instead.

    Attributes:
        json_path: where it is wrong, such as ``filters[0].body.total``.
        reason: what is wrong there, and what to write instead.
    """

    def __init__(self, json_path: str, reason: str) -> None:
        self.json_path = json_path
        self.reason = reason
        super().__init__(json_path, reason)

    def __str__(self) -> str:
        return f"{self.json_path}: {self.reason}"


class InvalidMappingError(_FindingsError, ValueError):
    """A mapping that AWS would refuse (``error``), or that would lose data (``danger``) without consent.

    Attributes:
        findings: the findings that stopped it, sorted by rule id.
    """


class TemplateError(EsmError):
    """A template or an assembly that cannot be read."""
