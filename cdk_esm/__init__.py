"""Lambda event source mappings for AWS CDK in Python, right in production by default.

A construct per source (``SqsToLambda``, …) makes the whole bundle: source, function, mapping, role, failure path and
alarms. Behind them is one pure model of a mapping, the ``MappingPlan``, on which ``check`` runs the rules, for our
constructs and for any CloudFormation template. ``python -m cdk_esm`` is the command line.

``cdk_esm.filters`` reads, checks and tries filter patterns. ``simulate`` shows what a mapping does with records and a
handler, and ``cdk_esm.events`` has sample events of every source.

Importing this package starts nothing: the constructs, and with them aws_cdk and its Node process, load on first use,
and so do the filters and the simulator.
"""

import importlib
from typing import TYPE_CHECKING

from cdk_esm.errors import EsmError, EsmTypeError, FilterPatternError, InvalidMappingError, TemplateError
from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.engine import check
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.sources import SOURCES

if TYPE_CHECKING:
    from cdk_esm import filters
    from cdk_esm.constructs import (
        ActiveMqToLambda,
        Alarms,
        ClusterConnection,
        Defaults,
        DocumentDbToLambda,
        DynamoDbToLambda,
        Imported,
        KafkaAuthentication,
        KinesisToLambda,
        MappingDashboard,
        MappingValidation,
        MskAuthentication,
        MskToLambda,
        NewAlias,
        NewBucket,
        NewFunction,
        NewQueue,
        NewStream,
        NewTable,
        NoDeadLetterQueue,
        OnFailure,
        ProvisionedPollers,
        PublicEndpoint,
        RabbitMqToLambda,
        ScaledConcurrency,
        SchemaRegistry,
        SecretArn,
        SelfManagedKafkaToLambda,
        ServiceGroup,
        SqsFifoToLambda,
        SqsToLambda,
        VpcAccess,
        allow_pollers,
        summary,
    )
    from cdk_esm.simulator import Arrivals, Backoff, Change, Record, Spread, Trace, events, simulate
    from cdk_esm.template.read import read_assembly, read_template

__all__ = [
    "SOURCES",
    "UNKNOWN",
    "UNRESOLVED",
    "ActiveMqToLambda",
    "Alarms",
    "Arrivals",
    "Backoff",
    "Change",
    "ClusterConnection",
    "Defaults",
    "DocumentDbToLambda",
    "DynamoDbToLambda",
    "EsmError",
    "EsmTypeError",
    "FilterPatternError",
    "Finding",
    "Imported",
    "InvalidMappingError",
    "KafkaAuthentication",
    "KinesisToLambda",
    "MappingDashboard",
    "MappingPlan",
    "MappingValidation",
    "MskAuthentication",
    "MskToLambda",
    "NewAlias",
    "NewBucket",
    "NewFunction",
    "NewQueue",
    "NewStream",
    "NewTable",
    "NoDeadLetterQueue",
    "OnFailure",
    "ProvisionedPollers",
    "PublicEndpoint",
    "RabbitMqToLambda",
    "Record",
    "Rule",
    "ScaledConcurrency",
    "SchemaRegistry",
    "SecretArn",
    "SelfManagedKafkaToLambda",
    "ServiceGroup",
    "Severity",
    "Spread",
    "SqsFifoToLambda",
    "SqsToLambda",
    "TemplateError",
    "Trace",
    "VpcAccess",
    "allow_pollers",
    "check",
    "events",
    "filters",
    "read_assembly",
    "read_template",
    "simulate",
    "summary",
]

_HOMES = {
    "read_assembly": "cdk_esm.template.read",
    "read_template": "cdk_esm.template.read",
    **dict.fromkeys(
        ("Arrivals", "Backoff", "Change", "Record", "Spread", "Trace", "events", "simulate"), "cdk_esm.simulator"
    ),
}

# Type checkers read the imports above: were they to see this function, they would take every typo for an object.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Load a public name on first use: from the filters, the reader, the simulator, or the constructs."""
        if name == "filters":
            return importlib.import_module("cdk_esm.filters")
        if name in __all__:
            value = getattr(importlib.import_module(_HOMES.get(name, "cdk_esm.constructs")), name)
            globals()[name] = value
            return value
        message = f"module {__name__!r} has no attribute {name!r}"
        if not name.startswith("_"):
            close = importlib.import_module("difflib").get_close_matches(name, __all__, n=1)
            message += f"; did you mean {close[0]}?" if close else ""
        raise AttributeError(message)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
