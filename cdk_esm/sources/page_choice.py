"""Which page a finding leads to: one about the source of the mapping, never one about another source."""

from __future__ import annotations

from functools import cache

from cdk_esm.facts import SourceFacts
from cdk_esm.sources import SOURCES, pages


def page_for(sheet: SourceFacts, page: str, topic: str = "") -> str:
    """The page to read about a mapping on one source.

    Args:
        sheet: the source.
        page: the page of the rule.
        topic: what the rule is about, if a source has its own page on it.

    Returns:
        The rule's page, unless that is about another source; then the source's own page on the topic.
    """
    if page in sheet.pages or page not in pages_of_sources():
        return page
    return sheet.pages_on.get(topic, sheet.pages[0])


@cache
def pages_of_sources() -> frozenset[str]:
    """The pages that are about one kind of source."""
    general = {pages.MAPPING_API, pages.MAPPING_RESOURCE}
    return frozenset(page for sheet in SOURCES.values() for page in sheet.pages) - general
