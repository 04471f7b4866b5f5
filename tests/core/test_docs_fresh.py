from pathlib import Path

import pytest

from tools.generate import documents, main, stale

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("name", documents())
def test_generated_document_is_fresh(name: str) -> None:
    committed = (DOCS / name).read_text(encoding="utf-8")

    assert committed == documents()[name](), f"docs/{name} is stale: run `make docs`"


def test_no_page_is_left_of_a_rule_that_is_gone() -> None:
    assert stale(DOCS) == []


def test_the_generator_writes_every_document_and_removes_what_is_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tools.generate.WITH_CDK", {"reference/cdk.md": lambda: "what Node tells"})
    old = tmp_path / "reference" / "rules" / "ESM999.md"
    old.parent.mkdir(parents=True)
    old.write_text("once a rule")

    main(str(tmp_path))

    written = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert written == {*documents(), "reference/cdk.md"}
