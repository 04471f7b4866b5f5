"""Deploys synthesized stacks into the local AWS, as the CDK command line would: assets first, then the template.

``prepare`` makes what a bootstrapped account has, and the public Powertools layer. ``Assembly`` is a folder that an app
was synthesized into. ``deploy`` makes or updates a stack, and returns it as a ``Stack``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sample_app.powertools import LAYER_PARAMETER
from tests.e2e.layer import archive, powertools
from tests.e2e.server import ACCOUNT, REGION, Server
from tests.e2e.stacks import Stack, of_this_account
from tests.e2e.waiting import until

_ASSETS: Final = f"cdk-hnb659fds-assets-{ACCOUNT}-{REGION}"
_BOOTSTRAP: Final = "/cdk-bootstrap/hnb659fds/version"
_POWERTOOLS: Final = "/e2e/powertools"  # no account can set a parameter below /aws/service
_IN_PROGRESS: Final = "_IN_PROGRESS"


class DeploymentError(Exception):
    """A stack was refused or rolled back; the text has the events that say why."""


def prepare(server: Server) -> None:
    """Make what a bootstrapped account has, and Powertools' layer, from the packages that the handlers' tests use."""
    server.client("s3").create_bucket(Bucket=_ASSETS, CreateBucketConfiguration={"LocationConstraint": REGION})
    layer = server.client("lambda").publish_layer_version(LayerName="powertools", Content={"ZipFile": powertools()})
    for name, value in ((_BOOTSTRAP, "30"), (_POWERTOOLS, layer["LayerVersionArn"])):
        server.client("ssm").put_parameter(Name=name, Value=value, Type="String")


@dataclass(frozen=True)
class Assembly:
    """A folder that an app was synthesized into."""

    folder: Path

    def template(self, stack: str) -> dict[str, Any]:
        """The template of a stack, as it was synthesized."""
        template: dict[str, Any] = json.loads((self.folder / f"{stack}.template.json").read_text(encoding="utf-8"))
        return template

    def publish(self, server: Server) -> None:
        """Upload the assets of all stacks to where their templates look for them."""
        for manifest in sorted(self.folder.glob("*.assets.json")):
            for asset in json.loads(manifest.read_text(encoding="utf-8"))["files"].values():
                if asset["source"]["packaging"] != "zip":
                    continue
                for destination in asset["destinations"].values():
                    server.client("s3").put_object(
                        Bucket=of_this_account(destination["bucketName"]),
                        Key=destination["objectKey"],
                        Body=_zipped(self.folder / asset["source"]["path"]),
                    )


def deploy(server: Server, name: str, template: Mapping[str, Any]) -> Stack:
    """Make a stack, or update the one of that name, and wait until it is there.

    Raises:
        DeploymentError: it was refused or rolled back.
    """
    formation = server.client("cloudformation")
    there = any(one["StackName"] == name for one in formation.describe_stacks()["Stacks"])
    try:
        (formation.update_stack if there else formation.create_stack)(
            StackName=name,
            TemplateBody=json.dumps(template),
            Parameters=[
                {"ParameterKey": key, "ParameterValue": _POWERTOOLS}
                for key, parameter in template.get("Parameters", {}).items()
                if parameter.get("Default") == LAYER_PARAMETER
            ],
            Capabilities=["CAPABILITY_NAMED_IAM"],
        )
    except formation.exceptions.ClientError as error:
        raise DeploymentError(f"{name}: {error}") from None
    status = until(lambda: _status(formation, name), lambda one: not one.endswith(_IN_PROGRESS))
    if status not in {"CREATE_COMPLETE", "UPDATE_COMPLETE"}:
        raise DeploymentError(f"{name} is {status}\n{_failures(formation, name)}")
    resources = formation.describe_stack_resources(StackName=name)["StackResources"]
    physical = {one["LogicalResourceId"]: one["PhysicalResourceId"] for one in resources}
    return Stack(server, name, template, physical)


def _status(formation: Any, name: str) -> str:
    return str(formation.describe_stacks(StackName=name)["Stacks"][0]["StackStatus"])


def _failures(formation: Any, name: str) -> str:
    events = formation.describe_stack_events(StackName=name)["StackEvents"]
    return "\n".join(
        f"{one['LogicalResourceId']} {one['ResourceStatus']}: {one.get('ResourceStatusReason', '')}"
        for one in events
        if "FAILED" in one["ResourceStatus"] or "ROLLBACK" in one["ResourceStatus"]
    )


def _zipped(folder: Path) -> bytes:
    return archive(
        {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    )
