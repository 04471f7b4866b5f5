"""The facts that several rules stand on, or none: one table a subject. What one new rule needs is written beside it."""
