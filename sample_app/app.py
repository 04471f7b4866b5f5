"""The CDK app: one stack per part of the shop."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import aws_cdk as cdk

import cdk_esm as esm
from sample_app.orders.stack import OrdersStack
from sample_app.payments.stack import PaymentsStack


def build_app(context: Mapping[str, Any] | None = None, outdir: str | None = None) -> cdk.App:
    """Build the app, not yet synthesized.

    Args:
        context: the context of cdk.json; none by default, so all feature flags are off.
        outdir: the folder of the cloud assembly; by default the one that the CDK CLI asks for, or a temporary one.
    """
    app = cdk.App(context=context, outdir=outdir)
    OrdersStack(app, "ShopOrders")
    PaymentsStack(app, "ShopPayments")
    return app


def mappings(app: cdk.App) -> list[esm.SqsToLambda | esm.SqsFifoToLambda]:
    """All event source mappings of the app, in the order of their definition."""
    return [node for node in app.node.find_all() if isinstance(node, esm.SqsToLambda | esm.SqsFifoToLambda)]
