"""The files around the code: locks without addresses, no path of somebody's machine, the flags of a new CDK app."""

import json
import re
import tarfile
import tomllib
from collections.abc import Iterator
from importlib.metadata import files
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = (
    "requirements.lock",
    "requirements-oldest.lock",
    "requirements-thorough.lock",
    "requirements-peers.lock",
    "requirements-e2e.lock",
)
MADE_HERE = {".git", ".hypothesis", ".venv", "node_modules", "cdk.out", "build", "dist", "__pycache__"}
HOME = re.compile(r"/(?:root|home/\w+|Users/\w+)/")


def texts() -> Iterator[tuple[Path, str]]:
    """Every file that people wrote, or that was generated to be committed, with its text."""
    for path in ROOT.iterdir():
        if path.name in MADE_HERE or path.name.endswith("_cache") or path.suffix == ".egg-info":
            continue
        for file in path.rglob("*") if path.is_dir() else [path]:
            if file.is_file() and not MADE_HERE & set(file.relative_to(ROOT).parts):
                yield file.relative_to(ROOT), file.read_text(encoding="utf-8", errors="replace")


@pytest.mark.parametrize("lock", LOCKS)
def test_python_lock_is_names_versions_and_hashes(lock: str) -> None:
    for line in (ROOT / lock).read_text(encoding="utf-8").splitlines():
        name = r"[a-z0-9-]+==[\w.]+( ; [^\\]+)? \\"
        assert re.fullmatch(rf"{name}|    --hash=sha256:[0-9a-f]{{64}}( \\)?|    # .*", line), line


def test_no_lock_carries_an_address() -> None:
    for lock in (*LOCKS, "package-lock.json"):
        assert "://" not in (ROOT / lock).read_text(encoding="utf-8")


def test_the_handlers_in_the_local_aws_find_powertools_in_their_layer_or_nowhere() -> None:
    lock = (ROOT / "requirements-e2e.lock").read_text(encoding="utf-8")

    assert "ministack==" in lock
    assert "powertools" not in lock


def test_the_oldest_lock_holds_the_floor_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    floors = [re.match(r"([\w-]+)>=([\w.]+)", requirement) for requirement in project["dependencies"]]
    lines = (ROOT / "requirements-oldest.lock").read_text(encoding="utf-8").splitlines()

    for floor in floors:
        assert floor
        assert any(re.match(rf"{floor[1]}=={re.escape(floor[2])}(\.0)* ", line) for line in lines), floor[0]


def test_committed_mutation_scores_are_what_the_project_asks_of_itself() -> None:
    scores = json.loads((ROOT / "benchmarks" / "figures" / "mutation.json").read_text(encoding="utf-8"))

    for package, lowest in {"filters": 90, "rules": 85, "template": 85, "diff": 85}.items():
        score = scores[package]
        noticed = score["killed"] + score["timed_out"]
        assert noticed + score["survived"] + score["untested"] == score["tested"]
        assert round(100 * noticed / score["tested"], 1) == score["percent"] >= lowest


def test_the_cdk_command_line_is_pinned_exactly() -> None:
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["devDependencies"]["aws-cdk"]
    locked = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]["node_modules/aws-cdk"]

    assert wanted == locked["version"] == "2.1148.1"


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    named = [str(file) for file, text in texts() if HOME.search(text) or f"{ROOT}/" in text]

    assert named == []


def test_no_file_tells_an_installer_where_to_look() -> None:
    index = re.compile(r"^\s*(?:--)?(?:extra-)?index-url\b|^\s*--find-links\b|^registry\s*=", re.MULTILINE)

    assert [str(file) for file, text in texts() if index.search(text)] == []


def test_cdk_json_has_the_flags_of_a_new_app() -> None:
    settings = json.loads((ROOT / "cdk.json").read_text(encoding="utf-8"))
    [bundle] = [file for file in files("aws-cdk-lib") or () if file.name.endswith(".jsii.tgz")]
    with tarfile.open(bundle.locate()) as archive:
        flags = archive.extractfile("package/recommended-feature-flags.json")
        assert flags is not None
        assert settings["context"] == json.load(flags)

    # Without these the CDK command line makes another template than `python -m sample_app`.
    assert not any(settings[name] for name in ("pathMetadata", "assetMetadata", "versionReporting"))
