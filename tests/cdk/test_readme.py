"""The README's first examples are programs: they run as they stand."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()


def test_first_examples_run_as_they_stand(tmp_path: Path) -> None:
    app = run(tmp_path, "app.py", "handlers/orders/app.py")

    assert app.stdout == "Shop/Orders has age, dead_letters, errors, throttles, failures, stopped\n"
    assert (tmp_path / "cdk.out" / "Shop.template.json").is_file()
    assert "ESM314" in app.stderr, "an alarm without an action is advised against"

    tested = run(tmp_path, "test_orders.py", runner=("-m", "pytest", "-s", "-p", "no:cacheprovider"))

    (printed,) = re.findall(r"```\n( +0 s  invocation 1: .*?)```", README, re.DOTALL)
    assert printed in tested.stdout
    assert "1 passed" in tested.stdout


def run(folder: Path, name: str, *others: str, runner: tuple[str, ...] = ()) -> "subprocess.CompletedProcess[str]":
    """Write the examples of these names into a folder, and run the first."""
    for each in (name, *others):
        (example,) = re.findall(rf"```python\n(# {re.escape(each)}\n.*?)```", README, re.DOTALL)
        (folder / each).parent.mkdir(parents=True, exist_ok=True)
        (folder / each).write_text(example)
    # Not every environment of the tests has the library installed.
    here = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(folder))), "CDK_OUTDIR": "cdk.out"}
    command = [sys.executable, *runner, name]
    return subprocess.run(command, cwd=folder, env=here, capture_output=True, text=True, check=True)
