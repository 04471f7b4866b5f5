"""The mapping itself: the settings of a checked plan as the L1 takes them, and the consent that its metadata keeps."""

from __future__ import annotations

import json
from typing import Any, Final

import aws_cdk as cdk
from aws_cdk import aws_lambda as lambda_

from cdk_esm.constructs.queue_keywords import QueueKeywords
from cdk_esm.plan import FailurePath, MappingPlan

CONSENTS: Final = ("visibility_timeout_factor", "max_receive_count", "report_batch_item_failures", "grants")


def consents(plan: MappingPlan) -> dict[str, Any]:
    """The choices that are consent, for the mapping's metadata: a check of the template then sees them too."""
    said = {name: plan.choices[name] for name in CONSENTS if isinstance(plan.choices.get(name), int)}
    if isinstance(plan.failure, FailurePath) and plan.failure.reason:
        said["no_dead_letter_queue"] = plan.failure.reason
    return said


def l1_keywords(given: QueueKeywords, plan: MappingPlan) -> dict[str, Any]:
    """The settings as the L1 takes them: as the user gave them, because a plan keeps no tokens."""
    settings, l1 = plan.settings, lambda_.CfnEventSourceMapping
    pollers, window, key = given.provisioned_poller_config, given.max_batching_window, given.filter_encryption
    patterns = [
        l1.FilterProperty(pattern=raw if isinstance(raw, str) else json.dumps(raw, separators=(",", ":")))
        for raw in given.filters or ()
    ]
    keywords = {
        "batch_size": given.batch_size,
        "maximum_batching_window_in_seconds": None if window is None else window.to_seconds(),
        "function_response_types": settings["FunctionResponseTypes"] or None,
        "enabled": given.enabled,
        "scaling_config": None
        if given.max_concurrency is None
        else l1.ScalingConfigProperty(maximum_concurrency=given.max_concurrency),
        "provisioned_poller_config": None
        if pollers is None
        else l1.ProvisionedPollerConfigProperty(minimum_pollers=pollers.minimum, maximum_pollers=pollers.maximum),
        "filter_criteria": l1.FilterCriteriaProperty(filters=patterns) if patterns else None,
        "kms_key_arn": None if key is None else key.key_arn,
        "metrics_config": l1.MetricsConfigProperty(metrics=settings["MetricsConfig"]["Metrics"])
        if "MetricsConfig" in settings
        else None,
        "tags": [cdk.CfnTag(key=name, value=value) for name, value in given.tags.items()] if given.tags else None,
    }
    return {name: value for name, value in keywords.items() if value is not None}
