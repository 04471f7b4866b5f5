"""How many mutants of the core the tests kill: ``python -m benchmarks.thorough.mutation [--sample N] PACKAGE ...``.

mutmut makes the mutants and runs, for each, the tests that reach the function it changes. It works on a copy of the
project under ``build/mutation``, so that neither its folder nor its settings stand in the project. Each worker has a
limit of memory, and each mutant one of time: some never end, or ask for all there is.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from time import monotonic

from benchmarks.thorough.figures import commit, keep

ROOT = Path(__file__).parents[2]
WORK = ROOT / "build" / "mutation"

RULE_TESTS = ROOT / "tests" / "core" / "rules"
# A package of cdk_esm, and the tests that are about it: they have to kill its mutants, not whatever else may use it.
TESTS = {
    "filters": ["tests/core/filters"],
    "template": [
        "tests/core/template",
        # What a role lacks, and what a network does not let through, is tested with the rules that say so.
        *(
            str(file.relative_to(ROOT))
            for file in sorted(RULE_TESTS.glob("test_*.py"))
            if "cdk_esm.testing.templates" in file.read_text(encoding="utf-8")
        ),
    ],
    "rules": [
        # The skeletons of new rules are tested by the linter, which has no place in the environment of the mutants.
        *(str(file.relative_to(ROOT)) for file in sorted(RULE_TESTS.glob("test_*.py")) if file.stem != "test_new_rule"),
        "tests/core/test_sound_plans.py",
    ],
    "diff": ["tests/core/diff"],
    "simulator": ["tests/core/simulator"],
}
LEFT_OUT = (
    # Calls go through mutmut's own, so that they nest half as deep.
    "--deselect=tests/core/template/test_loops.py::test_depth_of_a_template_is_no_matter",
    # They measure, and take as long as all the others.
    "--deselect=tests/core/simulator/test_runs.py::test_the_memory_of_a_summary_does_not_grow_with_the_records",
    "--ignore=tests/core/simulator/test_growth.py",
)
LOWEST_PERCENT = {"filters": 90, "template": 85, "rules": 85, "diff": 85, "simulator": 85}
# No browser: it asks for more address space than a mutant has.
TOLD = {"PYTHONPATH": "", "PYTHONHASHSEED": "0", "CDK_ESM_PAIRS": "30", "CDK_ESM_BROWSER": "none"}
WORKERS = 2
MEMORY_BYTES = 2 * 1024**3
SETTINGS = """
[tool.mutmut]
source_paths = ["cdk_esm/{package}"]
pytest_add_cli_args_test_selection = {tests}
pytest_add_cli_args = ["-p", "no:cacheprovider", "-p", "every_run_anew", "--hypothesis-profile=mutants", {left_out}]
also_copy = ["cdk_esm", "tools", "docs", "tests", "benchmarks", "conftest.py", "every_run_anew.py"]
timeout_constant = 2.0
timeout_multiplier = 10.0
use_git_change_detection = false
"""

# What the exit code of a mutant's tests means. pytest ends with 1 (failed tests), 2 (a test module that cannot be
# imported) or 3 (an error inside pytest) for one that is killed; mutmut gives 33 to what no test reaches; and SIGXCPU
# or SIGPROF end a process that is over a limit of time.
SURVIVED, UNTESTED, TIMED_OUT, UNCHECKED = (0,), (5, 33), (-signal.SIGXCPU, -signal.SIGPROF), (None, 4)


@dataclass(frozen=True)
class Score:
    """What became of the mutants of one package."""

    package: str
    mutants: int
    tested: int
    killed: int
    timed_out: int
    survived: int
    untested: int
    seconds: int

    @property
    def percent(self) -> float:
        """The share of the tested mutants that the tests noticed; one that never ends is noticed."""
        return 100 * (self.killed + self.timed_out) / self.tested if self.tested else 0.0

    def __str__(self) -> str:
        sampled = "" if self.tested == self.mutants else f" (sampled: {self.tested} of {self.mutants})"
        return (
            f"{self.package}: {self.tested} mutants{sampled}, {self.killed} killed, {self.timed_out} timed out, "
            f"{self.survived} survived, {self.untested} reached by no test: {self.percent:.1f} % in {self.seconds} s"
        )


def copy(package: str) -> Path:
    """A copy of what the tests of a package need, with mutmut's settings."""
    place = WORK / package
    shutil.rmtree(place, ignore_errors=True)
    skip = shutil.ignore_patterns("__pycache__")
    for folder in ("cdk_esm", "tools", "docs", "tests/core", "tests/cdk/snapshots", "tests/fixtures", "benchmarks"):
        shutil.copytree(ROOT / folder, place / folder, ignore=skip)
    for file in (ROOT / "conftest.py", Path(__file__).with_name("every_run_anew.py")):
        shutil.copy(file, place)
    left_out = ", ".join(map(json.dumps, LEFT_OUT))
    settings = SETTINGS.format(package=package, tests=json.dumps(TESTS[package]), left_out=left_out)
    (place / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text() + settings)
    return place


def names(place: Path, package: str) -> Iterator[str]:
    """The names that mutmut will give to the mutants of a package."""
    code = (
        "import sys; from pathlib import Path; from mutmut.utils.format_utils import get_mutant_name;"
        "from mutmut.mutation.file_mutation import mutate_file_contents\n"
        "for file in sorted(Path(sys.argv[1]).rglob('*.py')):\n"
        "    for name in mutate_file_contents(str(file), file.read_text()).mutant_names:\n"
        "        print(get_mutant_name(file, name))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, f"cdk_esm/{package}"], cwd=place, check=True, capture_output=True, text=True
    )
    yield from done.stdout.splitlines()


def verdicts(place: Path, package: str) -> dict[str, int | None]:
    """The exit code of the tests for each mutant, as mutmut keeps them beside its files."""
    found: dict[str, int | None] = {}
    for file in sorted((place / "mutants" / "cdk_esm" / package).rglob("*.meta")):
        found |= json.loads(file.read_text())["exit_code_by_key"]
    return found


def score(package: str, sample: int | None, seed: int) -> Score:
    """Run the mutants of a package, or a sample of them, and count."""
    place = copy(package)
    chosen: list[str] = []
    if sample:
        everything = list(names(place, package))
        chosen = sorted(random.Random(seed).sample(everything, min(sample, len(everything))))  # noqa: S311 - no secret

    def limited() -> None:
        with contextlib.suppress(ValueError):  # macOS has no such limit
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        os.nice(10)

    start = monotonic()
    with (place / "log.txt").open("w") as log:
        subprocess.run(
            [Path(sys.executable).with_name("mutmut"), "run", "--max-children", str(WORKERS), *chosen],
            cwd=place,
            check=True,
            stdout=log,
            stderr=log,
            env={
                **os.environ,
                "PYTHONPATH": "",
                "PYTHONHASHSEED": "0",
                "CDK_ESM_PAIRS": "30",
                "CDK_ESM_BROWSER": "none",
            },
            preexec_fn=limited,
        )
    ends = verdicts(place, package)
    of = Counter(ends.values())
    tested = len(chosen) or len(ends)
    survived, untested, timed_out = (sum(of[code] for code in codes) for codes in (SURVIVED, UNTESTED, TIMED_OUT))
    unchecked = sum(of[code] for code in UNCHECKED) - (len(ends) - tested)
    if unchecked:
        raise RuntimeError(f"{unchecked} mutants were not checked: see {place / 'log.txt'}")
    killed = tested - survived - untested - timed_out
    return Score(package, len(ends), tested, killed, timed_out, survived, untested, round(monotonic() - start))


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print a line for each package, and keep the figures; 1 if a score is too low."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.thorough.mutation", description=__doc__)
    parser.add_argument("package", nargs="*", choices=[*TESTS, []], help="what to measure (all by default)")
    parser.add_argument("--sample", type=int, help="measure only so many mutants of each package, drawn by --seed")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    status = 0
    for package in options.package or TESTS:
        measured = commit()
        print(result := score(package, options.sample, options.seed), flush=True)
        counts = {name: value for name, value in asdict(result).items() if name != "package"}
        if result.tested < result.mutants:
            counts["sampled"] = f"{result.tested} of {result.mutants}, seed {options.seed}"
        tool = f"mutmut {version('mutmut')}"
        keep("mutation", package, {**counts, "percent": round(result.percent, 1), "tool": tool}, of=measured)
        if result.percent < LOWEST_PERCENT[package]:
            print(
                f"  this is below {LOWEST_PERCENT[package]} %: `mutmut browse` in {WORK / package} shows the survivors"
            )
            status = 1
    return status


if __name__ == "__main__":
    raise SystemExit(main())
