"""The sample app is an app like any other: the command line finds nothing to mend in it."""

from pathlib import Path

import pytest

from cdk_esm.__main__ import main
from sample_app.app import build_app
from sample_app.context import read_context


def test_nothing_is_found_in_the_sample_app(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build_app(read_context(), outdir=str(tmp_path)).synth()

    assert main(["check", str(tmp_path), "--fail-on", "advice"]) == 0

    said = capsys.readouterr().out
    # What a broker and a document cluster do not offer is acknowledged with what the handlers do instead, and a batch
    # of a FIFO queue with a handler that goes on with other groups.
    assert said.endswith(": nothing to mend; 3 acknowledged\n")
    assert int(said.split()[0]) >= 8
