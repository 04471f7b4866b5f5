"""What a replay has done so far: a file that only grows, a line for each step, so that a run may end anywhere."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Final

from cdk_esm.errors import EsmError
from cdk_esm.replay.objects import Name

VERSION: Final = 2
_WHOLE: Final = 1
"""The version of a file that was written whole after each step: its first document has everything."""
STARTED, DONE, AGAIN, KEPT = "started", "done", "failed", "not replayable"
_STATES: Final = (STARTED, DONE, AGAIN, KEPT)


@dataclass
class Progress:
    """What became of each object.

    Args:
        file: where it is kept; ``None`` for nowhere.
        bucket: the bucket that it is about.
        states: key to what became of the object: ``state``, and the names of the records that are left of it.
    """

    file: Path | None
    bucket: str
    states: dict[str, dict[str, Any]] = field(default_factory=dict)
    _stream: BinaryIO | None = field(default=None, init=False, repr=False)

    @staticmethod
    def of(file: Path, bucket: str) -> Progress:
        """Read what was done, or begin if there is no file yet.

        Raises:
            EsmError: it is no file of this kind, or that of another bucket.
        """
        found = Progress(file, bucket)
        with suppress(FileNotFoundError):
            found.states, _ = _read(file, bucket, _content(file))
        return found

    def state(self, key: str) -> str | None:
        """What became of an object; ``None`` if nothing did."""
        return self.states.get(key, {}).get("state")

    def left(self, key: str) -> frozenset[Name] | None:
        """The records of an object that are still to be processed; ``None`` for all of them."""
        names = self.states.get(key, {}).get("left")
        if not isinstance(names, list):
            return None
        return frozenset(tuple(name) if isinstance(name, list) else name for name in names)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the file while objects are replayed: no other run writes to it, and what one wrote before counts.

        Raises:
            EsmError: another run holds it, or it cannot be written.
        """
        if self.file is None:
            yield
            return
        try:
            stream = self.file.open("a+b", buffering=0)
        except OSError as error:
            raise self._not_written(error) from None
        with stream:
            if not _held(stream):
                raise EsmError(
                    f"{self.file}: another run is using it; wait until it ends, or name another file with --progress "
                    "and other objects"
                )
            self._begin(stream)
            self._stream = stream
            try:
                yield
            finally:
                self._stream = None

    def _begin(self, stream: BinaryIO) -> None:
        """Read the file again, now that nobody else writes to it, and cut off what a run could not finish writing."""
        assert self.file is not None
        try:
            stream.seek(0)
            content = stream.read()
            self.states, whole = _read(self.file, self.bucket, content)
            if whole < len(content):
                stream.truncate(whole)
            if not whole:
                self._append(stream, _heading(self.bucket))
            elif content[whole - 1 : whole] != b"\n":
                self._append(stream, b"\n")
        except OSError as error:
            raise self._not_written(error) from None

    def note(self, key: str, state: str, *, left: Iterable[Name] | None = None, why: str = "") -> None:
        """Remember what became of an object, before anything else is done."""
        entry: dict[str, Any] = {"state": state}
        if left is not None:
            entry["left"] = sorted(left, key=str)
        if why:
            entry["why"] = why
        if self._stream is not None and entry != self.states.get(key):
            try:
                self._append(self._stream, json.dumps({"key": key, **entry}).encode() + b"\n")
            except OSError as error:
                raise self._not_written(error) from None
        self.states[key] = entry

    @staticmethod
    def _append(stream: BinaryIO, line: bytes) -> None:
        written = 0
        while written < len(line):
            written += stream.write(line[written:])
        try:
            os.fsync(stream.fileno())
        except OSError as error:
            if error.errno != errno.EINVAL:  # what has no disk, such as /dev/null, cannot be put there
                raise

    def _not_written(self, error: OSError) -> EsmError:
        return EsmError(f"{self.file}: the progress cannot be written: {error.strerror or error}")


def _heading(bucket: str) -> bytes:
    return json.dumps({"version": VERSION, "bucket": bucket}).encode() + b"\n"


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise
    except OSError as error:
        raise EsmError(f"{file}: it cannot be read: {error.strerror or error}") from None


def _read(file: Path, bucket: str, content: bytes) -> tuple[dict[str, dict[str, Any]], int]:
    """What a file says, and how many of its bytes say it: a run may have ended while it wrote the last line.

    Raises:
        EsmError: it is no file of this kind, or that of another bucket.
    """
    if _heading(bucket).startswith(content):
        return {}, 0
    try:
        text = content.decode()
        document, end = json.JSONDecoder().raw_decode(text)
        if not isinstance(document, dict) or document.get("version") not in (_WHOLE, VERSION):
            raise _none_of_ours(file)
        if document.get("bucket") != bucket:
            raise EsmError(f"{file}: it is the progress of the bucket {document.get('bucket')}; name another file")
        states: Any = document.get("objects", {} if document["version"] == VERSION else None)
        if not isinstance(states, dict) or not all(map(_is_entry, states.values())):
            raise _none_of_ours(file)
        whole = max(end, text.rfind("\n") + 1)
        for line in filter(str.strip, text[end:whole].split("\n")):
            entry = json.loads(line)
            if not _is_entry(entry) or not isinstance(entry.get("key"), str):
                raise _none_of_ours(file)
            states[entry.pop("key")] = entry
    except (ValueError, RecursionError) as error:
        raise EsmError(f"{file}: it cannot be read: {error}") from None
    return states, len(text[:whole].encode())


def _none_of_ours(file: Path) -> EsmError:
    return EsmError(f"{file}: it is no progress of a replay; name another file with --progress")


def _is_entry(entry: object) -> bool:
    if not isinstance(entry, dict) or entry.get("state") not in _STATES:
        return False
    left = entry.get("left")
    names = left if isinstance(left, list) else ()
    flat = [part for name in names for part in (name if isinstance(name, list) else (name,))]
    return not any(isinstance(part, dict | list) for part in flat)


def _held(stream: BinaryIO) -> bool:
    """Whether this run is the only one that writes to a file; nobody can tell where the system has no such locks."""
    try:
        import fcntl  # noqa: PLC0415 - only some systems have it
    except ImportError:
        return True
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks
        return True
    return True
