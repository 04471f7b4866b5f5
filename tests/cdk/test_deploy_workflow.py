"""The sample app's workflow of GitHub Actions: the same gates as its pipeline, and commands that can be run."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from typing import Any, Final

import pytest

from cdk_esm.__main__ import parser
from sample_app.app import PARTS
from sample_app.context import ROOT
from sample_app.pipeline.stack import ASSEMBLY, STAGES

yaml = pytest.importorskip("yaml", reason="YAML is read with PyYAML, an extra")

BASH: Final = shutil.which("bash") or "bash"
WORKFLOW: Final = yaml.safe_load((ROOT / "sample_app/.github/workflows/deploy.yml").read_text(encoding="utf-8"))
JOBS: Final[dict[str, dict[str, Any]]] = WORKFLOW["jobs"]
OF_A_JOB: Final = {"needs", "if", "runs-on", "permissions", "strategy", "environment", "env", "steps"}
OF_A_STEP: Final = {"name", "uses", "with", "env", "run"}
TRIGGERS: Final = True
"""How YAML reads the word ``on``, the key of what starts a workflow."""


def steps() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every step, with its job."""
    for name, job in JOBS.items():
        yield from ((name, step) for step in job["steps"])


def runs(job: str) -> str:
    """What a job runs, continued lines as one."""
    return "\n".join(step.get("run", "") for step in JOBS[job]["steps"]).replace("\\\n", " ")


def test_jobs_and_steps_say_nothing_that_actions_do_not_know() -> None:
    assert set(WORKFLOW) == {"name", TRIGGERS, "permissions", "concurrency", "env", "jobs"}
    for name, job in JOBS.items():
        assert set(job) <= OF_A_JOB, name
        assert job["runs-on"] == "ubuntu-latest"
    for name, step in steps():
        assert set(step) <= OF_A_STEP, name
        assert ("uses" in step) != ("run" in step), name
        assert re.fullmatch(r"[\w-]+/[\w-]+@v\d+", step.get("uses", "a/b@v1")), name


def test_every_job_comes_after_the_one_that_judges() -> None:
    needed = {name: job.get("needs") for name, job in JOBS.items()}

    assert needed == {"judge": None, "difference": "judge", "test": "judge", "production": "test"}
    assert "cdk-esm check" in runs("judge")
    assert "python -m pytest sample_app/tests" in runs("judge")


def test_a_pull_request_is_told_and_only_the_main_branch_is_deployed() -> None:
    assert WORKFLOW[TRIGGERS] == {"pull_request": None, "push": {"branches": ["main"]}}
    assert JOBS["difference"]["if"] == "github.event_name == 'pull_request'"
    assert JOBS["test"]["if"] == "github.event_name == 'push'"
    assert "gh pr comment" in runs("difference")


@pytest.mark.parametrize("stage", STAGES)
def test_each_stage_has_an_environment_of_its_own_which_can_ask_for_approval(stage: str) -> None:
    job = JOBS[stage.lower()]

    assert job["environment"] == stage.lower()
    assert job["env"] == {"STAGE": stage}
    assert '"ShopPipeline/$STAGE/*"' in runs(stage.lower())


def test_the_comparison_looks_at_every_stack_of_every_stage() -> None:
    [line] = [one for one in runs("difference").splitlines() if "difference.sh" in one]
    _, script, assembly, *stacks = shlex.split(line)

    assert (ROOT / script).is_file()
    assert assembly == "$ASSEMBLY/assembly-ShopPipeline-$STAGE"
    assert stacks == [f"$STAGE-{part}" for part in PARTS]
    assert JOBS["difference"]["strategy"]["matrix"]["stage"] == list(STAGES)
    assert WORKFLOW["env"]["ASSEMBLY"] == ASSEMBLY


def test_only_jobs_that_sign_in_to_aws_may_ask_for_a_token_and_none_may_write_code() -> None:
    allowed = {name: job.get("permissions", WORKFLOW["permissions"]) for name, job in JOBS.items()}
    signs_in = {name for name, step in steps() if "configure-aws-credentials" in step.get("uses", "")}

    assert {name for name, one in allowed.items() if one.get("id-token") == "write"} == signs_in
    assert all(one["contents"] == "read" for one in allowed.values())
    assert {name for name, one in allowed.items() if "pull-requests" in one} == {"difference"}


def test_each_command_is_one_that_the_shell_reads_and_ours_can_be_run() -> None:
    ours = []
    for name, step in steps():
        if "run" not in step:
            continue
        read = subprocess.run([BASH, "-n"], input=step["run"], text=True, capture_output=True, check=False)
        assert read.returncode == 0, (name, read.stderr)
        assert "${{" not in step["run"], "what others write must come through the environment"
        ours += [line for line in step["run"].splitlines() if line.startswith("cdk-esm ")]

    assert ours
    for line in ours:
        assert parser().parse_args(shlex.split(line)[1:]).paths == ["$ASSEMBLY"]
