"""The stack of the bank: its topic of transfers, on the bank's own cluster, and where transfers are kept."""

from __future__ import annotations

from typing import Final

from aws_cdk import Duration, Stack
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_ssm as ssm
from constructs import Construct

import cdk_esm as esm
from sample_app.network import shop_network
from sample_app.shared import alarm_topic, new_function, new_table

TOPIC: Final = "transfers"
_SCRAM_PORT: Final = 9096
_SERVERS: Final = tuple(f"kafka-{number}.bank.example.com:{_SCRAM_PORT}" for number in (1, 2, 3))


class BankStack(Stack):
    """The bank tells of each transfer to the shop; it is kept once, however often it is told."""

    def __init__(self, scope: Construct, construct_id: str) -> None:
        """Build the function and the table of transfers, and read the bank's topic through the shop's network."""
        super().__init__(scope, construct_id)
        transfers = new_table(self, "Transfers", "transfer_id")
        network = shop_network(self)
        pollers = ec2.SecurityGroup(self, "Pollers", vpc=network, allow_all_outbound=False)
        pollers.add_egress_rule(
            ec2.Peer.ipv4(self._parameter("cidr")), ec2.Port.tcp(_SCRAM_PORT), "Brokers of the bank"
        )
        pollers.add_egress_rule(ec2.Peer.any_ipv4(), ec2.Port.tcp(443), "Lambda, AWS STS and Secrets Manager")

        self.feed = esm.SelfManagedKafkaToLambda(
            self,
            "Feed",
            bootstrap_servers=_SERVERS,
            topic=TOPIC,
            authentication=esm.KafkaAuthentication.scram_512(
                esm.SecretArn(self._parameter("credentials"), encryption_key=self._parameter("credentials-key"))
            ),
            root_certificate=esm.SecretArn(self._parameter("root-certificate")),
            network=esm.VpcAccess(network, network.private_subnets, pollers),
            # A transfer that is kept already changes nothing, and none may be missed.
            starting_position=lambda_.StartingPosition.TRIM_HORIZON,
            max_batching_window=Duration.seconds(5),
            function=new_function(self, service="bank", environment={"TRANSFER_TABLE": transfers.table_name}),
            # More transfers than these in one partition are more than come in an hour.
            alarms=esm.Alarms(notify=[alarm_topic(self)], thresholds={"offset_lag": 500}),
        )

        transfers.grant(self.feed.function, "dynamodb:PutItem")

    def _parameter(self, name: str) -> str:
        """What the people who deal with the bank have put into a parameter."""
        return ssm.StringParameter.value_for_string_parameter(self, f"/shop/bank/{name}")
