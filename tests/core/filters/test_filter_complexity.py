"""How complex wildcards are, beside a slow count that follows every set of beginnings."""

from itertools import product
from random import Random

import pytest

from cdk_esm.filters.complexity import complexity
from cdk_esm.filters.wildcards import split_wildcard


def slowly(wildcards: list[str]) -> int:
    """The same count by following every text, letter by letter, as sets of the beginnings that it matches."""
    letters = [[STAR if letter is STAR else letter for letter in written(text)] for text in dict.fromkeys(wildcards)]
    alphabet = {letter for each in letters for letter in each if letter is not STAR} | {"?"}

    def with_stars(reached: set[tuple[int, int]]) -> frozenset[tuple[int, int]]:
        todo = list(reached)
        while todo:
            index, position = todo.pop()
            following = (index, position + 1)
            if letters[index][position : position + 1] == [STAR] and following not in reached:
                reached.add(following)
                todo.append(following)
        return frozenset(reached)

    first = with_stars({(index, 0) for index in range(len(letters))})
    seen, todo = {first}, [first]
    while todo:
        reached = todo.pop()
        for letter in alphabet:
            moved = {(index, at + 1) for index, at in reached if letters[index][at : at + 1] == [letter]}
            moved |= {(index, at) for index, at in reached if at and letters[index][at - 1] is STAR}
            following = with_stars(moved)
            if following not in seen:
                seen.add(following)
                todo.append(following)
    return max(sum(position > 0 for _, position in reached) for reached in seen)


STAR = object()


def written(text: str) -> list[object]:
    first, *others = split_wildcard(text)
    found: list[object] = ['"', *first]
    for part in others:
        found += [STAR, *part]
    return [*found, '"']


@pytest.mark.parametrize(
    ("wildcards", "count"),
    [
        (["*"], 2),
        (["*a"], 2),
        (["*a*"], 3),
        (["*a*b*"], 4),
        (["*a*a*"], 5),
        (["*aaa*"], 5),
        (["*/init/*"], 4),
        (["*/init/*", "*/dir/*"], 7),
        (["a*a*a*a*a*a"], 10),
        (["arn:aws:events:us-east-1:*:event-bus/*"], 3),
        (["/Users/*/dir/dir/dir/dir/dir/doc.txt"], 7),
        (["*:*:*:*:*:event-bus/*"], 11),
        (["abc"], 1),
        (["abc", "abd", "ab*"], 4),
        (["a*x", "b*x"], 2),
        (["\\*a*\\*a"], 2),
    ],
)
def test_wildcards_are_as_complex_as_the_beginnings_that_one_text_matches(wildcards: list[str], count: int) -> None:
    assert slowly(wildcards) == count
    assert complexity(wildcards) == count


def test_count_is_that_of_following_every_text() -> None:
    random = Random(5)  # noqa: S311 - the same wildcards each time
    for _ in range(300):
        texts = ["".join(random.choices("ab*", k=random.randint(1, 6))) for _ in range(random.randint(1, 3))]
        wildcards = list(dict.fromkeys(text for text in texts if "**" not in text))
        if wildcards:
            assert complexity(wildcards) == slowly(wildcards), wildcards


def test_every_short_wildcard_is_counted_right() -> None:
    for length in range(1, 6):
        for text in map("".join, product("ab*", repeat=length)):
            if "**" not in text:
                assert complexity([text]) == slowly([text]), text


def test_long_and_many_wildcards_are_counted() -> None:
    assert complexity(["*" + "ab" * 1_900 + "*"]) == 1_902
    assert complexity([f"*{number}-{'xyz' * 10}*" for number in range(100)]) > 200
