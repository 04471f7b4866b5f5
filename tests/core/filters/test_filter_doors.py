"""A fault in a filter has one rule, severity, page and facts, whether the compiler, the command or a rule tells it."""

import argparse
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import cdk_esm as esm
from cdk_esm import filters
from cdk_esm.cli import filter as cli
from cdk_esm.filters.fault import Kind
from cdk_esm.filters.faults import EVERY_KIND, LINE_BREAK, kind_on
from cdk_esm.plan import Door
from cdk_esm.rules.engine import rules
from cdk_esm.rules.rule import Finding
from cdk_esm.sources import SOURCES
from cdk_esm.testing.plans import mapping, with_source
from tests.core.generated.legal import legal

VIEW = "KEYS_ONLY"
KEYS = {"id": "S"}


def in_payload(source: str, condition: str) -> str:
    """A pattern, as text, that asks something of a field of the payload."""
    if source == "dynamodb":
        return f'{{"dynamodb": {{"Keys": {{"id": {{"S": {condition}}}}}}}}}'
    return f'{{"{SOURCES[source].filter_key}": {{"id": {condition}}}}}'


def overlapping(source: str) -> str:
    """A pattern of two branches that share a condition on their field."""
    key = SOURCES[source].filter_key
    first, second = (in_payload(source, values) for values in ('["1", "2"]', '["2", "3"]'))
    assert first.startswith(f'{{"{key}"')
    return f'{{"$or": [{first}, {second}]}}'


def beside_payload(source: str) -> str:
    records = SOURCES[source].records
    assert records is not None
    return next(key for key in records.metadata if key not in records.proved)


def patterns(kind: Kind, source: str) -> list[str]:
    """Filters of a source with one fault."""
    key = SOURCES[source].filter_key
    inner = '{"a": ["b"], "a": ["c"]}' if source != "dynamodb" else '{"Keys": {"id": {"S": ["1"], "S": ["2"]}}}'
    branch = '{"$or": {"a": ["b"]}}' if source != "dynamodb" else '{"Keys": {"$or": {"S": ["b"]}}}'
    objects = ['{"dynamodb": {"Keys": [{"exists": true}]}}']
    if source != "dynamodb":
        objects = [in_payload(source, '[{"exists": true}]'), in_payload(source, '{"deeper": ["1"]}')]
    return {
        "too-many-filters": [in_payload(source, f'["{number}"]') for number in range(6)],
        "unknown-key": ['{"detail": {"type": ["paid"]}}'],
        "text-pattern": [f'{{"{key}": ["paid"]}}'],
        "number-in-dynamodb": ['{"dynamodb": {"Keys": {"id": {"N": [{"numeric": [">", 5]}]}}}}'],
        "missing-type-letter": ['{"dynamodb": {"Keys": {"id": ["paid"]}}}'],
        "exists-on-object": objects,
        "image-not-in-stream": ['{"dynamodb": {"NewImage": {"id": {"S": ["1"]}}}}'],
        "impossible-value": ['{"eventName": ["insert"]}'],
        "always-true": [in_payload(source, '[{"exists": true}, {"exists": false}]')],
        "key-not-of-table": ['{"dynamodb": {"Keys": {"state": {"S": ["due"]}}}}'],
        "key-of-other-type": ['{"dynamodb": {"Keys": {"id": {"N": ["1"]}}}}'],
        "duplicate-key": [f'{{"{key}": {inner}}}'],
        "or-is-a-field": [f'{{"{key}": {branch}}}'],
        "operator-is-a-field": [in_payload(source, '{"anything-but": ["paid"]}')],
        "unlisted-operator": [in_payload(source, '[{"wildcard": "a*b"}]')],
        "unproved-metadata": [f'{{"{beside_payload(source)}": ["1"]}}'] if kind.code == "unproved-metadata" else [],
        "number-beyond-range": [in_payload(source, '[{"numeric": [">", 6000000000]}]')],
        "number-by-its-text": [in_payload(source, "[300.0]")],
        "or-branches-overlap": [overlapping(source)],
        "emoji-ignoring-case": [in_payload(source, '[{"equals-ignore-case": "\U0001f600"}]')],
        "line-break": [in_payload(source, '["1"]').replace(": ", ":\n")],
    }[kind.code]


def told_by_command(source: str, texts: list[str], form: str, folder: Path) -> str:
    """What the command says about filters."""
    parser = argparse.ArgumentParser()
    cli.add_arguments(parser)
    words = [
        "--source",
        source,
        "--format",
        form,
        *(("--view-type", VIEW, "--key", "id:S") if source == "dynamodb" else ()),
    ]
    for number, text in enumerate(texts):
        file = folder / f"{number}.json"
        file.write_text(text)
        words += ["--pattern", str(file)]
    stdout, stderr = io.StringIO(), io.StringIO()
    cli.try_filters(parser.parse_args(words), io.StringIO(), stdout, stderr)
    assert stderr.getvalue() == ""
    return stdout.getvalue()


def told_by_rule(kind: Kind, plan: esm.MappingPlan) -> Finding:
    (finding, *_) = esm.check([plan], select=[kind.rule])
    return finding


def plan_of(source: str, texts: list[str]) -> esm.MappingPlan:
    plan = replace(mapping(source), filters=tuple(texts))
    return with_source(plan, view_type=VIEW, keys=tuple(KEYS.items())) if source == "dynamodb" else plan


def template_of(source: str, texts: list[str]) -> dict[str, Any]:
    """A legal template but for the filters, with the table in it if the source is one."""
    wanted = {"Source"} if source == "dynamodb" else set()
    case = next(case for seed in range(100) for case in [legal(source, seed)] if wanted <= case.resources.keys())
    case.settings["FilterCriteria"] = {"Filters": [{"Pattern": text} for text in texts]}
    if source == "dynamodb":
        case.properties("Source")["StreamSpecification"] = {"StreamViewType": VIEW}
    return case.template()


CASES = [pytest.param(kind, source, id=f"{kind.rule}-{source}") for kind in EVERY_KIND for source in kind.sources]
every_case = pytest.mark.parametrize(("kind", "source"), CASES)


def parts(rule: str, severity: str, page: str, facts: tuple[str, ...]) -> dict[str, Any]:
    return {"rule": rule, "severity": severity, "page": page, "facts": facts}


@every_case
def test_compiler_and_check_say_the_same(kind: Kind, source: str) -> None:
    texts = patterns(kind, source)
    view = VIEW if source == "dynamodb" else None
    keys = KEYS if source == "dynamodb" else None
    made = filters.compile(source, texts, view_type=view, keys=keys, verbatim=True).findings
    (found, *_) = [one for one in made if one.code == kind.code]

    for door in ("template", "construct"):
        finding = told_by_rule(kind, replace(plan_of(source, texts), door=Door(door)))
        rule = finding.rule
        assert (found.kind, rule) == (kind, rules()[kind.rule])
        assert parts(found.rule, found.severity, found.page, found.kind.facts) == parts(
            rule.id, rule.severity, finding.page, rule.facts
        )


# The command compiles what `filters.render` writes, which is one line.
@pytest.mark.parametrize(("kind", "source"), [case for case in CASES if case.values[0] is not LINE_BREAK])
def test_command_says_the_same_as_check(kind: Kind, source: str, tmp_path: Path) -> None:
    texts = patterns(kind, source)
    finding = told_by_rule(kind, plan_of(source, texts))

    *_, summary = told_by_command(source, texts, "json", tmp_path).splitlines()
    (as_json, *_) = [one for one in json.loads(summary)["findings"] if one["code"] == kind.code]
    assert (as_json["rule"], as_json["severity"], as_json["page"]) == (kind.rule, finding.severity, finding.page)
    as_text = told_by_command(source, texts, "text", tmp_path)
    (start, *_) = [line for line in as_text.splitlines() if line.endswith(f"[{kind.rule} {kind.code}]")]
    assert start.startswith(f"{finding.severity}: filters")
    assert as_text.partition(start)[2].splitlines()[2] == f"  see: {finding.page}"


@every_case
def test_template_says_the_same_as_the_compiler(kind: Kind, source: str) -> None:
    texts = patterns(kind, source)
    findings = esm.check(esm.read_template(template_of(source, texts)), select=[kind.rule])

    found = kind_on(kind.code, source)
    assert findings
    for finding in findings:
        rule = finding.rule
        assert (rule.id, rule.severity, rule.facts) == (found.rule, found.severity, found.facts)
        assert finding.page == rule.page_for(SOURCES[source])


def test_pattern_for_text_is_graver_where_json_is_lost() -> None:
    lost, passed = (
        filters.compile(source, [f'{{"{key}": ["a"]}}']).findings[0]
        for source, key in (("sqs", "body"), ("msk", "value"))
    )

    assert (lost.rule, str(lost.severity)) == ("ESM506", "danger")
    assert (passed.rule, str(passed.severity)) == ("ESM515", "advice")


def test_code_that_a_source_does_not_know_is_a_mistake() -> None:
    with pytest.raises(LookupError, match="no finding 'number-in-dynamodb' on filters of 'sqs'"):
        kind_on("number-in-dynamodb", "sqs")
