"""The picture of the architecture and the stories of the two large parts tell what is there."""

import re
from xml.etree import ElementTree as ET

import pytest

import cdk_esm.constructs
import cdk_esm.template
from tools.architecture_doc import longest_construct, part_rows
from tools.import_graph import PACKAGE, ROOT
from tools.layers import LAYERS, WINGS
from tools.parts import part_graph, parts, shortest
from tools.picture import WIDTH, edges, picture


def drawn(tag: str, kind: str = "") -> list[ET.Element]:
    """Elements of the picture; those of a class, or of any."""
    root = ET.fromstring(picture())  # noqa: S314 - it is our own
    found = root.iter(f"{{http://www.w3.org/2000/svg}}{tag}")
    return [one for one in found if one.get("class", "").startswith(kind)]


def test_every_part_but_the_start_of_the_program_is_a_room_of_the_picture() -> None:
    names = [text.text for text in drawn("text", "name")]

    assert sorted(names, key=str) == sorted(set(parts()) - {"__main__"})


def test_no_rooms_of_the_picture_overlap_and_all_are_inside_it() -> None:
    rooms = [
        tuple(float(rect.attrib[side]) for side in ("x", "y", "width", "height")) for rect in drawn("rect", "room")
    ]

    assert len(rooms) == len(parts()) - len(LAYERS[-1])  # those of the bottom row share a room, and one is left out
    assert all(x >= 0 and x + width <= WIDTH for x, _, width, _ in rooms)
    for index, (x, y, width, height) in enumerate(rooms):
        for left, top, wide, high in rooms[index + 1 :]:
            assert x + width <= left or left + wide <= x or y + height <= top or top + high <= y


def test_all_arrows_of_the_picture_lead_down() -> None:
    arrows = [[float(number) for number in re.findall(r"-?\d+", one.attrib["d"])] for one in drawn("path", "arrow")]

    assert len(arrows) == sum(map(len, edges().values()))
    assert all(numbers[1] < numbers[-1] for numbers in arrows)


def test_an_arrow_is_left_out_only_where_a_longer_way_leads() -> None:
    graph = {"a": frozenset("bcd"), "b": frozenset("c"), "c": frozenset("d"), "d": frozenset[str]()}

    assert shortest(graph) == {"a": {"b"}, "b": {"c"}, "c": {"d"}, "d": set()}


def test_the_plan_knows_nothing_of_what_works_on_it() -> None:
    assert part_graph()["plan"] == {"sources", "facts"}


def test_the_table_has_every_part_and_every_module_once() -> None:
    files = len(list((ROOT / PACKAGE).rglob("*.py")))

    assert sum(row["files"] for row in part_rows()) == files - 1  # the package itself is no part


def test_the_longest_chain_begins_at_a_construct_and_ends_at_the_bottom() -> None:
    first, *_, last = longest_construct()

    assert first.startswith("cdk_esm.constructs.")
    assert last.split(".")[1] in LAYERS[-1]


@pytest.mark.parametrize("part", WINGS)
def test_the_story_of_a_large_part_names_every_file_at_its_top_and_every_wing(part: str) -> None:
    story = {"constructs": cdk_esm.constructs.__doc__, "template": cdk_esm.template.__doc__}[part] or ""
    top = {file.name for file in (ROOT / PACKAGE / part).glob("*.py")} - {"__init__.py"}
    wings = {f"{wing}/" for wing in WINGS[part] if wing}

    # A file of a wing may be named too, if it is there.
    named = set(re.findall(r"``([\w/]+(?:\.py|/))``", story))
    deeper = {file.name for wing in wings for file in (ROOT / PACKAGE / part / wing).glob("*.py")}
    assert top | wings <= named <= top | wings | deeper
