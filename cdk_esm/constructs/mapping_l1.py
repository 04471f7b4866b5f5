"""The mapping itself: settings as the L1 takes them."""

from __future__ import annotations

from typing import Any, Final

import aws_cdk as cdk
from aws_cdk import aws_lambda as lambda_

from cdk_esm.constructs.common_keywords import CommonKeywords, pattern_text
from cdk_esm.constructs.queue_keywords import QueueKeywords
from cdk_esm.plan import MappingPlan

_L1: Final = lambda_.CfnEventSourceMapping


def common_l1(given: CommonKeywords, plan: MappingPlan) -> dict[str, Any]:
    """The settings that every source has: as the user gave them, because a plan keeps no tokens."""
    settings, window, key = plan.settings, given.max_batching_window, given.filter_encryption
    patterns = [_L1.FilterProperty(pattern=pattern_text(given_one)) for given_one in given.filters or ()]
    return {
        "batch_size": given.batch_size,
        "maximum_batching_window_in_seconds": None if window is None else window.to_seconds(),
        "function_response_types": settings["FunctionResponseTypes"] or None,
        "enabled": given.enabled,
        "filter_criteria": _L1.FilterCriteriaProperty(filters=patterns) if patterns else None,
        "kms_key_arn": None if key is None else key.key_arn,
        "metrics_config": _L1.MetricsConfigProperty(metrics=settings["MetricsConfig"]["Metrics"])
        if "MetricsConfig" in settings
        else None,
        "tags": [cdk.CfnTag(key=name, value=value) for name, value in given.tags.items()] if given.tags else None,
    }


def queue_l1(given: QueueKeywords) -> dict[str, Any]:
    """The settings that only SQS has."""
    pollers, most = given.provisioned_poller_config, given.max_concurrency
    return {
        "scaling_config": None if most is None else _L1.ScalingConfigProperty(maximum_concurrency=most),
        "provisioned_poller_config": None
        if pollers is None
        else _L1.ProvisionedPollerConfigProperty(minimum_pollers=pollers.minimum, maximum_pollers=pollers.maximum),
    }
