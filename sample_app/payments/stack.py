"""The stack of payments: a FIFO queue, the function that books payments, and the ledger."""

from __future__ import annotations

from aws_cdk import CfnOutput, Stack
from constructs import Construct

import cdk_esm as esm
from sample_app.shared import alarm_topic, new_function, new_table


class PaymentsStack(Stack):
    """Payments wait in a FIFO queue, a message group per customer; each is booked once and in its order."""

    def __init__(self, scope: Construct, construct_id: str) -> None:
        """Build the queue, the function and the ledger."""
        super().__init__(scope, construct_id)
        ledger = new_table(self, "Ledger", "customer_id", sort_key="entry")
        alarms = esm.Alarms(notify=[alarm_topic(self)])

        self.payments = esm.SqsFifoToLambda(
            self,
            "Payments",
            function=new_function(self, service="payments", environment={"LEDGER_TABLE": ledger.table_name}),
            batch_size=10,
            acknowledge={"ESM362": "the handler goes on with the payments of other customers, see its processor"},
            alarms=alarms,
        )
        # A refund at a time, which is the default: refunds are few, and none of them waits for another customer's.
        self.refunds = esm.SqsFifoToLambda(self, "Refunds", function=self.payments.function, alarms=alarms)

        ledger.grant(self.payments.function, "dynamodb:PutItem", "dynamodb:UpdateItem")
        CfnOutput(self, "PaymentQueueUrl", value=self.payments.queue.queue_url)
