"""What the rules about a call have in common: a finding on a keyword that could not be taken, with its page."""

from __future__ import annotations

from dataclasses import replace

from cdk_esm.plan import Malformed, MappingPlan
from cdk_esm.rules.rule import Finding, Rule
from cdk_esm.sources.keyword_words import page_of_keyword


def finding_on(rule: Rule, plan: MappingPlan, keyword: Malformed, message: str) -> Finding:
    """A finding on a keyword.

    Args:
        rule: the rule that it breaks.
        plan: the mapping; of the call of a record nothing but what is wrong with it.
        keyword: what is wrong.
        message: the same as a sentence.
    """
    finding = rule.finding(
        plan, setting=keyword.keyword, got=keyword.got, allowed=keyword.accepted, message=message, fix=keyword.fix
    )
    own = page_of_keyword(plan.facts if plan.source else None, plan.path, keyword.keyword)
    return replace(finding, page=keyword.page or own or finding.page)
