"""The rules as rules of cfn-lint: ``cfn-lint template.yaml --append-rules cdk_esm.cfn_lint``.

A rule's id is its own behind the letter by which cfn-lint knows the severity: ``EESM201`` for an error, ``WESM305`` for
a danger, ``IESM307`` for an advice, which cfn-lint shows with ``--include-checks I``. cfn-lint comes with the extra
``cdk-esm[cfn-lint]``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, Protocol, cast
from weakref import WeakKeyDictionary

from cfnlint.rules import CloudFormationLintRule, RuleMatch

from cdk_esm.errors import TemplateError
from cdk_esm.plan import MappingPlan
from cdk_esm.rules.engine import check, rule_modules
from cdk_esm.rules.explain import rule_text
from cdk_esm.rules.rule import Finding, Rule, Severity
from cdk_esm.template.read import read_template

_LETTER: Final = {Severity.ERROR: "E", Severity.DANGER: "W", Severity.ADVICE: "I"}
_INDEX: Final = re.compile(r"\[(\d+)\]")

Path = list[str | int]


class Template(Protocol):
    """What we want of the template that cfn-lint hands to its rules."""

    @property
    def template(self) -> Mapping[str, Any]:
        """The document, as cfn-lint has decoded and transformed it."""


_judged: WeakKeyDictionary[Any, dict[str, list[tuple[Finding, Path]]]] = WeakKeyDictionary()


def _findings(cfn: Template) -> dict[str, list[tuple[Finding, Path]]]:
    """Everything that is found in a template, by rule; read and judged once for all rules."""
    if cfn not in _judged:
        _judged[cfn] = _judge(cfn.template)
    return _judged[cfn]


def _judge(document: Mapping[str, Any]) -> dict[str, list[tuple[Finding, Path]]]:
    found: dict[str, list[tuple[Finding, Path]]] = {}
    try:
        # cfn-lint's own dicts and texts know their lines; the reader wants plain ones.
        plain = json.loads(json.dumps(document, default=str))
        plans = read_template(plain)
    except (TemplateError, TypeError, ValueError, RecursionError):
        return found  # cfn-lint itself says what is wrong with a template that is none
    by_path = {plan.path: plan for plan in reversed(plans)}
    for finding in check(plans):
        if finding.acknowledged is None:
            found.setdefault(finding.rule.id, []).append((finding, _place(plain, by_path[finding.path], finding)))
    return found


def _place(document: Mapping[str, Any], plan: MappingPlan, finding: Finding) -> Path:
    """The keys to the setting, or to as much of it as there is in the template: at least to the mapping."""
    path: Path = ["Resources", plan.logical_id or ""]
    names = _INDEX.sub(r".\1", finding.setting).split(".")
    inner: Any = document["Resources"][plan.logical_id]
    for key in ["Properties", *(int(name) if name.isdigit() else name for name in names)]:
        there = key in inner if isinstance(inner, dict) else isinstance(inner, list) and key in range(len(inner))
        if not there:
            break
        path.append(key)
        inner = inner[key]
    return path[:2] if path[2:] == ["Properties"] else path


def _matches(rule: Rule, cfn: Template) -> Iterator[Any]:
    for finding, path in _findings(cfn).get(rule.id, ()):
        yield RuleMatch(path, " ".join(f"{finding.message}; fix: {finding.fix}".split()))


def _made(rule: Rule, summary: str) -> type[Any]:
    """The class that cfn-lint takes for one rule."""
    members = {
        "id": f"{_LETTER[rule.severity]}{rule.id}",
        "shortdesc": rule.name,
        "description": " ".join(summary.split()),
        "source_url": rule.page,
        "tags": ["resources", "lambda", "cdk-esm"],
        "match": lambda _, cfn: list(_matches(rule, cast("Template", cfn))),
        "__module__": __name__,
    }
    return type(rule.id, (CloudFormationLintRule,), members)


# cfn-lint looks for classes among the names of this module.
globals().update({module.RULE.id: _made(module.RULE, rule_text(module).summary) for module in rule_modules()})
