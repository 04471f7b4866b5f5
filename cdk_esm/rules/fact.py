"""What a fact is: one statement about AWS, with how sure it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass
from typing import Final, Literal

Evidence = Literal["native", "doc", "schema", "tool", "reported", "derived", "unverified"]

EVIDENCE: Final[Mapping[Evidence, str]] = {
    "native": "recorded: AWS itself was seen to answer so",
    "doc": "documented: a page of AWS says so",
    "schema": "modelled: AWS's service model or resource schema says so",
    "tool": "seen in a tool of AWS: the CDK, or cfn-lint",
    "reported": "reported: somebody deployed it and wrote down what happened",
    "derived": "derived: it follows from other facts",
    "unverified": "unverified: remembered, or said by few; at most an advice",
}
"""The words, and what they mean; the surest come first, those of AWS before those about it."""


@dataclass(frozen=True)
class Fact:
    """One statement about AWS that a rule was made from, or could have been.

    Args:
        id: a name that never changes, such as ``SQS-BATCH-1``.
        evidence: how sure it is, a key of ``EVIDENCE``.
        sentence: the statement; its numbers are those of the fact sheets.
        page: the page that says so, if that is known.
        no_rule: why no rule checks it; empty if one does.
    """

    id: str
    evidence: Evidence
    sentence: str
    _: KW_ONLY
    page: str = ""
    no_rule: str = ""

    @property
    def surety(self) -> str:
        """How sure it is, in words."""
        return EVIDENCE[self.evidence]

    @property
    def word(self) -> str:
        """How sure it is, in a word or two."""
        return self.surety.partition(":")[0]
