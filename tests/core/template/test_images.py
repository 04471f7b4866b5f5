"""The images that an assembly builds of folders, and the processor that they are built for."""

import json
from pathlib import Path
from typing import Any

import pytest

import cdk_esm as esm
from cdk_esm.facts import UNKNOWN
from cdk_esm.plan import Image
from cdk_esm.testing.templates import get, mapping, resource, template

TAG = "7f3c"
REPOSITORY = "${AWS::AccountId}.dkr.ecr.${AWS::Region}.${AWS::URLSuffix}/assets"
FROM = "FROM public.ecr.aws/lambda/python:3.14"


def image(
    folder: Path, source: dict[str, Any] | None, dockerfile: str | None = None, uri: Any = None, tag: str = TAG
) -> Image | None:
    """What is read of the image of the one function of an assembly."""
    function = {"PackageType": "Image", "Code": {"ImageUri": uri or {"Fn::Sub": f"{REPOSITORY}:{tag}"}}}
    document = template({"Queue": resource("SQS::Queue"), "Orders": mapping(get("Queue"))})
    document["Resources"]["Function"]["Properties"] |= function
    properties = {"templateFile": "Shop.template.json"}
    artifacts = {"Shop": {"type": "aws:cloudformation:stack", "properties": properties}}
    (folder / "manifest.json").write_text(json.dumps({"artifacts": artifacts}))
    (folder / "Shop.template.json").write_text(json.dumps(document))
    if source is not None:
        entry = {"source": source, "destinations": {"here": {"imageTag": TAG}}}
        (folder / "Shop.assets.json").write_text(json.dumps({"dockerImages": {"0": entry}}))
    if dockerfile is not None:
        (folder / "asset.0").mkdir()
        (folder / "asset.0" / "Dockerfile").write_text(dockerfile)
    [plan] = esm.read_assembly(folder)
    return plan.function.image


@pytest.mark.parametrize(
    ("platform", "processor"),
    [
        ("linux/arm64", "arm64"),
        ("linux/arm64/v8", "arm64"),
        ("linux/aarch64", "arm64"),
        ("linux/amd64", "x86_64"),
        ("linux/x86_64", "x86_64"),
        ("linux/x86-64", "x86_64"),
        ("windows/odd", UNKNOWN),
        (7, UNKNOWN),
    ],
)
def test_the_platform_of_the_asset_is_the_processor(platform: object, processor: object, tmp_path: Path) -> None:
    source = {"directory": "asset.0", "platform": platform}

    assert image(tmp_path, source, FROM) == Image(path="asset.0", processor=processor)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("dockerfile", "processor"),
    [
        pytest.param(FROM, None, id="nothing-said"),
        pytest.param(None, None, id="not-at-hand"),
        pytest.param("RUN true", None, id="no-stage"),
        pytest.param("FROM --platform=linux/arm64 python", "arm64", id="said"),
        pytest.param(f"FROM --platform=linux/arm64 python AS build\n{FROM}\n", None, id="said-of-another-stage"),
        pytest.param(f"{FROM} AS build\nfrom --platform=linux/amd64 python", "x86_64", id="said-of-the-last-stage"),
        pytest.param("FROM --platform=$TARGETPLATFORM python", None, id="the-default-in-words"),
        pytest.param("FROM --platform=${TARGETPLATFORM} python", None, id="the-default-in-braces"),
        pytest.param("FROM --platform=$BUILDPLATFORM python", None, id="the-machine-that-builds"),
        pytest.param("FROM --platform=${BUILDPLATFORM} python", None, id="the-machine-that-builds-in-braces"),
        pytest.param("FROM --platform=$WHATEVER python", UNKNOWN, id="an-argument"),
        pytest.param(f"{FROM}-arm64\n#{'x' * 1_000_000}", UNKNOWN, id="too-large-to-be-one"),
        pytest.param("FROM public.ecr.aws/lambda/python:3.14-arm64", "arm64", id="by-the-base"),
        pytest.param("FROM public.ecr.aws/lambda/python:3.14-x86_64", "x86_64", id="by-the-base-for-x86"),
    ],
)
def test_without_a_platform_the_last_stage_may_say_it(
    dockerfile: str | None, processor: object, tmp_path: Path
) -> None:
    found = image(tmp_path, {"directory": "asset.0"}, dockerfile)

    assert found == Image(path="asset.0", processor=processor)  # type: ignore[arg-type]


def test_a_dockerfile_outside_of_the_assembly_is_not_read(tmp_path: Path) -> None:
    found = image(tmp_path, {"directory": "asset.0", "dockerFile": "../../Dockerfile"}, FROM)

    assert found == Image(path="asset.0", processor=UNKNOWN)


def test_an_image_that_nobody_builds_here_is_not_judged(tmp_path: Path) -> None:
    for name, arguments in {
        "no-manifest": {"source": None},
        "another-tag": {"source": {"directory": "asset.0"}, "tag": "latest"},
        "by-a-program": {"source": {"executable": ["build.sh"]}},
        "open": {"source": {"directory": "asset.0"}, "uri": {"Ref": "AWS::StackName"}},
    }.items():
        (tmp_path / name).mkdir()
        assert image(tmp_path / name, **arguments) is None  # type: ignore[arg-type]


def test_a_damaged_manifest_of_assets_tells_nothing(tmp_path: Path) -> None:
    (tmp_path / "Other.assets.json").write_text("{")

    assert image(tmp_path, None) is None
