"""What Værn is, what happens to personal data, and the terms: read by anybody, without signing in and without traces.

Teams links to these pages from the app's own description. They are drawn when the bot starts, and never change after.
"""

import base64
import hashlib
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from html import escape
from pathlib import Path
from string import Template

from aiohttp import web

from bot.setup.organisation import Organisation
from cards.words import Texts, unescape
from casework.texts import LANGUAGES, read_catalogue

PAGES: Mapping[str, tuple[str, ...]] = {
    "about": ("what", "begin", "leader", "group", "danger"),
    "privacy": ("responsible", "kept", "before", "after", "safe", "long", "rights", "page"),
    "terms": ("whom", "voluntary", "advice", "clock", "down", "shared"),
}
"""Path → its sections, in reading order."""
FOLDER = Path(__file__).parent
Draw = Callable[[str, tuple[str, ...]], str]


def add_pages(app: web.Application, organisation: Callable[[], Organisation]) -> None:
    """Serve /about, /privacy and /terms, in Danish unless the reader asks for English. `organisation`: in force now."""
    style = (FOLDER / "page.css").read_text(encoding="utf-8")
    template = Template((FOLDER / "page.html").read_text(encoding="utf-8"))
    for name in PAGES:
        draw = partial(_drawn, name, organisation, template, style)
        app.router.add_get(f"/{name}", _page(draw, _headers(style)))


def _page(draw: Callable[[str], str], headers: Mapping[str, str]) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def page(request: web.Request) -> web.Response:
        language = language_wanted(request.query.get("lang", ""), request.headers.get("Accept-Language", ""))
        said = {**headers, "Content-Language": language}
        return web.Response(text=draw(language), content_type="text/html", charset="utf-8", headers=said)

    return page


def _headers(style: str) -> Mapping[str, str]:
    """Nothing is fetched from anywhere, nothing runs, nobody may frame it, and no cookie is set."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return {
        "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "public, max-age=600",
        "Vary": "Accept-Language",
    }


def language_wanted(asked: str, accepted: str) -> str:
    """`?lang=en` decides; else what the browser likes best of the two. Danish when it does not say."""
    if asked in LANGUAGES:
        return asked
    ranked = sorted(map(_ranked, accepted.split(",")), key=lambda rank: -rank[1])  # of equals the first stays first
    return next((language for language, weight in ranked if language in LANGUAGES and weight > 0), LANGUAGES[0])


def _ranked(part: str) -> tuple[str, float]:
    """ "en-GB;q=0.8" → ("en", 0.8); a weight that is no number counts as none."""
    name, _, weight = part.strip().lower().partition(";q=")
    try:
        return name.split("-")[0], float(weight or 1)
    except ValueError:
        return name, 0.0


def _drawn(name: str, organisation: Callable[[], Organisation], template: Template, style: str, language: str) -> str:
    texts = Texts(language, read_catalogue(language))
    say, values = texts.plain, _values(organisation(), texts)
    other = next(one for one in LANGUAGES if one != language)
    return template.substitute(
        language=language,
        style=style,
        pages=escape(say("pages.pages")),
        links=_links(name, language, say),
        other=other,
        other_name=escape(say("pages.other_language")),
        title=escape(say(f"pages.{name}.title", **values)),
        lead=escape(say(f"pages.{name}.lead", **values)),
        sections="\n".join(_section(f"pages.{name}.{part}", say, values) for part in PAGES[name]),
    )


def _values(organisation: Organisation, texts: Texts) -> dict[str, str]:
    say, contact = texts.plain, organisation.data_protection_contact
    asked = say("pages.contact.phone" if contact and contact.phone else "pages.contact.mail", **vars(contact)) \
        if contact else say("pages.contact.none", authority=organisation.authority)  # fmt: skip
    kept = unescape(texts.count("common.kept_for", organisation.retention_months))
    return {"authority": organisation.authority, "kept": kept, "contact": asked}


def _links(current: str, language: str, say: Callable[..., str]) -> str:
    marks = {name: ' aria-current="page"' if name == current else "" for name in PAGES}
    return "".join(
        f'<a href="/{name}?lang={language}"{marks[name]}>{escape(say(f"pages.{name}.short"))}</a>' for name in PAGES
    )


def _section(key: str, say: Callable[..., str], values: Mapping[str, str]) -> str:
    """A heading and its paragraphs, a line each."""
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in say(f"{key}.body", **values).splitlines() if line)
    return f"<section><h2>{escape(say(f'{key}.title', **values))}</h2>{paragraphs}</section>"
