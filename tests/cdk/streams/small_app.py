"""A small app with every kind of stream in it: ``python -m tests.cdk.streams.small_app CODE OUTPUT`` synthesizes it."""

from __future__ import annotations

import os
import sys

os.environ["CDK_VALIDATION"] = "false"  # seen by Node, which the first use of aws_cdk starts

import aws_cdk as cdk
from aws_cdk import aws_sns as sns

import cdk_esm as esm
from tests.cdk.streams.variants import DESTINATIONS, SOURCES, Variant


def build(code: str, output: str) -> cdk.App:
    """One bundle of each source with each destination, in two stacks."""
    app = cdk.App(outdir=output)
    function = esm.NewFunction(code=code, handler="app.handler", environment={"B": "2", "A": "1"})
    for name, sources in (("Shop", SOURCES[:2]), ("Other", SOURCES[2:])):
        stack = cdk.Stack(app, name)
        topic = sns.Topic(stack, "OnCall")
        for source in sources:
            for destination in DESTINATIONS:
                Variant(source, destination).build(
                    stack,
                    function,
                    f"{source}-{destination}",
                    filters=[
                        {"eventName": ["MODIFY", "INSERT"]} if source == "dynamodb" else {"data": {"a": ["b", "a"]}}
                    ],
                    tags={"b": "2", "a": "1"},
                    alarms=esm.Alarms(notify=[topic]),
                    acknowledge={"ESM320": "somebody is awake", "ESM316": "seen"},
                )
    return app


if __name__ == "__main__":
    build(*sys.argv[1:]).synth()
