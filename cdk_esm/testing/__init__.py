"""Help for tests: plans to start from, for those who write rules and for those who use them."""
