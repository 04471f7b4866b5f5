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


def test_a_mapping_of_a_topic_in_no_template_says_which_topic() -> None:
    [change] = look(
        template({}), {"UUID": "9", "FunctionArn": FUNCTION, "Topics": ["paid"], "State": "Enabled"}
    ).changes

    assert change.message == f"it reads paid for {FUNCTION}, Enabled"


@pytest.mark.parametrize("qualifier", ["", ":live"])
def test_a_mapping_of_a_version_is_none_of_the_function_or_of_an_alias(qualifier: str) -> None:
    document = changed(
        queue(FunctionName=ref("V1")), "V1", resource("Lambda::Version", {"FunctionName": ref("Function")})
    )
    kinds = [kind for kind, _, _ in told(look(document, live(FunctionArn=f"{FUNCTION}{qualifier}")))]

    assert kinds == ["live-in-no-template", "live-missing"]


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


SOURCES = [
    pytest.param(
        "SQS::Queue",
        {"FifoQueue": True},
        "Arn",
        "sqs:eu-west-1:1:Shop-Source-Xq3VhJ2LmN0p.fifo",
        "Shop-Source",
        id="fifo",
    ),
    pytest.param(
        "Kinesis::Stream", {}, "Arn", "kinesis:eu-west-1:1:stream/Shop-Source-Xq3VhJ2LmN0p", "Shop-Source", id="stream"
    ),
    pytest.param(
        "Kinesis::StreamConsumer",
        {"ConsumerName": "reader", "StreamARN": "arn:aws:kinesis:eu-west-1:1:stream/clicks"},
        "ConsumerARN",
        "kinesis:eu-west-1:1:stream/clicks/consumer/reader:1764000000",
        "reader",
        id="consumer",
    ),
    pytest.param(
        "DynamoDB::Table",
        {"StreamSpecification": {"StreamViewType": "NEW_IMAGE"}},
        "StreamArn",
        "dynamodb:eu-west-1:1:table/Shop-Source-1ABCDEF2GHIJ3/stream/2026-11-01T00:00:00.000",
        "Shop-Source",
        id="table",
    ),
    pytest.param(
        "MSK::Cluster",
        {"ClusterName": "events"},
        "Arn",
        "kafka:eu-west-1:1:cluster/events/a1b2-c3",
        "events",
        id="MSK cluster",
    ),
    pytest.param(
        "AmazonMQ::Broker",
        {"BrokerName": "shop", "EngineType": "RABBITMQ"},
        "Arn",
        "mq:eu-west-1:1:broker:shop:b-1",
        "shop",
        id="broker",
    ),
]


@pytest.mark.parametrize(("kind", "properties", "attribute", "arn", "name"), SOURCES)
def test_a_mapping_of_any_source_is_tied_by_the_name_in_its_arn(
    kind: str, properties: dict[str, Any], attribute: str, arn: str, name: str
) -> None:
    document = template(
        {
            "Source": resource(kind, properties),
            "Orders": mapping(get("Source", attribute), BatchSize=9, StartingPosition="LATEST"),
        }
    )

    own, others = (
        [kind for kind, _, _ in told(look(document, live(EventSourceArn=f"arn:aws:{one}", BatchSize=8)))]
        for one in (arn, arn.replace(name, "other-Thing"))
    )
    assert "live-drift" in own
    assert others == ["live-in-no-template", "live-missing"]


@pytest.mark.parametrize(
    ("function", "qualifier", "tied"),
    [
        pytest.param("fulfil", "", True, id="a name"),
        pytest.param("fulfil:live", ":live", True, id="a name with an alias"),
        pytest.param("fulfil", ":live", False, id="an alias that the template does not name"),
        pytest.param("fulfil:live", "", False, id="no alias"),
        pytest.param(f"{ACCOUNT}:function:fulfil", "", True, id="a part of an ARN"),
        pytest.param("999999999999:function:fulfil", "", False, id="another account"),
        pytest.param(f"arn:aws:lambda:eu-west-1:{ACCOUNT}:function:fulfil:$LATEST", "", True, id="the newest version"),
        pytest.param({"Fn::Sub": "${Function.Arn}:live"}, ":live", True, id="a function with an alias behind it"),
        pytest.param({"Fn::Sub": "${Function.Arn}:live"}, ":test", False, id="a function with another alias"),
        pytest.param(
            {"Fn::Sub": "arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:fulfil"},
            "",
            True,
            id="an open Region",
        ),
    ],
)
def test_a_mapping_is_tied_by_its_function_however_that_is_written(
    function: Any, qualifier: str, *, tied: bool
) -> None:
    document = changed(queue(FunctionName=function), "Function.Properties.FunctionName", "fulfil")
    arn = f"arn:aws:lambda:eu-west-1:{ACCOUNT}:function:fulfil{qualifier}"
    kinds = [kind for kind, _, _ in told(look(document, live(FunctionArn=arn, BatchSize=7)))]

    assert kinds == (["live-drift"] if tied else ["live-in-no-template", "live-missing"])


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
