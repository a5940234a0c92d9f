"""Links to a profile on the big platforms, each written as one and the same however it was copied.

Only a link to the profile itself counts. A link to a post says where something stands, which is often under somebody
else's: a newspaper's page, say. A wrong match is worse than a missed one.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

LINK = re.compile(r"(?:https?://)?(?<![a-z0-9-])(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,63}/[^\s<>\"'»«]*", re.IGNORECASE)
"""Begins with a word, and a host has so many: else a text without a space takes time by the square of its length."""
AFTER_A_LINK = ".,;:!?)]}"
NAME = re.compile(r"[\w.\-]{1,100}")


@dataclass(frozen=True)
class Platform:
    """`hosts` without what stands before them (www., m., da-dk.); `name_in` finds the profile in a path, if there is
    one. `tabs`: what may follow the profile without being anything else than the profile. `not_names`: first parts of a
    path that are the platform's own."""

    id: str
    hosts: tuple[str, ...]
    name_in: Callable[[Sequence[str]], tuple[str, Sequence[str]]]
    tabs: frozenset[str] = frozenset()
    not_names: frozenset[str] = frozenset()
    dots_count: bool = True
    case_counts: tuple[str, ...] = ()
    """Beginnings of names in which capital letters are letters of their own."""
    numbered: frozenset[str] = field(default_factory=frozenset)
    """Pages that name the profile in `?id=`."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _first(parts: Sequence[str]) -> tuple[str, Sequence[str]]:
    """platform/name"""
    return (parts[0], parts[1:]) if parts else ("", ())


def _at(parts: Sequence[str]) -> tuple[str, Sequence[str]]:
    """platform/@name"""
    return (parts[0][1:], parts[1:]) if parts and parts[0].startswith("@") else ("", ())


def _after(*folders: str) -> Callable[[Sequence[str]], tuple[str, Sequence[str]]]:
    """platform/folder/name"""

    def found(parts: Sequence[str]) -> tuple[str, Sequence[str]]:
        return (parts[1], parts[2:]) if len(parts) > 1 and parts[0].lower() in folders else ("", ())

    return found


def _on_facebook(parts: Sequence[str]) -> tuple[str, Sequence[str]]:
    """Also /people/Name/number and /pages/Name/number: the number is the profile."""
    if len(parts) > 2 and parts[0].lower() in ("people", "pages"):
        return parts[2], parts[3:]
    return _first(parts)


def _on_youtube(parts: Sequence[str]) -> tuple[str, Sequence[str]]:
    """A handle, a channel's id, or one of the two older kinds of name: four things that cannot be told to be one."""
    if parts and parts[0].startswith("@"):
        return parts[0], parts[1:]
    if len(parts) > 1 and parts[0].lower() in ("channel", "c", "user"):
        return f"{parts[0].lower()}:{parts[1]}", parts[2:]
    return "", ()


def _on_snapchat(parts: Sequence[str]) -> tuple[str, Sequence[str]]:
    name, rest = _at(parts)
    return (name, rest) if name else _after("add")(parts)


def _on_x(parts: Sequence[str]) -> tuple[str, Sequence[str]]:
    return (f"id:{parts[2]}", parts[3:]) if list(parts[:2]) == ["i", "user"] and len(parts) > 2 else _first(parts)


PLATFORMS = (
    Platform(
        "facebook",
        ("facebook.com", "fb.com", "m.me"),
        _on_facebook,
        _words("about about_overview friends followers following photos photos_by reels reels_tab videos mentions"),
        _words(
            "events gaming groups hashtag help l.php login marketplace media messages notes pages people permalink.php"
            " photo photo.php photos policies posts privacy profile.php reel reels search share share.php sharer"
            " sharer.php stories story.php video.php watch"
        ),
        dots_count=False,
        numbered=_words("profile.php"),
    ),
    Platform(
        "instagram",
        ("instagram.com", "instagr.am"),
        _first,
        _words("reels tagged"),
        _words("about accounts challenge direct explore legal p press reel reels s share stories tv web"),
    ),
    Platform("tiktok", ("tiktok.com",), _at),
    Platform(
        "x",
        ("x.com", "twitter.com"),
        _on_x,
        _words("articles followers following highlights likes media verified_followers with_replies"),
        _words(
            "compose explore hashtag home i intent jobs login messages notifications privacy search settings share tos"
        ),
    ),
    Platform(
        "youtube",
        ("youtube.com",),
        _on_youtube,
        _words("about community featured playlists posts releases shorts streams videos"),
        case_counts=("channel:",),
    ),
    Platform("linkedin", ("linkedin.com",), _after("in"), _words("da en recent-activity")),
    Platform("snapchat", ("snapchat.com",), _on_snapchat),
    Platform("reddit", ("reddit.com",), _after("user", "u"), _words("about comments gilded overview submitted")),
)


def profiles(text: str) -> Iterator[str]:
    """Every profile that a link in the text leads to: "facebook:some.name" the same for all ways to write it."""
    for link in links(text):
        split = urlsplit(link if "://" in link else f"https://{link}")
        host = (split.hostname or "").lower()
        for platform in PLATFORMS:
            if any(host == one or host.endswith(f".{one}") for one in platform.hosts):
                yield from _profile(platform, split)


def links(text: str) -> Iterator[str]:
    """Everything in a text that leads somewhere, without the full stop after it."""
    for found in LINK.finditer(text):
        if not text[: found.start()].endswith("@"):
            yield found.group().rstrip(AFTER_A_LINK)


def _profile(platform: Platform, split: SplitResult) -> Iterator[str]:
    parts = [unquote(part).strip() for part in split.path.split("/") if part.strip()]
    if len(parts) == 1 and parts[0].lower() in platform.numbered:
        name, rest = next(iter(parse_qs(split.query).get("id", ())), ""), ()
        name = name if name.isdigit() else ""
    else:
        name, rest = platform.name_in(parts)
    if not NAME.fullmatch(name.lstrip("@").replace(":", "")) or name.lower() in platform.not_names:
        return
    if len(rest) > 1 or any(part.lower() not in platform.tabs for part in rest):
        return
    yield f"{platform.id}:{_one_way_of_writing(platform, name)}"


def _one_way_of_writing(platform: Platform, name: str) -> str:
    if name.startswith(platform.case_counts):
        return name
    return (name if platform.dots_count else name.replace(".", "")).casefold()
