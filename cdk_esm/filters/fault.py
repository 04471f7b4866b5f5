"""What one thing that can be wrong with filters is, as a rule judges it."""

from __future__ import annotations

from dataclasses import dataclass

from cdk_esm.severity import Severity


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One thing that can be wrong with filters that AWS takes, as one rule judges it.

    Args:
        code: what it is about, in kebab case; two kinds have the same code where sources differ in what follows.
        rule: the id of the rule.
        name: the name of the rule.
        severity: ``error`` (a quota), ``danger`` (it deploys, and then matches nothing, or everything) or ``advice``.
        summary: what AWS does with it.
        facts: the ids of the facts behind it.
        page: the page to read; a finding leads to the one of its own source.
        sources: the source kinds for which the rule speaks of it.
        negotiable: an ``error`` about a number that AWS can raise.
    """

    code: str
    rule: str
    name: str
    severity: Severity
    summary: str
    facts: tuple[str, ...]
    page: str
    sources: tuple[str, ...]
    negotiable: bool = False
