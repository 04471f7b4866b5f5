"""A stack that several stages have is taken over by one statement, and each stage keeps the id of its own mapping."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as sources
from aws_cdk import aws_sqs as sqs

from tests.cdk.adopt.pasted import REPLACED, compared, paste, said
from tests.cdk.adopt.team import function
from tests.cdk.templates import quiet_app

MAPPING = "AWS::Lambda::EventSourceMapping"
Wire = Callable[["Shop"], None]


class Shop(cdk.Stack):
    """A queue and two mappings on it: the id of one holds the path of the queue, that of the other does not."""

    def __init__(self, scope: Any, id: str, wire: Wire | None, batch_size: int = 5) -> None:  # noqa: A002 - CDK's word
        super().__init__(scope, id)
        self.queue = sqs.Queue(self, "Jobs", visibility_timeout=cdk.Duration.minutes(3))
        self.fulfil, self.watch = function(self, "Fulfil"), function(self, "Watch")
        if wire is not None:
            wire(self)
            return
        self.fulfil.add_event_source(sources.SqsEventSource(self.queue, batch_size=batch_size))
        lambda_.EventSourceMapping(self, "Own", target=self.watch, event_source_arn=self.queue.queue_arn)


def stages(app: cdk.App, wire: Wire | None) -> None:
    for name in ("Dev", "Prod"):
        Shop(cdk.Stage(app, name), "Shop", wire)


def stages_of_a_pipeline(app: cdk.App, wire: Wire | None) -> None:
    pipeline = cdk.Stack(app, "Pipeline")
    for name in ("Dev", "Prod"):
        Shop(cdk.Stage(pipeline, name), "Shop", wire)


def regions(app: cdk.App, wire: Wire | None) -> None:
    Shop(app, "Europe", wire)
    Shop(app, "America", wire)


def synthesized(folder: Path, build: Callable[[cdk.App, Wire | None], None], wire: Wire | None = None) -> Path:
    app = quiet_app(folder)
    build(app, wire)
    app.synth()
    return folder


def statements(path: Path) -> list[dict[str, Any]]:
    status, text = said("adopt", str(path), "--format", "json")
    assert status == 0
    found: list[dict[str, Any]] = json.loads(text)["statements"]
    return found


@pytest.mark.parametrize("build", [stages, stages_of_a_pipeline, regions])
def test_the_statements_are_pasted_once_and_no_stage_gets_another_mapping(
    build: Callable[[cdk.App, Wire | None], None], tmp_path: Path
) -> None:
    old = synthesized(tmp_path / "old", build)
    found = statements(old)
    code = "\n".join(dict.fromkeys(one["code"] for one in found))
    imports = "\n".join(dict.fromkeys(line for one in found for line in one["imports"]))

    def wire(stack: Shop) -> None:
        bound: dict[str, Any] = {"YOUR_jobs_queue": stack.queue}
        bound |= {"YOUR_fulfil_function": stack.fulfil, "YOUR_watch_function": stack.watch}
        reasons = {name: "as before" for one in found for name in one["names"] if "reason" in name}
        paste(f"{imports}\n{code}", stack, {**bound, **reasons})

    new = synthesized(tmp_path / "new", build, wire)

    assert len(found) == 4
    assert code.count("esm.SqsToLambda(") == 2
    assert not REPLACED & {change["change"] for change in compared(old, new)}
    for stack in {one["template"] for one in found}:
        before, after = (
            {name for name, one in _resources(Path(str(stack).replace(str(old), str(side)))) if one["Type"] == MAPPING}
            for side in (old, new)
        )
        assert before == after


def _resources(template: Path) -> list[tuple[str, dict[str, Any]]]:
    return list(json.loads(template.read_text(encoding="utf-8"))["Resources"].items())


def test_it_says_of_which_stacks_it_is(tmp_path: Path) -> None:
    old = synthesized(tmp_path, stages)
    _, text = said("adopt", str(old))

    assert "# In the code that makes the stacks Dev/Shop, Prod/Shop, once:" in text
    assert text.count("esm.SqsToLambda(") == 2
    assert text.count("}.get(self.node.path)") == 1
    assert "# Dev/Shop/Own\n# Prod/Shop/Own\n" in text


def test_stages_that_differ_are_printed_apart_and_say_in_what(tmp_path: Path) -> None:
    app = quiet_app(tmp_path)
    for name, size in (("Dev", 1), ("Prod", 5)):
        Shop(cdk.Stage(app, name), "Shop", None, size)
    app.synth()
    _, text = said("adopt", str(tmp_path))
    flat = " ".join(text.replace("\n#     ", " ").split())

    assert "# In the stack Dev/Shop:" in text
    assert "# In the stack Prod/Shop:" in text
    assert "from which only batch_size, logical_id differs" in flat
    assert "this looks like Dev/Shop/Own once more, from which nothing differs" in flat


@pytest.mark.parametrize(("build", "told"), [(stages, 1), (regions, 0)])
def test_one_stage_by_itself_says_that_another_one_has_another_id(
    build: Callable[[cdk.App, Wire | None], None], told: int, tmp_path: Path
) -> None:
    old = synthesized(tmp_path, build)
    alone = old / "assembly-Prod" if build is stages else old / "Europe.template.json"
    _, text = said("adopt", str(alone))

    assert text.count("so another stage with this stack has another one") == told
