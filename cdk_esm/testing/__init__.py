"""Help for tests.

For those who use the library: ``simulated`` runs a handler against a mapping of a stack, a template or a construct,
``assert_nothing_lost`` and ``assert_no_duplicates_beyond`` judge the trace, and ``check_handler`` says whether a
handler's answers would lose records or loop. The pytest plugin has the first one as the fixture ``esm_simulated``.

For those who write rules: plans and templates to start from.
"""

from cdk_esm.testing.assertions import assert_no_duplicates_beyond, assert_nothing_lost
from cdk_esm.testing.contract import Contract, assert_contract, check_handler
from cdk_esm.testing.mappings import mapping_of, simulated
from cdk_esm.testing.problem import Problem

__all__ = [
    "Contract",
    "Problem",
    "assert_contract",
    "assert_no_duplicates_beyond",
    "assert_nothing_lost",
    "check_handler",
    "mapping_of",
    "simulated",
]
