"""Clicks: what visitors look at, grouped into visits."""
