"""The architecture, as a test: who may import whom, and how long a file may be."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "cdk_esm"

# From the top down: a module imports from the lines below its own, and of its own line only itself.
LAYERS = (
    ("__main__",),
    ("cli", "cfn_lint", "constructs", "testing"),
    ("report",),
    ("diff",),
    ("judge",),
    ("simulator",),
    ("rules",),
    ("alarms", "filters"),
    ("template", "assets"),
    ("plan",),
    ("sources",),
    ("facts", "errors", "durations"),
)
# Within the two large parts, likewise: "" stands for the modules at the top of the part.
WINGS = {
    "template": (("",), ("resources",), ("iam",), ("cloudformation",), ("sam",)),
    "constructs": (("",), ("resources",), ("app",), ("intake",)),
}
HEIGHT = {part: len(LAYERS) - index for index, layer in enumerate(LAYERS) for part in layer}
ONLY_IN_CONSTRUCTS = {"aws_cdk", "constructs", "jsii", "cdk_nag"}
LONGEST_FILE = 300


def modules() -> Iterator[tuple[str, Path]]:
    """Every module of the package, as the part that it belongs to and its file."""
    for file in sorted(PACKAGE.rglob("*.py")):
        yield file.relative_to(PACKAGE).parts[0].removesuffix(".py"), file


def imports(node: ast.AST) -> Iterator[str]:
    """Dotted names that a piece of code imports when it runs: what only the type checker reads does not count."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        assert node.level == 0, "relative imports are for the sample app's handlers"
        yield from (f"{node.module}.{alias.name}" for alias in node.names)
    elif isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
        for otherwise in node.orelse:
            yield from imports(otherwise)
    else:
        for child in ast.iter_child_nodes(node):
            yield from imports(child)


def imports_of(file: Path) -> Iterator[str]:
    yield from imports(ast.parse(file.read_text(encoding="utf-8")))


def test_every_part_of_the_package_has_its_layer() -> None:
    assert {part for part, _ in modules()} - {"__init__"} <= set(HEIGHT), "say in LAYERS where the new part belongs"


def test_a_layer_imports_only_from_the_layers_below() -> None:
    upward = [
        f"{file.relative_to(ROOT)} imports {name}"
        for part, file in modules()
        if part != "__init__"
        for name in imports_of(file)
        if name.startswith("cdk_esm")
        for imported in [name.split(".")[1]]
        if imported != part and HEIGHT.get(imported, len(HEIGHT)) >= HEIGHT[part]
    ]

    assert upward == []


def wing(module: str, part: str) -> str:
    """The wing of a part that a module stands in; empty at the top of the part."""
    below = module.removeprefix(f"cdk_esm.{part}.").split(".")[0]
    return below if (PACKAGE / part / below).is_dir() else ""


def test_a_wing_imports_only_from_the_wings_below() -> None:
    upward = [
        f"{file.relative_to(ROOT)} imports {name}"
        for part, wings in WINGS.items()
        for height in [{one: len(wings) - index for index, row in enumerate(wings) for one in row}]
        for file in sorted((PACKAGE / part).rglob("*.py"))
        for own in [wing(".".join(file.relative_to(ROOT).with_suffix("").parts), part)]
        for name in imports_of(file)
        if name.startswith(f"cdk_esm.{part}.") and (other := wing(name, part)) != own and height[other] >= height[own]
    ]

    assert upward == []


def test_only_the_constructs_import_cdk() -> None:
    impure = [
        f"{file.relative_to(ROOT)} imports {name}"
        for part, file in modules()
        if part != "constructs"
        for name in imports_of(file)
        if name.split(".")[0] in ONLY_IN_CONSTRUCTS
    ]

    assert impure == []


def test_only_the_adapter_imports_cfn_lint() -> None:
    importing = {part for part, file in modules() if any(name.split(".")[0] == "cfnlint" for name in imports_of(file))}

    assert importing == {"cfn_lint"}


def test_no_file_is_too_long() -> None:
    long = [
        f"{file.relative_to(ROOT)} has {lines} lines"
        for folder in ("cdk_esm", "tests", "sample_app", "benchmarks", "tools")
        for file in sorted((ROOT / folder).rglob("*.py"))
        if (lines := len(file.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    ]

    assert long == []
