"""The corpus is built once for all of its tests."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.cdk.corpus.bench import HANDLER
from tests.cdk.corpus.variant import Made, build
from tests.cdk.corpus.variants import VARIANTS


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Made]:
    """What became of every variant."""
    code = tmp_path_factory.mktemp("corpus-handler")
    (code / "app.py").write_text(HANDLER, encoding="utf-8", newline="\n")
    return {name: build(one, code, tmp_path_factory.mktemp("corpus")) for name, one in VARIANTS.items()}
