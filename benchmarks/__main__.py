"""Runs every benchmark in turn, each in a process of its own."""

import subprocess
import sys
from pathlib import Path


def main() -> int:
    """Run the modules of this folder, and end with 1 if one of them fails."""
    failed = 0
    for file in sorted(Path(__file__).parent.glob("[!_]*.py")):
        print(f"== {file.stem}", flush=True)
        done = subprocess.run([sys.executable, "-m", f"benchmarks.{file.stem}"], check=False)
        failed += done.returncode != 0
    return min(failed, 1)


if __name__ == "__main__":
    raise SystemExit(main())
