"""An offer: what of a product the shop shows. No AWS in here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any


class InvalidProductError(ValueError):
    """The product cannot be shown as it is; delivering the change again will not change that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A product as customers see it: without what the shop pays for it, and to whom."""

    name: str
    category: str
    currency: str
    price_cents: int

    @classmethod
    def of(cls, product: Mapping[str, Any]) -> Offer | None:
        """What the shop shows of a product; nothing of one that is not for sale.

        Args:
            product: the product's attributes, its numbers as decimals.

        Raises:
            InvalidProductError: an attribute that is needed is missing or of another kind.
        """
        if not _attribute(product, "for_sale", bool):
            return None
        price: Decimal = _attribute(product, "price_cents", Decimal)
        if price < 0 or price != price.to_integral_value():
            raise InvalidProductError(f"price_cents must be a whole number, 0 or more, got {price}")
        return cls(
            name=_text(product, "name"),
            category=_text(product, "category"),
            currency=_text(product, "currency"),
            price_cents=int(price),
        )


def _attribute(product: Mapping[str, Any], name: str, kind: type) -> Any:
    if name not in product:
        raise InvalidProductError(f"{name} is missing")
    if not isinstance(product[name], kind):
        raise InvalidProductError(f"{name} must be {kind.__name__}, got {type(product[name]).__name__}")
    return product[name]


def _text(product: Mapping[str, Any], name: str) -> str:
    value: str = _attribute(product, name, str)
    if not value:
        raise InvalidProductError(f"{name} is empty")
    return value
