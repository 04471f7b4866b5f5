r"""How complex the wildcards of a field are to the filter engine, which refuses those that cost it too much.

It counts the beginnings of wildcards that one text can match at once. A beginning is the first characters of a
wildcard, the quotation marks around it counted among them; a star at its end matches any text. So ``*/init/*`` comes to
four: the text ``"/init/`` matches ``"*``, ``"*/``, ``"*/init/`` and ``"*/init/*``.

Not every text has to be tried. A star that was reached is never left again, so a text that first leads through all
stars of all wildcards matches at least what any other does. Beside the stars it matches the beginnings of parts after a
star that end the text. Most of these are there if the text ends with the beginning of a part itself: the links between
beginnings, as Aho and Corasick draw them, count the others. Only while a text is still inside the part before a first
star, it can match that, too: these texts are followed one by one.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from cdk_esm.filters.branches import branches
from cdk_esm.filters.pattern import Fields, Matcher, Path
from cdk_esm.filters.wildcards import split_wildcard
from cdk_esm.sources.common import WILDCARD_BEGINNINGS

_QUOTE: Final = '"'


def too_complex(root: Fields) -> tuple[Path, int] | None:
    """The first field of a pattern whose wildcards the service refuses, with their count; ``None`` if there is none."""
    if not any(_wildcards(condition.matchers) for _, condition in root.leaves()):
        return None
    fields: dict[str, dict[Path, Sequence[Matcher]]] = {}
    for branch in branches(root):
        for name, leaf in branch.items():
            fields.setdefault(name, {})[leaf.path] = leaf.condition.matchers
    for conditions in fields.values():
        with_wildcards = [path for path, matchers in conditions.items() if _wildcards(matchers)]
        counts = [complexity(texts) for texts in _sets(conditions.values())]
        if counts and max(counts) > WILDCARD_BEGINNINGS.value:
            return with_wildcards[0], max(counts)
    return None


def _wildcards(matchers: Iterable[Matcher]) -> list[Matcher]:
    return [matcher for matcher in matchers if "wildcard" in (matcher.operator, matcher.inner)]


def _sets(conditions: Iterable[Sequence[Matcher]]) -> Iterator[list[str]]:
    """Wildcards of one field that count together. Of several in one exclusion equal beginnings count once.

    How many remain then was not found out, so each of those counts alone.
    """
    together: dict[str, None] = {}
    for matchers in conditions:
        for matcher in _wildcards(matchers):
            texts = [value for value in matcher.values if isinstance(value, str)]
            if len(texts) == 1:
                together[texts[0]] = None
            else:
                yield from ([text] for text in texts)
    if together:
        yield list(together)


def complexity(wildcards: Iterable[str]) -> int:
    """The largest number of beginnings of some wildcards that one text can match at once; each counts for itself."""
    parts = [split_wildcard(text) for text in wildcards]
    for part in parts:
        part[0] = _QUOTE + part[0]
        part[-1] += _QUOTE
    most = 0
    for start in {part[0] for part in parts}:
        inside = [part for part in parts if len(part) > 1 and start.startswith(part[0])]
        most = max(most, sum(len(part) - 1 for part in inside) + _most_ends(part[1:] for part in inside))
        most = max(most, _most_at_the_start(start, parts))
    return most


def _most_ends(wildcards: Iterable[Sequence[str]]) -> int:
    """The largest number of beginnings of the parts after stars that can all be the end of one text."""
    links, counts, own = [0], [0], [0]
    nodes: list[dict[str, int]] = [{}]
    for parts in wildcards:
        for part in parts:
            node = 0
            for letter in part:
                if letter not in nodes[node]:
                    nodes[node][letter] = len(nodes)
                    nodes.append({})
                    links.append(0)
                    counts.append(0)
                    own.append(0)
                node = nodes[node][letter]
                own[node] += 1
    todo = deque([0])
    while todo:
        node = todo.popleft()
        counts[node] = own[node] + (counts[links[node]] if node else 0)
        for letter, below in nodes[node].items():
            link = links[node]
            while node and link and letter not in nodes[link]:
                link = links[link]
            links[below] = nodes[link].get(letter, 0) if node else 0
            todo.append(below)
    return max(counts)


def _most_at_the_start(start: str, wildcards: Sequence[Sequence[str]]) -> int:
    """The largest number of beginnings that a text matches which goes no further than a part before a first star."""
    most = 0
    following: set[tuple[int, int, int]] = {(index, 0, 0) for index in range(len(wildcards))}
    for letter in start:
        moved = set()
        for index, number, position in following:
            part = wildcards[index][number]
            if number and not position:
                moved.add((index, number, 0))
            if part[position : position + 1] == letter:
                moved.add((index, number, position + 1))
        following = set()
        for index, number, position in moved:
            following.add((index, number, position))
            if position == len(wildcards[index][number]) and number + 1 < len(wildcards[index]):
                following.add((index, number + 1, 0))
        most = max(most, len(following))
    return most
