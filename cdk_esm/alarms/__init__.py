"""Alarms as data: recipes, and which of them a mapping wants."""
