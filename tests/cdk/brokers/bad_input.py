"""Bad input for the constructs on brokers: made from their sheets, and by hand where two things are wrong together.

From each sheet come: a value below and above each range, a text of each forbidden length and of a forbidden pattern, a
choice that is not offered, and each keyword of another source.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

import aws_cdk as cdk
from aws_cdk import Duration
from aws_cdk import aws_docdb as docdb
from aws_cdk import aws_lambda as lambda_

import cdk_esm as esm
from cdk_esm.facts import Form, Setting
from cdk_esm.sources import SOURCES
from tests.cdk.bad_input.bench import ELSEWHERE, STRANGER
from tests.cdk.brokers.variants import BROKER, CLUSTER, CONSTRUCTS, SECRET, a_broker, an_open_cluster

Start: Final = lambda_.StartingPosition
_OF_FORM: Final[Mapping[Form, Callable[[int], Any]]] = {
    Form.INTEGER: lambda number: number,
    Form.SECONDS: Duration.seconds,
    Form.TEXT: lambda number: "x" * number,
    Form.LIST: lambda number: "x" * number,
}
"""A value of a form whose measure is a number; the one queue of a mapping is a text here."""
_FORBIDDEN: Final = {"database": "shop.orders", "collection": "system.users"}
"""Texts that the pattern of a setting does not admit."""


@dataclass(frozen=True)
class Bad:
    """A call that is refused.

    Args:
        kind: the kind of source.
        rule: the rule that refuses it.
        keywords: what is wrong; a function is called with the stack.
        bound: the stack is bound to an account and a Region.
    """

    kind: str
    rule: str
    keywords: Mapping[str, Any]
    bound: bool = field(default=False)

    def built(self, stack: cdk.Stack) -> dict[str, Any]:
        """The keywords, with what they name made."""
        return {name: one(stack) if callable(one) else one for name, one in self.keywords.items()}


def from_sheets() -> Iterator[tuple[str, Bad]]:
    """One for each bound, each choice, each pattern and each keyword that is not offered."""
    for kind in CONSTRUCTS:
        sheet = SOURCES[kind]
        for setting in sheet.settings:
            if setting.keyword is not None:
                yield from ((f"{kind}:{name}", bad) for name, bad in _of_setting(kind, setting))
        offered = {one.keyword for one in sheet.settings}
        for keyword in sorted(_every_keyword() - offered - {"virtual_host" if kind == "rabbitmq" else ""}):
            yield f"{kind}:{keyword}-is-not-offered", Bad(kind, "ESM002", {keyword: 1})


def _every_keyword() -> set[str]:
    every = {one.keyword for sheet in SOURCES.values() for one in sheet.settings if one.keyword is not None}
    return {one.partition(".")[0] for one in every} | {"dead_letter_queue", "network", "vpc", "virtual_host"}


def _of_setting(kind: str, setting: Setting) -> Iterator[tuple[str, Bad]]:
    keyword = str(setting.keyword)
    if setting.form in (Form.INTEGER, Form.SECONDS) and keyword != "starting_position_timestamp":
        make = _OF_FORM[setting.form]
        if setting.minimum is not None and setting.minimum > 0:
            yield f"{keyword}-below-its-range", Bad(kind, "ESM101", {keyword: make(setting.minimum - 1)})
        if setting.maximum is not None:
            yield f"{keyword}-above-its-range", Bad(kind, "ESM101", {keyword: make(setting.maximum + 1)})
    if setting.form is Form.TEXT and setting.maximum is not None and keyword in ("database", "collection"):
        yield f"{keyword}-too-long", Bad(kind, "ESM101", {keyword: "x" * (setting.maximum + 1)})
        yield f"{keyword}-empty", Bad(kind, "ESM001", {keyword: " "})
    if keyword in _FORBIDDEN:
        yield f"{keyword}-of-a-forbidden-form", Bad(kind, "ESM114", {keyword: _FORBIDDEN[keyword]})
    if setting.longest_member is not None:
        yield f"{keyword}-too-long", Bad(kind, "ESM113", {keyword: "x" * (setting.longest_member + 1)})
    if setting.choices and setting.form is Form.TEXT and keyword == "full_document":
        yield f"{keyword}-not-offered", Bad(kind, "ESM103", {keyword: "Whole"})


def _by_hand() -> Iterator[tuple[str, Bad]]:
    strange = {"broker": BROKER.replace("111122223333", STRANGER)}
    elsewhere = {"broker": BROKER.replace("eu-west-1", ELSEWHERE)}
    secret_elsewhere = esm.SecretArn(SECRET.replace("eu-west-1", ELSEWHERE))
    for kind in ("activemq", "rabbitmq"):
        other = "activemq" if kind == "rabbitmq" else "rabbitmq"
        yield f"{kind}:a-broker-of-another-account", Bad(kind, "ESM409", strange, bound=True)
        yield f"{kind}:a-broker-of-another-region", Bad(kind, "ESM402", elsewhere, bound=True)
        yield (
            f"{kind}:a-broker-of-another-engine",
            Bad(kind, "ESM247", {"broker": lambda at, of=other: a_broker(at, of)}),
        )
        yield f"{kind}:the-arn-of-a-queue", Bad(kind, "ESM108", {"broker": "arn:aws:sqs:eu-west-1:111122223333:orders"})
        yield f"{kind}:no-arn", Bad(kind, "ESM001", {"broker": "shop"})
        yield f"{kind}:two-queues", Bad(kind, "ESM001", {"queue_name": ["orders", "paid"]})
        yield f"{kind}:a-public-endpoint-in-words", Bad(kind, "ESM001", {"public_endpoint": "yes"})
        yield f"{kind}:a-public-endpoint-as-a-token", Bad(kind, "ESM001", {"public_endpoint": "${Token[TOKEN.1]}"})
        yield (
            f"{kind}:a-public-endpoint-that-the-broker-has-not",
            Bad(kind, "ESM001", {"public_endpoint": True, "broker": lambda at, of=kind: a_broker(at, of)}),
        )
        yield f"{kind}:a-filter-that-is-none", Bad(kind, "ESM501", {"filters": ["{"]})
    yield (
        "activemq:a-broker-with-ldap",
        Bad("activemq", "ESM413", {"broker": lambda at: a_broker(at, "activemq", authentication_strategy="LDAP")}),
    )
    yield "rabbitmq:an-empty-virtual-host", Bad("rabbitmq", "ESM001", {"virtual_host": ""})
    yield "rabbitmq:a-number-as-virtual-host", Bad("rabbitmq", "ESM001", {"virtual_host": 1})
    yield "rabbitmq:a-virtual-host-of-a-forbidden-form", Bad("rabbitmq", "ESM114", {"virtual_host": "erp#1"})
    yield "rabbitmq:a-long-virtual-host", Bad("rabbitmq", "ESM113", {"virtual_host": "x" * 201})
    kind = "documentdb"
    yield (
        f"{kind}:a-cluster-of-another-account",
        Bad(kind, "ESM409", {"cluster": CLUSTER.replace("111122223333", STRANGER)}, bound=True),
    )
    yield (
        f"{kind}:a-cluster-of-another-region",
        Bad(kind, "ESM402", {"cluster": CLUSTER.replace("eu-west-1", ELSEWHERE)}, bound=True),
    )
    yield (
        f"{kind}:an-elastic-cluster",
        Bad(kind, "ESM242", {"cluster": "arn:aws:docdb-elastic:eu-west-1:111122223333:cluster/shop"}),
    )
    yield f"{kind}:a-global-cluster", Bad(kind, "ESM242", {"cluster": "arn:aws:rds::111122223333:global-cluster:shop"})
    yield (
        f"{kind}:an-old-engine",
        Bad(kind, "ESM242", {"cluster": lambda at: an_open_cluster(at, engine_version="3.6.0")}),
    )
    yield (
        f"{kind}:a-cluster-that-belongs-to-a-global-one",
        Bad(kind, "ESM242", {"cluster": lambda at: docdb.CfnDBCluster(at, "Own", global_cluster_identifier="shop")}),
    )
    yield f"{kind}:no-arn", Bad(kind, "ESM001", {"cluster": "shop"})
    yield f"{kind}:no-database", Bad(kind, "ESM003", {"database": None})
    yield f"{kind}:a-moment-without-its-position", Bad(kind, "ESM217", {"starting_position_timestamp": 1})
    yield f"{kind}:a-position-without-its-moment", Bad(kind, "ESM217", {"starting_position": Start.AT_TIMESTAMP})
    yield (
        f"{kind}:a-moment-without-a-zone",
        Bad(
            kind,
            "ESM001",
            {"starting_position_timestamp": datetime(2026, 1, 1)},  # noqa: DTZ001 - that is the mistake
        ),
    )
    yield (
        f"{kind}:a-moment-to-come",
        Bad(
            kind,
            "ESM218",
            {
                "starting_position": Start.AT_TIMESTAMP,
                "starting_position_timestamp": datetime(2199, 1, 1, tzinfo=UTC),
            },
        ),
    )
    yield f"{kind}:filters", Bad(kind, "ESM002", {"filters": [{"event": {"operationType": ["insert"]}}]})
    for kind in CONSTRUCTS:
        yield f"{kind}:a-secret-of-another-region", Bad(kind, "ESM411", {"credentials": secret_elsewhere}, bound=True)
        yield f"{kind}:no-secret", Bad(kind, "ESM003", {"credentials": None})
        yield f"{kind}:a-secret-as-a-bare-arn", Bad(kind, "ESM001", {"credentials": SECRET})
        yield f"{kind}:a-secret-without-its-end", Bad(kind, "ESM001", {"credentials": esm.SecretArn(SECRET[:-7])})
        yield f"{kind}:an-acknowledgement-of-nothing", Bad(kind, "ESM004", {"acknowledge": {"ESM999": "because"}})
        yield f"{kind}:an-alarm-that-there-is-not", Bad(kind, "ESM001", {"alarms": esm.Alarms(off={"age": "because"})})


def every_case() -> dict[str, Bad]:
    """All of them by their names."""
    return {**dict(from_sheets()), **dict(_by_hand())}
