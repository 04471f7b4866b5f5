"""The stack of reviews: the cluster in which customers' reviews are written, and the function that shows them."""

from __future__ import annotations

from typing import Final

import aws_cdk as cdk
from aws_cdk import CfnOutput, Duration, RemovalPolicy, Stack
from aws_cdk import aws_docdb as docdb
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_kms as kms
from constructs import Construct

import cdk_esm as esm
from sample_app.shared import alarm_topic, new_function, new_table

_DAY: Final = 86_400
_NO_SUCH_LOG: Final = (
    "DocumentDB knows the logs audit and profiler alone; what the rule asks for is events in the first."
)
_ON_CLUSTER: Final = {
    "AwsSolutions-DOC3": "The password is in Secrets Manager, and the rule cannot read the reference in the template.",
    "AwsSolutions-DOC5[LogExport::authenticate]": _NO_SUCH_LOG,
    "AwsSolutions-DOC5[LogExport::createIndex]": _NO_SUCH_LOG,
    "AwsSolutions-DOC5[LogExport::dropCollection]": _NO_SUCH_LOG,
    "AwsSolutions-SMG4": "CDK's rotation is a nested stack from outside of this app: people change the password.",
}
"""What cdk-nag asks of the cluster, with the shop's answers."""


class ReviewsStack(Stack):
    """Reviews are documents; what the shop shows of them is in a table, in the order of their changes.

    A change stream has to be switched on by a command to the database, once, before the first deployment of the
    mapping: ``db.adminCommand({modifyChangeStreams: 1, database: "shop", collection: "reviews", enable: true})``.
    """

    def __init__(self, scope: Construct, construct_id: str) -> None:
        """Build the network, the cluster, the function and the table of what is shown."""
        super().__init__(scope, construct_id)
        cluster = self._cluster(self._network())
        shown = new_table(self, "Shown", "review_id", expiry="expires_at")
        assert cluster.secret is not None

        self.reviews = esm.DocumentDbToLambda(
            self,
            "Reviews",
            cluster=cluster,
            database="shop",
            collection="reviews",
            full_document="UpdateLookup",  # what is shown is the whole review, and not what changed of it
            credentials=cluster.secret,
            function=new_function(self, service="reviews", environment={"SHOWN_TABLE": shown.table_name}),
            alarms=esm.Alarms(notify=[alarm_topic(self)]),
            acknowledge={"ESM333": "a review that cannot be read is not shown; all else is tried until it succeeds"},
        )
        self.reviews.mapping.node.add_dependency(cluster)  # with its instances: before that nobody can sign in

        shown.grant(self.reviews.function, "dynamodb:PutItem")
        CfnOutput(self, "ShownTableName", value=shown.table_name)

    def _network(self) -> ec2.Vpc:
        """Two subnets, with a NAT gateway: the poller works in here, and has to reach Lambda and the secret."""
        vpc = ec2.Vpc(self, "Network", max_azs=2, nat_gateways=1, restrict_default_security_group=False)
        vpc.add_flow_log("FlowLog")
        return vpc

    def _cluster(self, vpc: ec2.Vpc) -> docdb.DatabaseCluster:
        """One instance, encrypted, whose change stream keeps an event for a day."""
        key = kms.Key(self, "Key", enable_key_rotation=True, removal_policy=RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE)
        group = ec2.SecurityGroup(
            self, "ClusterGroup", vpc=vpc, description="The cluster, and the poller that reads it"
        )
        # The poller is in the cluster's own security group, whatever network the function is in.
        group.add_ingress_rule(group, ec2.Port.all_traffic(), "The poller of the mapping")
        cluster = docdb.DatabaseCluster(
            self,
            "Cluster",
            master_user=docdb.Login(username="shop", kms_key=key),
            instance_type=ec2.InstanceType("t4g.medium"),
            vpc=vpc,
            vpc_subnets=ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS),
            security_group=group,
            engine_version="5.0.0",
            port=27_117,
            kms_key=key,
            parameter_group=docdb.ClusterParameterGroup(
                self,
                "Parameters",
                family="docdb5.0",
                parameters={
                    "audit_logs": "enabled",
                    "change_stream_log_retention_duration": str(_DAY),
                    "tls": "enabled",
                },
            ),
            backup=docdb.BackupProps(retention=Duration.days(14)),
            export_audit_logs_to_cloud_watch=True,
            deletion_protection=True,
            removal_policy=RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
        )
        for rule, reason in _ON_CLUSTER.items():
            cdk.Validations.of(cluster).acknowledge(cdk.Acknowledgment(id=f"AwsSolutions::{rule}", reason=reason))
        return cluster
