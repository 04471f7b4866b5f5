"""``cdk-esm diff``: what it reads, what it prints, and what it ends with."""

import json
import re
import shutil
from copy import deepcopy
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from cdk_esm.__main__ import main
from cdk_esm.diff.changes import Place
from cdk_esm.diff.kinds import KINDS
from cdk_esm.diff.markdown import MARKER, as_markdown
from cdk_esm.diff.result import Difference
from cdk_esm.testing.templates import get, mapping, resource, template, without_fault

SAFE, CHANGED = without_fault(), without_fault(Enabled=False)
HOSTILE = "|`x`](http://evil.example) <img src=x> @team #1 *b* \n| a | www.evil.example ~~no~~ $x$ \x1b[31m"


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: Path, document: Any) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(document if isinstance(document, str) else json.dumps(document, indent=1))
    return path.name


def with_alarm(document: dict[str, Any]) -> dict[str, Any]:
    made = deepcopy(document)
    dimension = {"Name": "QueueName", "Value": get("Queue", "QueueName")}
    made["Resources"]["Alarm"] = resource("CloudWatch::Alarm", {"MetricName": "Age", "Dimensions": [dimension]})
    return made


def assembly(folder: Path, **stacks: Any) -> str:
    """A cloud assembly of some stacks."""
    artifacts = {
        name: {
            "type": "aws:cloudformation:stack",
            "properties": {"templateFile": f"{name}.template.json", "stackName": f"prod-{name}"},
        }
        for name in stacks
    }
    write(folder / "manifest.json", {"artifacts": artifacts})
    for name, document in stacks.items():
        write(folder / f"{name}.template.json", document)
    return folder.name


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[tuple[str, str]]:
    capsys.readouterr()
    main(["diff", *arguments, "--format", "json"])
    return [(one["change"], one["path"]) for one in json.loads(capsys.readouterr().out)["changes"]]


@pytest.mark.parametrize(
    ("old", "new", "fail_on", "status"),
    [
        pytest.param(SAFE, SAFE, "advice", 0, id="nothing"),
        pytest.param(with_alarm(SAFE), SAFE, "advice", 0, id="an alarm that told nobody"),
        pytest.param(
            without_fault(MetricsConfig={"Metrics": ["EventCount"]}), SAFE, "advice", 1, id="advice at advice"
        ),
        pytest.param(
            without_fault(MetricsConfig={"Metrics": ["EventCount"]}), SAFE, "danger", 0, id="advice at danger"
        ),
        pytest.param(SAFE, CHANGED, "danger", 1, id="danger at danger"),
        pytest.param(SAFE, CHANGED, "error", 0, id="danger at error"),
        pytest.param(SAFE, CHANGED, "never", 0, id="danger at never"),
    ],
)
def test_it_ends_with_1_from_the_threshold_on(shop: Path, old: Any, new: Any, fail_on: str, status: int) -> None:
    files = write(shop / "old.json", old), write(shop / "new.json", new)

    assert main(["diff", *files, "--fail-on", fail_on]) == status


def test_text_is_grouped_by_mapping_with_why_and_summary(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", write(shop / "old.json", SAFE), write(shop / "Shop.template.json", CHANGED)]) == 1

    assert (
        capsys.readouterr().out
        == """\
Shop/Orders  (Shop.template.json, Orders)
  danger  mapping-disabled
          Enabled: true becomes false
          why: Nothing takes the records while the mapping is off; they wait in the source until they expire.
          fix: leave it enabled; or enable it again before the source's retention is over
          see: https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html

1 mapping before, 1 after: 1 danger
"""
    )


def test_no_change_is_one_line(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write(shop / "Shop.json", SAFE)

    assert main(["diff", file, file]) == 0
    assert capsys.readouterr().out == "1 mapping before, 1 after: no change to look at\n"


def test_json_has_every_change_in_parts(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["diff", write(shop / "old.json", SAFE), write(shop / "new.json", CHANGED), "--format", "json"])

    printed = json.loads(capsys.readouterr().out)
    [change] = printed["changes"]
    assert printed["version"] == 1
    assert printed["summary"] == {
        "mappings_before": 1,
        "mappings_after": 1,
        "error": 0,
        "danger": 1,
        "advice": 0,
        "accepted": 0,
        "not_compared": [],
    }
    assert {name: change[name] for name in ("change", "severity", "path", "template", "logical_id", "setting")} == {
        "change": "mapping-disabled",
        "severity": "danger",
        "path": "new/Orders",
        "template": "new.json",
        "logical_id": "Orders",
        "setting": "Enabled",
    }
    assert (change["before"], change["after"]) == (True, False)


def test_markdown_begins_with_its_marker_and_has_a_row_for_each_change(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["diff", write(shop / "old.json", SAFE), write(shop / "new.json", CHANGED), "--format", "markdown"])

    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == [MARKER, "### Event source mappings: 1 danger"]
    assert "| **danger** | <code>new/Orders</code> | Enabled: true becomes false |" in lines


def test_no_name_can_break_the_markdown(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = template({}), template({HOSTILE: mapping(f"arn:aws:sqs:eu-west-1:1:{HOSTILE}")})
    main(["diff", write(shop / "old.json", old), write(shop / "new.json", new), "--format", "markdown"])

    [row] = [line for line in capsys.readouterr().out.splitlines() if line.startswith("| **")]
    assert len(re.findall(r"\|", row)) == 4
    assert re.sub(r"</?code>|\*\*|&#\d+;", "", row).isascii()
    assert not re.search(r"[`\[\]<>@#*~$\\\x1b]|://|www\.", re.sub(r"</?code>|\*\*|&#\d+;", "", row))


def test_markdown_of_a_thousand_changes_still_fits_a_comment(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    many = {f"Orders{number}": mapping(f"arn:aws:sqs:eu-west-1:1:{'|' * 5000}{number}") for number in range(1000)}
    files = write(shop / "old.json", template({})), write(shop / "new.json", template(many))
    main(["diff", *files, "--format", "markdown"])

    printed = capsys.readouterr().out
    assert len(printed) < 65_536
    assert re.search(r"\| and 9\d\d more \|", printed)


def test_stacks_of_assemblies_are_compared_by_name(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = assembly(shop / "old", Shop=SAFE, Other=SAFE)
    new = assembly(shop / "new", Other=CHANGED, Shop=SAFE)

    assert told(capsys, old, new) == [("mapping-disabled", "Other/Orders")]


def test_a_mapping_that_moves_to_another_stack_meets_itself(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arn = "arn:aws:sqs:eu-west-1:111122223333:orders"
    one = {
        "Resources": {"Orders": resource("Lambda::EventSourceMapping", {"EventSourceArn": arn, "FunctionName": "f"})}
    }
    old = assembly(shop / "old", Shop=one, Store=template({}))
    new = assembly(shop / "new", Shop=template({}), Store=one)

    assert told(capsys, old, new) == [("mapping-renamed", "Store/Orders")]


def test_an_assembly_of_one_stack_is_compared_with_a_template(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = write(shop / "deployed.json", SAFE), assembly(shop / "new", Shop=CHANGED)

    assert told(capsys, old, new) == [("mapping-disabled", "Shop/Orders")]


def test_folders_are_compared_file_by_file(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a/Shop.template.json", "b/Shop.template.json"):
        write(shop / "old" / name, SAFE)
    shutil.copytree(shop / "old", shop / "new")
    write(shop / "new/b/Shop.template.json", CHANGED)

    assert told(capsys, "old", "new") == [("mapping-disabled", "b/Shop/Orders")]


def test_each_way_in_which_a_mapping_is_deployed_is_compared_with_its_own(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sections = {
        "Parameters": {"Stage": {"Type": "String"}},
        "Conditions": {"IsProduction": {"Fn::Equals": [{"Ref": "Stage"}, "production"]}},
    }
    old = without_fault(Enabled={"Fn::If": ["IsProduction", True, False]}) | sections
    new = without_fault(Enabled={"Fn::If": ["IsProduction", False, False]}) | sections
    files = write(shop / "old.json", old), write(shop / "new.json", new)

    assert told(capsys, *files) == [("mapping-disabled", "new/Orders")]
    assert told(capsys, *files[:1], *files[:1]) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("not json {", id="no JSON"),
        pytest.param("[]", id="no template"),
        pytest.param(None, id="no file"),
    ],
)
@pytest.mark.parametrize("broken_first", [True, False])
def test_what_cannot_be_read_ends_with_2(
    shop: Path, capsys: pytest.CaptureFixture[str], text: str | None, *, broken_first: bool
) -> None:
    files = ["broken.json", write(shop / "good.json", SAFE)]
    if text is not None:
        write(shop / "broken.json", text)

    assert main(["diff", *(files if broken_first else files[::-1])]) == 2
    assert capsys.readouterr().err.startswith("cdk-esm: broken.json: ")


def build_many(count: int) -> dict[str, Any]:
    queues = {f"Queue{number}": resource("SQS::Queue") for number in range(count)}
    return template(queues | {f"Orders{number}": mapping(get(f"Queue{number}")) for number in range(count)})


def test_cost_grows_with_the_mappings_and_not_faster(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def cost(count: int) -> float:
        renamed = json.loads(json.dumps(build_many(count)).replace('"Orders', '"Sales'))
        files = write(shop / "old.json", build_many(count)), write(shop / "new.json", renamed)
        begin = process_time()
        main(["diff", *files, "--format", "markdown"])
        return process_time() - begin

    cost(10)
    assert cost(1600) < 4 * 4 * max(cost(400), 0.05)
    capsys.readouterr()


def test_markdown_of_every_kind_of_change_at_once_still_fits_a_comment() -> None:
    place = Place(HOSTILE * 20, "new.json", "Orders")
    changes = [
        kind.change(place, HOSTILE * 20, fix=fix) for kind in KINDS.values() for fix in (None, *([HOSTILE * 20] * 20))
    ]
    printed = as_markdown(Difference(tuple(changes), 1, 1))

    assert len(printed) < 65_536
    assert all(f"- **{name}**: " in printed for name in KINDS)
