"""Filters that are no patterns, that never match, or that are too many or too long."""

from __future__ import annotations

import math
from typing import Any

import pytest
from aws_cdk import aws_lambda as lambda_

import cdk_esm as esm
from tests.cdk.bad_input.bench import Built
from tests.cdk.bad_input.case import invalid

FIFO = esm.SqsFifoToLambda
PAID = {"body": {"type": ["paid"]}}


def _filters(sentence: str, rule: str, *filters: Any, construct: Built = esm.SqsToLambda) -> pytest.ParameterSet:
    return invalid(sentence, (rule, "FilterCriteria"), construct=construct, filters=list(filters))


SHAPE = [
    _filters("a-filter-that-is-not-json", "ESM501", "body.type = 'paid'"),
    _filters("a-filter-that-is-half-of-a-json", "ESM501", '{"body": {"type": ["paid"]}'),
    _filters("an-empty-filter-text", "ESM501", ""),
    _filters("a-blank-filter-text", "ESM501", "  "),
    _filters("a-filter-that-is-a-json-list", "ESM501", '[{"body": {"type": ["paid"]}}]'),
    _filters("a-filter-that-is-a-json-number", "ESM501", "5"),
    _filters("a-filter-with-nothing-in-it", "ESM501", {}),
    _filters("a-filter-text-with-nothing-in-it", "ESM501", "{}"),
    _filters("a-leaf-that-is-no-list", "ESM501", {"body": {"type": "paid"}}),
    _filters("a-leaf-that-is-a-number", "ESM501", {"body": {"total": 100}}),
    _filters("a-leaf-that-is-null", "ESM501", {"body": {"type": None}}),
    _filters("a-leaf-that-is-an-empty-list", "ESM501", {"body": {"type": []}}),
    _filters("a-body-that-is-no-list-and-no-object", "ESM501", {"body": "paid"}),
    _filters("a-body-with-nothing-in-it", "ESM501", {"body": {}}),
    _filters("a-leaf-that-is-no-number-that-json-has", "ESM501", {"body": {"total": [math.nan]}}),
    _filters("a-bad-filter-behind-a-good-one", "ESM501", PAID, {"body": {"type": "paid"}}),
    _filters("a-fifo-leaf-that-is-no-list", "ESM501", {"body": {"type": "paid"}}, construct=FIFO),
]

ROOT = [
    _filters("a-pattern-without-the-body", "ESM502", {"type": ["paid"]}),
    _filters("a-pattern-on-the-body-of-sns", "ESM502", {"Message": {"type": ["paid"]}}),
    _filters("a-pattern-on-a-misspelt-body", "ESM502", {"Body": {"type": ["paid"]}}),
    _filters("a-pattern-on-the-data-of-a-stream", "ESM502", {"data": {"type": ["paid"]}}),
    _filters("a-pattern-on-attributes", "ESM502", {"body": {"type": ["paid"]}, "messageAttributes": {"tenant": ["a"]}}),
    _filters("a-pattern-text-without-the-body", "ESM502", '{"type": ["paid"]}'),
    _filters("a-wrong-root-among-alternatives", "ESM502", {"$or": [{"body": {"a": ["b"]}}, {"boby": {"a": ["c"]}}]}),
    _filters("a-fifo-pattern-without-the-body", "ESM502", {"type": ["paid"]}, construct=FIFO),
]

NUMBER = [
    _filters("six-filters", "ESM503", *[PAID] * 6),
    _filters("ten-filters", "ESM503", *[PAID] * 10),
    _filters("eleven-filters", "ESM504", *[PAID] * 11),
    _filters("twenty-fifo-filters", "ESM504", *[PAID] * 20, construct=FIFO),
    _filters("a-filter-of-too-many-characters", "ESM505", {"body": {"type": ["p" * 4_080]}}),
    _filters("a-filter-text-of-too-many-characters", "ESM505", '{"body": {"type": ["paid"]}}' + " " * 4_069),
    invalid(
        "six-filters-one-of-them-bad-and-one-too-long",
        ("ESM501", "FilterCriteria"),
        ("ESM503", "FilterCriteria"),
        ("ESM505", "FilterCriteria"),
        filters=[*[PAID] * 4, {"body": {"type": "paid"}}, {"body": {"type": ["p" * 4_080]}}],
    ),
]

METRICS = [
    invalid(
        "the-metric-of-another-source",
        ("ESM103", "MetricsConfig.Metrics"),
        metrics_config=lambda _: lambda_.MetricsConfig(metrics=[lambda_.MetricType.ERROR_COUNT]),
    ),
    invalid(
        "the-metric-of-another-source-beside-a-right-one",
        ("ESM103", "MetricsConfig.Metrics"),
        construct=FIFO,
        metrics_config=lambda _: lambda_.MetricsConfig(
            metrics=[lambda_.MetricType.EVENT_COUNT, lambda_.MetricType.KAFKA_METRICS]
        ),
    ),
]

WRONG_FILTERS = [*SHAPE, *ROOT, *NUMBER, *METRICS]
