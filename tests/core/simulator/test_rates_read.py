"""Rates and durations as the command line takes them."""

import pytest

from cdk_esm.cli.common_inputs import rate, seconds
from cdk_esm.errors import EsmError


@pytest.mark.parametrize(
    ("text", "value"),
    [("80ms", 0.08), ("2s", 2), ("15min", 900), ("2h", 7200), ("1d", 86_400), ("3", 3), ("1.5s", 1.5)],
)
def test_durations_are_read(text: str, value: float) -> None:
    assert seconds(text) == value


@pytest.mark.parametrize(("text", "value"), [("500/s", 500), ("20k/s", 20_000), ("1M/s", 1_000_000), ("30/min", 0.5)])
def test_rates_are_read(text: str, value: float) -> None:
    assert rate(text) == value


@pytest.mark.parametrize("text", ["0/s", "-1/s", "1/week", ""])
def test_no_rate_is_refused(text: str) -> None:
    with pytest.raises(EsmError, match="is no rate"):
        rate(text)
