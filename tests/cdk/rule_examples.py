"""Runs the Python that the docstrings of rules show: each in a stage of its own of one app."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import aws_cdk as cdk

import cdk_esm as esm
from cdk_esm.report.examples import whole
from cdk_esm.rules.engine import rule_modules, rules
from tests.cdk.templates import quiet_app
from tools.rule_pages import only_at_constructs

ENV: Final = cdk.Environment(account="111122223333", region="eu-west-1")
_SAID: Final = re.compile(r"cdk-esm::(ESM\d{3})")
_HANDLER: Final = b"def handler(event, context):\n    return {'batchItemFailures': []}\n"
_NOT_IN_TEMPLATES: Final = {module.RULE.id for module in rule_modules() if only_at_constructs(module)}
_FILES: Final = re.compile(r'"((?:handlers|images)/)')


def _library(machine: int) -> bytes:
    """The head of a library for a processor, by its number in the ELF format."""
    return b"\x7fELF\x02\x01\x01" + bytes(9) + b"\x03\x00" + machine.to_bytes(2, "little") + bytes(44)


FILES: Final = {
    "handlers/orders/app.py": _HANDLER,
    "handlers/x86/app.py": _HANDLER,
    "handlers/x86/numbers.so": _library(0x3E),
    "handlers/arm/app.py": _HANDLER,
    "handlers/arm/numbers.so": _library(0xB7),
    "images/orders/Dockerfile": b"FROM public.ecr.aws/lambda/python:3.14\n",
}
"""What the examples name."""


def _write_files(folder: Path) -> None:
    for name, content in FILES.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def spoken(examples: Mapping[str, str], folder: Path) -> dict[str, dict[str, str]]:
    """Run examples, each in a stage of its own, synthesize the app, and read it.

    Args:
        examples: Python by a name, which becomes that of its stage.
        folder: an empty folder, for the files that examples name, and for what is synthesized.

    Returns:
        By the name of each example the rules that spoke, with their severity: when a construct was made, in a warning
        of CDK, or in the template.
    """
    _write_files(folder)
    app = quiet_app(folder / "cdk.out", {"aws:cdk:disable-stack-trace": True})
    found = {name: _refused(cdk.Stage(app, name, env=ENV), text, folder) for name, text in examples.items()}
    app.synth()
    for name, rule in _in_report(folder / "cdk.out"):
        found[name][rule] = rules()[rule].severity
    for name in found:
        assembly = folder / "cdk.out" / f"assembly-{name}"
        if assembly.exists():  # a stage without a resource has none
            plans = esm.read_assembly(assembly)
            found[name] |= {one.rule.id: one.severity for one in esm.check(plans) if one.acknowledged is None}
            found[name] |= {rule: rules()[rule].severity for rule in _in_warnings(assembly)}
    return {name: {rule: str(severity) for rule, severity in own.items()} for name, own in found.items()}


def _refused(stage: cdk.Stage, text: str, folder: Path) -> dict[str, esm.Severity]:
    """What a construct raised; Node has another working directory than a user's app, so folders get the whole path."""
    names: dict[str, Any] = {"self": cdk.Stack(stage, "Shop")}
    written = _FILES.sub(rf'"{folder.as_posix()}/\1', whole(text))
    try:
        exec(compile(written, stage.node.id, "exec"), names)  # noqa: S102 - it is our own words
    except (esm.EsmTypeError, esm.InvalidMappingError) as refused:
        return {one.rule.id: one.severity for one in refused.findings if one.acknowledged is None}
    except Exception as error:  # noqa: BLE001 - one example that does not run hides no other
        return {f"it does not run: {error!r}": esm.Severity.ERROR}
    return {}


def _in_report(assembly: Path) -> Iterator[tuple[str, str]]:
    """What the check of the whole app says of what no template tells; of the rest it knows all examples at once."""
    report = json.loads((assembly / "validation-report.json").read_text(encoding="utf-8"))
    for plugin in report["pluginReports"]:
        for said in plugin["violations"]:
            if said["ruleName"] in _NOT_IN_TEMPLATES:
                for one in said["violatingConstructs"]:
                    yield one["constructPath"].partition("/")[0], said["ruleName"]


def _in_warnings(assembly: Path) -> Iterator[str]:
    for file in assembly.rglob("*.metadata.json"):
        for entries in json.loads(file.read_text(encoding="utf-8")).values():
            for entry in entries:
                if entry["type"] == "aws:cdk:warning":
                    yield from _SAID.findall(str(entry["data"]))
