"""Fuzzes the template reader, and commands with hostile files: ``python -m benchmarks.thorough.fuzz [--seconds N]``.

The fuzzer is atheris, which has wheels for Linux on x86-64; elsewhere there is nothing to run, and this says so.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import yaml

from benchmarks.thorough.figures import commit, keep
from benchmarks.thorough.templates import FUNCTIONS, TEMPLATES, WORDS, YAML

ROOT = Path(__file__).parents[2]
WORK = ROOT / "build" / "fuzz"
SECONDS = 600
LIMITS = ("-timeout=100", "-report_slow_units=100", "-rss_limit_mb=4096", "-max_len=16384")


def write_seeds(folder: Path) -> None:
    """Write the inputs to begin with: our templates as JSON and as YAML, and some beginnings of changes to them."""
    folder.mkdir(parents=True)
    for number, template in enumerate(TEMPLATES):
        (folder / f"json-{number}").write_bytes(b"j" + json.dumps(template).encode())
        (folder / f"yaml-{number}").write_bytes(b"y" + yaml.safe_dump(template).encode())
        (folder / f"changes-{number}").write_bytes(b"c" + bytes((number * step) % 256 for step in range(1, 64)))
        (folder / f"hostile-{number}").write_bytes(b"h" + bytes((number * step * step) % 256 for step in range(1, 256)))
    (folder / "yaml-tags").write_bytes(b"y" + YAML.encode())


def write_words(file: Path) -> None:
    """Write the words that a fuzzer would not come upon by itself, as libFuzzer wants them."""
    lines = []
    for word in (*FUNCTIONS, *WORDS):
        shown = word.encode("utf-8", "replace").decode("ascii", "replace")
        if word and shown.isprintable():
            lines.append('"' + shown.replace("\\", "\\\\").replace('"', '\\"') + '"')
    file.write_text("\n".join(lines) + "\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Fuzz, print a line, and keep the figures; 1 if something was found."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.thorough.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=int, default=SECONDS, help="for how long (%(default)s)")
    seconds = parser.parse_args(arguments).seconds
    if importlib.util.find_spec("atheris") is None:
        print("reader: not fuzzed, for atheris has no wheel here")
        return 0

    measured = commit()
    shutil.rmtree(WORK, ignore_errors=True)
    findings, corpus = WORK / "findings", WORK / "corpus"
    findings.mkdir(parents=True)
    corpus.mkdir()
    write_seeds(WORK / "seeds")
    write_words(WORK / "words.txt")
    log = WORK / "log.txt"
    with log.open("w") as output:
        done = subprocess.run(
            [
                *(sys.executable, "-m", "benchmarks.thorough.fuzz_reader", findings, corpus, WORK / "seeds"),
                *(f"-max_total_time={seconds}", "-print_final_stats=1", f"-dict={WORK / 'words.txt'}", *LIMITS),
                f"-artifact_prefix={findings}/",
            ],
            cwd=ROOT,
            check=False,
            stdout=output,
            stderr=output,
        )
    said = log.read_text(errors="replace")
    executed = re.search(r"stat::number_of_executed_units:\s*(\d+)", said)
    ran = re.search(r"Done \d+ runs in (\d+) second", said)
    found = sorted(file.name for file in findings.iterdir() if file.suffix != ".txt")
    figures = {
        "executions": int(executed[1]) if executed else 0,
        "seconds": int(ran[1]) if ran else 0,
        "findings": len(found),
        "corpus": len(list(corpus.iterdir())),
        "tool": f"atheris {version('atheris')}",
    }
    print(
        f"reader: {figures['executions']} inputs in {figures['seconds']} s, {figures['corpus']} of them of interest, "
        f"{len(found)} findings"
    )
    if found or done.returncode != 0 or executed is None:
        print(f"  see {findings} and {log}")
        return 1
    keep("fuzzing", "reader", figures, of=measured)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
