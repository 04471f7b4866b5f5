"""Templates as files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.core.adopt.templates import Resources


@pytest.fixture
def written(tmp_path: Path) -> Any:
    def write(resources: Resources, **more: Any) -> str:
        file = tmp_path / "Shop.template.json"
        file.write_text(json.dumps({"Resources": resources, **more}), encoding="utf-8")
        return str(file)

    return write
