"""Ways out that are no card: everything one can type, what a machine may ask over HTTP, and what it is answered when
its question is broken."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from aiohttp import ClientSession

from casework.texts import LANGUAGES, read_known
from tests.crafted import Crafted
from tests.leaking import Told
from tests.test_malformed import utf8, written

NOBODY = "Ukendt Person"
FILLED_IN = {
    **dict.fromkeys(("step", "number"), "1"),
    **dict.fromkeys(("until", "day", "due"), "fredag"),
    **dict.fromkeys(("name", "to", "people"), NOBODY),
    "topic": "beviser",
    "device": "iphone",
    "package": "til politiet",
}
"""What stands in the place of a word's `{…}`; anything else gets a few words."""


OF_A_REPORT = {"start_report", "continue_draft", "start_over", "next", "send"}
"""Whoever reports is offered the leader's leader by name: that is no leak."""


def words(case: str, language: str) -> Iterator[str]:
    """Every known word of a language, of each meaning the one that says most."""
    for meaning, phrases in read_known(language).items():
        if meaning not in OF_A_REPORT:
            fullest = max(phrases[:3], key=lambda phrase: phrase.count("{"))
            yield fullest.format_map(_Filled(case=case, **FILLED_IN))


class _Filled(dict):
    def __missing__(self, key: str) -> str:
        return "et par ord"


async def typed_by_everybody(made: Told, case: str) -> None:
    """In their own chats, and by members and an outsider in the group's channel; every other one in English."""
    for number, (reader, chat) in enumerate(made.readers().items()):
        for by in ("sara", "jonas", "peter") if reader == "group" else (None,):
            for said in words(case, LANGUAGES[number % 2]):
                await chat.say(said, by=made.s.id(by) if by else None)
    await made.s.settled()
    await made.takes_files()


async def asked_by_machines(made: Told, planted: str) -> str:
    """What stands on each address, and what broken questions with a planted word in them are answered."""
    s, heard = made.s, []
    at = urlsplit(s.channel.bot_url)
    token = {"Authorization": f"Bearer {s.channel.identity.channel_token(s.channel.service_url)}"}
    whole = utf8(written(s, s.mette, planted))
    pressed = utf8(Crafted("open_case").data(made.case) | {"text": planted})
    async with ClientSession() as client:
        for url in (s.app.metrics_url, f"{at.scheme}://{at.netloc}/healthz", f"{at.scheme}://{at.netloc}/readyz"):
            async with client.get(url) as answer:
                heard.append(await answer.text())
        for body in (whole[:-9], pressed, b"\xff" + whole, whole.replace(b'"id"', b'"di"')):
            for headers in ({}, token):
                sent = {**headers, "Content-Type": "application/json"}
                async with client.post(s.channel.bot_url, data=body, headers=sent) as answer:
                    heard.append(f"{answer.status} {answer.headers} {await answer.text()}")
    return "\n".join(heard)
