"""Nobody else reaches the local AWS, and nobody gets in without TLS or without a right."""

import http.client
import os
import socket

import pytest

from tests.e2e.server import HOST, Server, listeners, listening

TABLE = """\
  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:11D6 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 71 1 0 100 0 0 10 0
   1: 00000000:22B3 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 72 1 0 100 0 0 10 0
   2: 0100007F:A1B2 0100007F:11D6 01 00000000:00000000 00:00000000 00000000     0        0 73 1 0 20 4 30 10 -1
"""


@pytest.mark.usefixtures("shop")
def test_every_listener_of_the_server_is_on_this_machine_only(server: Server) -> None:
    server.assert_local()

    assert {address for address, _ in listeners(server.process_id)} == {HOST}


def test_a_listener_on_every_interface_would_be_seen() -> None:
    assert list(listening(TABLE)) == [((HOST, 4566), 71), (("0.0.0.0", 8883), 72)]  # noqa: S104 - nothing is bound


def test_a_listener_of_this_process_is_found_by_its_inode() -> None:
    with socket.socket() as one:
        one.bind((HOST, 0))
        one.listen()

        assert one.getsockname() in set(listeners(os.getpid()))


def test_the_server_answers_over_tls_only(server: Server) -> None:
    plain = http.client.HTTPConnection(HOST, server.port, timeout=10)
    plain.request("GET", "/_ministack/health")

    with pytest.raises((http.client.HTTPException, OSError)):
        plain.getresponse()
    plain.close()


def test_a_stranger_is_turned_away(server: Server) -> None:
    sqs = server.client("sqs", key="AKIAIOSFODNN7EXAMPLE")

    with pytest.raises(sqs.exceptions.ClientError, match=r"InvalidClientTokenId|AccessDenied|InvalidAccessKeyId"):
        sqs.list_queues()
