"""Docstrings and comments of the library, the tools and the sample app are in plain English."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]
FOLDERS: Final = ("cdk_esm", "tools", "sample_app")
FILES: Final = [file for folder in FOLDERS for file in sorted((ROOT / folder).rglob("*.py"))]

NOT_PLAIN: Final = re.compile(
    r"""
    \bshall\b                                        # must
    | (?<![-\w]) (?:stands?|stood) (?![-\w])         # is
    | \bat\ the\ (?:most|least)\b                    # at most, at least
    | \bof\ (?:one's|ones)\ own\b                    # self-managed, or your own
    | \bof\ (?:its|their|his|her|our|your|(?:the\ )?\S+'s?)\ own    # its own queue
      (?= $ | [^\w\s] | \ (?:and|as|at|by|for|from|in|of|on|or|so|that|to|which|will|with)\b)
    | \bwhose\ (?:is|are)\b
    | \bwhat\ is\ no\b (?!\ (?:longer|more)\b)       # anything that is not
    | (?: `` | \b(?:absent|also|empty|even) )\ where\b   # if
    """,
    re.IGNORECASE | re.VERBOSE,
)


def pieces(source: str) -> Iterator[tuple[int, str]]:
    """Each docstring, those of attributes too, and each block of comments, on one line, with where it begins."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Expr(value=ast.Constant(value=str(text))):
                yield node.lineno, " ".join(text.split())
    block: list[str] = []
    begins = ends = 0
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type != tokenize.COMMENT:
            continue
        if block and token.start[0] != ends + 1:
            yield begins, " ".join(block)
            block = []
        begins = begins if block else token.start[0]
        ends = token.start[0]
        block += token.string.lstrip("#").split()
    if block:
        yield begins, " ".join(block)


def not_plain(source: str) -> list[str]:
    """The words that are not plain, each with the line on which its docstring or comment begins."""
    return [f"{line}: {found[0]}" for line, text in sorted(pieces(source)) for found in NOT_PLAIN.finditer(text)]


@pytest.mark.parametrize("file", FILES, ids=[file.relative_to(ROOT).as_posix() for file in FILES])
def test_docstrings_and_comments_are_in_plain_english(file: Path) -> None:
    assert not_plain(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("It shall be tried.", "shall"),
        ("Behind them stands a model.", "stands"),
        ("What may stand alone.", "stand"),
        ("Where the records stood.", "stood"),
        ("Ten records at the\n    most.", "at the most"),
        ("A day at the least.", "at the least"),
        ("A cluster of one's own does not have it.", "of one's own"),
        ("A queue of its own.", "of its own"),
        ("Offers in a table of their own, each with a number.", "of their own"),
        ("A consumer of its own and a stream.", "of its own"),
        ("Pollers of the mapping's own, instead of shared ones.", "of the mapping's own"),
        ("The constructs, whose is all else.", "whose is"),
        ("``None`` for what is no text.", "what is no"),
        ("``UNKNOWN`` where nobody can see it.", "`` where"),
        ("The default; absent where there is none.", "absent where"),
    ],
)
def test_a_word_that_is_not_plain_is_found_in_docstrings_and_comments(text: str, word: str) -> None:
    docstring = f'"""{text}"""\n'
    attribute = f'class Plan:\n    name: str\n    """{text}"""\n'
    comment = "value = 1  # why\n\n" + "".join(f"# {line.strip()}\n" for line in text.splitlines())

    assert not_plain(docstring) == [f"1: {word}"]
    assert not_plain(attribute) == [f"3: {word}"]
    assert not_plain(comment) == [f"3: {word}"]


@pytest.mark.parametrize(
    "text",
    [
        "What jsii knows by several interfaces is a stand-in, as we understand it; the standard one is outstanding.",
        "At most ten records, and at least one.",
        "A topic of its own cluster, and a bucket of your own account.",
        "The ARN of the queue's own key.",
        "What is no longer shown leaves no trace.",
        "It says where the records are, and for whom and where.",
    ],
)
def test_words_that_only_look_alike_are_left_alone(text: str) -> None:
    assert not_plain(f'"""{text}"""\n') == []


def test_texts_of_the_program_are_no_docstrings() -> None:
    assert not_plain('message = "it shall stand"\n') == []
