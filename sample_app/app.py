"""The CDK app: one stack per part of the shop."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import aws_cdk as cdk
from constructs import Construct

from sample_app.bank.stack import BankStack
from sample_app.clicks.stack import ClicksStack
from sample_app.erp.stack import ErpStack
from sample_app.orders.stack import OrdersStack
from sample_app.partners.stack import PartnersStack
from sample_app.payments.stack import PaymentsStack
from sample_app.products.stack import ProductsStack
from sample_app.reviews.stack import ReviewsStack

PARTS: Final[Mapping[str, Callable[[Construct, str], cdk.Stack]]] = {
    "ShopOrders": OrdersStack,
    "ShopPayments": PaymentsStack,
    "ShopClicks": ClicksStack,
    "ShopProducts": ProductsStack,
    "ShopErp": ErpStack,
    "ShopReviews": ReviewsStack,
    "ShopPartners": PartnersStack,
    "ShopBank": BankStack,
}
"""The stacks of the shop by their names, in the order in which they are defined."""


def build_app(context: Mapping[str, Any] | None = None, outdir: str | None = None) -> cdk.App:
    """Build the app, not yet synthesized.

    Args:
        context: the context of cdk.json; none by default, so all feature flags are off.
        outdir: the folder of the cloud assembly; by default the one that the CDK CLI asks for, or a temporary one.
    """
    app = cdk.App(context=context, outdir=outdir)
    for name, part in PARTS.items():
        part(app, name)
    return app
