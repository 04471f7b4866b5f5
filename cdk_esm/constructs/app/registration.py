"""What the first construct of an app, and that of a stack, registers with CDK: the checks that wait for the synth."""

from __future__ import annotations

import aws_cdk as cdk

from cdk_esm.constructs.app.acknowledged import LateAcknowledgements
from cdk_esm.constructs.app.surroundings import Surroundings
from cdk_esm.constructs.app.validation import MappingValidation


def register(where: Surroundings) -> None:
    """Register the checks of the app and of the stack, each once.

    Args:
        where: where a construct is made.
    """
    memory, root = where.memory, where.scopes[0]
    if not memory.checked and cdk.Stage.is_stage(root):
        cdk.Validations.of(root).add_plugins(MappingValidation(everyone=False))
        root.node.add_validation(memory.nag)
    if where.stack_path not in memory.checked:
        memory.checked.add(where.stack_path)
        where.stack.node.add_validation(LateAcknowledgements(memory, where.stack_path))
