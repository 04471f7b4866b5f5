"""IP addresses as the filter engine reads them: leading zeros count for nothing, and no name is looked up."""

from __future__ import annotations

import ipaddress
import re
from typing import Final

_V4: Final = re.compile(r"\d{1,9}\.\d{1,9}\.\d{1,9}\.\d{1,9}", re.ASCII)
_V6: Final = re.compile(r"[0-9a-fA-F:]*")
_OCTET: Final = 255
_BITS: Final = re.compile(r"\d{1,3}", re.ASCII)


def read_address(text: str) -> tuple[int, int] | None:
    """Read an address as its width in bits and its number; ``None`` if the text is none."""
    if _V4.fullmatch(text):
        parts = [int(part) for part in text.split(".")]
        return (32, int.from_bytes(bytes(parts), "big")) if max(parts) <= _OCTET else None
    if not _V6.fullmatch(text):
        return None
    try:
        return 128, int(ipaddress.IPv6Address(text))
    except ValueError:
        return None


def read_network(text: str) -> tuple[int, int, int] | None:
    """Read a CIDR block as its width in bits, its lowest address and its highest; ``None`` if the text is none."""
    address, _, bits = text.partition("/")
    found = read_address(address)
    if found is None or not _BITS.fullmatch(bits):
        return None
    width, number = found
    free = width - int(bits)
    if free < 0:
        return None
    lowest = number >> free << free
    return width, lowest, lowest | ((1 << free) - 1)
