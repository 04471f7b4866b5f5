"""Whether a module defines a name: every way to bind one counts, and whatever may bind one leaves it open."""

import pytest

from cdk_esm.assets.python_names import Names, look_for
from cdk_esm.facts import UNKNOWN


@pytest.mark.parametrize(
    "source",
    [
        "def handler(event, context): ...",
        "async def handler(event, context): ...",
        "class handler: ...",
        "@app.route\n@other(1)\ndef handler(event, context): ...",
        "handler = wrap(other)",
        "handler: Handler = wrap(other)",
        "first = handler = wrap(other)",
        "first, (handler, *rest) = both()",
        "[*handler] = all()",
        "handler += other",
        "import handler",
        "import handler.deeper",
        "import other as handler",
        "from other import handler",
        "from other import some as handler",
        "try:\n    from fast import handler\nexcept ImportError:\n    handler = None",
        "try:\n    pass\nfinally:\n    def handler(): ...",
        "try:\n    pass\nexcept ValueError as handler:\n    pass",
        "if some:\n    def handler(): ...\nelse:\n    pass",
        "for handler in all():\n    pass",
        "while some:\n    handler = 1",
        "with made() as handler:\n    pass",
        "match some:\n    case {'a': handler, **rest}: pass",
        "match some:\n    case [1, *handler]: pass",
        "match some:\n    case {**handler}: pass",
        "match some:\n    case 1 as handler: pass",
        "print(handler := 1)",
        "def other(a=(handler := 1)): ...",
        "handler = lambda event, context: None",
        "# a text in Latin-1\nhandler = 1",
    ],
)
def test_every_way_to_bind_a_name_counts(source: str) -> None:
    assert look_for("handler", source.encode()) == Names(defined=True)


@pytest.mark.parametrize(
    "source",
    [
        "from other import *",
        "globals()['hand' + 'ler'] = wrap(other)",
        "globals().update(made())",
        "def __getattr__(name): ...",
        "import sys\nsys.modules[__name__] = Lazy()",
        "from sys import modules\nmodules[__name__] = Lazy()",
        "setattr(module, name, wrap(other))",
        "vars()[name] = 1",
        "exec(text)",
        "eval(text)",
        "__dict__[name] = 1",
        "def other():\n    global handler\n    handler = 1\nother()",
        "import app\napp.handler = 1",
        "register('handler')",
        "__all__ = ['handler']",
        "def a():\n    if some:\n        from importlib import import_module",
        "def broken(:",
        "print 'an older Python'",
        "a = '\0'",
    ],
)
def test_whatever_may_bind_a_name_leaves_it_open(source: str) -> None:
    assert look_for("handler", source.encode()) == Names(UNKNOWN)


@pytest.mark.parametrize(
    "word",
    [
        *("__dict__", "__import__", "__setattr__", "eval", "exec", "globals", "locals", "setattr", "vars", "__class__"),
        *("execfile", "runpy", "run_module", "run_path", "import_module", "load_module", "modules"),
    ],
)
def test_every_word_after_which_a_module_may_have_any_name_leaves_it_open(word: str) -> None:
    for source in (f"use({word})", f"use(some.{word})", f"from some import {word}", f"import some.{word}"):
        assert look_for("handler", source.encode()) == Names(UNKNOWN)


@pytest.mark.parametrize(
    "source",
    [
        "",
        "def handle(): ...",
        "def other():\n    handler = 1",
        "def other():\n    def handler(): ...",
        "def other():\n    import handler",
        "class App:\n    def handler(self): ...",
        "class App:\n    handler = 1",
        "call(handler=1)",
        "print(handler)",
        "print(app.handler)",
        "lambda handler: 1",
        "def other(handler): ...",
        "from other import handle",
        "'A text that says handler.'",
        "a = '\\d'",
    ],
)
def test_a_name_that_is_bound_nowhere_is_not_there(source: str) -> None:
    assert look_for("handler", source.encode()).defined is False


def test_functions_of_a_similar_name_are_offered() -> None:
    source = b"def handler(): ...\nasync def handlers(): ...\ndef other(): ...\nclass handled: ...\nhandle = 1\n"
    more = source + b"def handlir(): ...\ndef handlor(): ...\n"

    assert look_for("handlr", source) == Names(defined=False, close=("handler", "handlers"))
    assert len(look_for("handlr", more).close) == 3, "three are enough"


def test_the_encoding_that_a_module_names_is_read() -> None:
    assert look_for("handler", "# -*- coding: latin-1 -*-\nname = 'é'\nhandler = 1".encode("latin-1")).defined is True
