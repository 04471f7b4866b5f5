"""What a change is: its kind, with why it matters, and where and how it was seen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from cdk_esm.facts import Unknowable
from cdk_esm.plan import Wording
from cdk_esm.rules.rule import Severity

ERROR: Final = Severity.ERROR
DANGER: Final = Severity.DANGER
ADVICE: Final = Severity.ADVICE


@dataclass(frozen=True)
class Kind:
    """One kind of change that a deployment brings.

    Args:
        name: what it is, in kebab case.
        severity: how bad it is; a single change may be less, where something else softens it.
        why: what happens on deployment.
        fix: what to do about it, if it is not what is meant.
        page: the page to read.
        evidence: how sure it is, if the page does not say it itself.
    """

    name: str
    severity: Severity
    why: str
    fix: str
    page: str
    evidence: str | None = None

    def change(
        self,
        place: Place,
        message: str,
        *,
        setting: str | None = None,
        before: object = None,
        after: object = None,
        severity: Severity | None = None,
        fix: str | None = None,
        evidence: str | None = None,
    ) -> Change:
        """Make a change of this kind; its severity, fix and evidence are the kind's, where none is given.

        Where the user's file is no CloudFormation, settings are named as that file names them.
        """
        fix = fix or self.fix
        if place.wording is not None:
            message, fix = place.wording.text(message), place.wording.text(fix)
            setting = None if setting is None else place.wording.setting(setting)
        return Change(
            self,
            severity or self.severity,
            place,
            message,
            setting,
            before,
            after,
            fix,
            evidence or self.evidence,
        )


@dataclass(frozen=True)
class Place:
    """Where a change is seen.

    Args:
        path: the construct path, or template name and logical id.
        template: the file; of the new templates if it is there, of the old ones if it is not.
        logical_id: the logical id there.
        wording: what the file calls the settings, where those are not CloudFormation's names.
    """

    path: str
    template: str
    logical_id: str
    wording: Wording | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Change:
    """One change, in parts.

    Args:
        kind: what kind of change it is.
        severity: how bad it is here.
        place: where it is.
        message: what changes, in words.
        setting: CloudFormation's name of what changes, where it is one setting.
        before: its value in the old templates.
        after: its value in the new ones.
        fix: what to do about it, if it is not what is meant.
        evidence: how sure it is, if the kind's page does not say it itself.
    """

    kind: Kind
    severity: Severity
    place: Place
    message: str
    setting: str | None = None
    before: object = None
    after: object = None
    fix: str = ""
    evidence: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The change in parts, ready for JSON."""
        return {
            "change": self.kind.name,
            "severity": str(self.severity),
            "path": self.place.path,
            "template": self.place.template,
            "logical_id": self.place.logical_id,
            "setting": self.setting,
            "before": plain(self.before),
            "after": plain(self.after),
            "message": self.message,
            "why": self.kind.why,
            "fix": self.fix,
            "evidence": self.evidence,
            "page": self.kind.page,
        }


def plain(value: object) -> Any:
    """A value as JSON holds it: what only the deployment knows by its word, a record as a text."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, list | tuple) and all(isinstance(one, str | int | float | bool) for one in value):
        return list(value)
    return value.value if isinstance(value, Unknowable) else str(value)
