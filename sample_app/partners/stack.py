"""The stack of partners: a topic that they write their stock to, the function that keeps it, and where it is kept."""

from __future__ import annotations

from typing import Final

from aws_cdk import Stack
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_msk as msk
from constructs import Construct

import cdk_esm as esm
from sample_app.network import shop_network
from sample_app.shared import alarm_topic, new_function, new_table

TOPIC: Final = "partner-stock"
_IAM_PORT: Final = 9098  # where brokers of Amazon MSK listen to clients that sign in with IAM


class PartnersStack(Stack):
    """Partners write what they have in stock; the newest count of each article is kept."""

    def __init__(self, scope: Construct, construct_id: str) -> None:
        """Build the cluster, the function and the table of stock."""
        super().__init__(scope, construct_id)
        stock = new_table(self, "Stock", "partner_id", sort_key="sku")
        network = shop_network(self)
        group = ec2.SecurityGroup(self, "Brokers", vpc=network, allow_all_outbound=False)
        esm.allow_pollers(group, port=_IAM_PORT)
        cluster = msk.CfnServerlessCluster(
            self,
            "Cluster",
            cluster_name="partners",
            client_authentication=msk.CfnServerlessCluster.ClientAuthenticationProperty(
                sasl=msk.CfnServerlessCluster.SaslProperty(iam=msk.CfnServerlessCluster.IamProperty(enabled=True))
            ),
            vpc_configs=[
                msk.CfnServerlessCluster.VpcConfigProperty(
                    subnet_ids=[subnet.subnet_id for subnet in network.private_subnets],
                    security_groups=[group.security_group_id],
                )
            ],
        )

        self.feed = esm.MskToLambda(
            self,
            "Feed",
            cluster=cluster,
            topic=TOPIC,
            authentication=esm.MskAuthentication.iam(),
            # A count that is older than the one that is kept changes nothing, so all of them may come again.
            starting_position=lambda_.StartingPosition.TRIM_HORIZON,
            # With their own pollers, only the counts that failed come again, and the network needs no way to Lambda.
            provisioned_poller_config=esm.ProvisionedPollers(1, 4),
            function=new_function(self, service="partners", environment={"STOCK_TABLE": stock.table_name}),
            # A partner sends about a hundred counts a minute: this is ten minutes of one of them.
            alarms=esm.Alarms(notify=[alarm_topic(self)], thresholds={"offset_lag": 1_000}),
        )

        esm.MappingDashboard(self, "Dashboard", mappings=[self.feed])

        stock.grant(self.feed.function, "dynamodb:PutItem")
