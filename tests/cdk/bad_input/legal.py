"""The table of what is legal, and so is built without a finding: the other side of the table of bad input."""

from __future__ import annotations

from typing import Final

import pytest

from tests.cdk.bad_input.legal_bundles import LEGAL_BUNDLES
from tests.cdk.bad_input.legal_values import LEGAL_VALUES

TABLE: Final[list[pytest.ParameterSet]] = [*LEGAL_BUNDLES, *LEGAL_VALUES]
