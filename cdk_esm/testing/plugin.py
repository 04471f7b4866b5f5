"""The pytest plugin: the fixture ``esm_simulated`` runs a handler against a mapping of a stack.

>>> def test_orders(esm_simulated):
...     trace = esm_simulated("cdk.out", "Orders", handler, ['{"order_id": "O-1"}'])
...     assert_nothing_lost(trace)
"""

from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.fixture(scope="session")
def esm_simulated() -> Callable[..., object]:
    """``cdk_esm.testing.simulated``: ``(where, name, handler, records, **options)`` to the trace of a run."""
    from cdk_esm.testing.mappings import simulated  # noqa: PLC0415 - pytest loads every plugin, wanted or not

    return simulated
