"""What a function's code answers to a batch, as far as its text leaves no doubt."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Misshapen:
    """Something in an answer that no poller can read.

    Args:
        line: where it is written.
        got: the code, shortened.
        why: what is wrong with it, in words.
    """

    line: int
    got: str
    why: str


@dataclass(frozen=True, kw_only=True)
class NamedBy:
    """By which field of a record an answer names it.

    Args:
        line: where it is written.
        fields: the way into the record; of an object that is written out, its keys in braces.
        written_out: it is an object, as Apache Kafka wants one.
    """

    line: int
    fields: tuple[str, ...]
    written_out: bool = False


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What was read in the code of a handler. What may be otherwise is left out.

    Args:
        file: the module's file.
        swallows: the line of an ``except`` that catches whatever happens to a record, and lets nobody know.
        reports: the line at which the handler answers which records failed.
        misshapen: what no poller can read in such an answer.
        named_by: by which fields it names the records.
    """

    file: str
    swallows: int | None = None
    reports: int | None = None
    misshapen: tuple[Misshapen, ...] = ()
    named_by: tuple[NamedBy, ...] = ()

    def at(self, line: int) -> str:
        """A place in the code, as editors jump to it."""
        return f"{self.file}:{line}"
