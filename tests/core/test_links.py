"""Links and file names in the repository's pages and code lead somewhere."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("docs", "cdk_esm", "tools", "sample_app", "benchmarks", "tests")
PAGES = [*sorted(ROOT.glob("*.md")), *(page for folder in FOLDERS for page in sorted((ROOT / folder).rglob("*.md")))]
TEXTS = [
    *PAGES,
    *(file for file in sorted(ROOT.glob("*")) if file.suffix in {".toml", ".yaml", ".py"} or file.name == "Makefile"),
    *(file for folder in FOLDERS for file in sorted((ROOT / folder).rglob("*.py"))),
]

CODE = re.compile(r"^(```+|~~~+).*?^\1|(`+)(?!`).+?\2", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(\s*<?([^()\s>]+)|^\[[^\]]+\]:\s*(\S+)|(?:href|src)=\"([^\"]+)\"", re.MULTILINE)
ELSEWHERE = re.compile(r"[a-z]+:")
HEADING = re.compile(r"^#+ +(.+?) *#*$", re.MULTILINE)
A_FILE_OF_DOCS = re.compile(r"\bdocs/[\w./-]*\w\.(?:md|svg)\b")


def ids(files: list[Path]) -> list[str]:
    return [file.relative_to(ROOT).as_posix() for file in files]


def links(text: str) -> Iterator[str]:
    """Where the links of a page lead; what is shown as code is no link."""
    for found in LINK.finditer(CODE.sub("", text)):
        yield next(target for target in found.groups() if target)


def anchors(text: str) -> set[str]:
    """The anchors that GitHub gives to the headings of a page."""
    slugs: list[str] = []
    for heading in HEADING.findall(re.sub(r"^(```+).*?^\1", "", text, flags=re.DOTALL | re.MULTILINE)):
        words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
        slug = re.sub(r"[^\w\- ]", "", words).replace(" ", "-")
        slugs.append(f"{slug}-{slugs.count(slug)}" if slug in slugs else slug)
    return set(slugs)


def dead(page: Path, text: str) -> Iterator[str]:
    """Links of a page to files of the repository, or to headings in them, that are not there."""
    for link in links(text):
        path, _, anchor = link.partition("#")
        if ELSEWHERE.match(link):
            continue
        target = page if not path else (page.parent / path).resolve()
        if not target.exists() or (anchor and anchor not in anchors(target.read_text(encoding="utf-8"))):
            yield link


@pytest.mark.parametrize("page", PAGES, ids=ids(PAGES))
def test_every_link_of_a_page_leads_to_a_file_and_a_heading_in_it(page: Path) -> None:
    assert list(dead(page, page.read_text(encoding="utf-8"))) == []


def test_a_link_that_leads_nowhere_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# What `check` says, in short\n")
    text = (
        "[a](page.md) [b](page.md#what-check-says-in-short) [c](https://a.example/none) [`d`](page.md) `[e](none.md)`\n"
        '[f](none.md) [g](page.md#none) ![h](none.svg) [![i](none.png)](page.md) <a href="none.html">j</a>\n'
        "```\n[k](none.txt)\n```\n[l]: none.rst\n"
    )

    assert list(dead(page, text)) == ["none.md", "page.md#none", "none.svg", "none.png", "none.html", "none.rst"]


def test_every_page_of_the_docs_that_a_file_names_is_there() -> None:
    missing = [
        f"{file.relative_to(ROOT)} names {name}"
        for file in TEXTS
        for name in A_FILE_OF_DOCS.findall(file.read_text(encoding="utf-8"))
        if not (ROOT / name).is_file()
    ]

    assert missing == []
