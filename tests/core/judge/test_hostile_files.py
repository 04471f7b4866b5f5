"""Whatever a file or an assembly holds, a command answers it, and the answer does nothing to who reads it."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.thorough.hostile import faults, obeyed

T = TypeVar("T")


class Drawn:
    """Choices that Hypothesis makes, and makes smaller where something is wrong."""

    def __init__(self, data: st.DataObject) -> None:
        self.data = data

    def number(self, least: int, most: int) -> int:
        return self.data.draw(st.integers(least, most))

    def one_of(self, values: Sequence[T]) -> T:
        return values[self.number(0, len(values) - 1)]


@given(st.data())
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_hostile_files_are_answered_and_nothing_acts(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert faults(Drawn(data), Path(folder)) == []


@pytest.mark.parametrize(
    ("shown", "found"),
    [
        pytest.param("fine\n  ##\n: :\n", [], id="nothing"),
        pytest.param("a\x1b[2J", ["'\\x1b'"], id="control character"),
        pytest.param("a ##vso[b]c", ["##vso["], id="command within a line"),
        pytest.param("a\n  ::add-mask::b", ["  ::add-mask::b"], id="command as a line"),
    ],
)
def test_what_acts_is_seen(shown: str, found: list[str]) -> None:
    assert obeyed(shown) == found


def test_our_own_annotations_are_meant() -> None:
    assert obeyed("::error file=a::b", ours="::") == []
    assert obeyed("::error::b", ours="::") == ["::error::b"]
