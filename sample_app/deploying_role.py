"""Prints what the role that deploys the shop needs for its mappings: ``python -m sample_app.deploying_role [FOLDER]``.

``--json`` prints it as an IAM policy, for ``cdk bootstrap --cloudformation-execution-policies``. The mappings are read
from an assembly, so there must be one: ``make`` writes cdk.out.
"""

from __future__ import annotations

import argparse
import json
import sys

from cdk_esm import EsmError, read_assembly
from cdk_esm.report.deployment import needs_to_deploy, policy_to_deploy, told
from sample_app.context import ROOT


def main() -> None:
    """Read the assembly and print the list, or the policy."""
    arguments = argparse.ArgumentParser(prog="python -m sample_app.deploying_role", description=__doc__)
    arguments.add_argument("folder", nargs="?", default=str(ROOT / "cdk.out"), help="the assembly")
    arguments.add_argument("--json", action="store_true", help="print an IAM policy")
    asked = arguments.parse_args()
    try:
        needs = needs_to_deploy(read_assembly(asked.folder))
    except EsmError as error:
        sys.exit(f"sample_app: {error}")
    print(json.dumps(policy_to_deploy(needs), indent=2) if asked.json else told(needs))  # noqa: T201 - a command prints


if __name__ == "__main__":
    main()
