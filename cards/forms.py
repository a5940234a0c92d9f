"""The report's five forms. Each reads the draft, or what was just typed when something in it must be put right.

`faults`: field → words to stand under it ("" for none in particular). `typed`: what the person sent, so that no word is
lost; None: the draft's own answers. `hits`: field → the people a name may have meant, offered as choices.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from cards import elements as el
from cards.elements import Action, Card, Element
from cards.scene import Scene
from cards.verbs import press
from casework import vocabulary as v
from casework.people import Person
from casework.views import DraftView, RecipientChoice
from casework.vocabulary import EpisodeId, Whom

FORMS = ("for_whom", "what", "when", "who_where", "who_is_to_know")
"""In the order they are asked. The name is what a button carries as `form`."""


@dataclass(frozen=True)
class Sheet:
    """One form for one person: the draft, what was typed on it, and what to put right."""

    view: DraftView
    scene: Scene
    faults: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] | None = None
    hits: Mapping[str, Sequence[Person]] = field(default_factory=dict)
    episode: EpisodeId | None = None
    choices: Sequence[RecipientChoice] = ()

    def value(self, name: str, stored: str = "") -> str:
        """What stands in a field: what was typed, else what the draft holds."""
        return stored if self.typed is None else self.typed.get(name, "")

    def several(self, name: str, stored: Iterable[str]) -> list[str]:
        return list(stored) if self.typed is None else [part for part in self.value(name).split(",") if part]

    def fault(self, name: str) -> Element | None:
        return el.fault(self.faults.get(name))

    def label(self, form: str, name: str) -> str:
        return self.scene.say.plain(f"report.{form}.{name}")

    def hint(self, key: str) -> Element:
        return el.small(self.scene.say(f"report.{key}"), spacing="Small")

    @property
    def own(self) -> str:
        """Whether the words say "you": the reporter is among those it happened to."""
        return "other" if self.view.whom in (Whom.COLLEAGUE, Whom.WORKPLACE) else "own"


def for_whom(sheet: Sheet) -> Card:
    """1. Who it happened to, and is anyone in danger. H11."""
    view, say = sheet.view, sheet.scene.say
    danger = sheet.value("danger", view.danger)
    return framed(
        sheet,
        "for_whom",
        el.choice("whom", sheet.label("for_whom", "whom"), options(sheet, "whom", v.Whom),
                  value=sheet.value("whom", view.whom or v.Whom.ME)),
        sheet.fault("whom"),
        *_people(sheet),
        sheet.hint("for_whom.other"),
        el.choice("danger", sheet.label("for_whom", "danger"), options(sheet, "danger", v.Danger), value=danger),
        el.emphasis(el.text(say("report.for_whom.now"), bold=True)) if danger == v.Danger.YES else None,
        el.emphasis(el.text(say("report.for_whom.doubt"))) if danger == v.Danger.IN_DOUBT else None,
    )  # fmt: skip


def _people(sheet: Sheet) -> list[Element | None]:
    """The names; where one fits several people, those to choose among."""
    named = [person for person in sheet.view.affected if person != sheet.view.by]
    stored = "\n".join(sheet.scene.full_name(person) for person in named)
    if hits := sheet.hits.get("people"):
        chosen = [person for person in named if person in {hit.id for hit in hits}]
        field = el.multi_choice("people", sheet.label("for_whom", "found"), found(hits), value=chosen)
        return [field, which_one(sheet)]
    field = el.input_text("people", sheet.label("for_whom", "people"), value=sheet.value("people", stored), lines=True)
    return [field, sheet.fault("people"), sheet.hint("for_whom.people_hint")]


def what(sheet: Sheet) -> Card:
    """2. What happened, in their own words; the rest is optional. D1, D3."""
    view, say = sheet.view, sheet.scene.say
    forms = sheet.several("forms", view.forms)
    return framed(
        sheet,
        "what",
        el.input_text("account", sheet.label("what", "account"), value=sheet.value("account", view.account),
                      lines=True),
        sheet.fault("account"),
        sheet.hint("what.account_hint"),
        el.text(say.count("report.what.pieces", view.pieces)) if view.pieces else None,
        el.section(say("report.optional")),
        el.multi_choice("media", sheet.label("what", "media"), options(sheet, "medium", v.Medium),
                        value=sheet.several("media", view.media)),
        el.multi_choice("forms", sheet.label("what", "forms"), options(sheet, "form", v.Form), value=forms),
        el.emphasis(el.text(say("report.what.threats"))) if v.Form.THREATS in forms else None,
        *_circumstances(sheet),
    )  # fmt: skip


def _circumstances(sheet: Sheet) -> list[Element | None]:
    view, told = sheet.view, sheet.view.circumstances_told
    recorded = sheet.value("recorded", view.recorded if told else "")
    return [
        _optional(sheet, "going_on", "going_on", v.GoingOn, view.going_on),
        _optional(sheet, "shared", f"shared.{sheet.own}", v.Shared, view.shared),
        sheet.hint("what.shared_hint"),
        _optional(sheet, "recorded", f"recorded.{sheet.own}", v.Recorded, view.recorded),
        sheet.hint("what.recorded_note") if recorded in (v.Recorded.SOUND, v.Recorded.PICTURE) else None,
        _optional(sheet, "working_hours", "hours", v.WorkingHours, view.working_hours),
    ]


def _optional(sheet: Sheet, name: str, label: str, kind: type[StrEnum], stored: str) -> Element:
    """A list that opens; nothing is chosen until the person has chosen."""
    value = sheet.value(name, stored if sheet.view.circumstances_told else "")
    placeholder = sheet.scene.say.plain("common.choose")
    return el.choice(name, sheet.label("what", label), options(sheet, name, kind), value=value, placeholder=placeholder)


# -- what all five share ---------------------------------------------------------------------------------------------


def framed(
    sheet: Sheet, name: str, *body: Element | None, extra: Sequence[Action | None] = (), title: str = ""
) -> Card:
    """The form's heading and its buttons: next, what is its own, back, save and stop."""
    say, number = sheet.scene.say, FORMS.index(name) + 1
    args = {"form": name}
    ahead = args | ({"episode": sheet.episode} if name == "when" and sheet.episode else {})
    return el.card(
        say,
        say("report.line", n=number),
        el.heading(say(title or f"report.{name}.title")),
        sheet.fault(""),
        *body,
        el.small(say("report.danger"), spacing="Large"),
        actions=[
            button(sheet, "report.next", "report_next", ahead, positive=True),
            *extra,
            button(sheet, "report.back", "report_back", args) if number > 1 else None,
            button(sheet, "report.stop", "report_stop", args),
        ],
    )


def button(sheet: Sheet, key: str, verb: str, args: Mapping[str, str], *, positive: bool = False) -> Action:
    """A button that takes the form's fields along."""
    data = press(verb, sheet.view.case, sheet.view.version, **args)
    return el.submit(sheet.scene.say, key, data, positive=positive, inputs=True)


def options(sheet: Sheet, room: str, kind: type[StrEnum]) -> list[el.Choice]:
    """Every value of an enum as a choice, in its own order."""
    return [(sheet.scene.say.plain(f"choices.{room}.{value}"), str(value)) for value in kind]


def which_one(sheet: Sheet) -> Element | None:
    """Under people to choose among."""
    return el.fault(sheet.scene.say("report.for_whom.several"))


def found(people: Sequence[Person]) -> list[el.Choice]:
    """People a name may mean, told apart by title and mail."""
    return [(", ".join(part for part in (p.name, p.title, p.mail) if part), str(p.id)) for p in people]
