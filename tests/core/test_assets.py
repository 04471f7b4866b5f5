"""A look at code: for which processor it was built, and whether its runtime finds the handler."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from cdk_esm.assets.look import look_at
from cdk_esm.facts import UNKNOWN, Unknowable
from cdk_esm.plan import Code

Files = Mapping[str, bytes]
HANDLER = b"def handler(event, context): ...\n"


def elf(machine: int, order: str = "little") -> bytes:
    mark = {"little": b"\x01", "big": b"\x02"}[order]
    return b"\x7fELF\x02" + mark + bytes(12) + machine.to_bytes(2, order) + bytes(44)  # type: ignore[arg-type]


INFO = "x-1.dist-info/WHEEL"
X86, ARM, POWER = elf(0x3E), elf(0xB7), elf(0x15)


def wheel(*tags: str) -> bytes:
    return "\n".join(["Wheel-Version: 1.0", *(f"Tag: {tag}" for tag in tags)]).encode()


def archive(files: Files) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as opened:
        for name, content in files.items():
            opened.writestr(name, content)
    return held.getvalue()


def looked(at: Path, files: Files, handler: str | None, runtime: str, *, packed: bool, layered: bool = False) -> Code:
    """What is found in files, in a folder or in an archive."""
    place = at / ("code.zip" if packed else "code")
    if packed:
        place.write_bytes(archive(files))
    else:
        for name, content in files.items():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_bytes(content)
    return look_at(str(place), handler, runtime=runtime, layered=layered)


both = pytest.mark.parametrize("packed", [False, True], ids=["folder", "archive"])


@both
@pytest.mark.parametrize(
    ("files", "x86", "arm"),
    [
        pytest.param({"bootstrap": X86}, ("bootstrap",), (), id="bootstrap-for-x86"),
        pytest.param({"bootstrap": ARM}, (), ("bootstrap",), id="bootstrap-for-arm"),
        pytest.param({"bootstrap": b"#!/bin/sh\n"}, (), (), id="a-script"),
        pytest.param({"bootstrap": elf(0xB7, "big")}, (), ("bootstrap",), id="bytes-in-the-other-order"),
        pytest.param({"bootstrap": POWER}, (), (), id="a-processor-that-lambda-has-not"),
        pytest.param({"bootstrap": b"\x7fELF"}, (), (), id="cut-off"),
        pytest.param({"bin/bootstrap": X86, "tool": X86}, (), (), id="nothing-that-is-started-by-itself"),
        pytest.param({"a/fast.so": X86, "libssl.so.3": elf(0x03)}, ("a/fast.so", "libssl.so.3"), (), id="libraries"),
        pytest.param({f"{name}.so": X86 for name in "abcd"}, ("a.so", "b.so", "c.so"), (), id="three-at-most"),
        pytest.param({INFO: wheel("cp313-cp313-manylinux2014_x86_64")}, (INFO,), (), id="w"),
        pytest.param({INFO: wheel("cp313-abi3-manylinux_2_28_aarch64")}, (), (INFO,), id="a"),
        pytest.param({INFO: wheel("py3-none-any")}, (), (), id="a-wheel-for-all"),
        pytest.param({INFO: wheel("a-b-linux_x86_64", "a-b-linux_aarch64")}, (), (), id="two-tags"),
        pytest.param({INFO: b"\xff"}, (), (), id="a-wheel-without-a-tag"),
        pytest.param({"x-1-cp313-cp313-linux_x86_64.whl": b""}, ("x-1-cp313-cp313-linux_x86_64.whl",), (), id="packed"),
        pytest.param({"x-x86_64-linux.so": X86, "x-aarch64-linux.so": ARM}, (), (), id="one-for-each"),
        pytest.param({"lib/amd64/x.so": X86, "lib/arm64/x.so": ARM, "y.so": X86}, ("y.so",), (), id="two-folders"),
    ],
)
def test_files_for_one_processor_are_seen(
    files: Files, x86: tuple[str, ...], arm: tuple[str, ...], tmp_path: Path, *, packed: bool
) -> None:
    code = looked(tmp_path, files, None, "provided.al2023", packed=packed)

    assert (code.x86_files, code.arm_files) == (x86, arm)


JAR = archive({"shop/Orders.class": b""})


@both
@pytest.mark.parametrize(
    ("runtime", "handler", "files", "found"),
    [
        pytest.param("python3.14", "app.handler", {"app.py": HANDLER}, True, id="python"),
        pytest.param("python3.14", "shop.app.handler", {"shop/app/__init__.py": HANDLER}, True, id="python-package"),
        pytest.param("python3.14", "app.handler", {"app.cpython-314-aarch64-linux-gnu.so": ARM}, True, id="compiled"),
        pytest.param("python3.14", "ap.handler", {"app.py": HANDLER}, False, id="python-misspelt"),
        pytest.param("nodejs24.x", "index.handler", {"index.mjs": b""}, True, id="node"),
        pytest.param("nodejs24.x", "src/app.handlers.orders", {"src/app.js": b""}, True, id="node-in-a-folder"),
        pytest.param("nodejs24.x", "./app.handler", {"app.cjs": b""}, True, id="node-from-here"),
        pytest.param("nodejs24.x", "lib.handler", {"lib/index.js": b""}, True, id="node-index"),
        pytest.param("nodejs24.x", "lib.handler", {"node_modules/lib/package.json": b""}, True, id="node-package"),
        pytest.param("nodejs24.x", "index.handler", {"index.ts": b""}, False, id="node-not-compiled"),
        pytest.param("nodejs24.x", "index.handler", {"dist/index.js": b""}, False, id="node-elsewhere"),
        pytest.param("nodejs24.x", "/opt/nodejs/wrap.handler", {"index.js": b""}, UNKNOWN, id="node-in-a-layer"),
        pytest.param("provided.al2023", "any", {"bootstrap": ARM}, True, id="own-runtime"),
        pytest.param("provided.al2023", "bootstrap", {"main": ARM}, False, id="own-runtime-misspelt"),
        pytest.param("java25", "shop.Orders::handle", {"shop/Orders.class": b""}, True, id="java"),
        pytest.param("java25", "shop.Orders", {"lib/shop.jar": JAR}, True, id="java-in-an-archive"),
        pytest.param("java25", "shop.Order::handle", {"lib/shop.jar": JAR, "a.class": b""}, False, id="java-misspelt"),
        pytest.param("java25", "shop.Order", {"lib/shop.jar": b"damaged"}, UNKNOWN, id="java-damaged"),
        pytest.param("java25", "Orders", {"BOOT-INF/classes/Orders.class": b""}, UNKNOWN, id="java-with-a-loader"),
        pytest.param("dotnet10", "Shop::Orders", {"Shop.dll": b""}, UNKNOWN, id="another-runtime"),
        pytest.param("", "app.handler", {}, UNKNOWN, id="no-runtime"),
    ],
)
def test_the_handler_is_looked_for_as_its_runtime_does(
    runtime: str, handler: str, files: Files, found: bool | Unknowable, tmp_path: Path, *, packed: bool
) -> None:
    files = {**files, "README": b""}
    assert looked(tmp_path, files, handler, runtime, packed=packed).handler_found is found


def test_what_is_not_in_the_code_may_be_in_a_layer(tmp_path: Path) -> None:
    files = {"app.py": HANDLER}

    assert looked(tmp_path, files, "lib.handler", "python3.14", packed=True, layered=True).handler_found is UNKNOWN
    assert looked(tmp_path, files, "app.handle", "python3.14", packed=True, layered=True).function_found is False


@both
def test_the_function_is_looked_for_in_its_module(tmp_path: Path, *, packed: bool) -> None:
    files = {"app.py": HANDLER, "shop/__init__.py": HANDLER, "shop/handle.py": b"", "fast.abi3.so": ARM, "fast.py": b""}

    def found(handler: str) -> tuple[bool | Unknowable, tuple[str, ...]]:
        code = looked(tmp_path, files, handler, "python3.14", packed=packed)
        return code.function_found, code.close_names

    assert found("app.handler") == (True, ())
    assert found("app.handle") == (False, ("handler",))
    assert found("app.orders") == (False, ())
    assert found("shop.handler") == (True, ())
    assert found("shop.handle") == (UNKNOWN, ()), "a submodule is a name of its package"
    assert found("shop.other")[0] is False
    assert found("fast.handler") == (UNKNOWN, ()), "a compiled module comes first"


def test_what_cannot_be_read_is_not_judged(tmp_path: Path) -> None:
    (tmp_path / "code.bin").write_bytes(b"no archive")
    cut = archive({"app.py": HANDLER * 50})
    (tmp_path / "cut.zip").write_bytes(cut[:40] + bytes(60) + cut[100:])

    assert look_at(str(tmp_path / "code.bin"), "app.handler", runtime="python3.14").handler_found is UNKNOWN
    assert look_at(str(tmp_path / "cut.zip"), "app.handle", runtime="python3.14").function_found is UNKNOWN
    assert look_at(str(tmp_path / "none"), "app.handler", runtime="python3.14").exists is False
    assert look_at("x" * 5_000, "app.handler", runtime="python3.14").exists is False


def test_a_link_to_a_folder_is_followed_as_it_is_when_the_code_is_packed(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "orders.py").write_bytes(HANDLER)
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "shop").symlink_to(tmp_path / "shared")
    (tmp_path / "shared" / "again").symlink_to(tmp_path / "code")  # a circle ends

    code = look_at(str(tmp_path / "code"), "shop.orders.handler", runtime="python3.14")

    assert (code.handler_found, code.function_found) == (True, True)


@both
def test_of_more_files_than_anybody_has_nothing_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, packed: bool
) -> None:
    monkeypatch.setattr("cdk_esm.assets.contents.MOST_FILES", 3)
    files = {f"{name}.so": X86 for name in "abcd"}

    assert looked(tmp_path, files, "ap.handler", "python3.14", packed=packed) == Code(
        path=str(tmp_path / ("code.zip" if packed else "code")), exists=True
    )
