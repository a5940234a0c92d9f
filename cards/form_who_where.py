"""4. Who is behind it and where it stands, all of it optional; and the evidence coach. H12, B1, D3."""

from cards import elements as el
from cards.coach import form_part
from cards.elements import Card, Element
from cards.evidence import how_buttons
from cards.forms import Sheet, found, framed, options, which_one
from casework import vocabulary as v


def who_where(sheet: Sheet) -> Card:
    view, scene = sheet.view, sheet.scene
    say, label = scene.say, sheet.label
    return framed(
        sheet,
        "who_where",
        el.text(say("report.who_where.intro")),
        el.choice("originator", label("who_where", "originator"), options(sheet, "originator", v.OriginatorKind),
                  value=sheet.value("originator", view.originator or ""), placeholder=say.plain("common.choose")),
        sheet.fault("originator"),
        el.input_text("identifier", label("who_where", "identifier"), value=sheet.value("identifier", view.identifier)),
        sheet.fault("identifier"),
        el.input_text("links", label("who_where", "links"), value=sheet.value("links", view.links), lines=True),
        sheet.fault("links"),
        sheet.hint("who_where.links_hint"),
        *_colleague(sheet),
        *form_part(view, scene),
        extra=how_buttons(scene),
    )  # fmt: skip


def _colleague(sheet: Sheet) -> list[Element | None]:
    """Somebody at the workplace, by name: who is named is shut out of the case."""
    if hits := sheet.hits.get("colleague"):
        return [el.choice("colleague", sheet.label("for_whom", "found"), found(hits)), which_one(sheet)]
    person = sheet.view.originator_person
    stored = sheet.scene.full_name(person) if person else ""
    name = el.input_text("colleague", sheet.label("who_where", "colleague"), value=sheet.value("colleague", stored))
    return [name, sheet.fault("colleague"), sheet.hint("who_where.colleague_hint")]
