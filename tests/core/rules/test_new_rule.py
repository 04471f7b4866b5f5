"""``make rule``: the skeleton is valid, its tests fail until it is filled in, and no name and no id is used twice."""

import re
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from cdk_esm.rules.engine import rules
from cdk_esm.rules.explain import rule_text
from tests.core.generated.corruption import CORRUPTIONS
from tests.core.generated.legal import legal
from tools import new_rule as tool
from tools.new_rule import RETIRED, ROOT, RefusedError, families, main, new_rule, next_id
from tools.rule_examples import run_example

FAMILIES = ("access", "call", "combined", "delivery", "filters", "ranges")


def loaded(path: Path) -> ModuleType:
    spec = spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_families_are_the_folders_of_rules() -> None:
    assert families() == {
        "call": "ESM0",
        "ranges": "ESM1",
        "combined": "ESM2",
        "delivery": "ESM3",
        "access": "ESM4",
        "filters": "ESM5",
    }


def test_the_example_of_every_page_can_be_run_as_it_stands(tmp_path: Path) -> None:
    for page in ("CONTRIBUTING.md", "Makefile", "tools/new_rule.py"):
        shown = set(re.findall(r"make rule FAMILY=(\w+) NAME=([\w-]+)", (ROOT / page).read_text(encoding="utf-8")))
        assert shown, page
        for number, (family, name) in enumerate(shown):
            assert len(new_rule(tmp_path / f"{Path(page).stem}-{number}", family, name)[1]) == 3, page


@pytest.mark.parametrize("family", FAMILIES)
def test_the_next_id_follows_the_greatest_of_its_family(family: str) -> None:
    begin = families()[family]
    greatest = max(rule for rule in rules() if rule.startswith(begin))

    assert int(next_id(family)[3:]) == int(greatest[3:]) + 1
    assert next_id(family) not in rules()


def test_an_id_of_a_rule_that_is_gone_is_not_given_again(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = next_id("delivery")
    monkeypatch.setattr(tool, "RETIRED", (gone,))

    assert int(next_id("delivery")[3:]) == int(gone[3:]) + 1


def test_a_family_without_ids_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tool, "RETIRED", ("ESM399",))

    with pytest.raises(RefusedError, match="delivery has no id left after ESM399"):
        new_rule(tmp_path, "delivery", "late-records")
    assert list(tmp_path.rglob("*.py")) == []


def test_no_rule_has_a_retired_id() -> None:
    assert set(RETIRED) & rules().keys() == set()


@pytest.mark.parametrize("name", ["late-records", "late_records"])
def test_a_skeleton_is_three_files(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    identity = next_id("delivery")

    assert main("delivery", name, root=tmp_path) == 0

    files = [
        "cdk_esm/rules/delivery/late_records.py",
        "tests/core/generated/corrupt_late_records.py",
        "tests/core/rules/test_late_records.py",
    ]
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.py")) == files
    told = capsys.readouterr().out
    assert told.startswith(f"{identity} late-records is written")
    assert all(word in told for word in (*files, "make docs", "UPDATE_SNAPSHOTS=1", '"write here"'))


@pytest.mark.parametrize("family", FAMILIES)
def test_a_skeleton_passes_the_lint(tmp_path: Path, family: str) -> None:
    _, paths = new_rule(tmp_path, family, "records-that-come-much-later-than-all-others")

    for path in paths:
        in_place = str(ROOT / path.relative_to(tmp_path))
        for command in (["check"], ["format", "--check"]):
            done = subprocess.run(
                [sys.executable, "-m", "ruff", *command, "--no-cache", "--stdin-filename", in_place, "-"],
                input=path.read_text(encoding="utf-8"),
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, done.stdout + done.stderr


def test_a_skeleton_fails_its_own_tests_until_it_is_filled_in(tmp_path: Path) -> None:
    identity, (rule, tests, corruption) = new_rule(tmp_path, "delivery", "late-records")
    module = loaded(rule)

    assert (module.RULE.id, module.RULE.name) == (identity, "late-records")
    assert "Expected" in run_example(module, "bad").failures
    shown = rule_text(module)
    assert all("write here" in code for code in (shown.template.bad, shown.template.good))
    assert all("write here" in code for code in (shown.python.bad, shown.python.good))
    for name, test in vars(loaded(tests)).items():
        if name.startswith("test_"):
            with pytest.raises(pytest.fail.Exception, match="write here"):
                test()
    before = list(CORRUPTIONS)
    loaded(corruption)
    (added,) = [one for one in CORRUPTIONS if one not in before]
    CORRUPTIONS.remove(added)
    assert added.rules == (identity,)
    with pytest.raises(pytest.fail.Exception, match=f"after which {identity} must speak"):
        added.change(legal("sqs", 1))


@pytest.mark.parametrize(
    ("family", "name", "why"),
    [
        pytest.param("", "", "FAMILY is one of access, call", id="nothing"),
        pytest.param("queues", "late-records", "FAMILY is one of access, call", id="family"),
        pytest.param("fact_tables", "late-records", "FAMILY is one of access, call", id="no family"),
        pytest.param("delivery", "", "NAME is in kebab case", id="no name"),
        pytest.param("delivery", "LateRecords", "NAME is in kebab case", id="capitals"),
        pytest.param("delivery", "late-records_again", "NAME is in kebab case", id="both cases"),
        pytest.param("delivery", "late records", "NAME is in kebab case", id="blank"),
        pytest.param("delivery", "../late", "NAME is in kebab case", id="path"),
        pytest.param("delivery", "late-", "NAME is in kebab case", id="dash at the end"),
        pytest.param("delivery", "import", "a word of Python's own", id="keyword"),
        pytest.param("delivery", "few-receives", "there is a rule few-receives already: ESM307", id="rule"),
        pytest.param("access", "few_receives", "there is a rule few-receives already: ESM307", id="of another family"),
    ],
)
def test_what_cannot_be_a_rule_is_refused(
    tmp_path: Path, family: str, name: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(family, name, root=tmp_path) == 2

    assert why in capsys.readouterr().err
    assert list(tmp_path.rglob("*")) == []


@pytest.mark.parametrize("path", ["tests/core/rules/test_every_rule.py", "tests/core/generated/corrupt_every_rule.py"])
def test_no_file_is_written_over(tmp_path: Path, path: str) -> None:
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_text("kept")

    with pytest.raises(RefusedError, match=f"NAME is taken: there is {path}"):
        new_rule(tmp_path, "delivery", "every-rule")
    assert [found.read_text() for found in tmp_path.rglob("*.py")] == ["kept"]
