"""How many examples the property tests try: ``pytest --hypothesis-profile=check``, as the Makefile sets it."""

from hypothesis import settings

# No deadline: the first call into jsii takes seconds. And no database: a run depends on the code alone.
settings.register_profile("fast", deadline=None, derandomize=True, database=None, max_examples=25)
settings.register_profile("mutants", deadline=None, derandomize=True, database=None, max_examples=8)
settings.register_profile("check", deadline=None, derandomize=True, database=None, max_examples=200)
settings.register_profile("thorough", deadline=None, derandomize=True, database=None, max_examples=5_000)
