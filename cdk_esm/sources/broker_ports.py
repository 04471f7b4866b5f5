"""The ports of brokers and clusters, on which pollers have to be let in.

A poller enters the network of its source with the security group of the source, so that the group has to let itself in
on the port, and out to itself; without provisioned pollers, out on 443 to Lambda and AWS STS, too. Read from the Lambda
developer guide (with-msk-cluster-network, process-mq-messages-with-lambda, with-documentdb) on 2026-11-28.
"""

from typing import Final

from cdk_esm.facts import Figure
from cdk_esm.sources import pages

MSK_PLAIN: Final = Figure(9092, "port of Amazon MSK without encryption", pages.MSK_NETWORK)
MSK_TLS: Final = Figure(9094, "port of Amazon MSK with TLS", pages.MSK_NETWORK)
MSK_SCRAM: Final = Figure(9096, "port of Amazon MSK for SASL/SCRAM", pages.MSK_NETWORK)
MSK_IAM: Final = Figure(9098, "port of Amazon MSK for IAM", pages.MSK_NETWORK)
ACTIVEMQ: Final = Figure(61617, "port of ActiveMQ", pages.MQ_PROCESS)
RABBITMQ: Final = Figure(5671, "port of RabbitMQ", pages.MQ_PROCESS)
DOCUMENTDB: Final = Figure(27017, "port of Amazon DocumentDB, unless the cluster has another", pages.DOCUMENTDB)
HTTPS: Final = Figure(443, "port of Lambda, AWS STS and AWS Secrets Manager", pages.MSK_NETWORK)

OF_MSK: Final = (MSK_PLAIN.value, MSK_TLS.value, MSK_SCRAM.value, MSK_IAM.value)
"""The ports of a provisioned cluster, by the way to sign in."""
