"""The exceptions of this library.

::

    EsmError
    ├── EsmTypeError         a keyword of the wrong type, a misspelt or a missing one   (also a TypeError)
    ├── InvalidMappingError  AWS would refuse the mapping, or it would lose data        (also a ValueError)
    └── TemplateError        a template or an assembly that cannot be read

The first two carry ``findings``: what is wrong, in parts, so that nobody has to parse a message.
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
        super().__init__("\n".join(str(finding) for finding in self.findings))


class EsmTypeError(_FindingsError, TypeError):
    """A keyword of the wrong type, a misspelt keyword or a missing one (ESM0xx).

    Attributes:
        findings: every finding of the call, so that one run shows all there is to mend.
    """


class InvalidMappingError(_FindingsError, ValueError):
    """A mapping that AWS would refuse (``error``), or that would lose data (``danger``) without consent.

    Attributes:
        findings: the findings that stopped it, sorted by rule id.
    """


class TemplateError(EsmError):
    """A template or an assembly that cannot be read."""
