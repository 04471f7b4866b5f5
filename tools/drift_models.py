"""Finds the models of AWS that tools of AWS carry, if those are installed."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any


def service_model() -> Mapping[str, Any] | None:
    """The API's service model of Lambda that the installed botocore carries; ``None`` if it is not installed."""
    botocore = data_of("botocore")
    for file in sorted(botocore.glob("lambda/2015-03-31/service-2.json*")) if botocore else ():
        model: Mapping[str, Any] = json.loads(
            gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        )
        return model
    return None


def data_of(package: str) -> Path | None:
    """The folder of data of an installed package; ``None`` if it is not installed."""
    spec = find_spec(package)
    return None if spec is None or spec.origin is None else Path(spec.origin).parent / "data"
