"""How a source, a function, a role, a mapping and its alarms become one bundle, whatever the source.

The way is the same each time: keywords become a plan, the plan is checked, and only then is anything made. What CDK
made of it is read back if a property injector may have changed it, and checked again. What touches things outside
comes last: the policy on the role, and on the key that encrypts filters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar, Final

from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from constructs import Construct, IConstruct

from cdk_esm.alarms.recipes import Watched
from cdk_esm.alarms.select import select
from cdk_esm.constructs.app.app_memory import Made
from cdk_esm.constructs.app.nag_reasons import ON_FUNCTION, ON_ROLE_POLICY
from cdk_esm.constructs.app.org_keywords import leave_tags_out, of_org, with_org_defaults
from cdk_esm.constructs.app.registration import register
from cdk_esm.constructs.app.surroundings import surroundings_of
from cdk_esm.constructs.common_keywords import CommonKeywords
from cdk_esm.constructs.draft import Draft, Drafted
from cdk_esm.constructs.function_attributes import WithFunction
from cdk_esm.constructs.guard import Guard
from cdk_esm.constructs.intake.alarm_choice import Alarms
from cdk_esm.constructs.intake.calls import SignatureOfCall, with_wrong_call
from cdk_esm.constructs.intake.given import GivenFunction
from cdk_esm.constructs.intake.imported import without_statements
from cdk_esm.constructs.intake.options import NewFunction
from cdk_esm.constructs.intake.tokens import is_token, name_in_node
from cdk_esm.constructs.mapping_l1 import l1_properties
from cdk_esm.constructs.resources import alarms, functions, roles
from cdk_esm.constructs.resources.bundle_alarms import BundleAlarms
from cdk_esm.constructs.resources.queues import REMOVAL_POLICY
from cdk_esm.constructs.resources.secrets import secret_grantees
from cdk_esm.facts import Neighbour
from cdk_esm.plan import AlarmState, FilterKey, Malformed, MappingPlan, Role
from cdk_esm.plan.consent import METADATA_KEY, to_metadata
from cdk_esm.rules.rule import Finding

DEFAULT_CHILD: Final = "Resource"
"""The id by which CDK finds the resource at the heart of a construct, and which leaves no trace in a logical id."""


class MappingBundle(WithFunction[GivenFunction]):
    """What all constructs have in common; not for direct use.

    A construct of a source says how its keywords become a plan, and makes what comes before the mapping. An abstract
    base class would say this better, but jsii's metaclass leaves no room for one.

    Args:
        scope: the scope that the user gave.
        id: the id that the user gave.
        keywords: every keyword of the construct, as it was given or by its default.
        wrong: what is wrong with the call, so that nothing will be made.
    """

    SOURCE: ClassVar[str]
    """The kind of the source."""
    __signature__ = SignatureOfCall()

    def __init__(self, scope: Construct, id: str, keywords: CommonKeywords, wrong: Sequence[Malformed] = ()) -> None:
        self._guard = guard = Guard(scope, id, self.SOURCE)
        self._where = where = surroundings_of(scope)
        keywords, org = with_org_defaults(keywords, where)
        self._keywords = keywords
        self._mapping_ref: str | None = None
        with guard.making():
            drafted = self._draft(guard.path).drafted()
            self._tokens, self._secrets = drafted.tokens, drafted.secrets
            self._keywords = keywords = without_statements(keywords)
        plan = guard.refuse_or_pass(with_wrong_call(of_org(drafted.plan, org), wrong))
        self._removal = keywords["removal_policy"] or REMOVAL_POLICY
        with guard.making():
            super().__init__(scope, id)
            guard.made()
            register(where)
            self._injected = where.injected
            seen = self._make_function(drafted, self._make_source(plan))
            again = self._injected or seen.function.code is not plan.function.code
            plan = guard.refuse_or_pass(seen) if again else seen
            self._make_mapping(plan)
            self._derived = select(plan)
            self._make_alarms(plan)
            self._note_for_nag()
            self._plan = self._grant(plan)
            self._findings = guard.advise(self, self._plan)
        alarms.remember(self._derived, plan, self._chosen, where)
        where.memory.bundles[guard.path] = Made(
            self._plan,
            self._path_in_template,
            self._findings,
            self._mapping,
            self._plan_at_synth,
            self._acknowledge_late,
            self._watching,
            where.stack,
        )

    # What a construct of a source adds.

    def _draft(self, path: str) -> Draft[Any]:
        """What turns the keywords into a plan."""
        raise NotImplementedError

    def _make_source(self, plan: MappingPlan) -> MappingPlan:
        """Make the source and its failure path if they are to be made; return the plan as they came out."""
        return plan

    def _source_arn(self, plan: MappingPlan) -> str | None:
        """The ARN of what the mapping reads; ``None`` for a source without one."""
        return plan.event_source.identity

    def _mapping_id(self, plan: MappingPlan) -> str:
        """The id of the mapping in the construct, on which its logical id depends.

        If an update cannot change a setting and a replacement can, the id must change with the setting, or AWS answers
        that the mapping already exists.
        """
        del plan
        return DEFAULT_CHILD

    def _late(self, plan: MappingPlan) -> Mapping[str, Any]:
        """Further settings that were not known before the neighbours were made, by CloudFormation's names."""
        del plan
        return {}

    def _grantees(self, plan: MappingPlan) -> roles.Grantees:
        """The neighbours that the poller may need something of, each with its ARN."""
        return {Neighbour.SOURCE: plan.event_source.identity, **secret_grantees(self._secrets)}

    def _watched(self) -> Mapping[Watched, Any]:
        """What alarms read beside the function and the mapping."""
        return {}

    def _for_nag(self) -> list[tuple[IConstruct, Mapping[str, str]]]:
        """What this source has to acknowledge towards cdk-nag."""
        return []

    # The attributes of the bundle, beside those of its function.

    @property
    def mapping(self) -> lambda_.CfnEventSourceMapping:
        """The event source mapping, as CloudFormation knows it."""
        return self._mapping

    @property
    def alarms(self) -> BundleAlarms:
        """The alarms by their keys: ``age``, ``dead_letters``, ``errors``, ``throttles`` and so on.

        ``.alarms.for_rollback`` are those that a deployment group of CodeDeploy can roll back on.
        """
        return self._alarms.handed_out()

    @property
    def plan(self) -> MappingPlan:
        """The plan that the bundle was made from, as it came out; after the synthesis also with its loops."""
        return self._where.memory.with_loops(self._plan)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the rules found: advice, and whatever was acknowledged."""
        return self._findings

    # The steps, in their order.

    def _make_function(self, drafted: Drafted, plan: MappingPlan) -> MappingPlan:
        """Make the function, or take the existing one."""
        if drafted.function is not None:
            self._function = drafted.function
            return plan
        wanted = self._keywords["function"]
        assert isinstance(wanted, NewFunction)
        self._function = functions.build(
            self, wanted, plan.function, self._removal, self._where, injected=self._injected
        )
        return replace(plan, function=self._function.facts)

    @property
    def _path_in_template(self) -> str:
        """The path by which the reader of templates knows the mapping, without a call to Node."""
        id_ = self._mapping_id(self._plan)
        return self._guard.path if id_ == DEFAULT_CHILD else f"{self._guard.path}/{id_}"

    def _make_mapping(self, plan: MappingPlan) -> None:
        """Make the mapping; what AWS must grant it comes last, in ``_grant``."""
        key = self._keywords.get("filter_encryption")
        late = {
            **self._tokens,
            "EventSourceArn": self._source_arn(plan),
            "FunctionName": self._function_named(plan),
            "KmsKeyArn": None if key is None else key.key_arn,
            **self._late(plan),
        }
        id_ = self._mapping_id(plan)
        self._mapping = lambda_.CfnEventSourceMapping(self, id_, **l1_properties(plan.settings, late))
        if id_ != DEFAULT_CHILD:
            self.node.default_child = self._mapping
        leave_tags_out(self._mapping, self._keywords, self._where)
        logical_id = self._keywords["logical_id"]
        if logical_id is not None:
            self._mapping.override_logical_id(logical_id)
        said = to_metadata(plan)
        if said:
            self._mapping.add_metadata(METADATA_KEY, said)

    def _function_named(self, plan: MappingPlan) -> Any:
        """What the mapping invokes, by its ARN; an L2 that somebody else made by its name."""
        target = self._function.target
        if plan.function.qualified is True or not isinstance(target, lambda_.Function):
            return target.function_arn
        # One of ours is handed over as it is, and CDK writes its ARN: to ask for its name is one more call to Node.
        ours = name_in_node(target) in self._where.memory.functions
        return target if ours else plan.function.identity

    def _make_alarms(self, plan: MappingPlan) -> None:
        """Make the alarms that this mapping wants."""
        self._chosen = chosen = self._keywords["alarms"] or Alarms()
        watched = {Watched.FUNCTION: self._function.function, Watched.MAPPING: self._uuid, **self._watched()}
        recipes = alarms.wanted(self._derived, plan, chosen, self._where.memory)
        self._guard.refuse_malformed(plan, alarms.unmade(recipes, chosen, watched))
        made = alarms.build_alarms(self, recipes, chosen, watched, alarms.lean(plan))
        self._alarms = BundleAlarms(made, recipes, self._where.memory)
        self._watching = alarms.watching(made, self._derived, chosen, watched)

    def _uuid(self) -> str:
        """What alarms know the mapping by; asked at most once, and only by an alarm."""
        if self._mapping_ref is None:
            self._mapping_ref = self._mapping.ref
        return self._mapping_ref

    def _note_for_nag(self) -> None:
        """Note for cdk-nag what a mapping cannot give, on what we made ourselves."""
        nag, new = self._where.memory.nag, self._keywords["function"]
        for construct, reasons in self._for_nag():
            nag.note(construct, reasons)
        if isinstance(new, NewFunction):
            nag.note(self._function.function, ON_FUNCTION)
            role = self._function.role if self._function.makes_role else None
            if role is not None and (new.is_traced or new.vpc is not None):
                nag.note(role, ON_ROLE_POLICY)

    def _owner_of_destination(self) -> str:
        """The account that owns the on-failure destination: our own, unless somebody knows better."""
        return self._where.account_text

    def _grant(self, plan: MappingPlan) -> MappingPlan:
        """Grant what the poller needs: last, because it changes a role or a key that may not be ours."""
        needs = roles.statements(plan, self._grantees(plan), self._owner_of_destination())
        declined = self._keywords["grants"] is False
        role, policy = self._function.role, None
        if role is not None and not declined:
            attach = roles.attach_to_ours if self._function.makes_role else roles.attach
            policy = attach(self, role, needs, self._where, plan.path)
        if isinstance(policy, iam.CfnPolicy):
            self._mapping.add_resource_dependency(policy)  # between two L1 this is one call to Node fewer
        elif policy is not None:
            self._mapping.node.add_dependency(policy)
        if policy is not None:
            for resource in (one["Resource"] for one in needs if one["Resource"].endswith("*")):
                self._where.memory.nag.note_wildcard(policy, self._where.stack, resource)
        taken = policy is not None
        identity = None
        if not taken:  # then somebody has to read them, and a token says nothing
            needs = tuple(self._where.stack.resolve(list(needs)))
            identity = role.role_arn if role is not None and not is_token(role.role_arn) else None
        plan = replace(plan, role=Role(identity=identity, takes_grants=taken, declined=declined, needs=needs))
        filter_key = self._keywords.get("filter_encryption")
        if filter_key is None:
            return plan
        statement = roles.filter_key_statement(self._where)
        allowed = declined or roles.allow_filter_key(filter_key, statement)
        if not allowed:
            statement = self._where.stack.resolve(dict(statement))
        return replace(plan, filter_key=FilterKey(identity=filter_key.key_arn, takes_grants=allowed, needs=statement))

    def _plan_at_synth(self) -> MappingPlan:
        """The plan with what only the end of construction can tell: whether every alarm tells somebody."""
        silent = alarms.silent(self._plan.path, self._chosen, self._where, self._alarms.made)
        return replace(self._plan, alarms=AlarmState(stack=self._where.stack_path, without_action=silent))

    def _acknowledge_late(self, reasons: Mapping[str, str]) -> None:
        """Add reasons to the mapping's metadata."""
        plan = replace(self._plan, acknowledged={**reasons, **self._plan.acknowledged})
        self._mapping.add_metadata(METADATA_KEY, to_metadata(plan))
