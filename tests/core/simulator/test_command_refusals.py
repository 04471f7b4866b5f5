"""What ``cdk-esm simulate`` and ``cdk-esm capacity`` say of arguments with which they can do nothing."""

import json
from pathlib import Path

import pytest

from cdk_esm.__main__ import main
from cdk_esm.testing.templates import without_fault


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shop.json").write_text(json.dumps(without_fault()), encoding="utf-8")
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = main(words)
    printed = capsys.readouterr()
    return status, printed.out, printed.err


SIMULATE = ("simulate", "shop.json", "--mapping", "Orders", "--rate", "5/s")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("sweep", [(), ("--sweep", "batch_size=1,5")])
@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("nowhere/page.html", "there is no folder nowhere; make it first, or name another file"),
        (".", "there is a folder, which --html does not write over"),
        ("shop.json", "there is something else than a page, which --html does not write over"),
    ],
)
def test_a_page_that_cannot_be_written_is_told_before_the_run(
    file: str, said: str, sweep: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    before = Path("shop.json").read_text(encoding="utf-8")
    status, out, err = run(capsys, *SIMULATE, *sweep, "--html", file)

    assert (status, out) == (2, "")
    assert f"--html {file}: {said}" in err
    assert "Errno" not in err
    assert Path("shop.json").read_text(encoding="utf-8") == before


@pytest.mark.usefixtures("folder")
def test_a_page_is_written_over_a_page_and_over_an_empty_file(capsys: pytest.CaptureFixture[str]) -> None:
    Path("trace.html").touch()
    for _ in range(2):
        assert run(capsys, *SIMULATE, "--html", "trace.html")[0] == 0
        assert "<!doctype html>" in Path("trace.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--records", "none.jsonl"), "none.jsonl: No such file or directory; name a file with a record on each line"),
        (("--records", "bad.jsonl"), "bad.jsonl, line 2: at of a record is a number of seconds, got 'x'"),
        (("--rate", "5/s", "--lines", "-1"), "--lines is a whole number, 0 or more, got -1"),
        (("--rate", "5/s", "--assume", "VisibilityTimeout=abc"), "VisibilityTimeout is a number of seconds"),
    ],
)
def test_arguments_that_make_no_sense_are_told_by_their_place(
    words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("bad.jsonl").write_text('"a"\n{"payload": 1, "at": "x"}\n', encoding="utf-8")
    status, _, err = run(capsys, "simulate", "shop.json", "--mapping", "Orders", *words)

    assert status == 2
    assert said in err


@pytest.mark.usefixtures("folder")
def test_capacity_of_records_without_a_size_is_refused_and_one_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("capacity", "shop.json", "--mapping", "Orders", "--rate", "5/s", "--duration", "80ms")
    status, _, err = run(capsys, *words, "--record-bytes", "0")

    assert status == 2
    assert "record_bytes is a whole number, 1 or more, got 0" in err
    assert "needed: a concurrency of 1, 1 poller;" in run(capsys, *words)[1]
