"""``check --facts FILE``: what the AWS command line says of a queue or a function outside the templates."""

import json
from pathlib import Path
from typing import Any

import pytest

from cdk_esm.__main__ import main
from cdk_esm.errors import TemplateError
from cdk_esm.facts import UNKNOWN
from cdk_esm.judge.stated import read_stated
from cdk_esm.plan import FailurePath, Queue
from cdk_esm.testing.plans import ids
from cdk_esm.testing.templates import mapping, plan, resource

QUEUE = "arn:aws:sqs:eu-west-1:111122223333:orders"
FUNCTION = "arn:aws:lambda:eu-west-1:111122223333:function:fulfil"
ALL = {"VisibilityTimeout": "30", "MessageRetentionPeriod": "345600", "DelaySeconds": "0"}
REDRIVE = {"deadLetterTargetArn": f"{QUEUE}-dead", "maxReceiveCount": 3}


def of_queue(**attributes: Any) -> dict[str, Any]:
    return {"Attributes": {"QueueArn": QUEUE, **attributes}}


def of_function(**settings: Any) -> dict[str, Any]:
    return {"FunctionName": "fulfil", "FunctionArn": FUNCTION, **settings}


@pytest.fixture
def saved(tmp_path: Path) -> Any:
    """Saves documents, each in a file."""

    def save(*documents: Any) -> list[str]:
        files = [tmp_path / f"{number}.json" for number, _ in enumerate(documents)]
        for file, document in zip(files, documents, strict=True):
            file.write_text(document if isinstance(document, str) else json.dumps(document))
        return [str(file) for file in files]

    return save


def elsewhere(function: str = FUNCTION) -> Any:
    """A mapping of a queue to a function, both outside the template."""
    return plan({"Orders": mapping(QUEUE, FunctionName=function)})


@pytest.mark.parametrize("function", [FUNCTION, "fulfil"])
@pytest.mark.parametrize(
    ("visibility", "timeout", "rules"), [("30", 60, ["ESM301"]), ("90", 60, ["ESM305"]), ("360", 60, [])]
)
def test_the_timeouts_of_what_is_elsewhere_are_compared(
    function: str, visibility: str, timeout: int, rules: list[str], saved: Any
) -> None:
    stated = read_stated(saved(of_queue(VisibilityTimeout=visibility), of_function(Timeout=timeout)))

    assert ids(*stated.fill([elsewhere(function)]), select=["ESM301", "ESM305"]) == rules


@pytest.mark.parametrize(
    ("written", "rules"),
    [
        ("arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:orders", ["ESM301"]),
        ("arn:aws:sqs:eu-west-1:${AWS::AccountId}:orders", ["ESM301"]),
        ("arn:aws:sqs:us-east-1:${AWS::AccountId}:orders", []),
        ("arn:aws:sqs:${AWS::Region}:444455556666:orders", []),
        ("arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:other-orders", []),
        ("arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:${AWS::StackName}", []),
    ],
)
def test_a_queue_in_a_place_that_only_the_deployment_knows_goes_by_its_name(
    written: str, rules: list[str], saved: Any
) -> None:
    stated = read_stated(saved(of_queue(VisibilityTimeout="30"), of_function(Timeout=60)))
    read = plan({"Orders": mapping({"Fn::Sub": written}, FunctionName=FUNCTION)})

    assert ids(*stated.fill([read]), select=["ESM301"]) == rules


def test_of_two_queues_that_may_be_meant_neither_is(saved: Any) -> None:
    other = {"Attributes": {"QueueArn": QUEUE.replace("eu-west-1", "us-east-1"), "VisibilityTimeout": "30"}}
    stated = read_stated(saved(of_queue(VisibilityTimeout="30"), other, of_function(Timeout=60)))
    read = plan({"Orders": mapping({"Fn::Sub": QUEUE.replace("eu-west-1", "${AWS::Region}")}, FunctionName=FUNCTION)})

    assert ids(*stated.fill([read]), select=["ESM301"]) == []
    assert ids(*stated.fill([elsewhere()]), select=["ESM301"]) == ["ESM301"]


def test_the_redrive_policy_is_read_with_its_receives(saved: Any) -> None:
    [filled] = read_stated(saved(of_queue(RedrivePolicy=json.dumps(REDRIVE)))).fill([elsewhere()])

    assert isinstance(filled.failure, FailurePath)
    assert filled.failure.max_receive_count == 3
    assert ids(filled, select=["ESM307", "ESM308"]) == ["ESM307"]


def test_a_queue_without_a_redrive_policy_has_no_dead_letters(saved: Any) -> None:
    assert ids(*read_stated(saved(of_queue(**ALL))).fill([elsewhere()]), select=["ESM308"]) == ["ESM308"]


def test_where_not_all_was_asked_for_nobody_knows_whether_there_are_dead_letters(saved: Any) -> None:
    assert ids(*read_stated(saved(of_queue(VisibilityTimeout="30"))).fill([elsewhere()]), select=["ESM308"]) == []


def test_what_a_template_says_is_not_replaced(saved: Any) -> None:
    own = plan(
        {
            "Queue": resource("SQS::Queue", {"QueueName": "orders", "VisibilityTimeout": 300}),
            "Orders": mapping({"Fn::GetAtt": ["Queue", "Arn"]}),
        }
    )
    stated = read_stated(saved(of_queue(VisibilityTimeout="30"), of_function(Timeout=60)))

    assert stated.fill([own]) == [own]


def test_what_is_not_stated_stays_unknown(saved: Any) -> None:
    [filled] = read_stated(saved(of_queue(), of_function())).fill([elsewhere()])

    assert isinstance(filled.event_source, Queue)
    assert filled.event_source.visibility_timeout_seconds is UNKNOWN
    assert filled.function.timeout_seconds is UNKNOWN
    assert filled.function.reserved_concurrency is UNKNOWN


def test_other_queues_and_functions_are_none_of_its_business(saved: Any) -> None:
    other = {"Attributes": {"QueueArn": f"{QUEUE}-2", "VisibilityTimeout": "30"}}
    stated = read_stated(saved(other, {**of_function(Timeout=60), "FunctionArn": f"{FUNCTION}-2"}))

    assert stated.fill([elsewhere()]) == [elsewhere()]


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({"Attributes": {"VisibilityTimeout": "30"}}, "there is no QueueArn in it"),
        ({"Timeout": 30}, "there is no QueueArn or FunctionArn in it"),
        ([], "there is no QueueArn or FunctionArn in it"),
        ("{", "it is no JSON"),
        ({"Attributes": {"QueueArn": "orders"}}, "its QueueArn is no ARN of that service: orders"),
        ({"Attributes": {"QueueArn": FUNCTION}}, "its QueueArn is no ARN"),
        ({"FunctionArn": "arn:aws:lambda"}, "its FunctionArn is no ARN"),
        ({"FunctionArn": "fulfil"}, "its FunctionArn is no ARN"),
        ({"FunctionArn": FUNCTION, "Timeout": "soon"}, "its Timeout is no number"),
        ({"FunctionArn": FUNCTION, "DeadLetterConfig": "none"}, "its DeadLetterConfig is no object"),
        ({"FunctionArn": FUNCTION, "SnapStart": ["On"]}, "its SnapStart is no object"),
        ({"FunctionArn": FUNCTION, "DurableConfig": 3}, "its DurableConfig is no object"),
        (of_queue(VisibilityTimeout="half a minute"), "its VisibilityTimeout is no number"),
        (of_queue(VisibilityTimeout="9" * 5000), "its VisibilityTimeout is no number"),
        (of_queue(RedrivePolicy="{"), "its RedrivePolicy is no text of JSON"),
        (of_queue(RedrivePolicy=REDRIVE), "its RedrivePolicy is no text of JSON"),
        (of_queue(RedrivePolicy=json.dumps({**REDRIVE, "deadLetterTargetArn": "dead"})), "its deadLetterTargetArn is"),
    ],
)
def test_a_file_that_does_not_say_what_it_is_about_ends_with_the_command_to_run(
    document: Any, said: str, saved: Any
) -> None:
    with pytest.raises(TemplateError, match=said) as caught:
        read_stated(saved(document))

    assert "aws sqs get-queue-attributes --queue-url <URL> --attribute-names All" in str(caught.value)
    assert "aws lambda get-function-configuration" in str(caught.value)


def test_the_command_takes_several_files_and_ends_with_two_if_one_cannot_be_read(
    saved: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    template = tmp_path / "template.json"
    template.write_text(json.dumps({"Resources": {"Orders": mapping(QUEUE, FunctionName=FUNCTION)}}))
    files = saved(of_queue(VisibilityTimeout="30"), of_function(Timeout=60))
    facts = [word for file in files for word in ("--facts", file)]

    assert main(["check", str(template), *facts, "--select", "ESM301"]) == 1
    assert "ESM301" in capsys.readouterr().out
    assert main(["check", str(template), "--facts", str(tmp_path / "none.json")]) == 2
    assert "none.json" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (of_queue(VisibilityTimeout="30"), of_queue(VisibilityTimeout="300")),
        (of_queue(RedrivePolicy=json.dumps(REDRIVE)), of_queue(**ALL)),
        (of_function(Timeout=3), of_function(Timeout=30)),
    ],
)
def test_two_files_that_contradict_each_other_are_refused_in_either_order(first: Any, second: Any, saved: Any) -> None:
    for files in (saved(first, second), saved(second, first)):
        with pytest.raises(TemplateError, match=r"1\.json: it says otherwise of .* than .*0\.json, so leave out"):
            read_stated(files)


def test_two_files_may_say_the_same_or_add_to_each_other(saved: Any) -> None:
    files = saved(of_queue(VisibilityTimeout="30"), of_queue(**ALL), of_function(Timeout=60), of_function(Timeout=60))

    assert ids(*read_stated(files).fill([elsewhere()]), select=["ESM301", "ESM308"]) == ["ESM301", "ESM308"]


def test_of_two_functions_of_one_name_the_one_in_the_mappings_place_counts(saved: Any) -> None:
    there = FUNCTION.replace("eu-west-1", "us-east-1")
    late = {**of_function(Timeout=60), "FunctionArn": there}
    for files in ((of_function(Timeout=3), late), (late, of_function(Timeout=3))):
        stated = read_stated(saved(of_queue(VisibilityTimeout="30"), *files))

        assert ids(*stated.fill([elsewhere(FUNCTION)]), select=["ESM301"]) == []
        assert [there in one.reason or "function fulfil," in one.reason for one in stated.unused([elsewhere()])] == [
            True
        ]
        assert ids(*stated.fill([elsewhere("fulfil")]), select=["ESM301"]) == [], "nobody knows which of them is meant"
    (found,) = read_stated(saved(late)).fill([elsewhere(FUNCTION)])
    assert found.function.timeout_seconds is UNKNOWN


def test_a_file_about_the_dead_letter_queue_counts_too(saved: Any) -> None:
    dead = {"Attributes": {"QueueArn": f"{QUEUE}-dead", "MessageRetentionPeriod": "60"}}
    source = of_queue(**ALL, RedrivePolicy=json.dumps(REDRIVE))

    assert "ESM309" not in ids(*read_stated(saved(source)).fill([elsewhere()]))
    stated = read_stated(saved(source, dead))
    assert ids(*stated.fill([elsewhere()]), select=["ESM309"]) == ["ESM309"]
    assert stated.unused([elsewhere()]) == []


@pytest.mark.parametrize(
    "case",
    [
        ({"Attributes": {"QueueArn": f"{QUEUE}-2"}}, f"it is about {QUEUE}-2, which no mapping reads, invokes or has"),
        ({"FunctionArn": f"{FUNCTION}-2"}, "it is about the function fulfil-2, which no mapping reads"),
        ({"FunctionArn": f"{FUNCTION}-2"}, "the nearest that a mapping depends on is fulfil"),
    ],
)
@pytest.mark.parametrize("form", ["text", "json", "sarif", "junit", "github"])
def test_a_file_that_says_nothing_of_any_mapping_is_told_in_every_format(
    case: tuple[Any, str], form: str, saved: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    template = tmp_path / "template.json"
    template.write_text(json.dumps({"Resources": {"Orders": mapping(QUEUE, FunctionName=FUNCTION)}}))
    [file] = saved(case[0])
    words = ["check", str(template), "--facts", file, "--select", "ESM301", "--format", form]

    assert main(words) == 1
    assert case[1] in capsys.readouterr().out
    assert main([*words, "--allow-unjudged", f"{file}=of another application"]) == 0
    assert main([*words, "--templates-only"]) == 0


def test_a_file_as_powershell_writes_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "queue.json"
    file.write_text(json.dumps(of_queue(VisibilityTimeout="30")), encoding="utf-8-sig")

    assert set(read_stated([str(file)]).queues) == {QUEUE}
