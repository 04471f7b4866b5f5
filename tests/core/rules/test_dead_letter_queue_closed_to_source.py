import json
from typing import Any

import pytest

from cdk_esm.facts import UNKNOWN
from cdk_esm.plan import FailurePath
from cdk_esm.testing.plans import ids, mapping, with_failure
from cdk_esm.testing.templates import get, plan, resource
from cdk_esm.testing.templates import mapping as written

ONLY = ["ESM252"]
ELSEWHERE = "arn:aws:sqs:eu-west-1:111122223333:letters"


def test_a_queue_that_is_not_admitted_is_found() -> None:
    assert ids(with_failure(mapping("sqs-fifo"), admitted=False)) == ONLY


@pytest.mark.parametrize("admitted", [True, UNKNOWN])
def test_one_that_is_or_may_be_admitted_has_no_finding(admitted: Any) -> None:
    assert ids(with_failure(mapping(), admitted=admitted)) == []


@pytest.mark.parametrize(
    ("policy", "admitted"),
    [
        pytest.param({"redrivePermission": "denyAll"}, False, id="nobody"),
        pytest.param({"redrivePermission": "allowAll"}, True, id="everybody"),
        pytest.param({"redrivePermission": "byQueue", "sourceQueueArns": [get("Queue")]}, True, id="itself"),
        pytest.param({"redrivePermission": "byQueue", "sourceQueueArns": [ELSEWHERE]}, False, id="another by name"),
        pytest.param({"redrivePermission": "byQueue", "sourceQueueArns": [get("Dead")]}, False, id="another one"),
        pytest.param({"redrivePermission": "byQueue", "sourceQueueArns": []}, False, id="an empty list"),
        pytest.param(
            {"redrivePermission": "byQueue", "sourceQueueArns": [f"{ELSEWHERE[:-7]}Shop-Queue-1A2B3C"]},
            UNKNOWN,
            id="a name that CloudFormation may have chosen",
        ),
        pytest.param(
            {"redrivePermission": "byQueue", "sourceQueueArns": [{"Ref": "Given"}]}, UNKNOWN, id="a parameter"
        ),
        pytest.param({"redrivePermission": {"Ref": "Given"}}, UNKNOWN, id="a parameter as the permission"),
        pytest.param(json.dumps({"redrivePermission": "denyAll"}), False, id="as text"),
        pytest.param("{", UNKNOWN, id="as text that is no record"),
        pytest.param(None, True, id="none"),
    ],
)
def test_the_policy_is_read_as_sqs_reads_it(policy: Any, admitted: Any) -> None:
    redrive = {"deadLetterTargetArn": get("Dead"), "maxReceiveCount": 5}
    dead = {} if policy is None else {"RedriveAllowPolicy": policy}
    found = plan(
        {
            "Queue": resource("SQS::Queue", {"RedrivePolicy": redrive}),
            "Dead": resource("SQS::Queue", dead),
            "Orders": written(get("Queue")),
        },
        Parameters={"Given": {"Type": "String"}},
    )

    assert isinstance(found.failure, FailurePath)
    assert found.failure.admitted is admitted


def test_a_queue_with_a_name_of_its_own_is_found_by_it() -> None:
    redrive = {"deadLetterTargetArn": get("Dead"), "maxReceiveCount": 5}
    policy = {"redrivePermission": "byQueue", "sourceQueueArns": [ELSEWHERE]}
    for name, expected in (("letters", UNKNOWN), ("orders", False)):
        queue = resource("SQS::Queue", {"QueueName": name, "RedrivePolicy": redrive})
        dead = resource("SQS::Queue", {"RedriveAllowPolicy": policy})
        found = plan({"Queue": queue, "Dead": dead, "Orders": written(get("Queue"))})

        assert isinstance(found.failure, FailurePath)
        assert found.failure.admitted is expected
