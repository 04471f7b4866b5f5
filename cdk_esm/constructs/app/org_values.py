"""What an organization chose for the constructs below one scope, and how the choices of several scopes combine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_logs as logs


@dataclass(frozen=True, kw_only=True)
class OrgValues:
    """The defaults of one scope, which ``Defaults.set`` documents. What it says nothing of is ``None``."""

    notify: Any = None
    log_retention: logs.RetentionDays | None = None
    removal_policy: cdk.RemovalPolicy | None = None
    encryption_key: Any = None
    visibility_timeout_factor: int | None = None
    tags: Mapping[str, str] | bool | None = None

    def over(self, outer: OrgValues) -> OrgValues:
        """These values over those of a scope further out: the inner one wins, value by value, and tags by their key."""
        said = {one.name: getattr(self, one.name) for one in fields(self)}
        merged = {name: getattr(outer, name) if value is None else value for name, value in said.items()}
        if isinstance(self.tags, Mapping) and isinstance(outer.tags, Mapping):
            merged["tags"] = {**outer.tags, **self.tags}
        return OrgValues(**merged)
