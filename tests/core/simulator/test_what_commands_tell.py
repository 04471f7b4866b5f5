"""What ``cdk-esm simulate`` and ``cdk-esm capacity`` say of runs that are long, cut short, slow or unheard."""

import re

import pytest

from cdk_esm.__main__ import main
from tests.core.simulator.test_simulate_command import SIMULATE, folder, run

__all__ = ["folder"]


@pytest.mark.usefixtures("folder")
def test_what_is_left_out_or_does_not_arrive_is_told_in_the_words_of_the_command(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _, out, _ = run(capsys, *SIMULATE, "--lines", "2")
    assert re.search(r"… and \d+ more lines; --lines \d+ has them all", out)
    both, _, err = run(capsys, *SIMULATE, "--rate", "5/s")
    assert (both, err) == (2, "cdk-esm: --records r.jsonl and --rate 5/s exclude each other: leave one of them out\n")

    late = ("simulate", "shop.json", "--rate", "1/h", "--lasting", "20d")
    status, _, err = run(capsys, *late)
    assert status == 0
    assert err == "cdk-esm: the run ended after 14 days, before 143 records arrived; --until sets another end\n"
    assert run(capsys, *late, "--until", "21d")[2] == ""
    assert run(capsys, *late[:-1], "13d")[2] == ""


@pytest.mark.usefixtures("folder")
def test_a_run_needs_no_error_output(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", None)

    assert main(SIMULATE) == 0
    assert "3 records" in capsys.readouterr().out


@pytest.mark.usefixtures("folder")
def test_a_slow_mapping_is_not_told_as_standing_still(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("capacity", "shop.json", "--mapping", "Orders", "--rate", "5/s")
    _, out, _ = run(capsys, *words, "--duration", "100d")
    status, _, err = run(capsys, *words, "--duration", "1s", "--record-bytes", "10000000")

    assert "and 0.0014 records/s can be processed" in out
    assert "at 0.0014 records/s" in out
    assert status == 2
    assert "record_bytes is at most the 6,291,456 that an invocation carries, got 10000000" in err
