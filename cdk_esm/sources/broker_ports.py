"""The ports of brokers and clusters, on which pollers have to be let in.

A poller enters the network of its source with the security groups of the source, so that a group has to let in on the
port of the source: addresses, or the group itself. Read on 2026-11-28 in stored copies of the Lambda developer guide
(with-msk-cluster-network, msk-cluster-auth, process-mq-messages-with-lambda, with-documentdb) and of the MSK developer
guide (port-info). The Lambda guide leaves out the port without encryption; the MSK guide has it.
"""

from collections.abc import Mapping
from typing import Final

from cdk_esm.facts import Figure
from cdk_esm.sources import pages

MSK_PLAIN: Final = Figure(9092, "port of Amazon MSK without encryption", pages.MSK_PORTS)
MSK_TLS: Final = Figure(9094, "port of Amazon MSK with TLS", pages.MSK_PORTS)
MSK_SCRAM: Final = Figure(9096, "port of Amazon MSK for SASL/SCRAM", pages.MSK_PORTS)
MSK_IAM: Final = Figure(9098, "port of Amazon MSK for IAM", pages.MSK_PORTS)
ACTIVEMQ: Final = Figure(61617, "port of ActiveMQ", pages.MQ_PROCESS)
RABBITMQ: Final = Figure(5671, "port of RabbitMQ", pages.MQ_PROCESS)
DOCUMENTDB: Final = Figure(27017, "port of Amazon DocumentDB, unless the cluster has another", pages.DOCUMENTDB)
HTTPS: Final = Figure(443, "port of Lambda, AWS STS and AWS Secrets Manager", pages.MSK_NETWORK)

OF_MSK: Final = (MSK_PLAIN.value, MSK_TLS.value, MSK_SCRAM.value, MSK_IAM.value)
"""The ports of a provisioned cluster, by the way to sign in."""
OF_WAY: Final[Mapping[str, tuple[int, ...]]] = {
    "Iam": (MSK_IAM.value,),
    "Scram": (MSK_SCRAM.value,),
    "Tls": (MSK_TLS.value,),
    "Unauthenticated": (MSK_PLAIN.value, MSK_TLS.value),
}
"""The ports that one way to sign in leads to, of which one is enough; the words are those of a cluster.

A mapping with a secret goes by what its secret is for. Without one it takes IAM if the cluster has it, or else TLS, or
else no encryption, and it never tries another one after that (msk-cluster-auth).
"""
