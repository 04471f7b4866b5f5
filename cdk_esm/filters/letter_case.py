"""Compares texts as the filter engine does where letter case is ignored.

Each UTF-16 character of the pattern's text allows two spellings: its own lower form and its own upper form, which may
be several characters. The record's text is taken as it is. So the pattern ``ß`` takes ``ß`` and ``SS``, and the pattern
``ss`` does not take ``ß``; ``k`` does not take the sign of Kelvin, whose lower form it is. A character beyond U+FFFF is
two in UTF-16, neither of which has a case.
"""

from __future__ import annotations

from collections.abc import Callable

_Spellings = list[tuple[str, ...]]


def equal(text: str) -> Callable[[str], bool]:
    """The test whether a text is this one in any case."""
    if text.isascii():
        lower = text.lower()
        return lambda value: value.isascii() and value.lower() == lower
    letters = _spellings(text)
    return lambda value: len(value) in _ends(letters, value)


def beginning(text: str) -> Callable[[str], bool]:
    """The test whether a text begins with this one in any case."""
    if text.isascii():
        same, length = equal(text), len(text)
        return lambda value: same(value[:length])
    letters = _spellings(text)
    return lambda value: bool(_ends(letters, value))


def end(text: str) -> Callable[[str], bool]:
    """The test whether a text ends with this one in any case."""
    if text.isascii():
        same, length = equal(text), len(text)
        return lambda value: len(value) >= length and same(value[len(value) - length :])
    letters = [tuple(letter[::-1] for letter in spellings) for spellings in reversed(_spellings(text))]
    return lambda value: bool(_ends(letters, value[::-1]))


def _spellings(text: str) -> _Spellings:
    """For each character what may be in its place."""
    return [(letter,) if letter > "\uffff" else (letter.lower(), letter.upper()) for letter in text]


def _ends(letters: _Spellings, value: str) -> set[int]:
    """Where in a text the letters may end that begin at its start; a spelling may be longer than the other one."""
    places = {0}
    for spellings in letters:
        places = {place + len(form) for place in places for form in spellings if value.startswith(form, place)}
        if not places:
            break
    return places
