"""The README's first example is a program: it runs as it stands."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_first_example_runs_as_it_stands(tmp_path: Path) -> None:
    (example,) = re.findall(r"```python\n(# app\.py\n.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    (tmp_path / "app.py").write_text(example)
    handlers = tmp_path / "handlers" / "orders"
    handlers.mkdir(parents=True)
    (handlers / "app.py").write_text("def handler(event, context):\n    return None\n")

    # Not every environment of the tests has the library installed.
    here = {**os.environ, "PYTHONPATH": str(ROOT), "CDK_OUTDIR": "cdk.out"}
    ran = subprocess.run([sys.executable, "app.py"], cwd=tmp_path, env=here, capture_output=True, text=True, check=True)

    assert ran.stdout == "Shop/Orders has age, dead_letters, errors, throttles, failures, stopped\n"
    assert (tmp_path / "cdk.out" / "Shop.template.json").is_file()
    assert "ESM314" in ran.stderr, "an alarm without an action is advised against"
