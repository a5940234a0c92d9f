"""A message as a message action hands it over, read from whatever the client sent."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from html.parser import HTMLParser
from typing import Any

from casework.views import TeamsMessage

LONGEST_NAME, LONGEST_LINK, MOST_ATTACHMENTS = 200, 2_000, 20
BREAKS = frozenset({"br", "p", "div", "li", "tr", "blockquote", "h1", "h2", "h3", "pre"})
UNREAD = frozenset({"script", "style"})
NO_TAG = re.compile(r"<(?!/?[a-zA-Z][^<>]*>)")
"""What begins no whole tag is read as it stands: looking for its end, Python's parser would take minutes."""


def read_message(value: Any) -> TeamsMessage | None:
    """The message in an invoke's value; None when there is none, or nothing in it to keep."""
    payload = _part(value, "messagePayload")
    body = _part(payload, "body")
    original = _text(body, "content", None)
    html = _text(body, "contentType") == "html"
    attachments = tuple(_names(payload.get("attachments")))
    if not (original.strip() or attachments):
        return None
    return TeamsMessage(
        original=original,
        media_type="text/html" if html else "text/plain",
        text=plain(original) if html else original.strip(),
        sender=_sender(_part(payload, "from")),
        sent_at=_moment(_text(payload, "createdDateTime")),
        link=_link(payload),
        attachments=attachments,
    )


def plain(html: str) -> str:
    """What a reader sees of it, a paragraph a line."""
    reader = _Reader()
    reader.feed(NO_TAG.sub("&lt;", "".join(_without_comments(html))))
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).splitlines())
    return "\n".join(line for line in lines if line)


def _without_comments(html: str) -> Iterator[str]:
    at = 0
    while (begins := html.find("<!--", at)) >= 0 and (ends := html.find("-->", begins)) >= 0:
        yield html[at:begins]
        at = ends + len("-->")
    yield html[at:]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in UNREAD
        if tag in BREAKS:
            self.parts.append("\n")
        elif tag in ("img", "emoji"):  # a smiley says something too
            self.parts.append(dict(attrs).get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        self._hidden = max(0, self._hidden - (tag in UNREAD))
        if tag in BREAKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)


def _part(value: Any, name: str) -> Mapping[str, Any]:
    found = value.get(name) if isinstance(value, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _text(value: Mapping[str, Any], name: str, longest: int | None = LONGEST_LINK) -> str:
    """Without what no text may hold: half a character, which a client can write and nobody can keep."""
    found = value.get(name)
    return found[:longest].encode("utf-8", "replace").decode() if isinstance(found, str) else ""


def _sender(given: Mapping[str, Any]) -> str:
    names = (_text(_part(given, kind), "displayName", LONGEST_NAME) for kind in ("user", "application"))
    return next((" ".join(name.split()) for name in names if name.strip()), "")


def _link(payload: Mapping[str, Any]) -> str:
    link = _text(payload, "linkToMessage")
    return link if link.startswith("https://") and not set(link) & set(" \n\r\t") else ""


def _moment(text: str) -> datetime | None:
    """Aware, or none: a moment without its zone would be a guess."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo and 1900 < found.year < 9999 else None


def _names(given: Any) -> Iterator[str]:
    for attachment in (given if isinstance(given, list) else [])[:MOST_ATTACHMENTS]:
        if isinstance(attachment, Mapping) and (name := _text(attachment, "name", LONGEST_NAME).strip()):
            yield " ".join(name.split())
