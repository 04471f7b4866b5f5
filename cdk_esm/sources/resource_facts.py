"""The words in which the table of CloudFormation's resource types is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from cdk_esm.sources import pages

EACH: Final = "*"
"""In a path into properties: each member of the list there."""
READ: Final = date(2026, 11, 28)
"""The day on which the resource schemas and the pages were read."""


class Gives(StrEnum):
    """What ``Ref`` or an attribute of a resource gives."""

    ARN = "arn"
    NAME = "name"
    URL = "url"
    ID = "id"


class Kind(StrEnum):
    """What a resource is for a mapping; one that is an on-failure destination goes by the destination's kind."""

    QUEUE = "queue"
    TOPIC = "topic"
    EVENT_BUS = "event bus"
    BUCKET = "bucket"
    DIRECTORY_BUCKET = "directory bucket"
    ACCESS_POINT = "access point"
    STREAM = "stream"
    CONSUMER = "stream consumer"
    TABLE = "table"
    GLOBAL_TABLE = "global table"
    CLUSTER = "cluster"
    VPC_CONNECTION = "connection to a cluster"
    BROKER = "broker"
    DOCUMENT_CLUSTER = "document cluster"
    GLOBAL_DOCUMENT_CLUSTER = "global document cluster"
    ELASTIC_DOCUMENT_CLUSTER = "elastic document cluster"
    DOCUMENT_SETTINGS = "parameter group of document clusters"
    DOCUMENT_SUBNETS = "subnet group of document clusters"
    FUNCTION = "function"
    ALIAS = "alias"
    VERSION = "version"
    MAPPING = "event source mapping"
    INVOKE_CONFIG = "event invoke config"
    SAM_FUNCTION = "function of SAM"
    SAM_TABLE = "table of SAM"
    KEY = "key"
    KEY_ALIAS = "alias of a key"
    SECRET = "secret"  # noqa: S105 - a kind of resource
    SECRET_ATTACHMENT = "attachment of a secret"  # noqa: S105 - a kind of resource
    PARAMETER = "parameter"
    REGISTRY = "schema registry"
    SCHEMA = "schema"
    ROLE = "role"
    MANAGED_POLICY = "managed policy"
    LOG_GROUP = "log group"
    ALARM = "alarm"
    COMPOSITE_ALARM = "composite alarm"
    STACK = "nested stack"
    CUSTOM = "custom resource"
    SUBNET = "subnet"
    NETWORK = "network"
    ROUTE = "route"
    ROUTE_TABLE_OF_SUBNET = "route table of a subnet"
    ENDPOINT = "endpoint of a network"
    SHARE = "resource share"
    SECURITY_GROUP = "security group"
    SECURITY_RULE_IN = "rule of a security group for what comes in"
    SECURITY_RULE_OUT = "rule of a security group for what goes out"


@dataclass(frozen=True, kw_only=True)
class ArnForm:
    """How the ARN of a resource is built.

    Args:
        service: its service part.
        before: what is before the name or the ID in its last part.
        holds: what follows; ``None`` if no property and no attribute gives it alone.
        separator: what begins something below the resource.
        like: the regular expression that its last part matches as a whole, if that tells it from others of the service.
        has_region: a Region is in it.
        has_account: an account is in it.
    """

    service: str
    before: str = ""
    holds: Gives | None = None
    separator: str | None = None
    like: str | None = None
    has_region: bool = True
    has_account: bool = True


@dataclass(frozen=True)
class PolicyResource:
    """A policy that is a resource itself.

    Args:
        type: CloudFormation's name of the type.
        names: the property that names what the policy belongs to.
        document: the property that holds its document.
    """

    type: str
    names: str
    document: str


@dataclass(frozen=True, kw_only=True)
class ResourceFacts:
    """What CloudFormation says of one type of resource, as far as a mapping or a reader of templates needs it.

    Args:
        type: CloudFormation's name of the type.
        kind: what it is for a mapping.
        label: the service's own name for it.
        ref: what ``Ref`` gives; ``None`` if the author of the resource chooses that.
        attributes: the attributes that give an ARN, a name, a URL or an ID; an ARN may be that of another resource.
        itself: ``Ref`` or attributes that are taken for the resource itself; its ARN comes first if one gives it.
        chosen: what the attributes begin with whose values the author of the template chooses.
        name: the property that names it; two of one name cannot be there at the same time.
        arn: how its ARN is built; ``None`` if no ARN leads to it.
        key: where its properties name the customer key that encrypts it; ``EACH`` goes into a list.
        key_for_each: the members of that list may have different keys.
        policies: the types of its resource policies.
        policies_within: where its own properties hold a resource policy.
        attached: the types of policies that say what it may do.
        stands_for: the property that names the resource that it is only another name for.
        subnets: where its properties name the subnets in which its clients are; ``EACH`` goes into a list.
        security_groups: where they name its security groups, likewise.
        sources: the kinds of sources that a mapping on it can have, which two engines share; empty if none reads it.
        holds: what it holds that nobody may have read yet.
        create_only: properties whose change replaces it; a dot leads into a nested record.
        sometimes_create_only: properties whose change replaces it in some cases.
        keys: the keys of its nested records that a mapping depends on, by the name of the property.
        schema: CloudFormation has a resource schema of it; a macro's type has none.
        read_from: the page of its properties and return values, if it is not at the usual address.
        read: the day on which the schema and the page were read.
    """

    type: str
    kind: Kind
    label: str
    ref: Gives | None
    attributes: Mapping[str, Gives] = field(default_factory=dict)
    itself: tuple[str, ...] = ()
    chosen: str | None = None
    name: str | None = None
    arn: ArnForm | None = None
    key: tuple[str, ...] = ()
    key_for_each: bool = False
    policies: tuple[PolicyResource, ...] = ()
    policies_within: tuple[tuple[str, ...], ...] = ()
    attached: tuple[PolicyResource, ...] = ()
    stands_for: str | None = None
    subnets: tuple[str, ...] = ()
    security_groups: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    holds: str | None = None
    create_only: tuple[str, ...] = ()
    sometimes_create_only: tuple[str, ...] = ()
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    schema: bool = True
    read_from: str | None = None
    read: date = READ

    @property
    def page(self) -> str:
        """The page of its properties and return values."""
        return self.read_from or pages.of_resource(self.type)

    def gives(self, attribute: str) -> Gives | None:
        """What ``Ref`` or an attribute gives; ``None`` for anything else, and for what the author chooses."""
        return self.ref if attribute == "Ref" else self.attributes.get(attribute)

    def giving(self, what: Gives) -> tuple[str, ...]:
        """``Ref`` and the attributes that give something."""
        return tuple(name for name in ("Ref", *self.attributes) if self.gives(name) is what)
