"""Amazon MQ and Amazon DocumentDB: what AWS says about brokers and document clusters."""

from typing import Final

from cdk_esm.rules.fact import Fact
from cdk_esm.sources import pages

FACTS: Final = (
    Fact(
        "MQ-1",
        "reported",
        "A mapping on Amazon MQ takes exactly one secret with a user name and a password, and a virtual host on "
        "RabbitMQ only.",
        page=pages.MQ_PARAMETERS,
    ),
    Fact(
        "MQ-2",
        "doc",
        "A broker must be in the account and the Region of the function, its mapping reads queues only, and "
        "ActiveMQ must not use LDAP.",
        page=pages.MQ,
    ),
    Fact(
        "MQ-3",
        "doc",
        "AWS limits the concurrency of a mapping on Amazon MQ, and reserved concurrency above that limit is unused.",
        page=pages.MQ,
    ),
    Fact(
        "MQ-4",
        "doc",
        "A mapping on Amazon MQ has no on-failure destination and no partial batch responses, so a batch that "
        "fails is retried as a whole, until it succeeds, its messages expire or the broker ends it.",
        page=pages.MQ_PROCESS,
    ),
    Fact(
        "MQ-5",
        "doc",
        "Lambda reads ActiveMQ with the default redelivery policy and no other: six redeliveries, after which the "
        "broker moves the message to its own dead-letter queue.",
        page=pages.MQ_ERRORS,
    ),
    Fact(
        "MQ-6",
        "doc",
        "RabbitMQ has no redelivery policy that a consumer brings: a message comes back until it succeeds or "
        "expires, or until a delivery limit of the broker's drops it or hands it to a dead-letter exchange.",
        page=pages.RABBITMQ_QUORUM,
    ),
    Fact(
        "MQ-7",
        "derived",
        "The poller of a broker with a public endpoint needs no network interfaces: AWS lists the actions for every "
        "broker, AWS SAM grants them for none.",
        page=pages.MQ_PROCESS,
    ),
    Fact(
        "DOC-1",
        "reported",
        "A mapping on Amazon DocumentDB needs a secret, a database and a cluster that is neither elastic nor "
        "global, of a version with change streams.",
        page=pages.DOCUMENTDB,
    ),
    Fact("DOC-2", "reported", "A mapping on Amazon DocumentDB takes no filters.", page=pages.FILTERS),
    Fact(
        "DOC-3",
        "doc",
        "A mapping on Amazon DocumentDB has no on-failure destination: an event that is too large is dropped, and "
        "any other failure blocks the stream until the event expires and Lambda disables the mapping.",
        page=pages.DOCUMENTDB_LAMBDA,
    ),
    Fact(
        "DOC-4",
        "doc",
        "A change stream starts as far back as its log is kept, and must be active before the mapping starts.",
        page=pages.DOCUMENTDB,
        no_rule="whether a change stream is on, and since when, is a command to the database and not in a template",
    ),
    Fact(
        "mq_activemq.Queues", "unverified", "A mapping on Amazon MQ names exactly one queue.", page=pages.MQ_PARAMETERS
    ),
    Fact(
        "documentdb.StartingPosition",
        "unverified",
        "A mapping on Amazon DocumentDB probably needs a starting position, which every example of AWS sets.",
        page=pages.DOCUMENTDB,
    ),
    Fact(
        "iam.mq_activemq",
        "doc",
        "The execution role needs to describe the broker, to read its secret and to manage network interfaces.",
        page=pages.MQ_PROCESS,
    ),
    Fact(
        "iam.documentdb",
        "doc",
        "The execution role needs to describe the document cluster and its network, to read its secret and to "
        "manage network interfaces.",
        page=pages.DOCUMENTDB,
    ),
)
