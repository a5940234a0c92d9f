"""Tell whether what is kept is what was kept: every case's chain of facts, and every original's bytes. Or a package.

Only looked at, beside a bot that may be running. Exit code 1 when something is broken. With a package's file that alone
is looked through, offline and anywhere: no settings are needed for it.
"""

import asyncio
import os
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path

from bot.keeping.anchoring import Anchor, read_anchor, write_anchor
from bot.keeping.verifying import Broken, FilesLookedAt, Verified, verified
from bot.packages.telling import lines
from bot.packages.timestamping import read_certificates
from bot.packages.verifying import verify_package
from bot.setup.faults import Fault, shown_file
from bot.setup.settings import Settings, SettingsFault, read_settings
from bot.stores.vault import Vault, master_key_from
from cards.words import Texts
from casework.texts import LANGUAGES, read_catalogue

NAME = "verify"

WHAT = {
    "event": "commit {commit}: the fact {which} is not the one that was written.",
    "events": "commit {commit}: facts were added to it or taken out of it.",
    "text": "commit {commit}: the text {which} is not the one that was written, is gone, or was put in.",
    "link": "commit {commit}: it does not hang on the one before it. One was changed, taken out or put in.",
    "case": "it does not open: damaged, another's, or under another key.",
    "unknown": "there is no such case here.",
    "fewer": "it had {commit} commits when the anchor was written, and has {which}: the newest are missing.",
    "other": "up to commit {commit} it is not what it was when the anchor was written.",
    "away": "it had {commit} commits when the anchor was written, and is neither here nor among the erased.",
    "original": "commit {commit}: evidence {which} has other bytes than its fingerprint tells.",
    "missing": "commit {commit}: evidence {which} is gone.",
    "closed": "commit {commit}: evidence {which} does not open: damaged, another's, or under another key.",
    "left": "commit {commit}: evidence {which} was destroyed and is still there. The next start removes it.",
}


def options(parser: ArgumentParser) -> None:
    parser.add_argument("package", nargs="?", type=Path, help="a package's zip, instead of what is kept here")
    parser.add_argument("--key", action="append", default=[], help="a fingerprint that is known to be the authority's")
    parser.add_argument("--authority", type=Path, help="a PEM file: whose timestamps are trusted")
    parser.add_argument("--language", choices=LANGUAGES, default="en", help="of what is told of a package")
    parser.add_argument("--case", metavar="VK-…", default="", help="only this one")
    parser.add_argument("--anchor", type=Path, help="a file that tells how far each case had come the last time")


def run(chosen: Namespace) -> int:
    if chosen.package is not None:
        return _package(chosen)
    case, anchor = chosen.case.strip().upper(), read_anchor(chosen.anchor) if chosen.anchor else {}
    done = asyncio.run(_looked_through(read_settings(os.environ), case, anchor))
    print("\n".join([*told(done), *_anchored(chosen.anchor, done, only=bool(case))]))
    return 1 if done.broken else 0


def _anchored(path: Path | None, done: Verified, *, only: bool) -> Iterator[str]:
    """Written anew when all was looked through and held: else what is known to have been is not given away."""
    if path is None:
        return
    if only or done.broken:
        yield f"{path} was left as it is."
        return
    write_anchor(path, done.reached)
    yield f"{path} tells from now on how far each case has come. Keep it away from here, and give it again next time."


def _package(chosen: Namespace) -> int:
    """By what was told here, and by what the settings say is known."""
    known = os.environ.get("VAERN_TRUSTED_KEYS", "").split(",")
    file = chosen.authority or os.environ.get("VAERN_TIMESTAMP_CA", "").strip()
    try:
        authorities = read_certificates(Path(file)) if file else ()
    except (OSError, ValueError):
        raise SettingsFault((Fault("--authority", shown_file(str(file)), "Expected certificates in PEM."),)) from None
    keys = [key for key in (*chosen.key, *known) if key.strip()]
    findings = verify_package(chosen.package, keys=keys, authorities=authorities)
    print("\n".join(lines(findings, Texts(chosen.language, read_catalogue(chosen.language)))))
    return 1 if findings.broken else 0


async def _looked_through(settings: Settings, case: str, anchor: Anchor) -> Verified:
    key = settings.master_key or master_key_from({}, settings.key_file)
    if settings.case_store != "postgres":
        return await verified(_files(settings, key), case, anchor)
    from bot.stores.beside import beside  # the driver is loaded only where it is used
    from bot.stores.looked_at import DatabaseLookedAt

    async with beside(settings.database, key) as found:
        if found.master is None:
            raise SettingsFault((Fault("VAERN_DATABASE", "holds no store", "Expected the database of a bot."),))
        return await verified(DatabaseLookedAt(found), case, anchor)


def _files(settings: Settings, key: bytes) -> FilesLookedAt:
    if not (settings.data / "keys" / "check").exists():
        expected = f"No bot has run with {settings.data}. Expected the folder of one."
        raise SettingsFault((Fault("VAERN_DATA", "holds no keys", expected),))
    return FilesLookedAt(settings.data / "cases", Vault(settings.data / "keys", key))


def told(done: Verified) -> Iterator[str]:
    """What is broken, a line each, and what was gone through."""
    yield from (_line(broken) for broken in done.broken)
    if done.unlinked:
        yield (
            f"{done.unlinked} commits are of before there was a chain: "
            "they are held from their case's next commit on, and not before."
        )
    word = "Something is broken." if done.broken else "All of it holds."
    yield f"{done.cases} cases, {done.commits} commits, {done.originals} originals. {word}"


def _line(broken: Broken) -> str:
    return f"{broken.case}, {WHAT[broken.part].format(commit=broken.commit, which=broken.which)}"
