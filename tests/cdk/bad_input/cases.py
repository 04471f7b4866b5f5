"""The table of bad input: every configuration that must not be built."""

from __future__ import annotations

from typing import Final

import pytest

from tests.cdk.bad_input.case import Bad
from tests.cdk.bad_input.wrong_calls import WRONG_CALLS
from tests.cdk.bad_input.wrong_combinations import WRONG_COMBINATIONS
from tests.cdk.bad_input.wrong_filters import WRONG_FILTERS
from tests.cdk.bad_input.wrong_neighbours import WRONG_NEIGHBOURS
from tests.cdk.bad_input.wrong_numbers import WRONG_NUMBERS
from tests.cdk.bad_input.wrong_records import WRONG_RECORDS
from tests.cdk.bad_input.wrong_resources import WRONG_RESOURCES
from tests.cdk.bad_input.wrong_types import WRONG_TYPES

TABLE: Final[list[pytest.ParameterSet]] = [
    *WRONG_TYPES,
    *WRONG_RESOURCES,
    *WRONG_RECORDS,
    *WRONG_CALLS,
    *WRONG_NUMBERS,
    *WRONG_COMBINATIONS,
    *WRONG_NEIGHBOURS,
    *WRONG_FILTERS,
]


def cases() -> dict[str, Bad]:
    """Every case by its sentence."""
    found: dict[str, Bad] = {}
    for row in TABLE:
        sentence, [case] = str(row.id), row.values
        assert isinstance(case, Bad)
        assert sentence not in found, f"two cases are called {sentence}"
        found[sentence] = case
    return found
