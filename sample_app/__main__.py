"""Synthesizes the shop and prints what was built: ``python -m sample_app``."""

from __future__ import annotations

import os
import sys

import cdk_esm as esm
from sample_app.app import build_app
from sample_app.context import ROOT, ContextError, read_context


def main() -> None:
    """Build the app with cdk.json's context, synthesize it, and print its mappings."""
    try:
        context = read_context()
    except ContextError as error:
        sys.exit(f"sample_app: {error}")
    # The CDK CLI says where it wants the assembly in CDK_OUTDIR; App reads that when no outdir is given.
    app = build_app(context, outdir=None if "CDK_OUTDIR" in os.environ else str(ROOT / "cdk.out"))
    app.synth()
    print(esm.summary(app))  # noqa: T201 - a command prints


if __name__ == "__main__":
    main()
