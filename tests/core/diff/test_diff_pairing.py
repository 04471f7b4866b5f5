"""Which stacks of two sides are compared: by CloudFormation's names, by what the user says, or not at all."""

import json
from pathlib import Path
from typing import Any

import pytest

from cdk_esm.__main__ import main
from cdk_esm.testing.templates import mapping, template, without_fault

SAFE, CHANGED = without_fault(), without_fault(Enabled=False)
OFF = [("mapping-disabled", "danger")]


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: Path, document: Any) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(document if isinstance(document, str) else json.dumps(document, indent=1))
    return str(path)


def assembly(folder: Path, *, stage: str | None = None, names: dict[str, str] | None = None, **stacks: Any) -> str:
    """A cloud assembly: artifact id to template; names are those in CloudFormation where they differ."""
    inner = folder / f"assembly-{stage}" if stage else folder
    artifacts: dict[str, Any] = {}
    for artifact, document in stacks.items():
        file = f"{artifact}.template.json"
        properties = {"templateFile": file} | ({"stackName": names[artifact]} if names else {})
        artifacts[artifact] = {"type": "aws:cloudformation:stack", "properties": properties}
        write(inner / file, document)
    write(inner / "manifest.json", {"artifacts": artifacts})
    if stage:
        nested = {"type": "cdk:cloud-assembly", "properties": {"directoryName": inner.name}}
        write(folder / "manifest.json", {"artifacts": {inner.name: nested}})
    return str(folder)


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[list[tuple[str, str]], list[str], int]:
    """The changes with their severities, the names of what was not judged, and the exit status."""
    capsys.readouterr()
    status = main(["diff", *arguments, "--format", "json"])
    said = json.loads(capsys.readouterr().out)
    changes = [(one["change"], one["severity"]) for one in said["changes"]]
    return changes, [one["path"] for one in said["summary"]["not_compared"]], status


NEW = {"Shop": CHANGED, "Store": SAFE}
NAMES = {"Shop": "prod-shop", "Store": "prod-store"}
DEPLOYED = [
    pytest.param({"prod-shop.json": SAFE, "prod-store.json": SAFE}, id="files by the names in CloudFormation"),
    pytest.param({"Shop.json": SAFE, "Store.json": SAFE}, id="files by the ids of the artifacts"),
    pytest.param({"Shop.template.json": SAFE, "Store.template.json": SAFE}, id="files as the assembly calls them"),
    pytest.param({"prod-shop.json": SAFE, "Store.yaml": SAFE}, id="one so and one so"),
    pytest.param({"prod-shop.json": {"TemplateBody": SAFE}, "prod-store.json": SAFE}, id="as get-template prints it"),
    pytest.param(
        {
            "prod-shop.json": {"TemplateBody": json.dumps(SAFE), "StagesAvailable": ["Original"]},
            "prod-store.json": SAFE,
        },
        id="as get-template prints a text",
    ),
]


@pytest.mark.parametrize("deployed", DEPLOYED)
@pytest.mark.parametrize("stage", [None, "Prod"])
def test_deployed_templates_are_found_in_an_assembly(
    deployed: dict[str, Any], stage: str | None, shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, document in deployed.items():
        write(shop / "old" / name, document)
    new = assembly(shop / "new", stage=stage, names=NAMES, **NEW)

    assert told(capsys, "old", new) == (OFF, [], 1)


def test_a_stack_of_a_stage_is_found_by_the_name_it_is_deployed_under(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(shop / "old" / "Prod-Shop.json", SAFE)
    write(shop / "old" / "Prod-Store.json", SAFE)
    names = {"ProdShop525171E2": "Prod-Shop", "ProdStore11AA22BB": "Prod-Store"}
    new = assembly(shop / "new", stage="Prod", names=names, ProdShop525171E2=CHANGED, ProdStore11AA22BB=SAFE)

    assert told(capsys, "old", new) == (OFF, [], 1)


def test_two_stages_with_stacks_of_one_name_are_told_apart(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for side, document in (("old", SAFE), ("new", CHANGED)):
        names = {"BetaShop": "shop", "ProdShop": "shop"}
        assembly(shop / side, names=names, BetaShop=SAFE, ProdShop=document)

    assert told(capsys, "old", "new") == (OFF, [], 1)


def test_one_template_on_each_side_is_a_pair_whatever_the_files_are_called(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = write(shop / "deployed.json", SAFE)

    assert told(capsys, old, write(shop / "changed.yaml", CHANGED)) == (OFF, [], 1)
    assert told(capsys, old, assembly(shop / "new", names={"Shop": "prod-shop"}, Shop=CHANGED)) == (OFF, [], 1)


def test_an_old_stack_without_a_partner_is_not_judged(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = assembly(shop / "old", names=NAMES, Shop=SAFE, Store=SAFE)
    new = assembly(shop / "new", names={"Shop": "prod-shop", "Market": "prod-market"}, Shop=SAFE, Market=CHANGED)

    assert told(capsys, old, new) == ([("mapping-added", "advice")], ["prod-store"], 1)
    assert told(capsys, old, new, "--allow-unjudged", "prod-store=moved by hand")[2] == 0
    assert told(capsys, old, new, "--stack", "prod-store=prod-market") == (OFF, [], 1)
    changes, skipped, status = told(capsys, old, new, "--stack", "Store=gone")
    assert (sorted(changes), skipped, status) == ([("mapping-added", "advice"), ("stack-gone", "advice")], [], 0)


def test_a_stack_that_is_deployed_under_another_name_is_another_one(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = assembly(shop / "old", names={"Shop": "prod-shop"}, Shop=SAFE)
    new = assembly(shop / "new", names={"Shop": "shop-prod"}, Shop=SAFE)

    assert told(capsys, old, new) == ([("stack-renamed", "advice")], [], 0)
    assert told(capsys, old, new, "--stack", "prod-shop=shop-prod") == ([], [], 0)
    assert told(capsys, old, new, "--stack", "Shop=Shop") == ([], [], 0)
    assert told(capsys, old, assembly(shop / "same", names={"Shop": "prod-shop"}, Shop=SAFE)) == ([], [], 0)


def test_an_old_stack_without_mappings_needs_no_partner(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = assembly(shop / "old", Shop=SAFE, Network={"Resources": {}})

    assert told(capsys, old, assembly(shop / "new", Shop=SAFE)) == ([], [], 0)


def test_sides_with_no_stack_in_common_are_no_comparison(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = assembly(shop / "old", names=NAMES, Shop=SAFE, Store=SAFE)
    new = assembly(shop / "new", names={"A": "beta-shop", "B": "beta-store"}, A=CHANGED, B=SAFE)

    assert main(["diff", old, new]) == 2
    said = capsys.readouterr().err
    assert "the old ones are prod-shop, prod-store, the new ones beta-shop, beta-store" in said
    assert told(capsys, old, new, "--stack", "prod-shop=beta-shop", "--stack", "prod-store=beta-store")[0] == OFF


@pytest.mark.parametrize("old", ["none", "nothing"])
def test_without_anything_deployed_all_is_new(old: str, shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (shop / "nothing").mkdir()

    assert main(["diff", old, assembly(shop / "new", Shop=SAFE, Store=SAFE)]) == 0
    assert capsys.readouterr().out.endswith("nothing is deployed yet: all of 2 mappings is new: 2 advice\n")


def test_a_folder_that_only_a_repository_keeps_is_empty(shop: Path) -> None:
    write(shop / "nothing" / ".gitkeep", {})

    assert main(["diff", "nothing", write(shop / "Shop.json", SAFE)]) == 0


def test_a_folder_with_other_files_may_be_the_wrong_one(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(shop / "nothing" / "package.json", {})

    assert main(["diff", "nothing", write(shop / "Shop.json", SAFE)]) == 2
    assert "no CloudFormation template in it; write none if nothing is deployed yet" in capsys.readouterr().err


def test_nothing_to_deploy_is_no_comparison(shop: Path) -> None:
    (shop / "nothing").mkdir()

    assert main(["diff", write(shop / "Shop.json", SAFE), "nothing"]) == 2


WRONG = [
    pytest.param("Shop", "say which old stack is which new one", id="no pair"),
    pytest.param("Shop=", "say which old stack is which new one", id="no new name"),
    pytest.param("Shp=Store", "there is no such stack on the old side: Shp; the old ones are Shop", id="misspelt"),
    pytest.param("Shop=Stor", "there is no such stack on the new side: Stor; the new ones are Store", id="no new one"),
]


@pytest.mark.parametrize(("pair", "words"), WRONG)
def test_a_pair_that_cannot_be_is_refused(
    pair: str, words: str, shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = assembly(shop / "old", Shop=SAFE), assembly(shop / "new", Store=SAFE)

    assert main(["diff", old, new, "--stack", pair]) == 2
    assert words in capsys.readouterr().err


def test_what_one_side_cannot_read_is_named_with_its_side(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hidden = template({"Orders": mapping({"Fn::ImportValue": "somewhere"}, StartingPosition="LATEST")})
    old, new = write(shop / "old" / "Shop.json", hidden), write(shop / "new" / "Shop.json", hidden)

    assert main(["diff", old, new]) == 1
    printed = capsys.readouterr().out
    assert "Shop/Orders: not judged, because nothing in the template tells" in printed
    assert "no change to look at" not in printed
    assert main(["diff", old, new, "--allow-unjudged", "Shop/Orders=imported"]) == 0
    assert main(["diff", old, new, "--format", "markdown"]) == 1
    assert "- not judged (old side): <code>Shop/Orders</code>" in capsys.readouterr().out


def test_a_broken_file_in_a_folder_hides_no_change_of_the_others(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for side, document in (("old", SAFE), ("new", CHANGED)):
        write(shop / side / "Shop.json", document)
        write(shop / side / "Half.json", json.dumps(SAFE)[:-1])

    changes, skipped, status = told(capsys, "old", "new")
    assert (changes, sorted(skipped), status) == (OFF, ["new/Half.json", "old/Half.json"], 2)
