"""Where a template keeps what its author agreed to: in the metadata of a mapping."""

from __future__ import annotations

from cdk_esm.plan.consent import METADATA_KEY, Consent, from_metadata
from cdk_esm.template.cloudformation.evaluator import Evaluator
from cdk_esm.template.cloudformation.stack import Resource
from cdk_esm.template.cloudformation.values import plain


def consent_of(evaluator: Evaluator, mapping: Resource) -> Consent:
    """Read the metadata of a mapping."""
    written = mapping.metadata.get(METADATA_KEY)
    return from_metadata(plain(evaluator.value(written, mapping.stack)) if isinstance(written, dict) else None)
