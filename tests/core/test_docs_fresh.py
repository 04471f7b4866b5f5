from pathlib import Path

import pytest

from cdk_esm.report.generate import documents

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("name", documents())
def test_generated_document_is_fresh(name: str) -> None:
    committed = (DOCS / name).read_text(encoding="utf-8")

    assert committed == documents()[name], f"docs/{name} is stale: run `make docs`"
