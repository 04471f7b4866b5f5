"""The progress of a replay: a file that only grows, and says the same wherever a run ended."""

from __future__ import annotations

import errno
import json
import os
from itertools import pairwise
from pathlib import Path

import pytest

from cdk_esm.errors import EsmError
from cdk_esm.replay import Progress, plan_replay, replay
from cdk_esm.replay.meter import Meter
from tests.core.replay.fakes import BUCKET, FakeLambda, FakeS3, click, document, key

KEYS = [key(f"2026-11-20T08.00.{second:02}") for second in range(5)]


def a_bucket() -> FakeS3:
    return FakeS3({one: document({"Records": [click(number)]}) for number, one in enumerate(KEYS)})


def run(progress: Progress, client: FakeLambda | None = None) -> list[str]:
    """Replay with a progress; the numbers of the records that the function got."""
    s3, client = a_bucket(), client or FakeLambda(lambda _: None)
    replay(plan_replay(s3, BUCKET), s3, client, progress, sleep=lambda _: None)
    return [record["kinesis"]["sequenceNumber"] for event in client.events for record in event["Records"]]


def test_a_step_is_appended_and_nothing_is_written_again(tmp_path: Path) -> None:
    file = tmp_path / "p.json"
    seen: list[tuple[int, bytes]] = []
    run(Progress.of(file, BUCKET), FakeLambda(lambda _: seen.append((file.stat().st_ino, file.read_bytes()))))

    for (node, before), (same, after) in pairwise(seen):
        assert after.startswith(before)
        assert node == same
    assert len({len(after) - len(before) for (_, before), (_, after) in pairwise(seen)}) == 1


def test_wherever_a_run_ended_the_next_one_invokes_what_was_not_done_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "whole.json"
    run(Progress.of(file, BUCKET))
    whole = file.read_bytes()
    for end in range(len(whole) + 1):
        torn = tmp_path / f"{end}.json"
        torn.write_bytes(whole[:end])
        lines = [json.loads(line) for line in whole[:end].split(b"\n")[1:-1]]
        done = {one["key"] for one in lines if one["state"] == "done"}
        again = run(Progress.of(torn, BUCKET))

        assert again == [str(number) for number, one in enumerate(KEYS) if one not in done], end
        assert run(Progress.of(torn, BUCKET)) == [], end


@pytest.mark.parametrize("end", ["\n", ""])
@pytest.mark.parametrize("indent", [None, 2])
def test_a_file_of_the_version_before_is_read_and_grows(end: str, indent: int | None, tmp_path: Path) -> None:
    file = tmp_path / "p.json"
    states = {KEYS[0]: {"state": "done"}, KEYS[1]: {"state": "failed", "left": ["1"], "why": "größer"}}
    old = {"version": 1, "bucket": BUCKET, "objects": states}
    file.write_text(json.dumps(old, indent=indent, ensure_ascii=False) + end, encoding="utf-8")

    assert run(Progress.of(file, BUCKET)) == ["1", "2", "3", "4"]
    assert run(Progress.of(file, BUCKET)) == []


def test_two_runs_at_once_do_not_use_one_file(tmp_path: Path) -> None:
    file = tmp_path / "p.json"
    first, second = Progress.of(file, BUCKET), Progress.of(file, BUCKET)
    with first.writing(), pytest.raises(EsmError, match="another run is using it"):
        run(second)

    assert run(second) == ["0", "1", "2", "3", "4"]


def test_what_another_run_did_after_the_file_was_read_is_not_done_again(tmp_path: Path) -> None:
    file = tmp_path / "p.json"
    late = Progress.of(file, BUCKET)
    run(Progress.of(file, BUCKET))

    assert run(late) == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param("not json", "cannot be read", id="no JSON"),
        pytest.param("[]", "no progress of a replay", id="a list"),
        pytest.param('{"version": 3, "bucket": "shop-failures"}\n', "no progress", id="a version to come"),
        pytest.param('{"version": true, "bucket": "shop-failures"}\n', "no progress", id="no version"),
        pytest.param('{"version": 1, "bucket": "shop-failures", "objects": {"a": 1}}', "no progress", id="no states"),
        pytest.param('{"version": 1, "bucket": "shop-failures"}', "no progress", id="no objects"),
        pytest.param('{"version": 1, "bucket": "theirs", "objects": {}}', "of the bucket theirs", id="another bucket"),
        pytest.param('{"version": 2, "bucket": "shop-failures"}\n{"state": "done"}\n', "no progress", id="no key"),
        pytest.param('{"version": 2, "bucket": "shop-failures"}\n{"key": \n1}\n', "cannot be read", id="a broken line"),
        pytest.param(
            '{"version": 2, "bucket": "shop-failures"}\n{"key": "a", "state": "failed", "left": [{}]}\n',
            "no progress",
            id="names that are none",
        ),
        pytest.param("[" * 100_000, "cannot be read", id="nested too deeply"),
    ],
)
def test_a_progress_file_that_is_none_is_not_overwritten(text: str, why: str, tmp_path: Path) -> None:
    file = tmp_path / "p.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(EsmError, match=why):
        Progress.of(file, BUCKET)
    with pytest.raises(EsmError, match=why):
        run(Progress(file, BUCKET))

    assert file.read_text(encoding="utf-8") == text


def test_a_progress_that_cannot_be_written_stops_before_the_invocation(tmp_path: Path) -> None:
    client = FakeLambda(lambda _: None)
    with pytest.raises(EsmError, match="cannot be written"):
        run(Progress(tmp_path / "none" / "p.json", BUCKET), client)

    assert client.events == []


def test_who_wants_no_file_can_name_the_null_device() -> None:
    assert run(Progress.of(Path(os.devnull), BUCKET)) == run(Progress.of(Path(os.devnull), BUCKET)) == [*"01234"]


def test_a_disk_that_does_not_take_it_stops_before_the_invocation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.EIO, "the disk is broken")

    client = FakeLambda(lambda _: None)
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(EsmError, match="cannot be written: the disk is broken"):
        run(Progress.of(tmp_path / "p.json", BUCKET), client)

    assert client.events == []


def test_a_meter_speaks_now_and_then_and_says_how_long_it_takes() -> None:
    said: list[str] = []
    now = iter(range(100))
    meter = Meter(said.append, every=10, clock=lambda: next(now))
    for done in range(25):
        meter("replayed", done, 60)

    assert said == [
        "9 of 60 objects replayed, 51 s to go at this pace",
        "19 of 60 objects replayed, 41 s to go at this pace",
    ]


def test_a_meter_that_nobody_hears_says_nothing_and_one_without_a_total_only_counts() -> None:
    said: list[str] = []
    Meter()("listed", 1)
    Meter(said.append, every=0)("listed", 7)

    assert said == ["7 objects listed"]
