"""What the text of a handler says of failures, and what it leaves open."""

from pathlib import Path

import pytest

from cdk_esm.assets.look import look_at
from cdk_esm.assets.python_answers import answers_of
from cdk_esm.plan import Answers
from tests.core.reading_handlers import LOOP, body, of_loop, read


@pytest.mark.parametrize(
    "text",
    [
        "@wrapped\ndef handler(event, context): return None",
        "async def handler(event, context): return None",
        "def handler(event, context):\n    yield 1",
        "def handler(): return None",
        "def handler(event, context): return None\nhandler = wrap(handler)",
        "if x:\n    def handler(event, context): return 1\nelse:\n    def handler(event, context): return 2",
        "from elsewhere import *\ndef handler(event, context): return None",
        "def handler(event, context):\n    global failed",
        "def other(event, context): return None",
        "handler = create_handler()",
        "def handler(event, context)",
    ],
)
def test_a_handler_that_is_not_a_plain_function_is_not_read(text: str) -> None:
    assert read(text) is None


def test_decorators_of_powertools_that_change_nothing_do_not_hide_a_handler() -> None:
    assert read(
        "@logger.inject_lambda_context(log_event=True)\n@event_source(data_class=A)\ndef handler(e, c): pass"
    ) == (Answers(file="app.py"))


def test_what_an_answer_names_records_by() -> None:
    found = of_loop('failed.append({"itemIdentifier": record["messageId"]})')

    assert (found.reports, found.misshapen, found.swallows) == (10, (), None)
    assert [(one.line, one.fields, one.written_out) for one in found.named_by] == [(9, ("messageId",), False)]


@pytest.mark.parametrize(
    ("named", "fields", "written_out"),
    [
        ('record["kinesis"]["sequenceNumber"]', ("kinesis", "sequenceNumber"), False),
        ('record.get("attributes", {})["SequenceNumber"]', ("attributes", "SequenceNumber"), False),
        ("record.message_id", ("message_id",), False),
        ('{"partition": name, "offset": record["offset"]}', ("partition", "offset"), True),
        ('{"offset": record["offset"]}', ("offset",), True),
    ],
)
def test_the_way_to_an_identifier(named: str, fields: tuple[str, ...], written_out: bool) -> None:
    (one,) = of_loop(f'failed.append({{"itemIdentifier": {named}}})').named_by

    assert (one.fields, one.written_out) == (fields, written_out)


@pytest.mark.parametrize(
    "caught",
    [
        'failed.append({"itemIdentifier": identify(record)})',
        'failed.append({"itemIdentifier": json.loads(record["body"])["messageID"]})',
        "failed.append(entry_of(record))",
        'failed.append({**entry, "itemIdentifer": 1})',
        "failed.extend(entries)",
        "failed += entries",
    ],
)
def test_what_only_a_run_can_tell_is_left_open(caught: str) -> None:
    found = of_loop(caught)

    assert (found.reports, found.misshapen, found.named_by) == (10, (), ())


@pytest.mark.parametrize(
    ("caught", "why"),
    [
        ('failed.append({"itemIdentifer": record["messageId"]})', "has itemIdentifer where pollers look"),
        ('failed.append({"item_identifier": record["messageId"]})', "has item_identifier where pollers look"),
        ('failed += [{"messageID": record["messageId"]}]', "has messageID where pollers look"),
        ('failed.extend([{"id": record["messageId"], "error": str(error)}])', "has id, error where pollers look"),
        ("failed.append({})", "has nothing where pollers look"),
        ('failed.append(record["messageId"])', "is no object with itemIdentifier"),
        ('failed.append(f"{record}")', "is no object with itemIdentifier"),
        ('failed.append({"itemIdentifier": None})', "itemIdentifier is empty"),
    ],
)
def test_what_no_poller_can_read(caught: str, why: str) -> None:
    (one,) = of_loop(caught).misshapen

    assert why in one.why
    assert one.line == 9


def test_an_empty_identifier_says_on_purpose_that_the_whole_batch_failed() -> None:
    found = of_loop('failed.append({"itemIdentifier": ""})')

    assert (found.reports, found.misshapen, found.named_by) == (10, (), ())


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ('{"batchItemFailures": {"itemIdentifier": event["id"]}}', "is no list"),
        ('{"batchItemFailures": {r: 1 for r in event}}', "is no list"),
        ('{"batchItemFailures": "all"}', "is no list"),
        ('{"batchItemFailure": failed}', "has 'batchItemFailure' where pollers look for 'batchItemFailures'"),
        ('{"batch_item_failures": failed}', "has 'batch_item_failures'"),
    ],
)
def test_an_answer_of_another_form(answer: str, why: str) -> None:
    (one,) = of_loop('failed.append({"itemIdentifier": record["messageId"]})', answer).misshapen

    assert why in one.why


def test_an_answer_that_is_put_together_is_followed() -> None:
    found = body(
        """
        failures = []
        answer = {}
        for record in event["Records"]:
            number = record["messageId"]
            entry = {"itemIdentifier": number}
            if not process(record):
                failures.append(entry)
        answer["batchItemFailures"] = failures
        return answer if failures else None
        """
    )

    assert found.reports == 11
    assert [one.fields for one in found.named_by] == [("messageId",)]


@pytest.mark.parametrize("change", ["answer.update(more)", "fill(answer)", "answer[key] = 1"])
def test_an_answer_that_others_may_change_is_left_open(change: str) -> None:
    found = body(f'answer = {{}}\n{change}\nanswer["batchItemFailures"] = [{{"id": 1}}]\nreturn answer')

    assert found == Answers(file="app.py")


BATCH = "aws_lambda_powertools.utilities.batch"
HANDLER = "def handler(event, context):"


@pytest.mark.parametrize(
    ("begin", "answer"),
    [
        (f"from {BATCH} import process_partial_response", "process_partial_response(event=event)"),
        (f"from {BATCH}.decorators import process_partial_response as respond", "respond(event=event)"),
        (f"from {BATCH} import async_process_partial_response", "async_process_partial_response(event=event)"),
        ("from aws_lambda_powertools.utilities import batch", "batch.process_partial_response(event=event)"),
        ("from aws_lambda_powertools.utilities import batch as b", "b.process_partial_response(event=event)"),
        (f"import {BATCH}", f"{BATCH}.process_partial_response(event=event)"),
        (f"import {BATCH} as b", "b.process_partial_response(event=event)"),
        (f"from {BATCH} import BatchProcessor\np = BatchProcessor(event_type=1)", "p.response()"),
        (f"from {BATCH} import SqsFifoPartialProcessor as S\np: S = S()", "p.response()"),
        (f"import {BATCH} as b\np = b.AsyncBatchProcessor(event_type=1)", "p.response()"),
        (
            f"from {BATCH} import BatchProcessor as B\np = B()\n@batch_processor(processor=p)",
            "p.response()",
        ),
    ],
)
def test_powertools_reports_failures(begin: str, answer: str) -> None:
    source = f"{begin}\n{HANDLER}\n    return {answer}"

    assert (found := read(source)) is not None
    assert found.reports == len(source.splitlines())


def test_powertools_reports_failures_by_a_processor_of_the_handler() -> None:
    begin = f"from {BATCH} import BatchProcessor\n{HANDLER}\n    p = BatchProcessor()\n"

    assert (found := read(f"{begin}    return p.response()")) is not None
    assert (other := read(f"{begin}    p = mine(p)\n    return p.response()")) is not None
    assert (found.reports, other.reports) == (4, None)


@pytest.mark.parametrize(
    ("begin", "answer"),
    [
        ("", "process_partial_response(event=event)"),
        ("from elsewhere import process_partial_response", "process_partial_response(event=event)"),
        (f"from {BATCH} import EventType", "EventType(event=event)"),
        ("from elsewhere import batch", "batch.process_partial_response(event=event)"),
        ("from aws_lambda_powertools.utilities import parser as batch", "batch.process_partial_response(event=event)"),
        ("import elsewhere as b", "b.process_partial_response(event=event)"),
        (f"import {BATCH} as b", "b.something_else(event=event)"),
        (f"from {BATCH} import EventType\np = EventType()", "p.response()"),
        (f"from {BATCH} import BatchProcessor\np = BatchProcessor()\np = mine(p)", "p.response()"),
        (f"from {BATCH} import BatchProcessor\np = BatchProcessor()\nfor p in x: pass", "p.response()"),
        (f"from {BATCH} import BatchProcessor\np = BatchProcessor()", "p.success_messages()"),
        (f"from {BATCH} import BatchProcessor\np = BatchProcessor()", "q.response()"),
        (f"from {BATCH} import BatchProcessor\np = BatchProcessor", "p.response()"),
    ],
)
def test_what_may_be_another_function_reports_nothing(begin: str, answer: str) -> None:
    assert (found := read(f"{begin}\n{HANDLER}\n    return {answer}")) is not None
    assert found.reports is None


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ('json.dumps({"batchItemFailures": failed})', "the answer is a text, in which no poller looks"),
        ('dumps({"batchItemFailures": [{"itemIdentifier": "1"}]}, indent=1)', "the answer is a text"),
        ('{"statusCode": 200, "body": json.dumps({"batchItemFailures": failed})}', "below 'body', where no poller"),
        ('{"response": {"batchItemFailures": failed}}', "below 'response', where no poller looks"),
    ],
)
def test_failures_that_are_wrapped_are_read_by_no_poller(answer: str, why: str) -> None:
    found = of_loop('failed.append({"itemIdentifier": record["messageId"]})', answer)

    assert [why in one.why for one in found.misshapen] == [True]
    assert found.reports is None


@pytest.mark.parametrize(
    "answer",
    [
        'json.dumps({"batchItemFailures": []})',
        'json.dumps({"failed": failed})',
        "json.dumps(failed)",
        'json.loads({"batchItemFailures": failed})',
        '{"statusCode": 200, "body": json.dumps({"batchItemFailures": None})}',
        '{"statusCode": 200, "body": json.dumps({"seen": failed})}',
        '{"batchItemFailures": failed, "body": json.dumps({"batchItemFailures": failed})}',
    ],
)
def test_answers_that_wrap_no_failures_are_left_alone(answer: str) -> None:
    assert of_loop('failed.append({"itemIdentifier": record["messageId"]})', answer).misshapen == ()


@pytest.mark.parametrize(
    "answer",
    ['{"statusCode": 200, "body": json.dumps({"batchItemFailures": failed})}', '{"ok": {"batchItemFailures": failed}}'],
)
def test_where_the_poller_is_answered_another_way_out_answers_others(answer: str) -> None:
    caught = 'failed.append({"itemIdentifier": record["messageId"]})'
    found = of_loop(caught, f'{answer} if "requestContext" in event else {{"batchItemFailures": failed}}')
    other = of_loop(f"{caught}\n        if len(failed) > 9:\n            return {answer}")

    assert found.misshapen == other.misshapen == ()
    assert other.reports is not None


def test_a_look_at_a_folder_reads_the_answers_of_its_handler(tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "app.py").write_text(LOOP.format(caught="pass", answer="None"))
    found = look_at(str(tmp_path), "shop.app.handler", runtime="python3.13")

    assert found.answers == Answers(file="shop/app.py", swallows=8)
    assert look_at(str(tmp_path), "shop.app.other", runtime="python3.13").answers is None
    assert look_at(str(tmp_path), "shop.app.handler", runtime="nodejs22.x").answers is None


def test_the_sample_app_answers_as_it_should() -> None:
    root = Path(__file__).parents[2] / "sample_app"
    handlers = sorted(root.glob("*/handler/*/app.py"))

    assert len(handlers) >= 8
    for file in handlers:
        found = answers_of("handler", file.read_bytes(), file.name)
        assert found is None or (found.swallows, found.misshapen) == (None, ())
