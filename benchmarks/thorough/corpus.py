"""Checks templates that we did not write for it: ``python -m benchmarks.thorough.corpus`` (``make corpus``).

The templates are those that packages of npm ship, each in a pinned version, those of the sample app and of the tests,
and the small and generated ones. ``cdk-esm check`` looks at each of them in all of its formats. What may not be: a
traceback, an exit status that is not documented, formats that disagree about it, and silence about a mapping.

Whether there is silence, the text of a file tells, without the template reader: how often a mapping is written in it.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import subprocess
import sys
import tarfile
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from benchmarks.thorough.figures import commit, keep
from benchmarks.thorough.templates import TEMPLATES, YAML
from cdk_esm.__main__ import main as command_line
from cdk_esm.judge.formats import FORMATS
from cdk_esm.sources import SOURCES
from cdk_esm.template.read import read_template
from tests.core.generated.legal import legal
from tests.core.peers.documented import documented, found_in

ROOT: Final = Path(__file__).parents[2]
WORK: Final = ROOT / "build" / "corpus"
SEEDS: Final = 50
SUFFIXES: Final = (".json", ".template", ".yaml", ".yml")

PACKAGES: Final[Mapping[str, str]] = {
    "@aws-solutions-constructs/aws-dynamodbstreams-lambda": "2.101.0",
    "@aws-solutions-constructs/aws-dynamodbstreams-lambda-elasticsearch-kibana": "2.104.0",
    "@aws-solutions-constructs/aws-kinesisstreams-lambda": "2.76.0",
    "@aws-solutions-constructs/aws-sqs-lambda": "2.104.0",
    "aws-cdk": "2.1148.1",
}
"""Packages of npm that ship templates: what their integration tests deployed, and the bootstrap stack of CDK."""

DOCUMENTED: Final = (0, 1, 2)

_MAPPING: Final = re.compile(r"""["']?Type["']?\s*:\s*["']?AWS::Lambda::EventSourceMapping\b""")
_EVENT: Final = re.compile(
    r"""["']?Type["']?\s*:\s*["']?(?:SQS|Kinesis|DynamoDB|MSK|SelfManagedKafka|MQ|DocumentDB)\b["']?\s*[,}\n]"""
)
_SERVERLESS: Final = "AWS::Serverless"
_RESOURCES: Final = re.compile(r"""["']?Resources["']?\s*:""")


@dataclass
class Looked:
    """What came of some templates.

    Args:
        templates: how many there were.
        written: how often a mapping is written in them.
        mappings: how many were judged.
        skipped: how much was not judged, by name.
        statuses: exit status to templates.
        faults: what may not be, each with its template.
    """

    templates: int = 0
    written: int = 0
    mappings: int = 0
    skipped: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, Any]:
        """What is kept of it."""
        return {
            "templates": self.templates,
            "written": self.written,
            "mappings": self.mappings,
            "skipped": self.skipped,
            "statuses": {str(status): count for status, count in sorted(self.statuses.items())},
            "faults": len(self.faults),
        }


def written_mappings(text: str) -> int:
    """How often a mapping is written in a text, as a resource or as an event of SAM; no template reader is asked."""
    events = len(_EVENT.findall(text)) if _SERVERLESS in text else 0
    return len(_MAPPING.findall(text)) + events


def look(files: Iterable[Path]) -> Looked:
    """Check each file in each format."""
    looked = Looked()
    for file in files:
        _look_at(file, looked)
    return looked


def _look_at(file: Path, looked: Looked) -> None:
    written = written_mappings(file.read_text(encoding="utf-8", errors="replace"))
    answers = {name: _check(file, name) for name in FORMATS}
    looked.templates += 1
    looked.written += written
    for name, (_, printed, error) in answers.items():
        if error:
            looked.faults.append(f"{file}: {name}: a traceback\n{error}")
        elif "Traceback" in printed:
            looked.faults.append(f"{file}: {name}: it prints a traceback")
    statuses = {status for status, _, _ in answers.values()}
    looked.statuses.update(statuses)
    if len(statuses) != 1 or not statuses <= set(DOCUMENTED):
        looked.faults.append(f"{file}: exit statuses {sorted(statuses)}")
    status, printed, _ = answers["json"]
    if status not in (0, 1):
        return
    summary = json.loads(printed)["summary"]
    looked.mappings += summary["mappings"]
    looked.skipped += len(summary["skipped"])
    looked.faults += _silence(file, written, summary, answers["text"])


def _silence(file: Path, written: int, summary: Mapping[str, Any], text: tuple[int, str, str]) -> Iterator[str]:
    """Say where a mapping is written that was neither judged nor named, and where what is not judged looks fine."""
    skipped = summary["skipped"]
    if summary["mappings"] + len(skipped) < written and not skipped:
        yield f"{file}: {written} mappings are written in it, {summary['mappings']} were judged, and none is named"
    if skipped and "nothing to mend" in text[1]:
        yield f"{file}: nothing to mend is said beside what was not judged"
    if skipped and text[0] == 0:
        yield f"{file}: it exits with 0 beside what was not judged"


def _check(file: Path, form: str) -> tuple[int, str, str]:
    """What ``cdk-esm check`` answers: its exit status, what it prints, and the traceback that came out of it."""
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            status = command_line(["check", str(file), "--format", form])
    except SystemExit as error:
        status = error.code if isinstance(error.code, int) else -1
    except BaseException:  # noqa: BLE001 - this is what we are looking for
        return -1, printed.getvalue(), traceback.format_exc()
    return status, printed.getvalue(), ""


def templates_in(folder: Path) -> list[Path]:
    """The files of a folder that may be templates: they have resources, whatever else is wrong with them."""
    found = (file for file in sorted(folder.rglob("*")) if file.suffix in SUFFIXES and file.is_file())
    return [file for file in found if _may_be_template(file.read_text(encoding="utf-8", errors="replace"))]


def _may_be_template(text: str) -> bool:
    return _RESOURCES.search(text) is not None and "AWS::" in text


def write_own(folder: Path, seeds: int) -> list[Path]:
    """Write our small templates, and generated ones of each kind of source, with some of their faults.

    Args:
        folder: where.
        seeds: how many of each kind.
    """
    documents = {f"small-{number}": document for number, document in enumerate(TEMPLATES)}
    for kind in SOURCES:
        documents |= {f"{kind}-{seed}": legal(kind, seed).template() for seed in range(seeds)}
    folder.mkdir(parents=True, exist_ok=True)
    for name, document in documents.items():
        (folder / f"{name}.json").write_text(json.dumps(document), encoding="utf-8")
    (folder / "small.yaml").write_text(YAML, encoding="utf-8")
    return sorted(folder.iterdir())


def undocumented(files: Iterable[Path]) -> Iterator[str]:
    """Say in which templates of packages other findings are made than those that were judged by hand.

    Args:
        files: the templates.
    """
    rows = documented("shipped")
    for file in files:
        plans = read_template(json.loads(file.read_text(encoding="utf-8"))) if file.suffix == ".json" else []
        found = found_in(plans)
        if plans and found != rows.get(file.name.partition(".")[0]):
            yield f"{file}: docs/guide/peers.md does not say {sorted(found)}"


def fetched(package: str, version: str) -> Path:
    """The folder of a package, as its registry has it."""
    folder = WORK / f"{package.replace('/', '-').strip('@')}-{version}"
    if not folder.exists():
        with tempfile.TemporaryDirectory() as place:
            command = ["npm", "pack", "--silent", "--pack-destination", place, f"{package}@{version}"]
            subprocess.run(command, check=True, capture_output=True)
            [archive] = Path(place).glob("*.tgz")
            with tarfile.open(archive) as packed:
                packed.extractall(folder, filter="data")
    return folder


def main(arguments: Sequence[str] | None = None) -> int:
    """Look at everything, print a line for each part, and keep the figures; 1 if something was found."""
    del arguments
    measured = commit()
    parts = {f"{package}@{version}": fetched(package, version) for package, version in PACKAGES.items()}
    files = {name: templates_in(folder) for name, folder in parts.items()}
    files["fixtures of the tests"] = templates_in(ROOT / "tests" / "fixtures")
    files["sample app"] = templates_in(ROOT / "cdk.out")
    files["small and generated"] = write_own(WORK / "own", SEEDS)
    faults = list(undocumented(file for name in parts for file in files[name]))
    for name, templates in files.items():
        looked = look(templates)
        keep("corpus", name, looked.figures(), of=measured)
        print(f"{name}: {looked.figures()}")
        faults += looked.faults
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
