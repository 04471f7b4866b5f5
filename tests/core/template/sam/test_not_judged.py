"""What SAM would make something of, and nobody can read, is named: never silence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cdk_esm.__main__ import main
from cdk_esm.sources.transforms import PROCESSED
from cdk_esm.template.unread import AGREE, Skipped
from tests.core.template.sam.building import QUEUE, READS_JOBS, STREAM, connector, event, function, get, mapping, source
from tests.core.template.sam.transform import reading_of

INCLUDE = {"Fn::Transform": {"Name": "AWS::Include", "Parameters": {"Location": "s3://assets/events.yaml"}}}
ON_JOBS = {"EventSourceArn": get("Jobs")}
NO_POLICY = "SAM does not take this policy, so nobody can tell what the role of the function may do: "
WRITE_POLICY = "write a policy document, or a policy template of SAM with its parameters"
TOGETHER = "SAM takes the permissions Read and Write together for a connector from"
NO_GLOBALS = "Globals is no object of properties, so nobody can tell what functions get from it"
POLLER = {"SQSPollerPolicies": {"QueueName": "jobs"}}
WAY = connector("Clicks", "Worker", "Read")
HALF = connector("Jobs", "Worker", "Read")


def skipped(*parts: dict[str, Any], **sections: Any) -> list[Skipped]:
    return reading_of(source(QUEUE, STREAM, *parts, **sections)).skipped


@pytest.mark.parametrize(
    ("parts", "path", "reason", "fix"),
    [
        pytest.param(
            {"Worker": function({"Job": event("Queue")})},
            "Worker/Events/Job",
            "SAM has no type of events Queue",
            "write one of SQS, Kinesis, DynamoDB, MSK, SelfManagedKafka, MQ, DocumentDB, if Lambda polls for it",
            id="type",
        ),
        pytest.param(
            {"Worker": function({"Job": {"Type": 5}})},
            "Worker/Events/Job",
            "SAM has no type of events that is no text",
            "write one of SQS, Kinesis, DynamoDB, MSK, SelfManagedKafka, MQ, DocumentDB, if Lambda polls for it",
            id="type that is no text",
        ),
        pytest.param(
            {"Worker": function({"Job": "SQS"})},
            "Worker/Events/Job",
            "SAM has no type of events that is no text",
            "write one of SQS, Kinesis, DynamoDB, MSK, SelfManagedKafka, MQ, DocumentDB, if Lambda polls for it",
            id="no record",
        ),
        pytest.param(
            {"Worker": function(INCLUDE)},
            "Worker/Events",
            "its events are made by a function or a macro, so nobody can tell what it reads",
            "write them out",
            id="included events",
        ),
        pytest.param(
            {"Worker": function({"Fn::If": ["A", {}, {}]})},
            "Worker/Events",
            "its events are made by a function or a macro, so nobody can tell what it reads",
            "write them out",
            id="events by Fn::If",
        ),
        pytest.param(
            {"Worker": function([])},
            "Worker/Events",
            "its events are made by a function or a macro, so nobody can tell what it reads",
            "write them out",
            id="a list of events",
        ),
        pytest.param(
            {"Worker": function({"Job": event("SQS", **INCLUDE)})},
            "Worker/Events/Job",
            "its properties are made by a function or a macro",
            "write them out",
            id="included properties",
        ),
        pytest.param(
            {"Worker": function(**INCLUDE)},
            "Worker",
            "a macro makes a part of its properties, and its events may be among them",
            "write them out",
            id="included into the function",
        ),
        pytest.param(
            {"Worker": {"Type": "AWS::Serverless::Function", "Properties": {"Fn::If": ["A", {}, {}]}}},
            "Worker",
            "a function makes its properties, which SAM does not take",
            "write them out",
            id="properties by Fn::If",
        ),
        pytest.param(
            {"Worker": function({"Job": event("SQS", **ON_JOBS)})},
            "Worker/Events/Job",
            "SAM takes no EventSourceArn in an event of type SQS",
            "write Queue, which is SAM's own name",
            id="CloudFormation's name",
        ),
        pytest.param(
            {"Worker": function({"Job": event("SNS", Topic="t", SqsSubscription={"Ref": "Sub"})})},
            "Worker/Events/Job",
            "a function or a macro tells whether there is a queue",
            "write SqsSubscription out",
            id="subscription by parameter",
        ),
        pytest.param(
            {"Worker": function({"Job": event("SNS", Topic="t", **INCLUDE)})},
            "Worker/Events/Job",
            "its properties are made by a function or a macro",
            "write them out",
            id="included subscription",
        ),
        pytest.param(
            {"Worker": function(READS_JOBS, Policies=[POLLER])},
            "Worker/Policies",
            f"{NO_POLICY}SQSPollerPolicies",
            WRITE_POLICY,
            id="policy template",
        ),
        pytest.param(
            {"Worker": function(READS_JOBS, Policies=[{"SQSPollerPolicy": {}}])},
            "Worker/Policies",
            f"{NO_POLICY}SQSPollerPolicy without QueueName",
            WRITE_POLICY,
            id="policy template without its parameter",
        ),
        pytest.param(
            {"Worker": function(), "Way": WAY},
            "Way",
            "SAM has no connector from AWS::Kinesis::Stream to AWS::Lambda::Function",
            "give the role a policy instead",
            id="connector from a stream",
        ),
        pytest.param(
            {"Worker": function(), "Way": HALF},
            "Way",
            f"{TOGETHER} AWS::SQS::Queue to AWS::Lambda::Function",
            "write Permissions: [Read, Write]",
            id="half of a connector",
        ),
        pytest.param(
            {"Worker": function(), "Way": connector("Jobs", "Nobody", "Read")},
            "Way",
            "one of its ends is no resource of the source and says no Type",
            "name resources by Id",
            id="no such end",
        ),
        pytest.param(
            {
                "Worker": function(Role="arn:aws:iam::111122223333:role/own"),
                "Way": connector("Jobs", "Worker", "Read", "Write"),
            },
            "Way",
            "the function at one of its ends has a role that no resource of the source is, so it gives nothing",
            "give that role a policy instead",
            id="connector to a role elsewhere",
        ),
        pytest.param(
            {"Worker": function(READS_JOBS), "WorkerJob": mapping()},
            "Worker",
            "SAM makes a resource WorkerJob of it, and there is another one of that name",
            "rename one of them",
            id="a name that SAM needs",
        ),
        pytest.param(
            {"Worker": function(Event=READS_JOBS)},
            "Worker/Event",
            "SAM takes no Event in a function",
            "write Events",
            id="misspelt property",
        ),
        pytest.param(
            {"New": {"Type": "AWS::Serverless::Poller"}},
            "New",
            "SAM has no resource of type AWS::Serverless::Poller, as far as is known here",
            PROCESSED,
            id="a new type",
        ),
    ],
)
def test_what_cannot_be_read_is_named_with_what_to_do(parts: dict[str, Any], path: str, reason: str, fix: str) -> None:
    [one] = skipped(parts)

    assert one.path == f"shop/{path}"
    assert (one.reason, one.fix) == (reason, f"{fix}, or {AGREE}")


@pytest.mark.parametrize(("name", "status"), [("Worker/Policies", 0), ("Worker", 1), ("WorkerRole", 1)])
def test_agreement_goes_by_the_name_that_is_told(name: str, status: int, tmp_path: Path) -> None:
    file = tmp_path / "shop.json"
    acknowledged = {"cdk-esm": {"acknowledged": dict.fromkeys(("ESM309", "ESM422"), "it is a test")}}
    worker = {**function(READS_JOBS, Timeout=30, Policies=[POLLER]), "Metadata": acknowledged}
    file.write_text(json.dumps(source(QUEUE, {"Worker": worker})), encoding="utf-8")
    threshold = ["--fail-on", "error"]

    assert main(["check", str(file), *threshold, "--allow-unjudged", f"shop/{name}=it is judged elsewhere"]) == status


@pytest.mark.parametrize(
    ("given", "path", "reason", "fix"),
    [
        pytest.param(
            {"Function": {"Role": "arn:aws:iam::111122223333:role/all"}},
            "shop/Globals/Function/Role",
            "SAM takes no Role in Globals",
            "write it in each resource of that kind",
            id="a role",
        ),
        pytest.param(
            {"Function": {"Events": {}}},
            "shop/Globals/Function/Events",
            "SAM takes no Events in Globals",
            "write it in each resource of that kind",
            id="events",
        ),
        pytest.param(
            {"Functions": {"Timeout": 60}},
            "shop/Globals/Functions",
            "SAM has no such section in Globals",
            "write Function",
            id="a misspelt section",
        ),
        pytest.param(
            {"Function": INCLUDE},
            "shop/Globals/Function",
            "it is no object of properties",
            "write its properties out",
            id="an include",
        ),
        pytest.param(
            {"Alarms": {}},
            "shop/Globals/Alarms",
            "SAM has no such section in Globals",
            "take it out",
            id="no section that is near",
        ),
        pytest.param(INCLUDE, "shop/Globals", NO_GLOBALS, "write its sections out", id="an include for all"),
        pytest.param([], "shop/Globals", NO_GLOBALS, "write its sections out", id="a list"),
    ],
)
def test_what_globals_cannot_give_is_named(given: Any, path: str, reason: str, fix: str) -> None:
    [one] = skipped({"Worker": function(READS_JOBS)}, Globals=given)

    assert one.path == path
    assert (one.reason, one.fix) == (reason, f"{fix}, or {AGREE}")


def test_policies_beside_a_given_role_are_nobodys_concern() -> None:
    worker = function(READS_JOBS, Role="arn:aws:iam::111122223333:role/own", Policies=[POLLER])

    assert skipped({"Worker": worker}) == []


def test_what_is_not_deployed_is_not_named() -> None:
    never = {"Never": {"Fn::Equals": ["a", "b"]}}

    assert skipped({"Worker": {**function({"Job": event("Queue")}), "Condition": "Never"}}, Conditions=never) == []


@pytest.mark.parametrize("kind", ["Api", "HttpApi", "LayerVersion", "StateMachine"])
def test_serverless_resource_without_mappings_is_not_named(kind: str) -> None:
    reading = reading_of(source({"Other": {"Type": f"AWS::Serverless::{kind}"}, "Worker": function(READS_JOBS)}, QUEUE))

    assert (len(reading.plans), reading.skipped) == (1, [])


@pytest.mark.parametrize(
    "way",
    [
        pytest.param(connector("Clicks", "Jobs", "Write"), id="of other things"),
        pytest.param(connector("Worker", "Worker", "Write"), id="of a kind that polls for nothing"),
    ],
)
def test_connectors_that_give_a_poller_nothing_are_not_named(way: dict[str, Any]) -> None:
    assert skipped({"Worker": function(), "Way": way}) == []


def test_source_without_its_transform_line_is_read_too() -> None:
    document = source(QUEUE, {"Worker": function(READS_JOBS)})
    del document["Transform"]

    assert len(reading_of(document).plans) == 1
