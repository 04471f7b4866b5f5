"""Which mapping of a template a deployed one is, and what is said of one that is none, or may be several."""

import json
from typing import Any

import pytest

from cdk_esm.diff.deployed import Deployed
from cdk_esm.diff.fitting import Fit, Names
from cdk_esm.testing.templates import get, mapping, ref, resource, template
from tests.core.diff.diff_templates import changed, kafka, queue
from tests.core.diff.live_mappings import ACCOUNT, FUNCTION, QUEUE, STREAM, live, look, told


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(live(EventSourceArn=f"arn:aws:sqs:eu-west-1:{ACCOUNT}:other"), id="another queue"),
        pytest.param(live(EventSourceArn=QUEUE.replace("Shop", "Test")), id="another stack"),
        pytest.param(live(EventSourceArn=STREAM), id="a stream"),
        pytest.param(live(FunctionArn=f"{FUNCTION}:live"), id="an alias"),
        pytest.param(live(FunctionArn=f"arn:aws:lambda:eu-west-1:{ACCOUNT}:function:other"), id="another function"),
        pytest.param(live(FunctionArn="no ARN: at: all: of"), id="no function"),
    ],
)
def test_a_mapping_in_no_template_is_told_and_so_is_the_one_that_is_missing(body: dict[str, Any]) -> None:
    kinds = [(kind, severity) for kind, severity, _ in told(look(queue(), body))]

    assert kinds == [("live-in-no-template", "advice"), ("live-missing", "advice")]


def test_a_mapping_in_no_template_says_what_it_reads_and_what_is_wrong_with_it() -> None:
    body = live(UUID="9", EventSourceArn="arn:aws:sqs:eu-west-1:1:other", LastProcessingResult="PROBLEM: none")
    [change] = look(template({}), body).changes

    assert change.place.path == "9"
    assert change.message == (
        f"it reads arn:aws:sqs:eu-west-1:1:other for {FUNCTION}, Enabled; LastProcessingResult: PROBLEM: none"
    )


def test_a_mapping_that_may_not_be_deployed_is_not_missing() -> None:
    document = queue()
    document["Resources"]["Orders"]["Condition"] = "IsLive"
    document["Parameters"] = {"Stage": {"Type": "String"}}
    document["Conditions"] = {"IsLive": {"Fn::Equals": [ref("Stage"), "live"]}}

    assert told(look(document)) == []


def test_two_topics_of_one_cluster_are_told_apart() -> None:
    document = kafka(StartingPosition="LATEST")
    document["Resources"]["Paid"] = json.loads(json.dumps(document["Resources"]["Orders"]))
    document["Resources"]["Paid"]["Properties"]["Topics"] = ["paid"]
    servers = {"SelfManagedEventSource": {"Endpoints": {"KAFKA_BOOTSTRAP_SERVERS": ["one.example.com:9092"]}}}
    bodies = [
        {"UUID": topic, "FunctionArn": FUNCTION, "Topics": [topic], "State": state, "BatchSize": 100, **servers}
        for topic, state in (("orders", "Enabled"), ("paid", "Disabled"))
    ]

    [change] = look(document, *bodies).changes
    assert (change.kind.name, change.place.path) == ("live-disabled", "Shop/Paid")


def test_a_mapping_that_may_be_several_is_not_judged_and_none_of_them_is_missing() -> None:
    document = changed(queue(), "Orders.Properties.EventSourceArn", {"Fn::ImportValue": "queue"})
    document["Resources"]["Second"] = mapping({"Fn::ImportValue": "other"}, FunctionName=ref("Function"))
    found = look(document, live())

    assert told(found) == []
    [(side, skipped)] = found.skipped
    assert (side, skipped.path) == ("live", "11111111-aaaa")
    assert skipped.reason.startswith("it may be Shop/Orders or Shop/Second, and nothing tells")
    assert found.fails


def test_an_unknown_source_of_the_only_mapping_does_not_tie_it() -> None:
    document = changed(queue(), "Orders.Properties.EventSourceArn", {"Fn::ImportValue": "queue"})

    assert [one.path for _, one in look(document, live(BatchSize=7)).skipped] == ["11111111-aaaa"]


def test_a_logical_id_ties_a_mapping_where_nobody_knows_the_name_of_the_stack() -> None:
    bodies = [
        live(
            EventSourceArn=QUEUE.replace("Shop-", "prod-shop-"),
            FunctionArn=FUNCTION.replace("Shop-", "prod-shop-"),
            BatchSize=7,
        )
    ]
    [change] = look(queue(), *bodies, stack_name=None).changes
    assert (change.kind.name, change.place.path) == ("live-drift", "Shop/Orders")

    bodies.append({**bodies[0], "UUID": "2", "EventSourceArn": QUEUE.replace("Shop-", "test-shop-")})
    bodies[1]["FunctionArn"] = FUNCTION.replace("Shop-", "test-shop-")
    found = look(queue(), *bodies, stack_name=None)
    assert told(found) == []
    assert [one.path for _, one in found.skipped] == ["11111111-aaaa", "2"]


def test_names_that_cloudformation_cut_still_tie_a_mapping() -> None:
    document = json.loads(
        json.dumps(queue())
        .replace('"Queue"', '"OrdersOfTheShopQueue1A2B3C4D"')
        .replace('"Function"', '"FulfilmentFunctionOfTheShop5E6F7A8B"')
    )
    name = "a-stack-with-a-very-long-name-of-its-own"
    bodies = [
        live(
            EventSourceArn=f"arn:aws:sqs:eu-west-1:{ACCOUNT}:{name}-OrdersOfTheShopQueue1A2B3C4D-Xq3VhJ2LmN0p",
            FunctionArn=f"arn:aws:lambda:eu-west-1:{ACCOUNT}:function:{name[:24]}-FulfilmentFunctionOfTheS-Xq3VhJ2LmN0p",
            BatchSize=7,
        )
    ]

    assert [kind for kind, _, _ in told(look(document, *bodies, stack_name=name))] == ["live-drift"]


def test_an_arn_with_the_region_left_open_ties_a_mapping_by_the_name_at_its_end() -> None:
    arn = {"Fn::Sub": "arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:orders"}
    document = template({"Orders": mapping(arn, FunctionName=ref("Function"))})
    of = "arn:aws:sqs:eu-west-1:111122223333:"

    assert told(look(document, live(EventSourceArn=f"{of}orders", FunctionResponseTypes=[]))) == []
    assert "live-in-no-template" in [kind for kind, _, _ in told(look(document, live(EventSourceArn=f"{of}paid")))]


def test_few_mappings_of_the_list_are_compared_with_each_of_the_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0
    fit = Names.fit

    def counted(self: Names, live: Deployed) -> Fit:
        nonlocal compared
        compared += 1
        return fit(self, live)

    monkeypatch.setattr(Names, "fit", counted)
    count = 200
    names = [f"OrdersQueueOfRegion{number:03}" for number in range(count)]
    document = template(
        {name: resource("SQS::Queue") for name in names} | {f"{name}Mapping": mapping(get(name)) for name in names}
    )
    bodies = [live(UUID=name, EventSourceArn=QUEUE.replace("Queue", name), FunctionResponseTypes=[]) for name in names]

    assert told(look(document, *bodies)) == []
    assert compared == count
