"""The result of a check for programs: JSON, SARIF, GitHub's annotations and JUnit's XML."""

from __future__ import annotations

import html
import os
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from types import ModuleType
from typing import Any, Final
from urllib.parse import quote

from cdk_esm import printed
from cdk_esm.judge.json_text import json_text
from cdk_esm.judge.lines import line_of
from cdk_esm.judge.result import FORMAT_VERSION, Reported, Result
from cdk_esm.judge.text import as_text, not_judged
from cdk_esm.printed import one_line
from cdk_esm.rules.engine import rule_modules
from cdk_esm.rules.explain import Shown, rule_text
from cdk_esm.rules.rule import Rule, Severity
from cdk_esm.template.unread import Skipped

_SARIF_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_SARIF_LEVEL: Final = {Severity.ERROR: "error", Severity.DANGER: "warning", Severity.ADVICE: "note"}
_GITHUB_LEVEL: Final = {Severity.ERROR: "error", Severity.DANGER: "warning", Severity.ADVICE: "notice"}
_REFERRED_TO: Final = re.compile(r"[^\n -~]")
_NOT_IN_XML: Final = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_json(result: Result) -> str:
    """Everything, settled findings too."""
    findings = [one.to_dict() for one in result.reported]
    return json_text({"version": FORMAT_VERSION, "summary": result.summary(), "findings": findings}, indent=2)


def as_sarif(result: Result) -> str:
    """A SARIF log, as code scanning services take it."""
    broken = sorted({one.finding.rule.id for one in result.reported})
    modules = {module.RULE.id: module for module in rule_modules()}
    driver = {"name": "cdk-esm", "rules": [_sarif_rule(modules[one]) for one in broken]}
    run: dict[str, Any] = {"tool": {"driver": driver}}
    if result.inputs.skipped:
        said = [_notification(one, result) for one in result.inputs.skipped]
        run["invocations"] = [{"executionSuccessful": not result.unreadable, "toolExecutionNotifications": said}]
    run["results"] = [_sarif_result(one, broken) for one in result.reported]
    return json_text({"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _sarif_rule(module: ModuleType) -> dict[str, Any]:
    """A rule with its two descriptions and its help, all of which GitHub's code scanning shows."""
    rule: Rule = module.RULE
    text = rule_text(module)
    return {
        "id": rule.id,
        "name": rule.name,
        "shortDescription": {"text": " ".join(text.summary.split())},
        "fullDescription": {"text": " ".join(text.why.split())},
        "help": {
            "text": f"{text.summary}\n\n{text.why}\n\nsee: {rule.page}",
            "markdown": f"{text.summary}\n\n{text.why}\n\n{_examples(text.template)}See [AWS's page]({rule.page}).",
        },
        "helpUri": rule.page,
        "defaultConfiguration": {"level": _SARIF_LEVEL[rule.severity]},
        "properties": {"tags": ["aws-lambda", "event-source-mapping"]},
    }


def _examples(shown: Shown) -> str:
    """A bad and a good template, each as a block of Markdown with an empty line behind it."""
    both = (("Bad", shown.bad), ("Good", shown.good))
    return "".join(f"{heading}:\n\n```yaml\n{code}\n```\n\n" for heading, code in both if code)


def _uri(file: str) -> str:
    """A file as a reference from the folder in which the check ran, or in full where it lies elsewhere."""
    path, beginning = Path(file), ""
    if path.is_absolute():
        here = _here()
        if here is None or not path.is_relative_to(here):
            beginning = "file://" + "/" * (not path.as_posix().startswith("/"))
        else:
            path = path.relative_to(here)
    return beginning + quote(_bytes_of(path.as_posix()), safe="/:" if beginning else "/")


def _here() -> Path | None:
    """The current folder; ``None`` if somebody has deleted it."""
    try:
        return Path.cwd()
    except OSError:
        return None


def _bytes_of(name: str) -> bytes:
    """A name as the file system has it, which may be no UTF-8; or as a manifest has it, which may be no name."""
    try:
        return os.fsencode(name)
    except UnicodeEncodeError:
        return name.encode("utf-8", "backslashreplace")


def _sarif_result(one: Reported, broken: list[str]) -> dict[str, Any]:
    finding = one.finding
    location = {
        "physicalLocation": {
            "artifactLocation": {"uri": _uri(one.plan.template or "")},
            "region": {"startLine": _line(one)},
        },
        "logicalLocations": [{"fullyQualifiedName": finding.path, "kind": "resource"}],
    }
    suppressions: list[Mapping[str, str]] = []
    if finding.acknowledged is not None:
        suppressions.append({"kind": "inSource", "justification": finding.acknowledged})
    elif one.baseline:
        suppressions.append({"kind": "external", "justification": "in the baseline"})
    return {
        "ruleId": finding.rule.id,
        "ruleIndex": broken.index(finding.rule.id),
        "level": _SARIF_LEVEL[finding.severity],
        "message": {"text": f"{finding.message}\nfix: {finding.fix}"},
        "locations": [location],
        "partialFingerprints": {"cdkEsm/v1": "/".join(one.key)},
    } | ({"suppressions": suppressions} if suppressions else {})


def _notification(one: Skipped, result: Result) -> dict[str, Any]:
    """What was not judged, as a notification of the tool; a note if somebody agreed to it."""
    agreed = result.agreed.reason(one)
    level = "note" if agreed is not None else "error" if one.unreadable else "warning"
    text = not_judged(one) if agreed is None else f"{not_judged(one)} (agreed: {agreed})"
    found: dict[str, Any] = {"level": level, "message": {"text": text}}
    if one.template is not None:
        place = {"artifactLocation": {"uri": _uri(one.template)}, "region": {"startLine": _line_of(one)}}
        found["locations"] = [{"physicalLocation": place}]
    return found


def as_github(result: Result) -> str:
    """Workflow commands, which GitHub shows beside the lines of a pull request."""
    lines = "\n".join([*map(_annotation, result.counted), *map(_warning, result.unjudged)])
    return printed.without_marks(lines, r"#\x23")


def _warning(one: Skipped) -> str:
    level = "error" if one.unreadable else "warning"
    place = {"file": one.template or "", "line": str(_line_of(one)), "title": "not judged"}
    properties = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in place.items() if value)
    return f"::{level} {properties}::{_escaped(not_judged(one))}"


def _annotation(one: Reported) -> str:
    finding = one.finding
    place = {
        "file": one.plan.template or "",
        "line": str(_line(one)),
        "title": f"{finding.rule.id} {finding.rule.name}",
    }
    properties = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in place.items())
    text = f"{finding.path}: {finding.message}\nfix: {finding.fix}\nsee: {finding.page}"
    return f"::{_GITHUB_LEVEL[finding.severity]} {properties}::{_escaped(text)}"


def _escaped(text: str, further: str = "") -> str:
    return one_line(re.sub(rf"[%\r\n{further}]", lambda found: f"%{ord(found[0]):02X}", text))


def as_junit(result: Result) -> str:
    """A test suite for each template, with a test case for each of its mappings."""
    found: dict[str, list[Reported]] = {}
    for one in result.counted:
        found.setdefault(one.finding.path, []).append(one)
    plans = {(plan.template or "", plan.path): plan for plan in result.inputs.plans}
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>"]
    for template, group in groupby(plans, key=lambda place: place[0]):
        paths = [path for _, path in group]
        failed = sum(path in found for path in paths)
        lines.append(f'  <testsuite name={_attribute(template)} tests="{len(paths)}" failures="{failed}">')
        for path in paths:
            lines += _test_case(template, path, found.get(path, []))
        lines.append("  </testsuite>")
    return printed.without_marks("\n".join([*lines, *_unjudged_suite(result), "</testsuites>"]))


def _unjudged_suite(result: Result) -> Iterator[str]:
    """What was not judged is an error, or a skipped test if somebody agreed to it."""
    skipped = result.inputs.skipped
    if not skipped:
        return
    errors = len(result.unjudged)
    counts = f'tests="{len(skipped)}" failures="0" errors="{errors}" skipped="{len(skipped) - errors}"'
    yield f'  <testsuite name="not judged" {counts}>'
    for one in skipped:
        agreed = result.agreed.reason(one)
        opening = f'    <testcase classname="not judged" name={_attribute(one.path)}>'
        said = f"{one.reason}; {one.fix}" if agreed is None else f"{one.reason}; agreed: {agreed}"
        element = "error" if agreed is None else "skipped"
        yield f"{opening}<{element} message={_attribute(said)}/></testcase>"
    yield "  </testsuite>"


def _test_case(template: str, path: str, found: list[Reported]) -> Iterator[str]:
    opening = f"    <testcase classname={_attribute(template)} name={_attribute(path)}"
    if not found:
        yield opening + "/>"
        return
    yield opening + ">"
    for one in found:
        title = _attribute(f"{one.finding.rule.id} {one.finding.rule.name}: {one.finding.message}")
        text = _xml(str(one.finding))
        yield f'      <failure type="{one.finding.severity}" message={title}>{text}</failure>'
    yield "    </testcase>"


def _attribute(text: str) -> str:
    return '"' + _xml(text).replace("\n", "&#10;") + '"'


def _xml(text: str) -> str:
    """A text as XML takes it: escaped, and without the characters that no XML may hold.

    What is not ASCII is a reference to its character, so that the text is the same in whatever encoding it is written.
    """
    return _REFERRED_TO.sub(lambda found: f"&#{ord(found[0])};", html.escape(_NOT_IN_XML.sub("\ufffd", text)))


def _line(one: Reported) -> int:
    """The line on which a mapping begins in its file; the first one where it cannot be found."""
    plan = one.plan
    return line_of(plan.template or "", [plan.logical_id or "", *plan.within])


def _line_of(one: Skipped) -> int:
    """The line on which something begins that was not judged."""
    return line_of(one.template or "", [one.logical_id or "", *one.within])


FORMATS: Final[Mapping[str, Callable[[Result], str]]] = {
    "text": as_text,
    "json": as_json,
    "sarif": as_sarif,
    "github": as_github,
    "junit": as_junit,
}
"""The names that ``--format`` takes."""
