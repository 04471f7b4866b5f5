from dataclasses import replace

from cdk_esm.facts import UNKNOWN, UNRESOLVED
from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_dead_letter_queue, with_failure


def test_a_queue_that_is_its_own_dead_letter_queue_is_a_danger() -> None:
    source = mapping().event_source.identity

    (finding,) = check([with_dead_letter_queue(mapping(), identity=source)], select=["ESM216"])

    assert (finding.setting, finding.got) == ("RedrivePolicy.deadLetterTargetArn", source)


def test_another_queue_and_none_at_all_are_accepted() -> None:
    assert ids(mapping(), select=["ESM216"]) == []
    assert ids(with_failure(mapping(), kind="none", queue=None), select=["ESM216"]) == []


def test_a_hidden_failure_path_is_not_judged() -> None:
    for hidden in (UNKNOWN, UNRESOLVED):
        assert ids(replace(mapping(), failure=hidden), select=["ESM216"]) == []
