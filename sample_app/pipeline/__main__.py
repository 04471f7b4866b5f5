"""Synthesizes the pipeline and the shop in its stages: ``python -m sample_app.pipeline``."""

from __future__ import annotations

import os
import sys

import aws_cdk as cdk

from sample_app.context import ROOT, ContextError, read_context
from sample_app.pipeline.stack import PipelineStack


def main() -> None:
    """Build the pipeline with cdk.json's context, and synthesize it."""
    try:
        context = read_context()
    except ContextError as error:
        sys.exit(f"sample_app: {error}")
    # Another folder than the shop's own, so that neither overwrites the other.
    app = cdk.App(context=context, outdir=None if "CDK_OUTDIR" in os.environ else str(ROOT / "cdk.out" / "pipeline"))
    PipelineStack(app, "ShopPipeline")
    app.synth()


if __name__ == "__main__":
    main()
