from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from cdk_esm.facts import UNKNOWN
from cdk_esm.plan import Loop, MappingPlan, Way
from cdk_esm.report.summary import summary
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_function
from cdk_esm.testing.templates import document, get, inline, plan, ref, resource
from cdk_esm.testing.templates import mapping as reads
from tests.core.rules.feeding import bucket, rule, subscription

ID = "ESM350"
BUS = "arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:event-bus/"
ALL = {"source": [{"prefix": ""}]}


def around(action: Any, on: Any, **more: Any) -> MappingPlan:
    """A queue whose function may do something, with what is around them."""
    statement = more.pop("statement", {})
    role = resource("IAM::Role", inline(document(action, on, **statement)))
    settings = more.pop("settings", {})
    function = {"Function": resource("Lambda::Function", {"Role": get("Role"), **more.pop("function", {})})}
    orders = reads(get("Queue"), **settings)
    return plan({"Queue": resource("SQS::Queue"), "Role": role, **function, "Orders": orders, **more})


def over_a_topic(action: str = "sns:Publish", on: Any = None, **feed: Any) -> MappingPlan:
    topic = resource("SNS::Topic")
    return around(action, ref("Topic") if on is None else on, Topic=topic, Feed=subscription(**feed))


def over_a_bus(pattern: Any, statement: dict[str, Any] | None = None, on: Any = None, **about: Any) -> MappingPlan:
    feed = rule()
    feed["Properties"] |= {"EventBusName": ref("Bus"), "EventPattern": pattern, **about}
    bus = resource("Events::EventBus", {"Name": "shop"})
    return around("events:PutEvents", get("Bus") if on is None else on, Bus=bus, Feed=feed, statement=statement or {})


def test_topic_that_delivers_everything_back_is_a_danger_that_lambda_stops() -> None:
    (finding,) = check([over_a_topic()], select=[ID])

    assert finding.got == "Shop/Topic"
    assert "of which Feed brings everything to its source" in finding.message
    assert "Lambda stops it after about 16 invocations, if the function sends with a supported" in finding.message
    assert "give the subscription Feed a filter policy" in finding.fix


@pytest.mark.parametrize("action", ["sns:Publish", "sns:publish*", "sns:*"])
def test_each_way_to_allow_publishing_counts(action: str) -> None:
    assert ids(over_a_topic(action), select=[ID]) == [ID]


@pytest.mark.parametrize(
    ("action", "on"), [("*", ref("Topic")), ("sns:Publish", "*"), ("sns:Subscribe", ref("Topic")), ("sns:Publish", "a")]
)
def test_what_names_no_topic_or_no_publishing_is_fine(action: str, on: Any) -> None:
    assert ids(over_a_topic(action, on), select=[ID]) == []


@pytest.mark.parametrize("policy", [{"kind": ["paid"]}, ref("Policy")])
def test_filter_policy_narrows_the_way_and_is_a_line_in_the_report(policy: Any) -> None:
    read = over_a_topic(FilterPolicy=policy)

    assert ids(read, select=[ID]) == []
    said = summary([SimpleNamespace(plan=read, findings=(), alarms={})])
    assert "  loops        what the function sends to the topic Shop/Topic comes back as far as" in said


def test_way_that_takes_all_is_a_finding_and_no_line() -> None:
    assert "loops" not in summary([SimpleNamespace(plan=over_a_topic(), findings=(), alarms={})])


@pytest.mark.parametrize("policy", [None, {}])
def test_empty_filter_policy_narrows_nothing(policy: Any) -> None:
    assert ids(over_a_topic(FilterPolicy=policy), select=[ID]) == [ID]


def test_filters_of_the_mapping_narrow_the_way() -> None:
    criteria = {"Filters": [{"Pattern": '{"body": {"Subject": ["again"]}}'}]}
    read = around(
        "sns:Publish",
        ref("Topic"),
        Topic=resource("SNS::Topic"),
        Feed=subscription(),
        settings={"FilterCriteria": criteria},
    )

    assert ids(read, select=[ID]) == []
    assert [one.narrowed for one in read.loops] == ["the filters of the mapping"]


@pytest.mark.parametrize(
    "pattern",
    [
        ALL,
        {"source": [{"suffix": ""}]},
        {"source": [{"wildcard": "*"}]},
        {"detail-type": [{"exists": True}]},
        {"version": ["0"]},
        {"account": [ref("AWS::AccountId")], "region": [ref("AWS::Region")]},
        {"source": [{"anything-but": {"prefix": "aws."}}]},
        {"source": [{"anything-but": {"wildcard": "aws.*"}}]},
        {"source": [{"anything-but": ["aws.ec2", "aws.s3"]}]},
        {"source": ["shop.till", {"prefix": ""}]},
        '{"source": [{"prefix": ""}]}',
    ],
)
def test_rule_that_takes_every_event_is_a_danger_that_nobody_stops(pattern: Any) -> None:
    (finding,) = check([over_a_bus(pattern)], select=[ID])

    assert "Lambda never stops it: it does not look for loops through Amazon EventBridge" in finding.message


@pytest.mark.parametrize(
    "pattern",
    [
        {"source": ["shop.till"]},
        {"source": [{"prefix": "shop"}]},
        {"source": [{"anything-but": {"prefix": "aws"}}]},
        {"source": [{"anything-but": ["shop.till"]}]},
        {"source": [{"anything-but": {"suffix": "aws."}}]},
        {"source": [{"exists": False}]},
        {"account": ["444455556666"]},
        {"detail": {"kind": [{"exists": True}]}},
        {"$or": [ALL, {"version": ["0"]}]},
        {**ALL, "detail-type": ["Paid"]},
        {"source": ref("Sources")},
        ref("Pattern"),
        "no json",
    ],
)
def test_rule_that_takes_some_events_is_fine(pattern: Any) -> None:
    read = over_a_bus(pattern)

    assert ids(read, select=[ID]) == []
    assert len(read.loops) == 1


def test_rule_for_just_what_the_policy_lets_the_function_put_is_a_danger() -> None:
    only = {"Condition": {"StringEquals": {"events:source": "shop.fulfil"}}}
    other = {"Condition": {"StringEquals": {"events:source": ["shop.fulfil", "shop.mail"]}}}
    elsewhere = {"Condition": {"StringEquals": {"aws:SourceVpc": "vpc-1"}}}

    assert ids(over_a_bus({"source": ["shop.fulfil"]}, only), select=[ID]) == [ID]
    assert ids(over_a_bus({"source": ["shop.fulfil"]}, other), select=[ID]) == []
    assert ids(over_a_bus({"source": ["shop.mail", "shop.fulfil"]}, other), select=[ID]) == [ID]
    assert ids(over_a_bus({"source": ["shop.till"]}, only), select=[ID]) == []
    assert ids(over_a_bus(ALL, elsewhere), select=[ID]) == []


@pytest.mark.parametrize(
    "about",
    [
        {"EventBusName": "another"},
        {"EventBusName": None},
        {"State": "DISABLED"},
        {"State": {"Fn::ImportValue": "state"}},
        {"EventPattern": None, "ScheduleExpression": "rate(1 day)"},
    ],
)
def test_rule_of_another_bus_or_without_events_brings_nothing_back(about: dict[str, Any]) -> None:
    feed = {name: value for name, value in about.items() if value is not None or name == "EventPattern"}
    feed |= {"EventBusName": "default"} if "EventBusName" in about and about["EventBusName"] is None else {}

    assert over_a_bus(feed.pop("EventPattern", ALL), **feed).loops == ()


@pytest.mark.parametrize("name", ["shop", get("Bus"), ref("Bus"), get("Bus", "Name")])
@pytest.mark.parametrize("on", [get("Bus"), {"Fn::Sub": BUS + "shop"}, {"Fn::Sub": BUS + "${Bus}"}])
def test_bus_by_name_by_arn_and_by_reference_is_the_same(name: Any, on: Any) -> None:
    assert ids(over_a_bus(ALL, on=on, EventBusName=name), select=[ID]) == [ID]


def test_default_bus_is_that_of_a_rule_without_one() -> None:
    feed = rule()
    feed["Properties"]["EventPattern"] = ALL
    here, there = {"Fn::Sub": BUS + "default"}, "arn:aws:events:eu-west-1:444455556666:event-bus/default"

    assert ids(around("events:PutEvents", here, Feed=feed), select=[ID]) == [ID]
    assert ids(around("events:PutEvents", there, Feed=feed), select=[ID]) == []


def test_bucket_that_notifies_the_queue_of_whatever_is_written_is_a_danger() -> None:
    objects = {"Fn::Sub": "${Files.Arn}/*"}
    below = {"Fn::Sub": "${Files.Arn}/done/*"}
    narrow = bucket(Filter={"S3Key": {"Rules": [{"Name": "prefix", "Value": "in/"}]}})
    removed = bucket(Event="s3:ObjectRemoved:*")

    assert ids(around("s3:PutObject", objects, Files=bucket()), select=[ID]) == [ID]
    assert ids(around("s3:PutObject", below, Files=bucket()), select=[ID]) == []
    assert ids(around("s3:PutObject", objects, Files=removed), select=[ID]) == []
    assert ids(around("s3:PutObject", objects, Files=narrow), select=[ID]) == []
    assert [one.narrowed for one in around("s3:PutObject", objects, Files=narrow).loops] == [
        "the filter of the notification"
    ]


def test_reader_of_dead_letters_that_sends_them_back_is_a_danger() -> None:
    inbox = resource("SQS::Queue", {"RedrivePolicy": {"deadLetterTargetArn": get("Queue"), "maxReceiveCount": 5}})
    (finding,) = check([around("sqs:SendMessage", get("Inbox"), Inbox=inbox)], select=[ID])

    assert finding.message.startswith("the function reads the dead-letter queue of Shop/Inbox, and may send to")
    assert "count the rounds" in finding.fix
    assert ids(around("sqs:SendMessage", get("Other"), Inbox=inbox, Other=resource("SQS::Queue")), select=[ID]) == []


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("Allow", "Lambda does not stop it, because RecursiveLoop of the function is Allow"),
        ("Terminate", "Lambda stops it after about 16 invocations, if"),
        (ref("Loops"), "invocations unless RecursiveLoop of the function is Allow, if"),
    ],
)
def test_function_may_let_loops_run(setting: Any, said: str) -> None:
    read = around(
        "sns:Publish",
        ref("Topic"),
        Topic=resource("SNS::Topic"),
        Feed=subscription(),
        function={"RecursiveLoop": setting},
    )
    (finding,) = check([read], select=[ID])

    assert said in finding.message


def test_loop_through_a_stream_is_never_stopped() -> None:
    loop = Loop(through=Way.EVENT_BUS, place="Shop/Bus", by="Feed")
    (finding,) = check([replace(mapping("kinesis"), loops=(loop,))], select=[ID])

    assert "does not look for loops through a stream" in finding.message


def test_direct_loop_says_who_stops_it_as_well() -> None:
    own = with_function(mapping(), writes_to=frozenset({mapping().event_source.identity}), recursive_loop="Allow")
    (finding,) = check([own], select=["ESM312"])

    assert finding.message.endswith("Lambda does not stop it, because RecursiveLoop of the function is Allow")


def test_way_whose_narrowing_only_the_deployment_knows_is_no_finding() -> None:
    loop = Loop(through=Way.TOPIC, place="Shop/Topic", by="Feed", narrowed=UNKNOWN)

    assert ids(replace(mapping(), loops=(loop,)), select=[ID]) == []
