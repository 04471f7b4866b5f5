"""The architecture, as a test: who may import whom, and how long a file may be."""

from collections.abc import Iterator

import pytest

from tools.import_graph import PACKAGE, ROOT, Import, circle, graph, imports, imports_in, module_of, modules, part
from tools.layers import LAYERS, WINGS

HEIGHT = {part: len(LAYERS) - index for index, layer in enumerate(LAYERS) for part in layer}
ONLY_IN_CONSTRUCTS = {"aws_cdk", "constructs", "jsii", "cdk_nag"}
LONGEST_FILE = 300

# What may look up a name at run time that nobody can read in the code, and why.
NAMES_MADE_AT_RUN_TIME = {
    "cdk_esm": "the public names load on first use, from the constructs and the template reader",
    "cdk_esm.cli.common_inputs": "the handler that a user names",
    "cdk_esm.rules.engine": "a rule is found by being in the folder of its family, below cdk_esm/rules",
}
# What only the type checker reads, and what would be an arrow up if it ran.
UP_FOR_TYPES = {
    (
        "cdk_esm.errors",
        "cdk_esm.rules.rule",
    ): "two exceptions carry findings, and everything below the rules has errors",
}


def upward(found: list[Import]) -> Iterator[Import]:
    """Imports that lead to a part in the same row or in one above; whatever comes from outside is no part."""
    for one in found:
        if not one.name.startswith(f"{PACKAGE}.") and one.name != PACKAGE:
            continue
        own, other = part(one.importer), part(one.name)
        if own and own != other and HEIGHT.get(other, len(HEIGHT)) >= HEIGHT[own]:
            yield one


def wing(module: str, of: str) -> str:
    """The wing of a part that a module is in; empty at the top of the part."""
    below = module.removeprefix(f"{PACKAGE}.{of}").removeprefix(".").split(".")[0]
    return below if below in WINGS[of] else ""


def into_a_wing_above(found: list[Import]) -> Iterator[Import]:
    """Imports of a part with wings that lead to another wing of it, and not to one below."""
    for one in found:
        of = part(one.importer)
        if of not in WINGS or part(one.name) != of:
            continue
        own, other = wing(one.importer, of), wing(module_of(one.name) or one.name, of)
        if own != other and WINGS[of].index(other) <= WINGS[of].index(own):
            yield one


def test_every_part_of_the_package_has_its_layer() -> None:
    assert {part(name) for name in modules()} - {""} <= set(HEIGHT), "say in LAYERS where the new part belongs"


@pytest.mark.parametrize("of", WINGS)
def test_every_folder_of_a_large_part_is_a_wing(of: str) -> None:
    folders = {file.parent.name for file in (ROOT / PACKAGE / of).glob("*/__init__.py")}

    assert folders == set(WINGS[of]) - {""}, "say in WINGS where the new folder belongs"


def test_no_module_imports_from_a_layer_above_or_beside_its_own() -> None:
    assert {(one.importer, module_of(one.name)) for one in upward(list(imports()))} == set(UP_FOR_TYPES)
    assert all(one.for_types for one in upward(list(imports())))


def test_no_module_imports_from_a_wing_above_its_own() -> None:
    assert list(into_a_wing_above(list(imports()))) == []


def test_no_imports_form_a_circle_even_for_the_type_checker() -> None:
    edges = dict(graph(at_once=False))
    del edges[PACKAGE]  # it names what is public, and nobody inside imports it

    assert circle({name: imported - {PACKAGE} for name, imported in edges.items()}) == []


def test_no_module_imports_the_whole_package() -> None:
    assert [one for one in imports() if module_of(one.name) == PACKAGE] == []


def test_only_these_modules_import_what_the_code_does_not_name() -> None:
    assert {one.importer for one in imports() if one.by_name and not one.name} == set(NAMES_MADE_AT_RUN_TIME)


@pytest.mark.parametrize(
    ("code", "dodges"),
    [
        pytest.param("import cdk_esm.cli.check", True, id="import"),
        pytest.param("from cdk_esm import report", True, id="from the package"),
        pytest.param("import cdk_esm", True, id="the package itself"),
        pytest.param("def later():\n    from cdk_esm.report.rules import rule_rows", True, id="in a function"),
        pytest.param("if TYPE_CHECKING:\n    from cdk_esm.report.rules import rule_rows", True, id="for types"),
        pytest.param("importlib.import_module('cdk_esm.testing')", True, id="importlib"),
        pytest.param("importlib.import_module(f'cdk_esm.report.{name}')", True, id="the beginning of a name"),
        pytest.param("importlib.import_module('cdk_esm.report.' + name)", True, id="a sum of names"),
        pytest.param("__import__('cdk_esm.report')", True, id="the function behind import"),
        pytest.param("import cdk_esm.alarms.select", True, id="the same row"),
        pytest.param("from cdk_esm.filters.pattern import Pattern", False, id="its own part"),
        pytest.param("importlib.import_module('cdk_esm.sources')", False, id="importlib downward"),
        pytest.param("import_module('yaml')", False, id="importlib outside"),
        pytest.param("from cdk_esm.plan import MappingPlan", False, id="downward"),
    ],
)
def test_an_import_upward_is_seen_in_each_of_its_forms(code: str, dodges: bool) -> None:
    assert bool(list(upward(list(imports_in("cdk_esm.filters.one", code))))) == dodges


@pytest.mark.parametrize(
    ("importer", "name", "refused"),
    [
        pytest.param("iam.roles", "resources.queues", True, id="up a wing"),
        pytest.param("iam.roles", "needs", True, id="up to the top"),
        pytest.param("reader", "iam.roles", False, id="down from the top"),
        pytest.param("resources.queues", "cloudformation.stack", False, id="down two wings"),
    ],
)
def test_an_import_into_a_wing_above_is_seen(importer: str, name: str, refused: bool) -> None:
    found = imports_in(f"cdk_esm.template.{importer}", f"from cdk_esm.template.{name} import one")

    assert bool(list(into_a_wing_above(list(found)))) == refused


def test_a_circle_is_found_and_told() -> None:
    edges = {"a": frozenset({"b"}), "b": frozenset({"c"}), "c": frozenset({"d", "b"}), "d": frozenset[str]()}

    assert circle(edges) == ["b", "c", "b"]


def test_only_the_constructs_import_cdk() -> None:
    impure = [
        one for one in imports() if part(one.importer) != "constructs" and one.name.split(".")[0] in ONLY_IN_CONSTRUCTS
    ]

    assert impure == []


def test_only_the_adapter_imports_cfn_lint() -> None:
    assert {part(one.importer) for one in imports() if one.name.split(".")[0] == "cfnlint"} == {"cfn_lint"}


def test_no_file_is_too_long() -> None:
    long = [
        f"{file.relative_to(ROOT)} has {lines} lines"
        for folder in ("cdk_esm", "tests", "sample_app", "benchmarks", "tools")
        for file in sorted((ROOT / folder).rglob("*.py"))
        if (lines := len(file.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    ]

    assert long == []
