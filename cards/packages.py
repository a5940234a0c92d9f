"""What is put together for the police, an authority, a platform: which there are, what goes in, words to paste."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from cards import elements as el
from cards.content import what
from cards.elements import Action, Card, Element
from cards.plan import first_names, who_reads
from cards.scene import Scene
from cards.verbs import press
from cards.words import Ready
from casework.packages import RECIPES
from casework.views import EvidenceLine, PackagesView, PackageView, PastedView
from casework.vocabulary import ItemKind, Package

MOST_TICKS = 20
"""Pieces that can be ticked away on the card; of more, numbers are written."""
LONGEST_PASTED = 4_000  # characters of own words; others' forms take no more either
LONGEST_NUMBERS, LONGEST_SENDER = 200, 300


def packages_card(view: PackagesView, scene: Scene) -> Card:
    """Which there are, each with its button."""
    say = scene.say
    return el.card(
        say,
        say("common.case_line", case=view.case),
        el.heading(say("packages.title")),
        el.text(say("packages.intro")),
        *(line for package in view.packages for line in _described(package, scene)),
        actions=[_show(package, view, scene) for package in view.packages],
    )


def _described(package: Package, scene: Scene) -> Iterator[Element]:
    yield el.text(scene.say(f"packages.{package}.title"), bold=True, spacing="Medium")
    yield el.small(scene.say(f"packages.{package}.about"), spacing="None")


def _show(package: Package, view: PackagesView, scene: Scene) -> Action:
    return el.execute(scene.say, f"packages.{package}", press("show_package", view.case, view.version, package=package))


# -- one of them, before it is made ----------------------------------------------------------------------------------


def package_card(view: PackageView, scene: Scene) -> Card:
    """Exactly what goes in, what does not and why, and what can be left out."""
    say, recipe = scene.say, RECIPES[view.package]
    data = press("make_package", view.case, view.version, package=view.package)
    make = "packages.make_text" if recipe.pasted else "packages.make"
    return el.card(
        say,
        say("common.case_line", case=view.case),
        el.heading(say(f"packages.{view.package}.title")),
        *_warnings(view, scene),
        el.section(say("packages.goes_in"), spacing="Medium"),
        *_parts(view, scene),
        *_not_taken(view, scene),
        *(_leaving_out(view.pieces, scene) if recipe.originals else ()),
        _sender(view, scene) if recipe.letter else None,
        _with_words(scene) if _asks_for_words(view) else None,
        None if view.legal and view.package is Package.LEGAL_STAFF else el.small(say(f"packages.{view.package}.then")),
        el.small(_logged(view, scene)),
        actions=[
            el.execute(say, make, data, inputs=True, positive=True),
            el.execute(say, "packages.all", press("show_packages", view.case, view.version)),
        ],
    )


def _logged(view: PackageView, scene: Scene) -> Ready:
    """That it is a fact in the case, and who reads that there."""
    if view.own:
        return scene.say("packages.logged_own")
    if not view.affected:
        return scene.say("packages.logged_nobody")
    if not view.untold:
        return scene.say("packages.logged", names=first_names(scene, view.affected))
    seen = who_reads("packages.logged_seen", view.affected, view.untold, scene)
    return Ready(f"{scene.say('packages.logged_nobody')} {seen}")


def _asks_for_words(view: PackageView) -> bool:
    """What somebody told of themselves is sent to no platform unasked."""
    return view.package is Package.PLATFORM and view.has_account


def _with_words(scene: Scene) -> Element:
    """Off until somebody ticks it."""
    choice = (scene.say.plain("packages.platform.with_words"), "true")
    return el.multi_choice("with_words", scene.say.plain("packages.field.account"), [choice])


def _warnings(view: PackageView, scene: Scene) -> Iterator[Element]:
    """What to think of first. It stops nothing."""
    say = scene.say
    if view.unaccepted:
        names = scene.names(view.unaccepted)
        yield el.emphasis(el.text(say("packages.unaccepted", names=names), spacing="None", bold=True))
    if view.unasked:
        names = scene.names(view.unasked)
        yield el.emphasis(el.text(say("packages.unasked", names=names), spacing="None", bold=True))
    if view.letter == "unfilled":
        yield el.emphasis(el.text(say("packages.letter_unfilled"), spacing="None", bold=True))


def _parts(view: PackageView, scene: Scene) -> Iterator[Element]:
    say, recipe = scene.say, RECIPES[view.package]
    if recipe.pasted:
        yield el.text(say(f"packages.{view.package}.fields"), spacing="None")
        return
    parts = [say(f"packages.{view.package}.paper")]
    parts += [say("packages.part.letter")] if recipe.letter else []
    parts += [say("packages.part.metadata")] if recipe.metadata else []
    parts += [say("packages.part.list")]
    for part in parts:
        yield el.text(Ready(f"• {part}"), spacing="None")
    yield from (el.text(Ready(f"• {part}"), spacing="None") for part in _counted(view, scene))
    if withdrawn := [str(piece.number) for piece in view.pieces if piece.withdrawn]:
        yield el.text(say("packages.withdrawn", numbers=say.listed(withdrawn)))


def _counted(view: PackageView, scene: Scene) -> Iterator[Ready]:
    """Files as they lie in the package; words that stand in the PDF alone are said for themselves."""
    only_files = RECIPES[view.package].takes is not None
    words = [piece for piece in view.pieces if only_files and piece.kind is ItemKind.TEXT]
    files = [piece for piece in view.pieces if piece not in words]
    if files or not words:
        yield _pieces(files, scene)
    if words:
        yield scene.say.count("packages.part.words", len(words))


def _pieces(pieces: Sequence[EvidenceLine], scene: Scene) -> Ready:
    if not pieces:
        return scene.say("packages.part.nothing")
    size = sum(piece.size for piece in pieces)
    return scene.say.count("packages.part.originals", len(pieces), size=scene.say.size(size))


def _not_taken(view: PackageView, scene: Scene) -> Iterator[Element]:
    if view.unfit:
        numbers = scene.say.listed([str(piece.number) for piece in view.unfit])
        yield el.text(scene.say(f"packages.{view.package}.not_taken", numbers=numbers))


def _leaving_out(pieces: Sequence[EvidenceLine], scene: Scene) -> Iterator[Element]:
    """Nothing is left out unless somebody says so."""
    say = scene.say
    if not pieces:
        return
    if len(pieces) > MOST_TICKS:
        yield el.input_text("leave_out", say.plain("packages.leave_out_numbers"), longest=LONGEST_NUMBERS)
        return
    choices = [(_line(piece, scene), str(piece.number)) for piece in pieces]
    yield el.multi_choice("leave_out", say.plain("packages.leave_out"), choices)


def _line(piece: EvidenceLine, scene: Scene) -> str:
    kind = what(piece.kind, piece.media_type, scene)
    at = scene.say.short(piece.received_at)
    return scene.say.plain("packages.piece", what=kind, number=piece.number, at=at)


def _sender(view: PackageView, scene: Scene) -> Element:
    """Who complains, as it stands in the letter: an address is nothing Værn knows."""
    name = scene.full_name(view.affected[0]) if view.own and view.affected else scene.place.authority
    label = scene.say.plain("packages.sender")
    return el.input_text("sender", label, value=name, lines=True, longest=LONGEST_SENDER)


# -- words to paste --------------------------------------------------------------------------------------------------


def pasted_card(view: PastedView, scene: Scene) -> Card:
    """Field by field, each to be copied for itself. No evidence."""
    say = scene.say
    return el.card(
        say,
        say("common.case_line", case=view.case),
        el.heading(say(f"packages.{view.package}.title")),
        el.text(say(f"packages.{view.package}.then")),
        *(part for name, value in _fields(view, scene) if value for part in _field(name, value, scene)),
        el.small(say("packages.cut")) if len(view.account) > LONGEST_PASTED else None,
        actions=[el.execute(say, "packages.all", press("show_packages", view.case, view.version))],
    )


def _field(name: str, value: str, scene: Scene) -> list[Element]:
    return [
        el.text(scene.say(f"packages.field.{name}"), bold=True, spacing="Medium"),
        el.quote(value, spacing="None"),
    ]


def _fields(view: PastedView, scene: Scene) -> list[tuple[str, str]]:
    say, account = scene.say, view.account[:LONGEST_PASTED]
    forms = ", ".join(say.plain(f"choices.form.{form}") for form in view.forms)
    if view.package is Package.PLATFORM:
        forms = forms or say.plain("packages.platform.no_form")
        return [
            ("links", view.links),
            ("profile", view.identifier),
            ("when", _when(view, scene)),
            ("illegal", say.plain("packages.platform.illegal", forms=forms)),
            ("account", account),
            ("asked", say.plain("packages.platform.asked")),
        ]
    return [
        ("name", str(scene.names(view.affected))),
        ("when", _when(view, scene)),
        ("where", ", ".join(say.plain(f"choices.medium.{medium}") for medium in view.media)),
        ("working_hours", say.plain(f"choices.working_hours.{view.working_hours}")),
        ("kind", forms),
        ("account", account),
    ]


def _when(view: PastedView, scene: Scene) -> str:
    """Every episode, with its year: it is read elsewhere."""
    then = replace(scene, now=datetime.min.replace(tzinfo=scene.now.tzinfo))
    moments = (then.began(one.began_at, one.certainty) for one in view.episodes)
    return "; ".join(str(moment) for moment in moments)
