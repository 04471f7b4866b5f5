import pytest

from cdk_esm.filters.images import attributes, images

BOTH = '{"dynamodb": {"Keys": {"id": {"S": ["1"]}}, "$or": [{"NewImage": {"a": ["x"]}}, {"OldImage": [1]}]}}'


def test_keys_and_images_are_found_inside_or_too() -> None:
    assert [image.json_path for image in images(BOTH)] == [
        ".dynamodb.Keys",
        ".dynamodb.$or[0].NewImage",
        ".dynamodb.$or[1].OldImage",
    ]


@pytest.mark.parametrize(
    "text",
    [
        '{"NewImage": {"a": {"S": ["x"]}}}',
        '{"dynamodb": ["x"]}',
        '{"dynamodb": {"ApproximateCreationDateTime": [1]}}',
        "no json",
    ],
)
def test_other_fields_are_no_images(text: str) -> None:
    assert images(text) == []


def test_attributes_are_found_inside_maps_and_inside_or() -> None:
    pattern = (
        '{"M": {"city": {"S": ["Ulm"]}, "of": {"M": {"what": ["x"]}}}}, "$or": [{"b": {"N": ["1"]}}, {"c": ["y"]}]'
    )
    (image,) = images(f'{{"dynamodb": {{"NewImage": {{"a": {pattern}}}}}}}')

    assert sorted(attribute.json_path.removeprefix(".dynamodb.NewImage") for attribute in attributes(image)) == [
        ".$or[0].b",
        ".$or[1].c",
        ".a",
        ".a.M.city",
        ".a.M.of",
        ".a.M.of.M.what",
    ]


def test_image_that_is_no_object_has_no_attributes() -> None:
    assert [attributes(image) for image in images(BOTH)][-1] == []
