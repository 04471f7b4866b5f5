"""Judging whatever the user has: inputs, the judgement with its baseline, and the formats that it is told in."""
