"""Carry settings to another place: export them to one file, or import such a file.

In it are organisation.toml, the local changes and which channel each group is connected in. No secret, and nothing of a
case. For the groups the store must be closed: stop the bot, or say --without-groups.
"""

import os
import sys
from argparse import ArgumentParser, Namespace
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from bot import loop
from bot.clock import SystemClock
from bot.keeping.kept import Kept, open_kept
from bot.keeping.wordings import wordings_beside
from bot.setup.carrying import (
    Before,
    connect_groups,
    connected_groups,
    difference,
    finished,
    groups_to_add,
    homeless,
    put_in_place,
    unpacked,
)
from bot.setup.renewal import reworded
from bot.setup.settings import Settings, SettingsFault, read_settings, sources_in
from bot.setup.settings_file import Bundle, bundle_of, read_bundle, write_bundle
from bot.setup.standing import InForce, Sources, read_in_force
from bot.stores import StoreAway, StoreInUse, WrongKey
from bot.stores.sealing import BadMasterKey
from bot.stores.vault import master_key_from

NAME = "settings"


def options(parser: ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="export|import", required=True)
    export = actions.add_parser("export", help="write the settings that are here to a file")
    export.add_argument("--to", type=Path, required=True, metavar="FILE.zip")
    bring = actions.add_parser("import", help="check such a file, say what it would change, and with --yes write it")
    bring.add_argument("--from", dest="file", type=Path, required=True, metavar="FILE.zip")
    bring.add_argument("--yes", action="store_true", help="write what the file would change")
    for action in (export, bring):
        action.add_argument("--without-groups", action="store_true", help="leave the connected groups out")


def run(chosen: Namespace) -> int:
    return loop.run(_export(chosen) if chosen.action == "export" else _import(chosen))


async def _export(chosen: Namespace) -> int:
    sources = sources_in(os.environ)
    in_force = _sound(sources)
    groups = {}
    if not chosen.without_groups:
        async with _kept(sources) as kept:
            groups = await connected_groups(in_force.organisation, kept.records)
    write_bundle(chosen.to, bundle_of(sources, groups), SystemClock().now())
    print(chosen.to)
    return 0


async def _import(chosen: Namespace) -> int:
    bundle, faults = read_bundle(chosen.file)
    here = sources_in(os.environ)
    if bundle is None or (faults := homeless(bundle, here)):
        raise SettingsFault(faults)
    with unpacked(bundle) as sources:
        in_force = _sound(sources)
        if chosen.without_groups or not bundle.groups:
            await _wordings_stand(in_force, sources)
            return _told(bundle, here, [], chosen.yes)
        async with _kept(sources) as kept:
            return await _with_groups(bundle, here, in_force, kept, chosen.yes)


async def _wordings_stand(in_force: InForce, sources: Sources) -> None:
    """What somebody may have answered has the same words, as far as that can be looked up beside a bot that runs.

    Else the bot would go on with what it has, and not start again.
    """
    try:
        async with wordings_beside(_settings(sources)) as kept:
            faults = await reworded(in_force, kept) if kept is not None else ()
    except (SettingsFault, StoreAway, WrongKey, BadMasterKey, OSError) as why:
        print(f"It was not looked up whether wordings that were in force have other words now: {why}", file=sys.stderr)
        return
    if faults:
        raise SettingsFault(faults)


async def _with_groups(bundle: Bundle, here: Sources, in_force: InForce, kept: Kept, yes: bool) -> int:
    if faults := await reworded(in_force, kept.wordings):
        raise SettingsFault(faults)
    groups, left = await groups_to_add(bundle, in_force.organisation, kept.records)
    code = _told(bundle, here, [*(f"{place}: its group is connected." for place in groups), *left], yes)
    if yes:
        await connect_groups(groups, kept.records)
    return code


def _told(bundle: Bundle, here: Sources, lines: list[str], yes: bool) -> int:
    """The difference first; then, with --yes, it is written."""
    changed = [*difference(bundle, here), *lines]
    print("\n".join(changed) or "The settings here are the same.")
    if yes and changed:
        print(f"Written.{_what_was_here(put_in_place(bundle, here, SystemClock().now()))}")
    elif yes:
        finished(here)
    elif changed:
        print("Nothing was changed. Say --yes to write it.")
    return 0


def _what_was_here(kept: Before) -> str:
    if kept.cut_off is not None:
        return f" What was here is kept in {kept.here}, and what was here before an import broke off in {kept.cut_off}."
    return f" What was here is kept in {kept.here}." if kept.here is not None else ""


def _sound(sources: Sources) -> InForce:
    in_force, faults = read_in_force(sources)
    if in_force is None:
        raise SettingsFault(faults)
    return in_force


def _settings(sources: Sources) -> Settings:
    places = {"VAERN_ORGANISATION": str(sources.organisation), "VAERN_OVERLAY": str(sources.overlay or "")}
    return read_settings({**os.environ, **places})


@asynccontextmanager
async def _kept(sources: Sources):
    """The store that this environment names, with what is kept of conversations. The settings may lie elsewhere."""
    settings = _settings(sources)
    async with AsyncExitStack() as stack:
        try:
            kept = await open_kept(stack, settings, settings.master_key or master_key_from({}, settings.key_file))
        except StoreInUse as found:
            raise StoreInUse(f"{found} While the bot runs, --without-groups leaves the connected groups out.") from None
        yield kept
