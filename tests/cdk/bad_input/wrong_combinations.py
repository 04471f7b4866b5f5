"""What is right by itself and wrong together: batch and window, the two ways to scale, function, code and queues."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pytest
from aws_cdk import Duration
from aws_cdk import aws_lambda as lambda_

import cdk_esm as esm
from tests.cdk.bad_input.bench import Bench, Built
from tests.cdk.bad_input.case import invalid
from tests.cdk.bad_input.wrong_answers import WRONG_ANSWERS

FIFO = esm.SqsFifoToLambda
CONCURRENCY = "ScalingConfig.MaximumConcurrency"
RESERVED = "ReservedConcurrentExecutions"
RETENTION = "MessageRetentionPeriod"
_ELF: Final = b"\x7fELF\x02\x01\x01" + bytes(9) + b"\x03\x00" + b"\x3e\x00" + bytes(44)


def _reserving(
    sentence: str, rule: str, setting: str, reserved: int, construct: Built = esm.SqsToLambda, **keywords: Any
) -> pytest.ParameterSet:
    def function(at: Bench) -> esm.NewFunction:
        return at.function(reserved_concurrent_executions=reserved)

    return invalid(sentence, (rule, setting), construct=construct, function=function, **keywords)


def _with_x86(at: Bench, place: str, machine: int = 0x3E, **changes: object) -> esm.NewFunction:
    """A function whose code holds a library for x86-64: only the header is real, and only the header is read."""
    (at.folder / "app.py").write_text("def handler(event, context): ...")
    library = at.folder / place
    library.parent.mkdir(parents=True, exist_ok=True)
    library.write_bytes(_ELF[:18] + machine.to_bytes(2, "little"))
    return at.function(code=str(at.folder), **changes)


def _package(at: Bench) -> Path:
    (at.folder / "orders").mkdir()
    (at.folder / "orders" / "app.py").write_text("def handler(event, context): ...")
    return at.folder


BATCH = [
    invalid("a-batch-of-eleven-without-a-window", ("ESM201", "MaximumBatchingWindowInSeconds"), batch_size=11),
    invalid(
        "a-batch-of-eleven-with-a-window-of-zero",
        ("ESM201", "MaximumBatchingWindowInSeconds"),
        batch_size=11,
        max_batching_window=Duration.seconds(0),
    ),
    invalid(
        "a-batch-of-ten-thousand-without-a-window", ("ESM201", "MaximumBatchingWindowInSeconds"), batch_size=10_000
    ),
    invalid(
        "a-batch-far-too-large-and-no-window",
        ("ESM101", "BatchSize"),
        ("ESM201", "MaximumBatchingWindowInSeconds"),
        batch_size=20_000,
    ),
]

SCALING = [
    invalid(
        "a-concurrency-beside-pollers",
        ("ESM203", CONCURRENCY),
        max_concurrency=5,
        provisioned_poller_config=esm.ProvisionedPollers(2, 10),
    ),
    invalid(
        "a-fifo-concurrency-beside-pollers",
        ("ESM203", CONCURRENCY),
        construct=FIFO,
        max_concurrency=5,
        provisioned_poller_config=esm.ProvisionedPollers(2, 10),
    ),
    invalid(
        "more-pollers-at-the-least-than-at-the-most",
        ("ESM204", "ProvisionedPollerConfig.MinimumPollers"),
        provisioned_poller_config=esm.ProvisionedPollers(20, 10),
    ),
    _reserving("a-concurrency-above-the-reserve", "ESM206", CONCURRENCY, 5, max_concurrency=6),
    _reserving("a-fifo-concurrency-above-the-reserve", "ESM206", CONCURRENCY, 10, FIFO, max_concurrency=1_000),
    _reserving("a-reserve-of-none", "ESM302", RESERVED, 0),
    _reserving("a-fifo-reserve-of-none", "ESM302", RESERVED, 0, FIFO, enabled=True),
    _reserving("a-reserve-of-one", "ESM303", RESERVED, 1),
    _reserving("a-reserve-of-four", "ESM303", RESERVED, 4),
    _reserving("a-fifo-reserve-of-two", "ESM303", RESERVED, 2, FIFO),
    invalid(
        "a-reserve-of-none-and-a-concurrency",
        ("ESM206", CONCURRENCY),
        ("ESM302", RESERVED),
        function=lambda at: at.function(reserved_concurrent_executions=0),
        max_concurrency=5,
    ),
    invalid(
        "an-existing-function-that-reserves-too-little",
        ("ESM303", RESERVED),
        function=lambda at: at.existing(reserved_concurrent_executions=3),
    ),
    invalid(
        "an-existing-function-that-is-switched-off",
        ("ESM302", RESERVED),
        function=lambda at: at.existing(reserved_concurrent_executions=0),
    ),
    invalid(
        "a-concurrency-above-what-an-alias-may-use",
        ("ESM206", CONCURRENCY),
        function=lambda at: at.existing(reserved_concurrent_executions=10).add_alias("live"),
        max_concurrency=20,
    ),
    invalid(
        "a-version-that-reserves-too-little",
        ("ESM303", RESERVED),
        function=lambda at: at.existing(reserved_concurrent_executions=2).current_version,
    ),
]

TIME = [
    invalid(
        "dead-letters-kept-for-a-second-less-than-the-source",
        ("ESM309", RETENTION),
        dead_letter_queue=esm.NewQueue(retention_period=Duration.seconds(345_599)),
    ),
    invalid(
        "dead-letters-kept-for-less-than-the-source",
        ("ESM309", RETENTION),
        dead_letter_queue=esm.NewQueue(retention_period=Duration.days(1)),
    ),
    invalid(
        "messages-that-expire-before-their-last-receive",
        ("ESM310", RETENTION),
        queue=esm.NewQueue(retention_period=Duration.minutes(15)),
    ),
    invalid(
        "fifo-messages-that-expire-before-their-last-receive",
        ("ESM310", RETENTION),
        construct=FIFO,
        queue=esm.NewQueue(retention_period=Duration.minutes(10)),
    ),
    invalid(
        "too-many-long-receives",
        ("ESM310", RETENTION),
        function=lambda at: at.function(timeout=Duration.minutes(15)),
        max_receive_count=64,
    ),
]

CODE = [
    invalid(
        "a-module-that-is-not-there", ("ESM215", "Handler"), function=lambda at: at.function(handler="main.handler")
    ),
    invalid(
        "a-function-that-its-module-does-not-define",
        ("ESM256", "Handler"),
        function=lambda at: at.function(handler="app.handle"),
    ),
    invalid(
        "a-library-for-arm-on-x86",
        ("ESM255", "Architectures"),
        function=lambda at: _with_x86(at, "core.so", machine=0xB7, architecture=lambda_.Architecture.X86_64),
    ),
    invalid(
        "a-bootstrap-for-x86-on-arm",
        ("ESM214", "Architectures"),
        construct=FIFO,
        function=lambda at: _with_x86(at, "bootstrap", runtime=lambda_.Runtime.PROVIDED_AL2023),
    ),
    invalid(
        "a-runtime-of-ones-own-without-a-bootstrap",
        ("ESM215", "Handler"),
        function=lambda at: at.function(runtime=lambda_.Runtime.PROVIDED_AL2023),
    ),
    invalid(
        "a-module-of-node-that-is-not-there",
        ("ESM215", "Handler"),
        function=lambda at: at.function(runtime=lambda_.Runtime.NODEJS_22_X, handler="index.handler"),
    ),
    invalid("a-handler-without-a-module", ("ESM215", "Handler"), function=lambda at: at.function(handler="handler")),
    invalid(
        "a-handler-with-its-suffix", ("ESM215", "Handler"), function=lambda at: at.function(handler="app.py.handler")
    ),
    invalid(
        "a-module-in-a-package-by-its-short-name",
        ("ESM215", "Handler"),
        construct=FIFO,
        function=lambda at: at.function(code=_package(at)),
    ),
    invalid(
        "an-x86-library-on-arm", ("ESM214", "Architectures"), function=lambda at: _with_x86(at, "pydantic_core/core.so")
    ),
    invalid(
        "an-x86-library-with-a-python-tag-on-arm",
        ("ESM214", "Architectures"),
        function=lambda at: _with_x86(at, "core.cpython-314-x86_64-linux-gnu.so"),
    ),
    invalid(
        "an-x86-library-with-a-version-on-arm-that-was-asked-for",
        ("ESM214", "Architectures"),
        construct=FIFO,
        function=lambda at: _with_x86(at, "lib/libpq.so.5", architecture=lambda_.Architecture.ARM_64),
    ),
    invalid(
        "an-x86-library-and-another-handler",
        ("ESM214", "Architectures"),
        ("ESM215", "Handler"),
        function=lambda at: _with_x86(at, "core.so", handler="main.handler"),
    ),
]

WRONG_COMBINATIONS = [*BATCH, *SCALING, *TIME, *CODE, *WRONG_ANSWERS]
