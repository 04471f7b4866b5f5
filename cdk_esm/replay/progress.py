"""What a replay has done so far, in a file that is whole at every moment."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from cdk_esm.errors import EsmError
from cdk_esm.replay.objects import Name

VERSION: Final = 1
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

    @staticmethod
    def of(file: Path, bucket: str) -> Progress:
        """Read what was done, or begin if there is no file yet.

        Raises:
            EsmError: it is no file of this kind, or that of another bucket.
        """
        try:
            document = json.loads(file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return Progress(file, bucket)
        except (OSError, ValueError, RecursionError) as error:
            raise EsmError(f"{file}: it cannot be read: {error}") from None
        states = document.get("objects") if isinstance(document, dict) else None
        if (
            not isinstance(states, dict)
            or not all(isinstance(one, dict) and one.get("state") in _STATES for one in states.values())
            or document.get("version") != VERSION
        ):
            raise EsmError(f"{file}: it is no progress of a replay; name another file with --progress")
        if document.get("bucket") != bucket:
            raise EsmError(f"{file}: it is the progress of the bucket {document.get('bucket')}; name another file")
        return Progress(file, bucket, states)

    def state(self, key: str) -> str | None:
        """What became of an object; ``None`` if nothing did."""
        return self.states.get(key, {}).get("state")

    def left(self, key: str) -> frozenset[Name] | None:
        """The records of an object that are still to be processed; ``None`` for all of them."""
        names = self.states.get(key, {}).get("left")
        if not isinstance(names, list):
            return None
        return frozenset(tuple(name) if isinstance(name, list) else name for name in names)

    def note(self, key: str, state: str, *, left: Iterable[Name] | None = None, why: str = "") -> None:
        """Remember what became of an object, before anything else is done."""
        entry: dict[str, Any] = {"state": state}
        if left is not None:
            entry["left"] = sorted(left, key=str)
        if why:
            entry["why"] = why
        self.states[key] = entry
        self._write()

    def _write(self) -> None:
        """Write the file beside its place, and put it there in one step: it is never half written."""
        if self.file is None:
            return
        text = json.dumps({"version": VERSION, "bucket": self.bucket, "objects": self.states})
        beside: str | None = None
        try:
            with tempfile.NamedTemporaryFile(
                "w", encoding="utf-8", dir=self.file.parent, prefix=f".{self.file.name}.", delete=False
            ) as stream:
                beside = stream.name
                stream.write(text + "\n")
                stream.flush()
                os.fsync(stream.fileno())
            Path(beside).replace(self.file)
        except OSError as error:
            if beside is not None:
                with suppress(OSError):
                    Path(beside).unlink()
            raise EsmError(f"{self.file}: the progress cannot be written: {error.strerror or error}") from None
