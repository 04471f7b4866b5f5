"""``cdk-esm check``: what it reads, what it prints, and what it ends with."""

import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from cdk_esm.__main__ import main
from cdk_esm.testing.templates import get, mapping, resource, template, without_fault

NO_DLQ, WHOLE_BATCH, NO_WINDOW = "ESM308", "ESM311", "ESM201"
DANGER = template({"Queue": resource("SQS::Queue", {"VisibilityTimeout": 18}), "Orders": mapping(get("Queue"))})


CLEAN, ERROR = without_fault(), without_fault(BatchSize=100)
ADVICE = without_fault(FunctionResponseTypes=[])


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: Path, document: Any) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(document if isinstance(document, str) else json.dumps(document, indent=1))
    return path.name


def ids(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return [one["rule"] for one in json.loads(capsys.readouterr().out)["findings"]]


@pytest.mark.parametrize(
    ("document", "fail_on", "status"),
    [
        pytest.param(CLEAN, "advice", 0, id="nothing"),
        pytest.param(ADVICE, "advice", 1, id="advice at advice"),
        pytest.param(ADVICE, "danger", 0, id="advice at danger"),
        pytest.param(DANGER, "danger", 1, id="danger at danger"),
        pytest.param(DANGER, "error", 0, id="danger at error"),
        pytest.param(ERROR, "error", 1, id="error at error"),
        pytest.param(ERROR, "never", 0, id="error at never"),
    ],
)
def test_it_ends_with_1_from_the_threshold_on(shop: Path, document: Any, fail_on: str, status: int) -> None:
    assert main(["check", write(shop / "Shop.json", document), "--fail-on", fail_on]) == status


def test_danger_is_the_threshold_by_default(shop: Path) -> None:
    assert main(["check", write(shop / "a.json", DANGER)]) == 1
    assert main(["check", write(shop / "b.json", ADVICE)]) == 0


def test_text_has_the_file_the_rule_the_fix_the_mapping_and_a_summary(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["check", write(shop / "Shop.template.json", ERROR)])

    assert (
        capsys.readouterr().out
        == """\
Shop.template.json
  error   ESM201 batch-needs-window
          BatchSize: 100 needs a MaximumBatchingWindowInSeconds of at least 1 second, got none
          fix: add MaximumBatchingWindowInSeconds: 1, or lower BatchSize to 10
          see: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
          - Shop/Orders

1 mapping in 1 template: 1 error
fails: 1 finding from danger on (ESM201)
"""
    )


def test_fix_is_said_in_cdks_words_for_a_template_of_cdk(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = without_fault(BatchSize=100)
    document["Resources"]["Orders"]["Metadata"] = {"aws:cdk:path": "Shop/Fulfil/Resource"}

    main(["check", write(shop / "Shop.json", document)])

    printed = capsys.readouterr().out
    assert "- Shop/Fulfil (Orders)\n" in printed
    assert "in CDK: add max_batching_window=Duration.seconds(1), or lower batch_size to 10 (at lambda_." in printed


def test_clean_template_is_one_line(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", write(shop / "Shop.json", CLEAN)])

    assert capsys.readouterr().out == "1 mapping in 1 template: nothing to mend\n"


def test_json_has_every_finding_with_its_place(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", write(shop / "Shop.json", DANGER), "--format", "json"])

    printed = json.loads(capsys.readouterr().out)
    assert printed["version"] == 1
    assert printed["summary"] == {
        "templates": 1,
        "mappings": 1,
        "error": 0,
        "danger": 1,
        "advice": 1,
        "acknowledged": 0,
        "baseline": 0,
        "skipped": [],
    }
    [first, _] = printed["findings"]
    wanted = {"rule": NO_DLQ, "path": "Shop/Orders", "template": "Shop.json", "logical_id": "Orders", "baseline": False}
    assert wanted.items() <= first.items()


def test_sarif_points_to_the_line_and_carries_what_is_settled(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = deepcopy(DANGER)
    said = {"acknowledged": {NO_DLQ: "test data"}}
    document["Resources"]["Orders"]["Metadata"] = {"cdk-esm": said}
    file = write(shop / "Shop.json", document)

    main(["check", file, "--format", "sarif"])

    [run] = json.loads(capsys.readouterr().out)["runs"]
    first, second = run["results"]
    place = first["locations"][0]["physicalLocation"]
    line = (shop / file).read_text().splitlines().index('  "Orders": {') + 1
    assert (place["artifactLocation"]["uri"], place["region"]["startLine"]) == ("Shop.json", line)
    assert first["suppressions"] == [{"kind": "inSource", "justification": "test data"}]
    assert "suppressions" not in second
    assert run["tool"]["driver"]["rules"][second["ruleIndex"]]["id"] == second["ruleId"] == WHOLE_BATCH


def test_github_annotations_stand_on_one_line_each(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", write(shop / "Shop.json", DANGER), "--format", "github"])

    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("::warning file=Shop.json,line=")
    assert ",title=ESM308 no-dead-letter-queue::Shop/Orders: the queue has no dead-letter queue" in first
    assert "%0Afix: " in first
    assert second.startswith("::notice ")


def test_junit_has_a_case_for_each_mapping(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(shop / "bad" / "Shop.json", DANGER)
    write(shop / "good" / "Shop.json", CLEAN)

    main(["check", ".", "--format", "junit"])

    bad, good = ET.fromstring(capsys.readouterr().out)  # noqa: S314 - our own
    assert (bad.attrib, good.attrib["failures"]) == ({"name": "bad/Shop.json", "tests": "1", "failures": "1"}, "0")
    assert [one.attrib["type"] for one in bad.iter("failure")] == ["danger", "advice"]


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github", "junit"])
def test_surrogates_and_control_characters_break_no_format(
    shop: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    document = without_fault(BatchSize=100, KmsKeyArn="\ud800\x00<&]]>")
    file = shop / "Shop.json"
    file.write_text(json.dumps(document))

    assert main(["check", "Shop.json", "--format", form]) == 1
    printed = capsys.readouterr().out
    if form == "junit":
        assert ET.fromstring(printed) is not None  # noqa: S314 - our own


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        pytest.param(["--select", "ESM3"], [NO_DLQ, WHOLE_BATCH], id="family"),
        pytest.param(["--select", "delivery"], [NO_DLQ, WHOLE_BATCH], id="family by name"),
        pytest.param(["--select", "esm308"], [NO_DLQ], id="id in small letters"),
        pytest.param(["--select", "no-dead-letter-queue"], [NO_DLQ], id="name"),
        pytest.param(["--select", "ESM308,ESM311", "--ignore", NO_DLQ], [WHOLE_BATCH], id="both"),
        pytest.param(["--ignore", NO_DLQ, "--ignore", WHOLE_BATCH], [], id="ignore twice"),
    ],
)
def test_rules_are_selected_and_ignored(
    shop: Path, words: list[str], wanted: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    main(["check", write(shop / "Shop.json", DANGER), "--format", "json", *words])

    assert ids(capsys) == wanted


def test_baseline_lets_old_findings_pass_and_new_ones_not(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write(shop / "Shop.json", DANGER)
    assert main(["check", file, "--baseline", "old.json", "--write-baseline"]) == 0
    assert capsys.readouterr().out == "wrote old.json with 2 findings\n"

    assert main(["check", file, "--baseline", "old.json"]) == 0
    assert capsys.readouterr().out == "1 mapping in 1 template: nothing to mend; 2 in the baseline\n"

    resources = {**DANGER["Resources"], "Orders": mapping(get("Queue"), BatchSize=100)}
    write(shop / file, {"Resources": resources})
    assert main(["check", file, "--baseline", "old.json", "--format", "json"]) == 1
    found = {one["rule"]: one["baseline"] for one in json.loads(capsys.readouterr().out)["findings"]}
    assert found == {NO_WINDOW: False, NO_DLQ: True, WHOLE_BATCH: True}


def test_acknowledged_finding_does_not_count(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    orders = {**mapping(get("Queue")), "Metadata": {"cdk-esm": {"acknowledged": {NO_DLQ: "test data"}}}}
    document = {"Resources": {**DANGER["Resources"], "Orders": orders}}

    assert main(["check", write(shop / "Shop.json", document)]) == 0
    assert capsys.readouterr().out.endswith("1 advice; 1 acknowledged\n")


def test_folder_is_searched_for_templates_and_assemblies(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(shop / "a" / "Shop.yaml", "Resources: {Orders: {Type: AWS::Lambda::EventSourceMapping}}")
    write(shop / "b" / "package.json", {"name": "not a template"})
    write(shop / "b" / "tsconfig.json", "// no JSON")
    write(shop / ".hidden" / "Shop.json", DANGER)
    write(shop / "node_modules" / "Shop.json", DANGER)
    artifact = {"type": "aws:cloudformation:stack", "properties": {"templateFile": "Shop.template.json"}}
    write(shop / "out" / "manifest.json", {"artifacts": {"Shop": artifact}})
    write(shop / "out" / "Shop.template.json", DANGER)

    main(["check", ".", "--format", "json"])

    printed = json.loads(capsys.readouterr().out)
    assert printed["summary"]["templates"] == 2
    assert {one["template"] for one in printed["findings"]} == {"a/Shop.yaml", "out/Shop.template.json"}


def test_same_path_in_two_templates_is_two_mappings(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = {"Resources": {**DANGER["Resources"]}}
    document["Resources"]["Orders"] = {**mapping(get("Queue")), "Metadata": {"aws:cdk:path": "Shop/Orders/Resource"}}
    one, other = write(shop / "One.json", document), write(shop / "Two.json", document)

    main(["check", one, other, "--format", "json", "--select", NO_DLQ])

    places = {(found["path"], found["template"]) for found in json.loads(capsys.readouterr().out)["findings"]}
    assert places == {("Shop/Orders", "One.json"), ("Shop/Orders (Two.json)", "Two.json")}


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        pytest.param(["none.json"], "none.json: No such file", id="no file"),
        pytest.param(["empty"], "empty: there is no CloudFormation template in it", id="empty folder"),
        pytest.param(["broken.json"], "broken.json: it is no JSON", id="no JSON"),
        pytest.param(["list.json"], "list.json: a template is an object", id="list"),
        pytest.param(["ok.json", "--select", "ESM9"], "--select ESM9: there is no such rule", id="no rule"),
        pytest.param(["ok.json", "--select", NO_DLQ, "--ignore", "delivery"], "leave no rule", id="no rule is left"),
        pytest.param(["ok.json", "--ignore", "ESM"], "leave no rule", id="every rule ignored"),
        pytest.param(["-"], "-: standard input is not read; save the template in a file", id="standard input"),
        pytest.param(["ok.json", "--ignore", "no-dead-leter-queue"], "did you mean ESM308?", id="nearly a rule"),
        pytest.param(["ok.json", "--baseline", "none.json"], "none.json: No such file", id="no baseline"),
        pytest.param(["ok.json", "--baseline", "ok.json"], "it is no baseline", id="other file as baseline"),
        pytest.param(["ok.json", "--write-baseline"], "needs --baseline FILE", id="no file to write"),
        pytest.param(["ok.json", "--write-baseline", "--baseline", "empty"], "empty: ", id="no place to write"),
    ],
)
def test_what_cannot_be_read_ends_with_2_and_a_reason(
    shop: Path, words: list[str], reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (shop / "empty").mkdir()
    write(shop / "ok.json", CLEAN)
    write(shop / "broken.json", "{")
    write(shop / "list.json", [])

    assert main(["check", *words]) == 2

    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("cdk-esm: ")
    assert reason in printed.err
    assert len(printed.err.splitlines()) == 1


def test_a_closed_output_ends_the_check_without_a_traceback(shop: Path) -> None:
    file = write(shop / "Shop.json", DANGER)
    check = [sys.executable, "-m", "cdk_esm", "check", file]

    with subprocess.Popen(check, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as started:
        assert started.stdout is not None
        started.stdout.close()
        assert started.stderr is not None
        assert started.stderr.read() == ""
