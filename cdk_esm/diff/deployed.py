"""Mappings as they are deployed: what ``aws lambda list-event-source-mappings`` prints, as it comes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from cdk_esm.diff.changes import Place
from cdk_esm.errors import TemplateError
from cdk_esm.sources.live_mapping import API_NAMES
from cdk_esm.template.cloudformation.files import load_text, named_path, read_text

_LIST: Final = "EventSourceMappings"
_TOKENS: Final = ("NextToken", "NextMarker")
_NO_LIST: Final = "it is not what `aws lambda list-event-source-mappings` prints"


@dataclass(frozen=True)
class Deployed:
    """One mapping as Lambda has it.

    Args:
        uuid: what Lambda knows it by.
        file: the file that it was read from.
        body: all that Lambda says of it.
    """

    uuid: str
    file: str
    body: Mapping[str, Any]

    @property
    def place(self) -> Place:
        """Where it is, for what no template has."""
        return Place(self.uuid, self.file, self.uuid)

    @property
    def source(self) -> str | None:
        """The ARN of its source, if that has one."""
        return self.text("EventSourceArn") or None

    @property
    def function(self) -> str:
        """The ARN of its function, with the version or the alias."""
        return self.text("FunctionArn")

    def text(self, name: str) -> str:
        """A text of it; empty if there is none."""
        value = self.body.get(name)
        return value if isinstance(value, str) else ""

    def value(self, name: str) -> Any:
        """A setting by CloudFormation's name; a dot leads into a nested record."""
        value: Any = self.body
        for part in name.split("."):
            value = value.get(API_NAMES.get(part, part)) if isinstance(value, Mapping) else None
        return value

    def said(self) -> str:
        """What it reads, whom it invokes and how it is, in words."""
        source = self.source or ", ".join(map(str, self.value("Topics") or ())) or "a source without an ARN"
        return f"{source} for {self.function or 'no function'}, {self.text('State') or 'in no state'}"


def read_deployed(files: Sequence[str]) -> list[Deployed]:
    """Read the mappings of all files; one that is listed twice counts once.

    Args:
        files: what the command printed, one or several pages in each file.

    Raises:
        TemplateError: a file cannot be read, holds something else, or the last page is not there.
    """
    found, goes_on, ends = {}, 0, 0
    for file in files:
        for document in _documents(file):
            for entry in _entries(document, file):
                found[entry["UUID"]] = Deployed(entry["UUID"], file, entry)
            more = any(isinstance(document, Mapping) and document.get(token) for token in _TOKENS)
            goes_on, ends = goes_on + more, ends + (not more)
    if goes_on and not ends:
        raise TemplateError(
            f"{files[-1]}: the list goes on, as its token for the next page says; run `aws lambda "
            "list-event-source-mappings` without --max-items and --no-paginate, or give the other pages too"
        )
    return list(found.values())


def _documents(file: str) -> Iterator[Any]:
    """The documents of a file, which may hold several pages one after the other."""
    text = read_text(named_path(file)).strip()
    if text[:1] not in ("{", "["):
        yield load_text(text, file, yaml=True)
        return
    decoder = json.JSONDecoder()
    while text:
        try:
            document, end = decoder.raw_decode(text)
        except (ValueError, RecursionError):
            raise TemplateError(f"{file}: {_NO_LIST}") from None
        yield document
        text = text[end:].lstrip()


def _entries(document: Any, file: str) -> list[Mapping[str, Any]]:
    """The mappings of a page, of a list of them, or the one that ``get-event-source-mapping`` prints.

    Raises:
        TemplateError: the document is something else.
    """
    listed = document.get(_LIST) if isinstance(document, Mapping) else document
    if listed is None and isinstance(document, Mapping) and "UUID" in document:
        listed = [document]
    if not isinstance(listed, list) or not all(
        isinstance(one, Mapping) and isinstance(one.get("UUID"), str) for one in listed
    ):
        raise TemplateError(f"{file}: {_NO_LIST}")
    return listed
