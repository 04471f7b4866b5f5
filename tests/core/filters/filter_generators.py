"""Random patterns and documents from a seed: small worlds of names and values, so that pairs often meet."""

from random import Random
from typing import Any

NAMES = ("a", "b", "c", "a.b", "b.c", "")
TEXTS = ("", "x", "X", "xy", "yx", "x*y", "ß", "10.0.0.1", "10.0.0.200", "::1", "5")
NUMBERS = (0, 1, -1, 5, 300, 300.0, 1.5, 5e9, 6e9, 1e-7)
CONSTANTS = (True, False, None)
OPERATORS = (
    "exists",
    "prefix",
    "suffix",
    "equals-ignore-case",
    "wildcard",
    "cidr",
    "anything-but",
    "numeric",
    "exactly",
)


def scalar(random: Random) -> Any:
    """A value of a leaf."""
    return random.choice(random.choice((TEXTS, TEXTS, NUMBERS, CONSTANTS)))


def document(random: Random, depth: int = 0) -> dict[str, Any]:
    """A JSON object with objects, arrays and arrays of arrays in it."""
    return {random.choice(NAMES): node(random, depth + 1) for _ in range(random.randint(0, 3))}


def node(random: Random, depth: int) -> Any:
    """What can stand in a document."""
    kind = random.random()
    if depth > 4 or kind < 0.4:
        return scalar(random)
    if kind < 0.7:
        return document(random, depth)
    return [node(random, depth + 1) for _ in range(random.randint(0, 3))]


def operator(random: Random) -> dict[str, Any]:  # noqa: PLR0911 - one case for each operator
    """One operator with an argument that AWS takes."""
    name = random.choice(OPERATORS)
    text = random.choice(TEXTS)
    if name == "exists":
        return {name: random.random() < 0.5}
    if name == "cidr":
        return {name: random.choice(("10.0.0.0/25", "::/64", "0.0.0.0/0"))}
    if name in ("prefix", "suffix"):
        return {name: random.choice((text, {"equals-ignore-case": text}))}
    if name == "numeric":
        low, high = sorted(random.sample(NUMBERS, 2))
        if low < high and random.random() < 0.5:
            return {name: [random.choice((">", ">=")), low, random.choice(("<", "<=")), high]}
        return {name: [random.choice(("=", "<", "<=", ">", ">=")), low]}
    if name == "anything-but":
        some = [random.choice(random.choice((TEXTS[1:],)))]
        several = random.sample(TEXTS[1:], random.randint(1, 3))
        inner = random.choice(("prefix", "suffix", "equals-ignore-case", "wildcard"))
        numbers = random.sample(NUMBERS, random.randint(1, 3))
        return {name: random.choice((text, some, several, numbers, numbers[0], {inner: several}, {inner: several[0]}))}
    return {name: text}


def condition(random: Random) -> list[Any]:
    """The list of a field."""
    return [random.choice((scalar, operator))(random) for _ in range(random.randint(1, 3))]


def pattern(random: Random, depth: int = 0) -> dict[str, Any]:
    """A pattern that AWS takes, with ``$or`` before, between and after other fields."""
    found: dict[str, Any] = {}
    for _ in range(random.randint(1, 3)):
        if depth < 3 and random.random() < 0.15:
            found["$or"] = [pattern(random, depth + 1) for _ in range(random.randint(2, 3))]
        elif depth < 3 and random.random() < 0.35:
            found[random.choice(NAMES)] = pattern(random, depth + 1)
        else:
            found[random.choice(NAMES)] = condition(random)
    return found


def anything(random: Random, depth: int = 0) -> Any:
    """Whatever Python has, with words of patterns in it."""
    kind = random.random()
    if depth > 4 or kind < 0.3:
        return random.choice((scalar(random), float("nan"), 10**400, b"x", {1, 2}, 1j, object, "{", '{"a":[1]}'))
    if kind < 0.5:
        return [anything(random, depth + 1) for _ in range(random.randint(0, 3))]
    names = ("a", "body", "data", "dynamodb", "NewImage", "S", "$or", 5, None, *OPERATORS)
    made = {random.choice(names): anything(random, depth + 1) for _ in range(random.randint(0, 3))}
    return pattern(random, depth) if kind > 0.9 else made
