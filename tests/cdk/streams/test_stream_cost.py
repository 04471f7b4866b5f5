"""A stream bundle costs no more than the same by hand; seconds belong to a benchmark, calls to Node can be counted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest
from jsii._kernel.providers.process import _NodeProcess

from benchmarks.build_cost_streams import bundle, by_hand, facts_that_matter
from tests.cdk.templates import quiet_app

Make = Callable[[cdk.Stack, str, str], None]


def built(make: Make, folder: Path, code: str) -> cdk.Stack:
    """A stack with one bundle in it, so that what is asked once only has been asked."""
    stack = cdk.Stack(quiet_app(folder), "Shop")
    make(stack, "First", code)
    return stack


def calls(make: Make, folder: Path, code: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """How often a further bundle in the same stack asks Node."""
    stack, asked = built(make, folder, code), []
    send = _NodeProcess.send

    def counted(self: Any, request: Any, response: Any) -> Any:
        asked.append(type(request).__name__)
        return send(self, request, response)

    with monkeypatch.context() as patch:
        patch.setattr(_NodeProcess, "send", counted)
        make(stack, "Second", code)
    return len(asked)


def test_a_stream_bundle_gives_the_same_resources_as_by_hand(tmp_path: Path, code: str) -> None:
    ours, theirs = (facts_that_matter(built(make, tmp_path / make.__name__, code)) for make in (bundle, by_hand))

    assert ours == theirs


def test_a_stream_bundle_asks_node_less_often_than_the_same_by_hand(
    tmp_path: Path, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = (calls(make, tmp_path / make.__name__, code, monkeypatch) for make in (bundle, by_hand))

    assert 0 < ours <= 0.85 * theirs
