"""The local AWS of these tests: a process of its own, on 127.0.0.1 only, with TLS and with permissions enforced.

``Server.start`` starts ministack from ``build/e2e``, an environment that holds nothing of ours: handlers find there
what the Lambda runtime brings, and everything else only if their template brings it. ``Server.stop`` ends the process
by the id that was kept. ``listeners`` reads from the socket table where a process listens, and a server that listens
anywhere but on 127.0.0.1 is stopped at once.
"""

from __future__ import annotations

import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import boto3  # type: ignore[import-untyped]
from botocore.config import Config  # type: ignore[import-untyped]

ROOT: Final = Path(__file__).parents[2]
ENVIRONMENT: Final = ROOT / "build" / "e2e"
"""Where ``make e2e`` installs requirements-e2e.lock."""
ACCOUNT: Final = "123456789012"
REGION: Final = "eu-west-1"
HOST: Final = "127.0.0.1"

_STARTS_WITHIN: Final = 60.0  # seconds; a fresh environment is compiled on the first start
_STOPS_WITHIN: Final = 3.0  # nothing of it is kept
_TRIES: Final = 3  # somebody else may take the free port before the server does
_LISTENS: Final = "0A"  # the state of a socket in /proc/net/tcp
_FORGOTTEN: Final = ("AWS_PROFILE", "AWS_ENDPOINT_URL", "AWS_SESSION_TOKEN", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")


class ServerError(Exception):
    """The local AWS did not come up, or not as it has to."""


class Server:
    """A running server; ``start`` makes one."""

    def __init__(self, process: subprocess.Popen[bytes], *, port: int, folder: Path) -> None:
        """Take the process, its port, and the folder that its certificate and its log are in."""
        self._process = process
        self._clients: dict[tuple[str, str], Any] = {}
        self._connection: http.client.HTTPSConnection | None = None
        self.port = port
        self.folder = folder
        self.endpoint = f"https://{HOST}:{port}"

    @classmethod
    def start(cls, folder: Path) -> Server:
        """Start a server, and wait until it answers.

        Args:
            folder: an empty folder for everything that the server writes.

        Raises:
            ServerError: it did not answer in time, or it listens where others could reach it.
        """
        if shutil.which("openssl") is None:
            raise ServerError(
                "openssl is missing, which makes the server's certificate (on Debian: apt install openssl)"
            )
        for _ in range(_TRIES):
            port = _free_port()
            with (folder / "server.log").open("ab") as log:
                process = subprocess.Popen(
                    [ENVIRONMENT / "bin" / "python", "-m", "ministack"],
                    cwd=folder,
                    env=_environment(port, folder),
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                )
            server = cls(process, port=port, folder=folder)
            try:
                if server._answers_in_time():
                    server.assert_local()
                    return server
            except BaseException:
                server.stop()
                raise
            server.stop()
        log_file = folder / "server.log"
        raise ServerError(f"no server after {_TRIES} tries; its log:\n{log_file.read_text(encoding='utf-8')}")

    def stop(self) -> None:
        """End the process, by its id, and wait for it."""
        for client in self._clients.values():
            client.close()
        self._hang_up()
        self._process.terminate()
        try:
            self._process.wait(_STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(_STOPS_WITHIN)

    @property
    def process_id(self) -> int:
        """The id of the process that listens."""
        return self._process.pid

    @property
    def certificate(self) -> Path:
        """The certificate that the server made for itself, which its clients trust and nobody else."""
        return self.folder / "ministack-tls" / "server.crt"

    def client(self, service: str, key: str = ACCOUNT) -> Any:
        """A client of a service; the same one each time.

        Args:
            service: its name.
            key: the access key; by default the one with the rights of the account's root.
        """
        if (service, key) not in self._clients:
            self._clients[service, key] = boto3.client(
                service,
                endpoint_url=self.endpoint,
                region_name=REGION,
                verify=str(self.certificate),
                aws_access_key_id=key,
                aws_secret_access_key="test",  # noqa: S106 - the emulator takes any
                # No second try: some calls are not the same if they are made twice.
                config=Config(retries={"total_max_attempts": 1}, connect_timeout=10, read_timeout=120, proxies={}),
            )
        return self._clients[service, key]

    def get(self, path: str) -> bytes:
        """What the server answers about itself, outside of AWS's interface."""
        # One connection, for a handshake costs more than the answer.
        if self._connection is None:
            context = ssl.create_default_context(cafile=str(self.certificate))
            self._connection = http.client.HTTPSConnection(HOST, self.port, context=context, timeout=60)
        try:
            self._connection.request("GET", path)
            with self._connection.getresponse() as answer:
                return answer.read()
        except BaseException:
            self._hang_up()
            raise

    def log(self, lines: int = 25) -> str:
        """The end of what the server wrote."""
        text = (self.folder / "server.log").read_text(encoding="utf-8", errors="replace")
        return "\n".join(line[:300] for line in text.splitlines()[-lines:])

    def assert_local(self) -> None:
        """Make sure that every socket of the server that listens is bound to 127.0.0.1.

        Raises:
            ServerError: one is not, or none is.
        """
        if not Path("/proc/net/tcp").exists():  # pragma: no cover - macOS has no such table
            return
        found = sorted(set(listeners(self.process_id)))
        if not found or any(address != HOST for address, _ in found):
            raise ServerError(f"the server must listen on {HOST} only, and listens on {found}")

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _answers_in_time(self) -> bool:
        until = time.monotonic() + _STARTS_WITHIN
        while time.monotonic() < until and self._process.poll() is None:
            try:
                self.get("/_ministack/health")
            except (OSError, http.client.HTTPException):
                time.sleep(0.1)
            else:
                return True
        return False


def listeners(process_id: int) -> Iterator[tuple[str, int]]:
    """Where a process and those that it started listen: address and port of each socket, from the socket table."""
    inodes = {inode for one in (process_id, *_descendants(process_id)) for inode in _sockets(one)}
    for table in ("tcp", "tcp6"):
        file = Path("/proc/net") / table
        if file.exists():
            yield from (where for where, inode in listening(file.read_text(encoding="ascii")) if inode in inodes)


def listening(table: str) -> Iterator[tuple[tuple[str, int], int]]:
    """The sockets of a table like /proc/net/tcp that listen: address and port, and the inode."""
    for line in table.splitlines()[1:]:
        fields = line.split()
        if fields[3] != _LISTENS:
            continue
        address, port = fields[1].split(":")
        raw = bytes.fromhex(address)
        # Words of four bytes in the order of this machine; AWS's processors and ours have the lowest byte first.
        ordered = b"".join(raw[at : at + 4][::-1] for at in range(0, len(raw), 4))
        family = socket.AF_INET if len(ordered) == 4 else socket.AF_INET6
        yield (socket.inet_ntop(family, ordered), int(port, 16)), int(fields[9])


def _sockets(process_id: int) -> Iterator[int]:
    for entry in Path(f"/proc/{process_id}/fd").iterdir():
        try:
            name = re.fullmatch(r"socket:\[(\d+)\]", str(entry.readlink()))
        except OSError:  # closed since
            continue
        if name:
            yield int(name[1])


def _descendants(process_id: int) -> Iterator[int]:
    for children in Path(f"/proc/{process_id}/task").glob("*/children"):
        for child in children.read_text(encoding="ascii").split():
            yield int(child)
            yield from _descendants(int(child))


def _free_port() -> int:
    with socket.socket() as one:
        one.bind((HOST, 0))
        return int(one.getsockname()[1])


def _environment(port: int, folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _FORGOTTEN}
    return {
        **kept,
        "BIND_HOST": HOST,
        "GATEWAY_PORT": str(port),
        "MINISTACK_HOST": HOST,
        "MINISTACK_REGION": REGION,
        "MINISTACK_ACCOUNT_ID": ACCOUNT,
        # These two would listen on every interface, whatever BIND_HOST says.
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        # Handlers run as their execution role, and policies that want TLS are met.
        "AUTH": "true",
        "USE_SSL": "1",
        "LAMBDA_EXECUTOR": "local",
        "TMPDIR": str(folder),
        # The handlers' clients trust the server's own certificate, and a bundle of this machine would win over it.
        "AWS_CA_BUNDLE": str(folder / "ministack-tls" / "server.crt"),
        "AWS_ACCESS_KEY_ID": ACCOUNT,
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": REGION,
        # What has to be compiled is compiled once and kept, for each cold start imports it.
        "PYTHONDONTWRITEBYTECODE": "",
    }
