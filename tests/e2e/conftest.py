"""One local AWS for all of these tests, with the shop in it; without its environment they are skipped, in one line.

``make e2e`` installs the environment and sets CDK_ESM_E2E: then a missing one is a failure.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Final

import pytest

os.environ["CDK_VALIDATION"] = "false"  # seen by Node, which the first use of aws_cdk starts

from sample_app.app import build_app
from sample_app.context import read_context
from tests.e2e.deploy import Assembly, deploy, prepare
from tests.e2e.exclusions import deployable
from tests.e2e.filtered import FilteredStack
from tests.e2e.mutants import MUTANTS
from tests.e2e.orders import RIGHT, Outcome, Traffic
from tests.e2e.server import ENVIRONMENT, Server
from tests.e2e.stacks import Stack

SHOP: Final = ("ShopOrders", "ShopPayments", "ShopClicks", "ShopProducts")
"""The stacks that are deployed; the others have sources that the local AWS does not have."""

_MISSING: Final = "`make e2e` installs the local AWS that the tests in tests/e2e deploy to"


@pytest.fixture(scope="session", autouse=True)
def environment() -> Path:
    """The environment of the local AWS, or nothing here runs."""
    if not (ENVIRONMENT / "ready").exists():
        if os.environ.get("CDK_ESM_E2E"):
            pytest.fail(_MISSING)
        pytest.skip(_MISSING)
    return ENVIRONMENT


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say once why they were skipped."""
    if any(_MISSING in str(one.longrepr) for one in terminalreporter.stats.get("skipped", [])):
        terminalreporter.write_line(f"skipped: {_MISSING}")


@pytest.fixture(scope="session")
def assembly(environment: Path, tmp_path_factory: pytest.TempPathFactory) -> Assembly:
    """The shop as ``cdk synth`` makes it, and a stack with filters, which the shop has no use for."""
    assert environment.exists()
    app = build_app(read_context(), outdir=str(tmp_path_factory.mktemp("assembly")))
    FilteredStack(app, "Filtered")
    return Assembly(Path(app.synth().directory))


@pytest.fixture(scope="session")
def server(assembly: Assembly, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The local AWS, bootstrapped, with the assets of the shop."""
    # Whoever ends these tests ends the server with them.
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        server = Server.start(tmp_path_factory.mktemp("aws"))
        try:
            prepare(server)
            assembly.publish(server)
            yield server
            server.assert_local()
        finally:
            server.stop()
    finally:
        signal.signal(signal.SIGTERM, before)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show the end of the server's log below a failure."""
    report = yield
    server = getattr(item, "funcargs", {}).get("server")
    if report.failed and isinstance(server, Server):
        report.sections.append(("the local AWS", server.log()))
    return report


@pytest.fixture(scope="session")
def shop(server: Server, assembly: Assembly) -> dict[str, Stack]:
    """The four stacks, deployed."""
    return {name: deploy(server, name, deployable(assembly.template(name))) for name in SHOP}


@pytest.fixture(scope="session")
def traffic(shop: dict[str, Stack], server: Server, assembly: Assembly) -> dict[str, tuple[Traffic, Outcome]]:
    """Traffic for ShopOrders and for each of its mutants, by name, and what became of it.

    All of them are under way at the same time, for most of it is waiting.
    """
    orders = deployable(assembly.template("ShopOrders"))
    under_way = {"ShopOrders": (Traffic(shop["ShopOrders"].mapping("Orders")), RIGHT)}
    for mutant in MUTANTS:
        stack = deploy(server, f"ShopOrders{mutant.name}", mutant.of(orders))
        under_way[mutant.name] = (Traffic(stack.mapping("Orders")), mutant.outcome)
    for one, _ in under_way.values():
        one.go_on()
    return {name: (one, one.finish(expected)) for name, (one, expected) in under_way.items()}
