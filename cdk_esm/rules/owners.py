"""What the role asks of the owner of a bucket for failed records, for the rules about buckets of other accounts."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_esm.facts import Neighbour, known
from cdk_esm.plan import FailureKind, FailurePath, MappingPlan, Permission
from cdk_esm.rules.permissions import access_of


def of_another_owner(plan: MappingPlan) -> Iterator[tuple[Permission, str]]:
    """The permissions that hold only for buckets of other accounts than the bucket's, each with the bucket's account.

    Raises:
        NotApplicable: nobody knows what the role may do, or whose the bucket is.
    """
    failure = plan.failure
    if not isinstance(failure, FailurePath) or failure.kind is not FailureKind.BUCKET or failure.destination is None:
        return
    account = known(failure.destination.account)
    for one in access_of(plan).permissions:
        if one.on not in (Neighbour.DESTINATION, Neighbour.DESTINATION_OBJECTS) or one.held is not True:
            continue
        if account is not None and one.owners and account not in one.owners:
            yield one, account
