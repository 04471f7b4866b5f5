"""The CDK app: one stack per part of the shop."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import aws_cdk as cdk

from sample_app.bank.stack import BankStack
from sample_app.clicks.stack import ClicksStack
from sample_app.erp.stack import ErpStack
from sample_app.orders.stack import OrdersStack
from sample_app.partners.stack import PartnersStack
from sample_app.payments.stack import PaymentsStack
from sample_app.products.stack import ProductsStack
from sample_app.reviews.stack import ReviewsStack


def build_app(context: Mapping[str, Any] | None = None, outdir: str | None = None) -> cdk.App:
    """Build the app, not yet synthesized.

    Args:
        context: the context of cdk.json; none by default, so all feature flags are off.
        outdir: the folder of the cloud assembly; by default the one that the CDK CLI asks for, or a temporary one.
    """
    app = cdk.App(context=context, outdir=outdir)
    OrdersStack(app, "ShopOrders")
    PaymentsStack(app, "ShopPayments")
    ClicksStack(app, "ShopClicks")
    ProductsStack(app, "ShopProducts")
    ErpStack(app, "ShopErp")
    ReviewsStack(app, "ShopReviews")
    PartnersStack(app, "ShopPartners")
    BankStack(app, "ShopBank")
    return app
