"""The code of a function that CDK has made already, as it was staged for the assembly.

A ``lambda_.Code`` does not say whether it is bundled, but the L1 of its function names the archive that will be
published, and CDK has staged its content by then. Code that is not staged, such as that of a stack whose bundling is
left out, is not looked at.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import aws_cdk as cdk
from aws_cdk import aws_lambda as lambda_

from cdk_esm.assets.look import look_at
from cdk_esm.constructs.app.surroundings import Surroundings
from cdk_esm.constructs.intake.tokens import is_token
from cdk_esm.plan import Code

_ARCHIVES: Final = ("", ".zip", ".jar")


def asked_of(child: lambda_.CfnFunction) -> dict[str, Any]:
    """What of a function's L1 a look at its code depends on, still to be resolved in its stack."""
    return {"code": child.code, "layers": child.layers, "runtime": child.runtime, "handler": child.handler}


def staged_code(resolved: dict[str, Any], where: Surroundings, *, called: str | None = None) -> Code | None:
    """What is found in the staged code of a function; ``None`` if there is none at hand.

    Args:
        resolved: what ``asked_of`` asked, without tokens that can be resolved.
        where: the surroundings, in the app of the function.
        called: what messages call the code; by default the name under which it is staged.
    """
    key = (resolved.get("code") or {}).get("s3Key")
    if not isinstance(key, str) or is_token(key):
        return None
    name = key.rpartition("/")[2].partition(".")[0]
    place = next((one for one in _staged(where, name) if one.exists()), None)
    if place is None:
        return None
    handler, runtime = resolved.get("handler"), resolved.get("runtime")
    asked = (
        str(place.parent),
        str(place),
        handler if isinstance(handler, str) else None,
        runtime if isinstance(runtime, str) else "",
        bool(resolved.get("layers")),
    )
    memory = where.memory.looked_at
    if asked not in memory:
        memory[asked] = look_at(asked[1], asked[2], runtime=asked[3], layered=asked[4])
    return replace(memory[asked], path=called or place.name)


def _staged(where: Surroundings, asset: str) -> list[Path]:
    """Where an asset is staged, as a folder or as an archive."""
    folder = where.memory.asset_folder
    if folder is None:
        stage = cdk.Stage.of(where.stack)
        folder = where.memory.asset_folder = "" if stage is None else stage.asset_outdir
    return [Path(folder) / f"asset.{asset}{end}" for end in _ARCHIVES] if folder else []
