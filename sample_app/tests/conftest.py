"""What every test of a handler needs: an environment like the one its stack gives it, and a Lambda context."""

import os

import pytest
from aws_lambda_powertools.utilities.typing import LambdaContext

# Handlers make their AWS clients when they are imported. Nothing here calls AWS; should it, these keys get nowhere.
os.environ |= {
    "AWS_DEFAULT_REGION": "eu-central-1",
    "AWS_ACCESS_KEY_ID": "of-no-account",
    "AWS_SECRET_ACCESS_KEY": "of-no-account",
    "ORDER_TABLE": "orders",
    "ORDER_PLACED_TOPIC": "arn:aws:sns:eu-central-1:123456789012:order-placed",
    "SEEN_TABLE": "seen",
    "LEDGER_TABLE": "ledger",
    "SESSION_TABLE": "sessions",
    "OFFER_TABLE": "offers",
    "STOCK_TABLE": "stock",
    "MOVED_TABLE": "moved",
    "ASIDE_QUEUE_URL": "https://sqs.eu-central-1.amazonaws.com/123456789012/aside",
    "SHOWN_TABLE": "shown",
    "TRANSFER_TABLE": "transfers",
}


class Context(LambdaContext):
    """An invocation that has half a minute left."""

    _function_name = "under-test"
    _memory_limit_in_mb = 512
    _invoked_function_arn = "arn:aws:lambda:eu-central-1:123456789012:function:under-test"
    _aws_request_id = "7d1c2f0e-6f0b-4f9a-9f53-0c6f1d5e2b11"

    @staticmethod
    def get_remaining_time_in_millis() -> int:
        return 30_000


@pytest.fixture
def context() -> LambdaContext:
    return Context()
