"""The stack of clicks: a stream with its own consumer, the function that makes sessions, and where they are."""

from __future__ import annotations

from aws_cdk import CfnOutput, Duration, Stack
from constructs import Construct

import cdk_esm as esm
from sample_app.shared import alarm_topic, new_function, new_table


class ClicksStack(Stack):
    """Clicks run through a stream, by visitor; each is in one session, however often it is delivered."""

    def __init__(self, scope: Construct, construct_id: str) -> None:
        """Build the stream, its consumer, the function and the table of sessions."""
        super().__init__(scope, construct_id)
        sessions = new_table(self, "Sessions", "visitor_id", sort_key="entry", expiry="expires_at")

        self.clicks = esm.KinesisToLambda(
            self,
            "Clicks",
            function=new_function(self, service="clicks", environment={"SESSION_TABLE": sessions.table_name}),
            enhanced_fan_out=True,  # others read the stream too, and none of them takes this one's throughput
            max_batching_window=Duration.seconds(5),  # nobody waits for a session, and few full batches cost less
            alarms=esm.Alarms(notify=[alarm_topic(self)]),
        )

        sessions.grant(self.clicks.function, "dynamodb:Query", "dynamodb:PutItem", "dynamodb:DeleteItem")
        CfnOutput(self, "ClickStreamName", value=self.clicks.stream.stream_name)
