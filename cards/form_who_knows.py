"""5. Who is to know, chosen freely; who is chosen away hears nothing. B2."""

from cards import elements as el
from cards.elements import Card, Element
from cards.forms import Sheet, found, framed, which_one
from cards.verbs import press
from casework.choosing import asks_to_stay_out, first_of
from casework.views import RecipientChoice
from casework.vocabulary import PersonId

OTHER = "other"
"""The choice on the last form that means: the name stands in the field below."""


def who_is_to_know(sheet: Sheet) -> Card:
    """5. Who is to know, chosen freely; who is chosen away hears nothing. B2."""
    say, place = sheet.scene.say, sheet.scene.place
    call = el.submit(say, "welcome.call", press("call_me"))
    return framed(
        sheet,
        "who_is_to_know",
        el.text(say(_intro(sheet))),
        *_recipients(sheet),
        el.text(say("report.who_is_to_know.talk"), spacing="Medium"),
        el.small(say("report.who_is_to_know.case", authority=place.authority, kept=place.kept_for), spacing="Medium"),
        sheet.hint("who_is_to_know.group"),
        extra=[call],
    )


def _intro(sheet: Sheet) -> str:
    """That whoever is not chosen hears nothing stands here only where it is so without a tick."""
    if asks_to_stay_out(sheet.choices):
        return "waiting.stay_out.intro"
    return "report.who_is_to_know.intro" if sheet.own == "own" else "report.who_is_to_know.intro_other"


def _recipients(sheet: Sheet) -> list[Element | None]:
    proposed = [(recipient_label(sheet, choice), str(choice.person)) for choice in sheet.choices]
    another = (sheet.label("who_is_to_know", "another"), OTHER)
    chosen, known = sheet.view.recipient, [value for _, value in proposed]
    stored = first_of(sheet.choices) or "" if chosen is None else chosen if chosen in known else OTHER
    label = sheet.label("who_is_to_know", "recipient")
    choosing = el.choice("recipient", label, [*proposed, another], value=sheet.value("recipient", stored))
    asked = [choosing] if proposed else [el.text(sheet.scene.say("report.who_is_to_know.none"))]
    other = _other(sheet, "" if chosen in known else chosen)
    return [*_away(sheet), *asked, sheet.fault("recipient"), *_stay_out(sheet), *other]


def _away(sheet: Sheet) -> list[Element]:
    """That a leader is away, so that another stands first; and what it means to choose them all the same."""
    scene, first = sheet.scene, first_of(sheet.choices)
    return [
        el.text(
            scene.say(
                "handing_on.away.line",
                name=scene.full_name(choice.person),
                until=scene.say.day(choice.away_until, scene.now),
                first=scene.full_name(first),
            )
        )
        for choice in sheet.choices
        if first and choice.away_until and choice.role == "leader"
    ]


def _stay_out(sheet: Sheet) -> list[Element]:
    """One tick, and only where the choice itself does not say it."""
    asked = asks_to_stay_out(sheet.choices)
    if not asked:
        return []
    scene, key = sheet.scene, "one" if len(asked) == 1 else "two"
    name = scene.full_name(asked[0])
    label = scene.say.plain(f"waiting.stay_out.{key}", name=name)
    ticked = sheet.several("stay_out", ["true"] if sheet.view.recipient and sheet.view.excluded else [])
    tick = el.multi_choice("stay_out", label, [(scene.say.plain("waiting.stay_out.tick"), "true")], value=ticked)
    return [tick, el.small(scene.say(f"waiting.stay_out.{key}_hint", name=name), spacing="Small")]


def _other(sheet: Sheet, chosen: PersonId | None | str) -> list[Element | None]:
    if hits := sheet.hits.get("other"):
        return [el.choice("other", sheet.label("for_whom", "found"), found(hits)), which_one(sheet)]
    stored = sheet.scene.full_name(PersonId(chosen)) if chosen else ""
    name = el.input_text("other", sheet.label("who_is_to_know", "other"), value=sheet.value("other", stored))
    return [name, sheet.fault("other"), sheet.hint("who_is_to_know.other_hint")]


def recipient_label(sheet: Sheet, choice: RecipientChoice) -> str:
    """ "Jonas Friis, din leder"; for another only "leder"."""
    say, key = sheet.scene.say, f"report.who_is_to_know.role.{choice.role}"
    if sheet.own == "other" and say.has(f"{key}_other"):
        key = f"{key}_other"
    label = say.plain(key, name=sheet.scene.full_name(choice.person))
    if choice.away_until is None:
        return label
    return say.plain("handing_on.away.choice", label=label, until=say.day(choice.away_until, sheet.scene.now))
