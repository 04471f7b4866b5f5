"""A sample of the templates that ``make corpus`` looks at, and whether its oracle can find a fault at all."""

import json
from pathlib import Path

import pytest

from benchmarks.thorough import corpus
from cdk_esm.testing.templates import without_fault

FIXTURES = Path(__file__).parents[2] / "fixtures"


def test_sample_of_the_corpus_has_no_traceback_and_no_silence(tmp_path: Path) -> None:
    files = [*corpus.templates_in(FIXTURES), *corpus.write_own(tmp_path, 2)]
    looked = corpus.look(files)

    assert looked.faults == []
    assert looked.templates == len(files)
    assert min(looked.written, looked.mappings) >= 40
    assert set(looked.statuses) == {0, 1}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("Type: AWS::Lambda::EventSourceMapping\n", 1, id="yaml"),
        pytest.param('{"Type":"AWS::Lambda::EventSourceMapping"}', 1, id="json"),
        pytest.param("Type: 'AWS::Lambda::EventSourceMapping'\n" * 2, 2, id="two"),
        pytest.param("Type: AWS::Serverless::Function\nType: SQS\nType: Api\n", 1, id="event of SAM"),
        pytest.param("Type: SQS\n", 0, id="the same word elsewhere"),
        pytest.param("Description: of AWS::Lambda::EventSourceMapping\n", 0, id="named in a text"),
    ],
)
def test_oracle_counts_what_is_written(text: str, count: int) -> None:
    assert corpus.written_mappings(text) == count


def test_silence_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "Shop.json"
    file.write_text(json.dumps(without_fault()))
    monkeypatch.setattr(corpus, "written_mappings", lambda _: 2)

    assert [fault.removeprefix(str(file)) for fault in corpus.look([file]).faults] == [
        ": 2 mappings are written in it, 1 were judged, and none is named"
    ]


def test_traceback_and_an_exit_status_that_is_not_documented_are_faults(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(words: list[str]) -> int:
        raise ValueError(words)

    file = tmp_path / "Shop.json"
    file.write_text(json.dumps(without_fault()))
    monkeypatch.setattr(corpus, "command_line", fails)
    faults = corpus.look([file]).faults

    assert sum("a traceback" in fault for fault in faults) == 5
    assert "exit statuses [-1]" in faults[-1]
