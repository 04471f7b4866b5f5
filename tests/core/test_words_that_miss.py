"""A word that the command line does not take is answered with the one that was meant, or with what to write."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

import pytest

from cdk_esm.__main__ import main

SHOP = {
    "Resources": {
        name: {
            "Type": "AWS::Lambda::EventSourceMapping",
            "Properties": {"EventSourceArn": f"arn:aws:sqs:eu-west-1:111122223333:{name}", "FunctionName": "orders"},
        }
        for name in ("Orders", "Refunds")
    }
}
WHOLE = {
    "Resources": {
        "Queue": {"Type": "AWS::SQS::Queue"},
        "Function": {"Type": "AWS::Lambda::Function", "Properties": {"Timeout": 3}},
        "Orders": {
            "Type": "AWS::Lambda::EventSourceMapping",
            "Properties": {
                "EventSourceArn": {"Fn::GetAtt": ["Queue", "Arn"]},
                "FunctionName": {"Ref": "Function"},
            },
        },
    }
}
ON_EACH_LINE = '{"messageId": "1", "body": "{}"}\n\n{"messageId": "2", "body": "{}"}\n'
PAID = "filter --source sqs --pattern pattern.json"
ORDERS = "simulate shop.json --mapping Orders"
A_TEMPLATE = "; name a template, a folder of templates, or a cloud assembly such as cdk.out"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shop.json").write_text(json.dumps(SHOP), encoding="utf-8")
    (tmp_path / "whole.json").write_text(json.dumps(WHOLE), encoding="utf-8")
    (tmp_path / "empty.json").write_text('{"Resources": {}}', encoding="utf-8")
    (tmp_path / "pattern.json").write_text('{"body": {"type": ["paid"]}}', encoding="utf-8")
    (tmp_path / "records.jsonl").write_text(ON_EACH_LINE, encoding="utf-8")
    (tmp_path / "broken.jsonl").write_text(ON_EACH_LINE + "{", encoding="utf-8")
    handlers = tmp_path / "handlers" / "orders"
    handlers.mkdir(parents=True)
    (handlers / "app.py").write_text("import not_installed\n", encoding="utf-8")
    return tmp_path


def complaint(words: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What a command that cannot be obeyed says, without the usage."""
    try:
        status: object = main(words.split())
    except SystemExit as ended:
        status = ended.code
    printed = capsys.readouterr()
    assert (status, printed.out) == (2, "")
    return printed.err.strip().splitlines()[-1]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("words", "ending"),
    [
        ("chek shop.json", "; did you mean check?"),
        ("sources rabbitmk", "; did you mean rabbitmq?"),
        ("check shop.json --fail-on dangr", "; did you mean danger?"),
        ("check shop.json --basline known.json", "--basline known.json; did you mean --baseline?"),
        ("rules delivery", "cdk-esm rules: error: unrecognized arguments: delivery"),
        ("check none.json", f"none.json: No such file or directory{A_TEMPLATE}"),
        ("check shop.json --baseline none.json", "none.json: No such file or directory; --write-baseline makes it"),
        ("check shop.json --select delivry", "lists the rules"),
        ("adopt none.json", A_TEMPLATE),
        ("diff none.json shop.json", f"{A_TEMPLATE}, or write none if nothing is deployed yet"),
        ("diff shop.json none.json", A_TEMPLATE),
        ("diff none none", "; only OLD may be none"),
        ("diff shop.json shop.json --accepted none.json", "; --write-accepted makes it"),
        ("diff shop.json shop.json --live none.json", "list-event-source-mappings --output json > FILE` makes it"),
        ("diff shop.json shop.json --accept Orders", "'KIND:MAPPING=the reason', with a kind that the output names"),
        ("simulate none.json --rate 1/s", A_TEMPLATE),
        ("simulate empty.json --rate 1/s", "empty.json: there is no event source mapping in it"),
        ("simulate shop.json --rate 1/s", "say which one with --mapping: shop/Orders, shop/Refunds"),
        ("capacity shop.json --rate 1/s --duration 1s", "--mapping: shop/Orders, shop/Refunds"),
        (f"{ORDERS} --records none.jsonl", "or let records arrive with --rate 500/s"),
        (f"{ORDERS} --rate 1/s --handler orders.app:f", "; write handlers.orders.app:f"),
        (f"{ORDERS} --rate 1/s --handler handlers.orders.app:f", "No module named 'not_installed'"),
        (f"{ORDERS} --rate 1/s --assume VisibilityTimout=3", "; did you mean 'VisibilityTimeout'?"),
        (f"{ORDERS} --rate 1/s --sweep batch_size", "commas between them: batch_size=A,B"),
        ("filter --source sqs --pattern none.json", "none.json: No such file or directory; name a file with the JSON"),
        (f"{PAID} --record records.jsonl", "the end of the command: < records.jsonl"),
        (f"{PAID} --record broken.jsonl", "not JSON: Extra data: line 3 column 1 (char 34)"),
        ("filter --sample records.jsonl", "take the first one: --sample <(head -n 1 records.jsonl)"),
    ],
)
def test_the_answer_ends_with_what_to_write(words: str, ending: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert complaint(words, capsys).endswith(ending)


@pytest.mark.usefixtures("folder")
def test_of_many_words_the_near_one_comes_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert "did you mean batch_size? " in complaint(f"{ORDERS} --rate 1/s --sweep batchsize=1", capsys)


@pytest.mark.usefixtures("folder")
def test_a_page_that_cannot_be_written_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    words = "simulate whole.json --rate 1/s --html none/page.html"

    told = "cdk-esm: --html none/page.html: there is no folder none; make it first, or name another file"
    assert complaint(words, capsys) == told


def test_the_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])

    assert ended.value.code == 0
    assert capsys.readouterr().out == f"cdk-esm {version('cdk-esm')}\n"
