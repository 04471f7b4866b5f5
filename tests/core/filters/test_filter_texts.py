"""What we say about filters, word for word as it was reviewed: ``UPDATE_SNAPSHOTS=1`` writes it anew.

The cases are those of the tests that look at codes, places and reasons.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cdk_esm import filters
from cdk_esm.cli import filter as cli
from cdk_esm.filters import FilterPatternError, f
from tests.core.filters.test_filter_engine import REFUSED as REFUSED_BY_THE_ENGINE
from tests.core.filters.test_filter_findings import FINDINGS
from tests.core.filters.test_filter_language import REFUSED as TYPED
from tests.core.filters.test_filter_refusals import REFUSED
from tests.core.reviewed import reviewed

FOLDER = Path(__file__).parent / "texts"
KNOWN: list[tuple[str, Any, dict[str, Any]]] = [
    ("dynamodb", f.dynamodb(new_image={"a": f.S("x")}), {"view_type": "KEYS_ONLY"}),
    ("dynamodb", f.dynamodb(old_image={"a": f.S(f.missing)}), {"view_type": "NEW_IMAGE"}),
    ("dynamodb", {"dynamodb": {"Keys": {"a": {"NULL": ["x"]}}}}, {}),
    ("sqs", {"body": {"a": [1]}}, {"payload": "text"}),
    ("sqs", {"messageId": ["1"]}, {}),
    ("sqs-fifo", '{"body":\n{"a": [1]}}', {"verbatim": True}),
]


def findings() -> Iterator[str]:
    for source, pattern, known in [*((source, pattern, {}) for source, pattern, _ in FINDINGS), *KNOWN]:
        criteria = filters.compile(source, [pattern], **known)
        yield f"{source} {filters.render(pattern)} {json.dumps(known) if known else ''}".rstrip()
        for finding in criteria.findings:
            parts = finding.to_dict()
            yield f"  {parts['severity']} {parts['code']} {parts['json_path']}"
            yield from (f"    {part}: {parts[part]}" for part in ("got", "allowed", "message", "fix"))
    for finding in filters.compile("sqs", [{"body": {"a": [number]}} for number in range(6)]).findings:
        yield f"six filters\n  {finding}\n    allowed: {finding.allowed}"


def refusals() -> Iterator[str]:
    for case in (*REFUSED, *REFUSED_BY_THE_ENGINE, *TYPED):
        with pytest.raises(FilterPatternError) as error:
            case.values[0]() if case in TYPED else filters.parse(case.values[0])
        yield f"{case.id}\n  {error.value}"


@pytest.mark.parametrize(("name", "lines"), [("findings.txt", findings), ("refusals.txt", refusals)])
def test_texts_are_those_that_were_reviewed(name: str, lines: Any) -> None:
    text = "\n".join(lines()) + "\n"

    assert reviewed(FOLDER / name, text) == text


def test_help_is_what_was_reviewed() -> None:
    parser = argparse.ArgumentParser(prog="cdk-esm filter")
    cli.add_arguments(parser)
    text = parser.format_help()

    assert reviewed(FOLDER / "help.txt", text).split() == text.split()  # Python's versions break lines differently
