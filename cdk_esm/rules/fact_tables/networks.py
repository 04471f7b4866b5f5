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
        "The security groups of a broker or a cluster let in on its port, from addresses or from the groups "
        "themselves; its pollers carry these groups.",
        page=pages.MSK_NETWORK,
    ),
    Fact(
        "NET-2",
        "derived",
        "If a security group of pollers limits what goes out, it leads to the port of the brokers and, without "
        f"provisioned pollers, to Lambda and AWS STS on {HTTPS.value}.",
        page=pages.MSK_NETWORK,
    ),
    Fact(
        "NET-3",
        "doc",
        "A mapping on Amazon MSK signs in by what its secret is for, without one by IAM if the cluster has it, else "
        "over TLS, else without encryption, each on its own port.",
        page=pages.MSK_SIGN_IN,
    ),
)
