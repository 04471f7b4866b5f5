"""A source and a rule touch few files: counted in the tree, and compared with what CONTRIBUTING.md promises."""

import re
import sys
from collections.abc import Iterator, Mapping
from types import ModuleType

import pytest

from cdk_esm.rules.engine import rule_modules
from cdk_esm.sources import SOURCES
from tools.import_graph import ROOT, modules
from tools.named import importing, literals, names, naming

MOST_FILES = 7
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PLACES = re.findall(r"^\| .+? \| `(cdk_esm/[^`]+)`.*? \| (.+?) \|$", CONTRIBUTING, re.MULTILINE)
EVERY_SOURCE = [place for place, when in PLACES if when == "always"]
OF_A_KNOWN_SHAPE = [place for place, when in PLACES if when != "if the shape is new"]

# Sources that a file of their shape must name though they are not the first of it, and why.
TOLD_APART: Mapping[str, str] = {
    "sqs-fifo": "the name of the queue tells it, and not its type",
    "self-managed-kafka": "it has no ARN",
    "rabbitmq": "neither the type nor the ARN tells the engine of a broker",
}

# What names a source beside the files in the table: which sources, and why.
BESIDE: Mapping[str, tuple[str, str]] = {
    "cdk_esm/adopt/kafka.py": ("self-managed-kafka", "only the mapping describes the cluster"),
    "cdk_esm/alarms/stream_alarms.py": ("kinesis-efo", "the names of its lag metric"),
    "cdk_esm/constructs/intake/paste_resources.py": (
        "sqs kinesis dynamodb",
        "what CDK makes of an ARN in the place of a resource",
    ),
    "cdk_esm/judge/stated.py": ("sqs", "the service in the ARNs that get-queue-attributes prints"),
    "cdk_esm/filters/table_faults.py": ("dynamodb", "some faults are about attributes with types alone"),
    "cdk_esm/sources/envelopes.py": ("dynamodb", "the field of the item, in what a table sends to a stream"),
    "cdk_esm/filters/language.py": ("dynamodb", "the typed language has attributes with types"),
    "cdk_esm/plan/kafka.py": ("self-managed-kafka", "only the mapping describes the cluster"),
    "cdk_esm/report/examples.py": ("sqs kinesis dynamodb msk", "modules of CDK that examples import have these names"),
    "cdk_esm/report/summary.py": ("self-managed-kafka", "only the mapping describes the cluster"),
    "cdk_esm/sources/destinations.py": ("sqs", "a queue is a destination too"),
    "cdk_esm/sources/sqs_fifo.py": ("sqs", "the service in the ARN"),
    "cdk_esm/sources/stream_settings.py": ("kinesis", "the key that holds a record in the event"),
    "cdk_esm/plan/needs.py": ("self-managed-kafka", "only the mapping describes the cluster"),
}
# Rules about the peculiarity of one source compare with its sheet: they are the rules' business, not the source's.
BESIDE_ANYWHERE = "cdk_esm/rules/"

# What names a rule beside its own file, and why.
RULES_BESIDE: Mapping[str, str] = {
    "cdk_esm/filters/faults.py": "has the ids of those rules that tell what the filter compiler finds",
    "cdk_esm/filters/table_faults.py": "the same, where the source is a table",
}


def files(names: frozenset[str]) -> set[str]:
    return {modules()[name].relative_to(ROOT).as_posix() for name in names}


def home(kind: str) -> str:
    """The module of a source's fact sheet."""
    (found,) = (
        name
        for name in modules()
        if name.startswith("cdk_esm.sources.") and SOURCES[kind] in vars(loaded(name)).values()
    )
    return found


def loaded(name: str) -> ModuleType:
    __import__(name)
    return sys.modules[name]


def naming_source(kind: str) -> set[str]:
    """The files that name a source: its kind, its construct, or the module of its sheet."""
    return files(naming(literal=kind, name=SOURCES[kind].construct) | importing(home(kind)) | {home(kind)})


def expected(kind: str) -> Iterator[re.Pattern[str]]:
    """The places of the table, as patterns of paths; a source whose construct serves two has the name of both."""
    own = {home(one).rpartition(".")[2] for one in SOURCES if one == kind or sibling(one, kind)}
    others = "|".join({home(one).rpartition(".")[2] for one in SOURCES} - own)
    source = f"({'|'.join(sorted(own))})"
    for place, _ in PLACES:
        resource = rf"(?!({others})\.py){source}_\w+" if place.startswith("cdk_esm/sources/") else r"\w+"
        pattern = re.escape(place).replace("<source>", source).replace("<resource>", resource)
        pattern = pattern.replace("<service>", r"\w+")
        yield re.compile(pattern + ("" if place.endswith(".py") else ".*"))


def sibling(one: str, other: str) -> bool:
    return SOURCES[one].construct is not None and SOURCES[one].construct == SOURCES[other].construct


def unexpected(kind: str, found: set[str]) -> set[str]:
    """The files that name a source and are not in the table."""
    patterns = list(expected(kind))
    return {path for path in found if not any(pattern.fullmatch(path) for pattern in patterns)}


@pytest.mark.parametrize("kind", SOURCES)
def test_a_source_is_named_only_in_the_files_that_the_table_lists(kind: str) -> None:
    found = {path for path in unexpected(kind, naming_source(kind)) if not path.startswith(BESIDE_ANYWHERE)}

    assert found == {path for path, (kinds, _) in BESIDE.items() if kind in kinds.split()}


def test_a_source_of_a_known_shape_touches_at_most_seven_files() -> None:
    assert len(set(OF_A_KNOWN_SHAPE)) == len(OF_A_KNOWN_SHAPE) <= MOST_FILES


@pytest.mark.parametrize("kind", SOURCES)
def test_the_files_of_a_shape_name_its_first_source_at_most(kind: str) -> None:
    of_shape = [place for place, when in PLACES if when == "if the shape is new" and place.endswith(".py")]
    named = {path for path in naming_source(kind) if path in of_shape}
    first = next(one for one, sheet in SOURCES.items() if sheet.shape is SOURCES[kind].shape)

    assert of_shape
    assert not named or kind == first or kind in TOLD_APART


def test_a_source_that_is_told_apart_is_named_in_a_file_of_its_shape() -> None:
    assert all("cdk_esm/template/kinds.py" in naming_source(kind) for kind in TOLD_APART)


@pytest.mark.parametrize("kind", [kind for kind, sheet in SOURCES.items() if sheet.construct])
def test_the_table_lists_nothing_that_a_source_with_a_construct_does_without(kind: str) -> None:
    stem = home(kind).rpartition(".")[2]
    constructs = {
        name.rpartition(".")[2] for name in naming(literal=kind, name=SOURCES[kind].construct) if name.count(".") == 2
    }
    named = naming_source(kind)

    for place in EVERY_SOURCE:
        assert any(place.replace("<source>", name) in named for name in {stem, *constructs}), place


@pytest.mark.parametrize(
    ("code", "named"),
    [
        pytest.param("if source == 'kinesis-efo': pass", True, id="literal"),
        pytest.param("x = {'kinesis-efo': 1}", True, id="key"),
        pytest.param("esm.KinesisToLambda", True, id="attribute"),
        pytest.param("from cdk_esm.constructs import KinesisToLambda", True, id="import"),
        pytest.param('"""Unlike kinesis-efo."""\nx = "a kinesis-efo"', False, id="prose"),
    ],
)
def test_a_source_that_is_named_is_seen(code: str, named: bool) -> None:
    assert ("kinesis-efo" in literals(code) or "KinesisToLambda" in names(code)) == named


def test_a_file_beyond_the_table_is_seen() -> None:
    assert unexpected("sqs", {"cdk_esm/sources/sqs.py", "cdk_esm/report/summary.py"}) == {"cdk_esm/report/summary.py"}
    assert unexpected("sqs", {"cdk_esm/sources/kinesis.py"}) == {"cdk_esm/sources/kinesis.py"}


@pytest.mark.parametrize("module", [pytest.param(module, id=module.RULE.id) for module in rule_modules()])
def test_a_rule_is_named_in_its_own_file_only_and_has_a_test_of_its_name(module: ModuleType) -> None:
    named = files(naming(literal=module.RULE.id) | importing(module.__name__)) - set(RULES_BESIDE)
    own = module.__name__.replace(".", "/") + ".py"

    assert named <= {own}
    assert (ROOT / "tests" / "core" / "rules" / f"test_{own.rpartition('/')[2]}").is_file()


def test_a_file_that_names_rules_as_an_exception_names_some() -> None:
    named = {path for module in rule_modules() for path in files(naming(literal=module.RULE.id))}

    assert set(RULES_BESIDE) <= named


def test_contributing_tells_the_three_files_of_a_rule() -> None:
    (section,) = re.findall(r"^## Add a rule.*?(?=^## )", CONTRIBUTING, re.DOTALL | re.MULTILINE)

    for place in (
        "cdk_esm/rules/<family>/<its_name>.py",
        "tests/core/rules/test_<its_name>.py",
        "tests/core/generated/corrupt_<its_name>.py",
    ):
        assert f"`{place}`" in section
