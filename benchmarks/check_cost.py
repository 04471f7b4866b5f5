"""What ``cdk-esm check`` costs as a whole process, beside cfn-lint and the engine of CDK's own validation.

Run ``make bench``. All three look at one template: 120 default bundles, as the CDK synthesizes them. Then the cost per
mapping is shown as their number grows to 10,000.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

os.environ["CDK_VALIDATION"] = "false"  # only the template is wanted here

import aws_cdk as cdk

import cdk_esm as esm
from cdk_esm.testing.templates import get, mapping, ref, resource

MAPPINGS = 120
SIZES = (100, 1_000, 5_000, 10_000)
ROUNDS = 5
ENGINE = "import sys; from cloudformation_validate import RegoEngine; RegoEngine().validate_template(sys.argv[1])"


def synthesized(folder: Path) -> Path:
    """The template of an app with many default bundles."""
    code = folder / "code"
    code.mkdir()
    (code / "app.py").write_text("def handler(event, context):\n    return None\n")
    app = cdk.App(outdir=str(folder / "out"), context={"@aws-cdk/core:stackResourceLimit": 0})
    stack = cdk.Stack(app, "Bench", synthesizer=cdk.LegacyStackSynthesizer())
    for index in range(MAPPINGS):
        esm.SqsToLambda(stack, f"Bundle{index}", function=esm.NewFunction(code=str(code), handler="app.handler"))
    app.synth()
    return folder / "out" / "Bench.template.json"


def generated(count: int) -> dict[str, Any]:
    """A template with any number of mappings, each with its queues, function, role and policy."""
    resources: dict[str, Any] = {}
    for index in range(count):
        queue, dead, role, function = (f"{name}{index}" for name in ("Queue", "Dead", "Role", "Function"))
        redrive = {"deadLetterTargetArn": get(dead), "maxReceiveCount": 5}
        actions = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
        statement = {"Effect": "Allow", "Action": actions, "Resource": get(queue)}
        policy = {"PolicyName": "poll", "PolicyDocument": {"Statement": [statement]}, "Roles": [ref(role)]}
        reports = {"FunctionResponseTypes": ["ReportBatchItemFailures"], "FunctionName": ref(function)}
        resources |= {
            queue: resource("SQS::Queue", {"VisibilityTimeout": 180, "RedrivePolicy": redrive}),
            dead: resource("SQS::Queue", {"MessageRetentionPeriod": 1_209_600}),
            role: resource("IAM::Role", {"AssumeRolePolicyDocument": {"Statement": []}}),
            f"Policy{index}": resource("IAM::Policy", policy),
            function: resource("Lambda::Function", {"Role": get(role), "Timeout": 30, "Handler": "app.handler"}),
            f"Mapping{index}": {**mapping(get(queue), **reports), "DependsOn": f"Policy{index}"},
        }
    return {"Resources": resources}


def seconds(command: list[str], rounds: int = ROUNDS) -> float:
    """The median wall-clock time of a process that must not fail by itself."""
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        taken.append(time.perf_counter() - start)
        if "Traceback" in done.stderr:
            raise SystemExit(done.stderr)
    return statistics.median(taken)


def main() -> int:
    """Compare on one template, then show how the cost grows."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        template = str(synthesized(folder))
        count = len(json.loads(Path(template).read_text())["Resources"])
        check = [sys.executable, "-m", "cdk_esm", "check"]
        ours = seconds([*check, template])
        print(
            f"one template with {MAPPINGS} mappings, {count} resources; whole processes, "
            f"median of {ROUNDS} runs, of the others one"
        )
        print(f"{'cdk-esm check':>24} {ours:>8.2f} s")
        others = {"cloudformation_validate": [sys.executable, "-c", ENGINE, template]}
        others["cfn-lint"] = [str(Path(sys.executable).with_name("cfn-lint")), template]
        for label, command in others.items():
            theirs = seconds(command, rounds=1)
            print(f"{label:>24} {theirs:>8.2f} s, {theirs / ours:.1f} times as long")
        print(f"{'mappings':>24} {'seconds':>8} {'ms each':>8}")
        for size in SIZES:
            (folder / "big.json").write_text(json.dumps(generated(size)))
            taken = seconds([*check, str(folder / "big.json")], rounds=3)
            print(f"{size:>24} {taken:>8.2f} {taken / size * 1000:>8.2f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
