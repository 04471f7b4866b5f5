from cdk_esm.rules.engine import check
from cdk_esm.testing.plans import ids, mapping, with_function

SOURCE = mapping().event_source.identity


def test_function_whose_environment_names_its_source_is_a_danger() -> None:
    (finding,) = check([with_function(mapping(), writes_to=frozenset({SOURCE, "another"}))])

    assert (finding.rule.id, finding.got) == ("ESM312", SOURCE)
    assert "after about 16 invocations" in finding.message


def test_function_that_writes_elsewhere_or_nowhere_is_fine() -> None:
    assert ids(with_function(mapping(), writes_to=frozenset({SOURCE + "-done"}))) == []
    assert ids(mapping()) == []
