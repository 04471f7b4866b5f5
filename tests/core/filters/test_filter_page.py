"""The page about filters: its examples run, and it leaves no finding out."""

import doctest
from pathlib import Path

from cdk_esm import filters
from cdk_esm.filters import KINDS, RECORDS, language

PAGE = Path(__file__).parents[3] / "docs" / "guide" / "filters.md"


def test_every_example_on_the_page_holds() -> None:
    results = doctest.testfile(str(PAGE), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE)

    assert results.attempted >= 30
    assert results.failed == 0


def test_examples_in_docstrings_hold() -> None:
    for module in (filters, language):
        results = doctest.testmod(module)
        assert results.attempted >= 2
        assert results.failed == 0


def test_page_names_every_finding_with_its_severity() -> None:
    text = PAGE.read_text()

    for code, kind in KINDS.items():
        assert f"`{code}`, {kind.severity}" in text


def test_page_names_every_key_of_a_payload() -> None:
    text = PAGE.read_text()

    assert all(f"| `{facts.payload}`" in text for facts in RECORDS.values() if facts.payload)


def test_page_tells_ten_mistakes() -> None:
    headings = [line for line in PAGE.read_text().splitlines() if line.startswith("### ")]

    assert [heading.split()[1] for heading in headings] == [f"{number}." for number in range(1, 11)]
