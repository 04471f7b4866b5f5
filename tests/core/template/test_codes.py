"""The code of functions that an assembly publishes: what is found in it, and when nobody looks."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any, Final

import pytest

import cdk_esm as esm
from cdk_esm.plan import Code
from cdk_esm.testing.templates import get, mapping, resource, template
from tests.core.test_assets import ARM, HANDLER, X86

KEY: Final = "5a1c.zip"
LOOKED_FOR: Final = ("ESM006", "ESM214", "ESM215", "ESM255", "ESM256")
FUNCTION: Final = {
    "Runtime": "python3.14",
    "Handler": "app.handler",
    "Architectures": ["arm64"],
    "Code": {"S3Bucket": {"Fn::Sub": "assets-${AWS::AccountId}"}, "S3Key": KEY},
}


def shop(folder: Path, metadata: dict[str, Any] | None = None, **properties: Any) -> Path:
    """An assembly with one mapping, to whose function some properties are given."""
    document = template({"Queue": resource("SQS::Queue"), "Orders": mapping(get("Queue"))})
    function = document["Resources"]["Function"]
    function["Properties"] |= {**FUNCTION, **properties}
    function["Metadata"] = metadata or {}
    folder.mkdir(exist_ok=True)
    artifacts = {"Shop": {"type": "aws:cloudformation:stack", "properties": {"templateFile": "Shop.template.json"}}}
    (folder / "manifest.json").write_text(json.dumps({"artifacts": artifacts}))
    (folder / "Shop.template.json").write_text(json.dumps(document))
    return folder


def published(folder: Path, path: Any = "asset.5a1c", key: str = KEY) -> None:
    """Say what a key of the bucket is made of."""
    entry = {"source": {"path": path, "packaging": "zip"}, "destinations": {"here": {"objectKey": key}}}
    (folder / "Shop.assets.json").write_text(json.dumps({"files": {"5a1c": entry}}))


def staged(folder: Path, **files: bytes) -> None:
    """Put files into a folder that is published."""
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / name.replace("_py", ".py").replace("_so", ".so")).write_bytes(content)


def found(folder: Path) -> list[str]:
    """The ids of what is found of the code."""
    return [one.rule.id for one in esm.check(esm.read_assembly(folder), select=LOOKED_FOR)]


def code(folder: Path) -> Code | None:
    """What is known of the code."""
    [plan] = esm.read_assembly(folder)
    return plan.function.code


@pytest.mark.parametrize(
    ("properties", "files", "rules"),
    [
        pytest.param({}, {"app_py": HANDLER}, [], id="in-order"),
        pytest.param({"Architectures": ["x86_64"]}, {"app_py": HANDLER, "fast_so": X86}, [], id="x86-on-x86"),
        pytest.param({}, {"app_py": HANDLER, "fast_so": X86}, ["ESM214"], id="x86-on-arm"),
        pytest.param({"Architectures": []}, {"app_py": HANDLER, "fast_so": ARM}, ["ESM255"], id="arm-by-default"),
        pytest.param({"Handler": "ap.handler"}, {"app_py": HANDLER}, ["ESM215"], id="no-module"),
        pytest.param({"Handler": "app.handle"}, {"app_py": HANDLER}, ["ESM256"], id="no-function"),
        pytest.param(
            {"Handler": "ap.handler", "Layers": ["a:layer"]}, {"app_py": HANDLER}, [], id="perhaps-in-a-layer"
        ),
        pytest.param({"Handler": "ap.handler", "Layers": []}, {"app_py": HANDLER}, ["ESM215"], id="no-layer"),
        pytest.param({"Runtime": "nodejs24.x"}, {"app_py": HANDLER}, ["ESM215"], id="node"),
        pytest.param({"Runtime": "provided.al2023"}, {"main": ARM}, ["ESM215"], id="no-bootstrap"),
        pytest.param({"Runtime": "provided.al2023"}, {"bootstrap": X86}, ["ESM214"], id="bootstrap-for-x86"),
        pytest.param({"Runtime": "java25", "Handler": "Shop"}, {"app_py": HANDLER}, ["ESM215"], id="java"),
        pytest.param({"Runtime": {"Ref": "AWS::StackId"}}, {"app_py": b""}, [], id="runtime-not-known"),
        pytest.param({"Handler": {"Ref": "AWS::StackId"}}, {"app_py": b""}, [], id="handler-not-known"),
        pytest.param({"Code": {"ZipFile": "x"}, "Handler": "ap.handler"}, {"app_py": HANDLER}, [], id="inline"),
    ],
)
def test_the_code_of_an_assembly_is_looked_at(
    properties: dict[str, Any], files: dict[str, bytes], rules: list[str], tmp_path: Path
) -> None:
    published(shop(tmp_path, **properties))
    staged(tmp_path / "asset.5a1c", **files)

    assert found(tmp_path) == rules


def test_an_archive_is_looked_at_too(tmp_path: Path) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("app.py", HANDLER)
    published(shop(tmp_path, Handler="ap.handler"), "asset.5a1c.zip")
    (tmp_path / "asset.5a1c.zip").write_bytes(held.getvalue())

    assert found(tmp_path) == ["ESM215"]


@pytest.mark.parametrize("path", ["asset.5a1c", "../shop-elsewhere", "/etc", "", 7, "a\0b", "asset." + "5" * 5000])
def test_code_that_is_not_in_the_assembly_is_not_looked_at(path: Any, tmp_path: Path) -> None:
    staged(tmp_path / "shop-elsewhere", ap_py=b"")
    published(shop(tmp_path / "cdk.out"), path)

    assert code(tmp_path / "cdk.out") is None
    assert found(tmp_path / "cdk.out") == []


def test_a_link_out_of_the_assembly_is_not_followed_to_its_code(tmp_path: Path) -> None:
    staged(tmp_path / "elsewhere", ap_py=b"")
    published(shop(tmp_path / "cdk.out"))
    (tmp_path / "cdk.out" / "asset.5a1c").symlink_to(tmp_path / "elsewhere")

    assert code(tmp_path / "cdk.out") is None


def test_a_damaged_archive_tells_nothing(tmp_path: Path) -> None:
    published(shop(tmp_path, Handler="ap.handler"), "asset.5a1c.zip")
    (tmp_path / "asset.5a1c.zip").write_bytes(b"PK\x03\x04 and no more")

    assert found(tmp_path) == []


def test_metadata_of_cdk_say_where_code_of_a_parameter_is(tmp_path: Path) -> None:
    """Older apps publish code by parameters; what the metadata of another property say is not about the code."""
    by_parameter = {"S3Bucket": {"Ref": "Bucket"}, "S3Key": {"Fn::Join": ["", [{"Ref": "AWS::StackName"}, ".zip"]]}}
    for name, rules in {"Code": ["ESM215"], "TemplateURL": []}.items():
        said = {"aws:asset:path": "asset.5a1c", "aws:asset:property": name}
        folder = shop(tmp_path / name, said, Code=by_parameter, Handler="ap.handler")
        staged(folder / "asset.5a1c", app_py=HANDLER)

        assert found(folder) == rules


def test_the_assets_of_a_stage_are_in_the_folder_of_the_whole_assembly(tmp_path: Path) -> None:
    stage = shop(tmp_path / "assembly-Prod", Handler="ap.handler")
    published(stage, "../asset.5a1c")
    staged(tmp_path / "asset.5a1c", app_py=HANDLER)
    within = {"Prod": {"type": "cdk:cloud-assembly", "properties": {"directoryName": "assembly-Prod"}}}
    (tmp_path / "manifest.json").write_text(json.dumps({"artifacts": within}))

    assert found(tmp_path) == ["ESM215"]
    assert found(stage) == ["ESM215"]


def test_a_template_in_memory_has_no_code_at_hand() -> None:
    document = template({"Queue": resource("SQS::Queue"), "Orders": mapping(get("Queue"))})
    document["Resources"]["Function"]["Properties"] |= FUNCTION

    [plan] = esm.read_template(document)

    assert plan.function.code is None


def test_the_fix_for_a_processor_is_in_the_words_of_a_template(tmp_path: Path) -> None:
    published(shop(tmp_path))
    staged(tmp_path / "asset.5a1c", app_py=HANDLER, fast_so=X86)

    [finding] = esm.check(esm.read_assembly(tmp_path), select=["ESM214"])

    assert finding.fix.endswith("or choose Architectures: [x86_64]")
