"""Runs every benchmark in turn, each in a process of its own: filters where the other matchers are, if they are."""

import subprocess
import sys
from pathlib import Path

PEERS = Path(__file__).parents[1] / "build" / "peers" / "bin" / "python"


def main() -> int:
    """Run the modules of this folder, and end with 1 if one of them fails."""
    failed = 0
    for file in sorted(Path(__file__).parent.glob("[!_]*.py")):
        print(f"== {file.stem}", flush=True)
        python = str(PEERS) if file.stem == "filters" and PEERS.exists() else sys.executable
        done = subprocess.run([python, "-m", f"benchmarks.{file.stem}"], check=False)
        failed += done.returncode != 0
    return min(failed, 1)


if __name__ == "__main__":
    raise SystemExit(main())
