"""What the constructs of one app remember of each other: their plans, and what is made only once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_s3 as s3
from constructs import IConstruct

from cdk_esm.constructs.nag import Settlement
from cdk_esm.plan import MappingPlan


@dataclass(eq=False)
class AppMemory:
    """What the constructs of one app share: their plans for the whole-app check, and what is made once only.

    Args:
        plans: a function per construct that returns its plan as it stands when the app is synthesized.
        watched_functions: the alarms that functions already have: by function and alarm key, the derived threshold.
        nag: what is to be acknowledged towards cdk-nag.
        buckets: the bucket for failed records of each stack, by stack path.
        consumers: the enhanced fan-out consumers that are made in a stack, by stack path and stream.
        assets: code by stack path and folder: a folder that several functions of a stack use is staged once.
    """

    plans: list[Callable[[], MappingPlan]] = field(default_factory=list)
    watched_functions: dict[tuple[str, str], float] = field(default_factory=dict)
    nag: Settlement = field(default_factory=Settlement)
    buckets: dict[str, s3.Bucket] = field(default_factory=dict)
    consumers: dict[tuple[str, str], list[IConstruct]] = field(default_factory=dict)
    assets: dict[tuple[str, str], lambda_.Code] = field(default_factory=dict)
