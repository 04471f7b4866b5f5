"""A statement in the making: what it says so far, and what was said of the mapping before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cdk_esm.adopt.marked import MarkedNames
from cdk_esm.adopt.python import Code, call, duration, literal, pascal, snake, without_hash
from cdk_esm.adopt.written import Handed
from cdk_esm.facts import UNKNOWN, Form, Setting, SourceFacts, Unknowable
from cdk_esm.plan import MappingPlan
from cdk_esm.plan.defaults import OfParameter
from cdk_esm.sources import MQ
from cdk_esm.sources.broker_settings import ACCESS
from cdk_esm.sources.mq_settings import VIRTUAL_HOST
from cdk_esm.template.cloudformation.stack import Resource
from cdk_esm.template.consent import construct_path_of

_UNIT = {Form.SECONDS: " in seconds", Form.HOURS: " in hours"}


@dataclass(eq=False)
class Draft:
    """A statement in the making.

    Args:
        plan: the mapping, as its template has it.
        resource: its resource there.
        resources: every resource of the input, by its identity.
        names: the marked names of all statements.
        variable: the Python name that the statement assigns.
        written_out: how the texts of its template are written in Python, by the identities that they are.
        handed: what a deployment is handed, by the identities likewise.
        keywords: what it says so far, by keyword, as Python.
        notes: what the reader has to know of a keyword, or of what cannot be kept.
        after: the lines behind the statement.
        adds: settings that the mapping does not have so yet, by CloudFormation's names.
        copies: the same mapping in other stacks that the same code makes.
    """

    plan: MappingPlan
    resource: Resource
    resources: Mapping[str, Resource]
    names: MarkedNames
    variable: str
    written_out: Mapping[str, Code] = field(default_factory=dict)
    handed: Mapping[str, Handed] = field(default_factory=dict)
    keywords: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    adds: dict[str, Any] = field(default_factory=dict)
    copies: list[Draft] = field(default_factory=list)

    @property
    def sheet(self) -> SourceFacts:
        """The fact sheet of the mapping's source."""
        return self.plan.facts

    @property
    def construct(self) -> str:
        """The construct that takes the mapping over, or a marked name for it, if the template leaves it open."""
        if self.plan.source != MQ.kind:
            return f"esm.{self.sheet.construct}"
        what = f"esm.ActiveMqToLambda or esm.RabbitMqToLambda, by the engine of the broker of {self.plan.path}"
        return self.names(f"{self.variable}_construct", f"{self.variable}_construct", "construct", what)

    @property
    def must_not_change(self) -> bool:
        """Whether Lambda refuses every update of the mapping, so that all stays as it is written."""
        entries = self.plan.given(ACCESS.name)
        kinds = [one.get("Type") for one in entries if isinstance(one, Mapping)] if isinstance(entries, list) else []
        return VIRTUAL_HOST in kinds

    def put(self, keyword: str, value: Any) -> None:
        """Say something with a keyword."""
        self.keywords[keyword] = literal(value, "    ")

    def known(self, value: Any, keyword: str, what: str) -> Any:
        """A value, or a marked name for one that only the deployment knows, or that a parameter gives."""
        written = None
        if isinstance(value, OfParameter):
            what += f", which the parameter {value.parameter} gives"
            written = call("Fn.ref", value.parameter)
            written = call("Token.as_number", written) if isinstance(value, int) else written
        elif isinstance(value, Unknowable):
            malformed = value is UNKNOWN and self.plan.malformed
            what += ", which has no form that is taken" if malformed else ", which only the deployment knows"
        elif isinstance(value, list):
            return [self.known(one, f"{keyword}_{place}", what) for place, one in enumerate(value, 1)]
        else:
            return value
        base = f"{self.variable}_{keyword}"
        return self.names(base, base, "value", f"{what}, of {self.plan.path}", written=written)

    def written(self, setting: Setting, value: Any, keyword: str) -> Any:
        """A setting's value in CDK's words."""
        value = self.known(value, keyword, setting.name + _UNIT.get(setting.form, ""))
        return duration(value) if setting.form is Form.SECONDS else value

    def as_written(self, identity: str) -> Code | None:
        """An identity in Python; ``None`` if the template does not write it out."""
        begun = any(one.startswith(identity) and code == literal(one) for one, code in self.written_out.items())
        return Code(literal(identity)) if begun else self.written_out.get(identity)

    def neighbour(self, identity: str, kind: str, *, made: str = "", about: str = "") -> Code:
        """The marked name of a resource beside the mapping.

        Args:
            identity: what makes it the same resource everywhere.
            kind: what it is, in a word.
            made: how CDK imports one, with ``{id}`` and ``{arn}`` in the places of an id and of the ARN.
            about: what else has to be said of it.
        """
        resource = self.resources.get(identity)
        if resource is None:
            # CDK imports no consumer whose ARN only the deployment knows.
            handed = None if kind == "consumer" else self.handed.get(identity)
            if handed is not None:
                child = f"{handed.name}{pascal(snake(kind))}"  # the parameter has its own name already
                code = made.format(id=literal(child), arn=handed.code) if made else handed.code
                what = f"{kind}{handed.about}{about}"
                return self.names(identity, f"{handed.name}_{kind}", kind, what, written=code)
            last = identity.rpartition(":")[2].rpartition("/")[2]
            base, arn = f"{last}_{kind}" if kind not in snake(last) else last, self.as_written(identity)
            literally = identity.startswith("arn:") and made and arn is not None
            written = made.format(id=literal(last), arn=arn) if literally else None
            return self.names(identity, base, kind, f"{kind} {identity}{about}", written=written)
        path = (construct_path_of(resource) or resource.identity).removesuffix("/Resource").removesuffix("/Default")
        within = path.removeprefix(f"{resource.stack.construct_path}/")
        within = path.partition("/")[2] if within == path else within
        last = without_hash(resource.logical_id) if path == resource.identity else within
        base = last if snake(kind) in snake(last) else f"{last}_{kind}"
        place: dict[str, str | None] = {"path": path, "logical_id": resource.logical_id, "stack": resource.stack.name}
        what = f"{kind} {path}, logical id {resource.logical_id} of the stack {resource.stack.place}{about}"
        return self.names(identity, base, kind, what, **place)

    def reason(self, keyword: str, what: str) -> Code:
        """The marked name of a reason, which only the user has."""
        base = f"reason_{keyword}"
        return self.names(f"{self.variable}_{keyword}", f"{base}_{self.variable}", "reason", what)

    def on_mapping(self, call_on_it: Code | str) -> None:
        """Say something of the L1 behind the statement."""
        self.after.append(f"{self.variable}.mapping.{call_on_it}")

    def override(self, name: str, value: Any) -> None:
        """Write a property that the keywords cannot write."""
        self.on_mapping(call("add_property_override", name, value))

    def delete(self, name: str) -> None:
        """Leave a property out that the keywords always write."""
        self.on_mapping(call("add_property_deletion_override", name))
