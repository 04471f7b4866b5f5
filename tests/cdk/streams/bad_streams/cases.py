"""The table of bad input around streams: every configuration that must not be built."""

from __future__ import annotations

from typing import Final

from tests.cdk.streams.bad_streams.case import Bad
from tests.cdk.streams.bad_streams.wrong_calls import WRONG_CALLS
from tests.cdk.streams.bad_streams.wrong_failures import WRONG_FAILURES
from tests.cdk.streams.bad_streams.wrong_filters import WRONG_FILTERS
from tests.cdk.streams.bad_streams.wrong_neighbours import WRONG_NEIGHBOURS
from tests.cdk.streams.bad_streams.wrong_settings import WRONG_SETTINGS
from tests.cdk.streams.bad_streams.wrong_slots import WRONG_SLOTS
from tests.cdk.streams.bad_streams.wrong_values import WRONG_VALUES

TABLE: Final = [
    *WRONG_VALUES,
    *WRONG_SLOTS,
    *WRONG_CALLS,
    *WRONG_SETTINGS,
    *WRONG_FAILURES,
    *WRONG_FILTERS,
    *WRONG_NEIGHBOURS,
]


def cases() -> dict[str, Bad]:
    """Every case by its sentence."""
    found: dict[str, Bad] = {}
    for row in TABLE:
        sentence = str(row.id)
        assert sentence not in found, f"two cases are called {sentence}"
        case = row.values[0]
        assert isinstance(case, Bad)
        found[sentence] = case
    return found
