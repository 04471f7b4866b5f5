"""Settings that several sources share, so that each of their numbers is written once.

Read from the Lambda API reference (CreateEventSourceMapping), the CloudFormation resource schema of
AWS::Lambda::EventSourceMapping and the developer guide's page on filtering on 2026-11-20.
"""

from typing import Final

from cdk_esm.facts import Figure, Form, Setting
from cdk_esm.sources import pages

FUNCTION_NAME: Final = Setting(
    "FunctionName", Form.TEXT, pages.MAPPING_RESOURCE, keyword="function", minimum=1, maximum=140, required=True
)
ENABLED: Final = Setting("Enabled", Form.BOOLEAN, pages.MAPPING_API, keyword="enabled", default=True)
TAGS: Final = Setting("Tags", Form.LIST, pages.MAPPING_RESOURCE, keyword="tags")
FILTER_CRITERIA: Final = Setting("FilterCriteria", Form.RECORD, pages.FILTERS, keyword="filters")
FILTER_KEY_ARN: Final = Setting("KmsKeyArn", Form.TEXT, pages.FILTERS, keyword="filter_encryption")
EVENT_METRICS: Final = Setting(
    "MetricsConfig.Metrics",
    Form.LIST,
    pages.METRICS,
    keyword="metrics_config",
    choices=("EventCount",),
    in_python="lambda_.MetricsConfig(metrics=[lambda_.MetricType.{}])",
)
METRICS_CONFIG: Final = Setting("MetricsConfig", Form.RECORD, pages.METRICS, keyword="metrics_config")
PARTIAL_BATCH_RESPONSE: Final = Setting(
    "FunctionResponseTypes",
    Form.LIST,
    pages.MAPPING_API,
    keyword="report_batch_item_failures",
    default=(),
    choices=("ReportBatchItemFailures",),
)

FILTERS_QUOTA: Final = Figure(5, "filters of one mapping, unless AWS raises the quota", pages.FILTERS)
INNER_KEYS: Final = {"FilterCriteria": ("Filters",), "FilterCriteria.Filters": ("Pattern",)}
"""The keys of records without ranges."""
FILTERS_LIMIT: Final = Figure(10, "filters of one mapping, at most, after a raise", pages.FILTERS)
NUMBER_LIMIT: Final = Figure(
    5_000_000_000, "greatest number that a numeric condition compares, in both directions", pages.EVENTBRIDGE_FILTERS
)
NUMBER_DIGITS: Final = Figure(6, "digits after the point that a numeric condition compares", pages.EVENTBRIDGE_FILTERS)
WILDCARD_BEGINNINGS: Final = Figure(
    10,
    "beginnings of the wildcards on one field that a text matches at once, as far as seen",
    pages.EVENTBRIDGE_FILTERS,
)
PATTERN_CHARACTERS: Final = Figure(4096, "characters of one filter pattern", pages.MAPPING_API)
TAG_KEY_CHARACTERS: Final = Figure(128, "characters of a tag's key", pages.MAPPING_RESOURCE)
TAG_VALUE_CHARACTERS: Final = Figure(256, "characters of a tag's value", pages.MAPPING_RESOURCE)
