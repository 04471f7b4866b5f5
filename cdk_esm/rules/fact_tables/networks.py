"""What the networks of brokers and clusters have to let through."""

from __future__ import annotations

from typing import Final

from cdk_esm.rules.fact import Fact
from cdk_esm.sources import pages
from cdk_esm.sources.broker_ports import HTTPS

FACTS: Final = (
    Fact(
        "NET-1",
        "doc",
        "The security groups of a broker or a cluster let the groups themselves in and out on its port; without "
        f"provisioned pollers they let out on {HTTPS.value}, too.",
        page=pages.MSK_NETWORK,
    ),
)
