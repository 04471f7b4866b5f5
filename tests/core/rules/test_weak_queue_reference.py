from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_queue, with_source

WEAK = with_queue(mapping(), weakly_referenced=True)


def test_weak_reference_is_pointed_out() -> None:
    assert ids(WEAK) == ["ESM406"]


def test_message_says_what_a_change_does() -> None:
    assert check([WEAK])[0].message.endswith("a change of that value replaces the mapping")


def test_strong_reference_is_fine() -> None:
    assert ids(with_queue(mapping(), weakly_referenced=False)) == []


def test_words_are_those_of_the_source_and_the_fix_names_the_flag_that_settles_it() -> None:
    (finding,) = check([with_source(mapping("kinesis"), weakly_referenced=True)], select=["ESM406"])

    assert finding.message.startswith("the ARN of the Amazon Kinesis data stream comes from another stack's output")
    assert 'set the context value @aws-cdk/core:defaultCrossStackReferences to "strong"' in finding.fix
