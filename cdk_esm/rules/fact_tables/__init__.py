"""The facts behind several rules, or behind none: one table a subject. What one new rule needs is written beside it."""
