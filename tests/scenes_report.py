"""Mette Lund writes her report: the welcome, the five forms in every state, the last page, and what is around them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

from cards import evidence, report
from cards.elements import Card
from cards.review import review
from cards.scene import Scene
from casework import views as w
from casework import vocabulary as v
from casework.parts import PartState
from casework.people import Person
from casework.views import DraftView, EvidenceLine, RecipientChoice
from casework.vocabulary import EpisodeId, ItemId, PersonId
from tests import scenes_coach as coached
from tests.scenes import (
    ALI,
    BIRGIT,
    CASE,
    EPISODE,
    HOSTILE,
    JONAS,
    KARIN,
    LONG_WORDS,
    METTE,
    NADIA,
    PEOPLE,
    PETER,
    SARA,
    SENT,
)
from tests.scenes_pieces import DAY, EVIDENCE, FIRST, FIVE, HOUR, deadline
from tests.scenes_pieces import evidence as piece

Draw = Callable[[Scene], Card]
STARTED = SENT - HOUR
ACCOUNT = (
    "Der er lagt et opslag op med mit billede i en lokal gruppe.\n"
    "Der står, at jeg er korrupt, og folk skriver videre i kommentarerne."
)
CHOICES = (
    RecipientChoice(JONAS, "leader"),
    RecipientChoice(KARIN, "stand_in"),
    RecipientChoice(BIRGIT, "leaders_leader"),
)
AWAY = (CHOICES[1], CHOICES[2], RecipientChoice(JONAS, "leader", date(2026, 11, 27)))
TWO_LEADERS = (CHOICES[0], RecipientChoice(ALI, "leader"), *CHOICES[1:])
TWINS = (PEOPLE[PETER], Person(PersonId("peter-2"), "Peter Vang", "Pedagog", "", "peter.vang2@example.dk"))
TEN = tuple(
    deadline(number, EPISODE - (number - 1) * 9 * HOUR, certainty=list(v.Certainty)[number % 4])
    for number in range(1, 11)
)[::-1]
THIRTY = tuple(replace(piece(number), mine=True, name=f"skærmbillede {number}.png") for number in range(1, 31))


def draft(**changed: object) -> DraftView:
    """An empty draft, one hour old."""
    empty = DraftView(
        case=CASE,
        version=1,
        started_at=STARTED,
        by=METTE,
        whom=None,
        affected=(),
        danger=v.Danger.NO,
        account="",
        account_item=None,
        pieces=0,
        media=(),
        forms=(),
        going_on=v.GoingOn.UNKNOWN,
        shared=v.Shared.UNKNOWN,
        recorded=v.Recorded.UNKNOWN,
        working_hours=v.WorkingHours.UNKNOWN,
        circumstances_told=False,
        episodes=(),
        originator=None,
        identifier="",
        links="",
        originator_person=None,
        evidence=(),
        recipient=None,
        excluded=(),
        missing=("affected", "account", "episode", "recipient"),
        coach=coached.coach(None, coached.NONE, draft=True),
    )
    return replace(empty, **changed)


def told(**changed: object) -> DraftView:
    """Everything answered, ready to send."""
    whole = draft(
        version=9,
        whom=v.Whom.ME,
        affected=(METTE,),
        account=ACCOUNT,
        account_item=ItemId("account-1"),
        media=(v.Medium.FACEBOOK,),
        forms=(v.Form.RECORDING_SHARED, v.Form.DEGRADING),
        going_on=v.GoingOn.STILL,
        shared=v.Shared.OPENLY,
        recorded=v.Recorded.NO,
        working_hours=v.WorkingHours.OUTSIDE,
        circumstances_told=True,
        episodes=(deadline(),),
        originator=v.OriginatorKind.IDENTIFIER_ONLY,
        identifier="Sandheden om Nord",
        links="https://example.org/opslag/1\nhttps://example.org/opslag/2",
        evidence=(replace(EVIDENCE[0], mine=True, name="opslag.png"),),
        recipient=JONAS,
        missing=(),
        coach=coached.coach(None, coached.BEGUN, draft=True),
    )
    return replace(whole, **changed)


FOR_PETER = {"whom": v.Whom.COLLEAGUE, "affected": (PETER,), "by": METTE}
WITH_PETER = {"whom": v.Whom.SEVERAL, "affected": (METTE, PETER), "by": METTE}
PASSED = deadline(began=SENT - 4 * DAY, passed=True)
A_DAY = deadline(began=EPISODE - 14 * HOUR - HOUR / 6, certainty=v.Certainty.DATE_ONLY)
A_DAY_PASSED = replace(deadline(began=A_DAY.began_at - 4 * DAY, certainty=v.Certainty.DATE_ONLY), passed=True)
LARGEST = told(
    whom=v.Whom.SEVERAL,
    affected=FIVE,
    account=LONG_WORDS,
    pieces=12,
    chat=tuple((ItemId(f"chat-{n}"), "Så skrev de igen, og det blev ved hele aftenen. " * 20) for n in range(12)),
    media=tuple(v.Medium),
    forms=tuple(v.Form),
    episodes=TEN,
    identifier=LONG_WORDS[:300],
    links="\n".join(f"https://example.org/opslag/{n}" for n in range(100)),
    evidence=THIRTY,
    coach=coached.coach(None, *coached.SIX, draft=True),
    excluded=(KARIN,),
)
HARMFUL = told(account=HOSTILE, identifier=HOSTILE, links=HOSTILE)


def form(name: str, view: DraftView, **more: object) -> Draw:
    return partial(_form, name, view, more)


def _form(name: str, view: DraftView, more: dict, scene: Scene) -> Card:
    """Faults are keys of refusals; here they get their words."""
    faults = {field: scene.say(f"refused.{key}", max=30) for field, key in more.get("faults", {}).items()}
    return report.form(name, view, scene, **(more | {"faults": faults}))


FOR_WHOM = {
    "form_for_whom": form("for_whom", draft()),
    "form_for_whom_colleague": form("for_whom", draft(**FOR_PETER, danger=v.Danger.IN_DOUBT)),
    "form_for_whom_danger": form("for_whom", draft(whom=v.Whom.ME, affected=(METTE,), danger=v.Danger.YES)),
    "form_for_whom_fault": form(
        "for_whom", draft(), faults={"people": "person_unknown"}, typed={"whom": "colleague", "people": "Petter Vank"}
    ),
    "form_for_whom_which": form(
        "for_whom", draft(), faults={"people": "person_ambiguous"}, typed={"whom": "colleague"}, hits={"people": TWINS}
    ),
}
WHAT = {
    "form_what": form("what", draft(whom=v.Whom.ME)),
    "form_what_told": form("what", told(pieces=1, forms=(v.Form.THREATS,), recorded=v.Recorded.SOUND)),
    "form_what_colleague": form("what", draft(**FOR_PETER)),
    "form_what_fault": form(
        "what", draft(), faults={"account": "account_missing"}, typed={"media": "facebook,mail", "forms": "threats"}
    ),
    "form_what_largest": form("what", LARGEST),
}
WHEN = {
    "form_when": form("when", draft(), episode=FIRST),
    "form_when_told": form("when", told(), episode=FIRST),
    "form_when_date_only": form(
        "when",
        told(episodes=(deadline(began=EPISODE - 14 * HOUR - HOUR / 6, certainty=v.Certainty.DATE_ONLY),)),
        episode=FIRST,
    ),
    "form_when_again": form("when", told(), episode=EpisodeId("episode-2")),
    "form_when_several": form(
        "when", told(episodes=(deadline(2, EPISODE - DAY), deadline())), episode=EpisodeId("episode-2")
    ),
    "form_when_passed": form("when", told(episodes=(PASSED,)), episode=FIRST),
    "form_when_fault": form(
        "when",
        draft(),
        episode=FIRST,
        faults={"date": "moment_in_future", "time": "time_missing"},
        typed={"certainty": "exact", "date": "2027-11-21"},
    ),
    "form_when_largest": form("when", LARGEST, episode=EpisodeId("episode-3")),
}
WHO_WHERE = {
    "form_who_where": form("who_where", draft()),
    "form_who_where_told": form("who_where", told()),
    "form_who_where_all_saved": form(
        "who_where",
        told(
            media=(v.Medium.MAIL,),
            evidence=(piece(1, "message/rfc822"),),
            coach=coached.coach(None, coached.episode(dict.fromkeys(coached.MAIL, PartState.SAVED), coached.MAIL)),
        ),
    ),
    "form_who_where_colleague": form(
        "who_where",
        told(originator=v.OriginatorKind.WORKPLACE, originator_person=NADIA),
        faults={"colleague": "person_ambiguous"},
        typed={"originator": "workplace", "colleague": "Peter"},
        hits={"colleague": TWINS},
    ),
    "form_who_where_largest": form("who_where", LARGEST),
}
WHO_IS_TO_KNOW = {
    "form_who_is_to_know": form("who_is_to_know", draft(whom=v.Whom.ME), choices=CHOICES),
    "form_who_is_to_know_away": form("who_is_to_know", draft(whom=v.Whom.ME), choices=AWAY),
    "form_who_is_to_know_away_ticked": form(
        "who_is_to_know", told(recipient=KARIN, excluded=(JONAS,)), choices=AWAY
    ),
    "form_who_is_to_know_two_leaders": form("who_is_to_know", draft(whom=v.Whom.ME), choices=TWO_LEADERS),
    "form_who_is_to_know_chosen": form("who_is_to_know", told(recipient=KARIN), choices=CHOICES),
    "form_who_is_to_know_other": form("who_is_to_know", told(recipient=SARA), choices=CHOICES),
    "form_who_is_to_know_colleague": form("who_is_to_know", draft(**FOR_PETER), choices=CHOICES),
    "form_who_is_to_know_none": form("who_is_to_know", draft(whom=v.Whom.ME)),
    "form_who_is_to_know_fault": form(
        "who_is_to_know", draft(whom=v.Whom.ME), choices=CHOICES, faults={"recipient": "recipient_missing"}, typed={}
    ),
    "form_who_is_to_know_which": form(
        "who_is_to_know", draft(), choices=CHOICES, faults={"other": "person_ambiguous"}, typed={"recipient": "other"},
        hits={"other": TWINS},
    ),
}  # fmt: skip


def page(view: DraftView) -> Draw:
    return lambda scene: review(view, scene)


def line_of(name: str, view: DraftView) -> Draw:
    return lambda scene: report.answered(name, view, scene)


REVIEW = {
    "review": page(told()),
    "review_missing": page(draft(whom=v.Whom.ME, account=ACCOUNT, missing=("episode", "recipient"))),
    "review_colleague": page(told(**FOR_PETER, danger=v.Danger.IN_DOUBT)),
    "review_several": page(told(**WITH_PETER)),
    "review_workplace": page(told(whom=v.Whom.WORKPLACE, affected=(), originator=None, identifier="", links="")),
    "review_excluded": page(told(recipient=KARIN, excluded=(JONAS,))),
    "review_passed": page(told(episodes=(PASSED,))),
    "review_hostile": page(HARMFUL),
    "review_largest": page(LARGEST),
}
ANSWERED = {f"answered_{name}": line_of(name, told()) for name in report.DRAWN} | {
    "answered_when_date_only": line_of("when", told(episodes=(A_DAY,))),
    "answered_when_passed": line_of("when", told(episodes=(A_DAY_PASSED,))),
    "answered_when_several": line_of("when", LARGEST),
    "answered_who_where_skipped": line_of("who_where", draft()),
    "answered_for_whom_several": line_of("for_whom", LARGEST),
}
AROUND = {
    "report_sent": lambda scene: report.sent(CASE, JONAS, scene),
    "report_sent_colleague": lambda scene: report.sent(CASE, JONAS, scene, others=(PETER,)),
    "report_stopped": lambda scene: report.stopped(told(), scene),
    "report_stopped_early": lambda scene: report.stopped(draft(), scene),
    "report_stopped_passed": lambda scene: report.stopped(told(episodes=(PASSED,)), scene),
    "report_resumed": lambda scene: report.resumed(told(), "when", scene),
    "report_resumed_review": lambda scene: report.resumed(told(), "review", scene),
    "report_kept": report.kept,
    "report_kept_long": lambda scene: report.kept(scene, long=True),
    "draft_reminder": told(),
}
FILE = EvidenceLine(ItemId("item-1"), 1, v.ItemKind.FILE, "image/png", 1_400_000, SENT - HOUR, (), True, "opslag_1.png")
EVIDENCE_CARDS = {f"how_{device}": partial(evidence.how, device) for device in evidence.DEVICES} | {
    "received": partial(evidence.received, CASE, FILE),
    "received_in_a_report": partial(evidence.received, CASE, FILE, waiting="who_where"),
    "received_at_the_last_page": partial(evidence.received, CASE, FILE, waiting="review"),
    "received_text": partial(evidence.received, CASE, replace(FILE, kind=v.ItemKind.TEXT, media_type="text/plain")),
    "received_hostile": partial(evidence.received, CASE, replace(FILE, name=HOSTILE)),
    "received_described": partial(evidence.received, CASE, replace(FILE, shows=(v.Shows.WHOLE_POST, v.Shows.TIME))),
}


REPORT_CARDS: dict[str, w.DraftView | Draw] = (
    FOR_WHOM | WHAT | WHEN | WHO_WHERE | WHO_IS_TO_KNOW | REVIEW | ANSWERED | AROUND | EVIDENCE_CARDS
)  # fmt: skip
