"""The evidence coach: every question it asks, in a draft and in a case, on each device, and when nothing is asked."""

from collections.abc import Callable
from dataclasses import replace

from cards.coach import asking, coach_card
from cards.documenting import ask_card
from cards.elements import Card
from cards.evidence import received
from cards.given import what_shared
from cards.scene import Scene
from casework import vocabulary as v
from casework.original import Clock, Original
from casework.parts import SECURED, CaptureDevice, Doubt, Part, PartState
from casework.state.coaching import Capture
from casework.state.documenting import Documents
from casework.views import (
    CoachQuestion,
    CoachView,
    DocumenterLine,
    DocumenterView,
    EpisodeParts,
    EvidenceLine,
    PartLine,
)
from casework.vocabulary import EpisodeId, ItemId
from tests.scenes import CASE, EPISODE, HOSTILE, LISE, METTE, PETER, SENT, TOM
from tests.scenes_pieces import DAY, FIRST, HOUR

Draw = Callable[[Scene], Card]
POST = (Part.WHOLE_POST, Part.SCROLLED_PART, Part.LINK, Part.SENDER, Part.TIME, Part.CAPTURED, Part.CAPTURED_BY)
MAIL = (Part.WHOLE_POST, Part.SENDER, Part.TIME, Part.ORIGINAL)
PIECE = ItemId("item-1")
FILE = EvidenceLine(PIECE, 1, v.ItemKind.FILE, "image/png", 1_400_000, SENT - HOUR, (), True, "opslag_1.png")
SEEN = replace(FILE, shows=(v.Shows.WHOLE_POST, v.Shows.TIME))


def episode(states: dict[Part, PartState], parts: tuple[Part, ...] = POST, number: int = 1) -> EpisodeParts:
    """One episode's evidence; what is not named is missing."""
    lines = tuple(PartLine(part, states.get(part, PartState.MISSING)) for part in parts)
    have = sum(line.state in SECURED for line in lines)
    began = EPISODE - (number - 1) * DAY
    certainty = v.Certainty.EXACT if number == 1 else v.Certainty.DATE_ONLY
    return EpisodeParts(EpisodeId(f"episode-{number}"), began, certainty, lines, have, len(lines))


BEGUN = episode({Part.WHOLE_POST: PartState.VISIBLE, Part.TIME: PartState.VISIBLE, Part.SENDER: PartState.SAVED})
NONE = replace(episode({}), episode=None, began_at=None)
OF_A_MAIL = episode({Part.WHOLE_POST: PartState.VISIBLE}, MAIL)
ENDED = episode(
    {
        Part.WHOLE_POST: PartState.VISIBLE,
        Part.SCROLLED_PART: PartState.LATER,
        Part.LINK: PartState.HAS_NOT,
        Part.SENDER: PartState.SAVED,
        Part.TIME: PartState.TOLD,
    }
)
WHOLE = episode(dict.fromkeys(POST, PartState.VISIBLE))
SIX = tuple(episode({Part.WHOLE_POST: PartState.VISIBLE}, number=number) for number in range(6, 0, -1))


def coach(about: Part | None = None, *episodes: EpisodeParts, items: int = 0, **changed: object) -> CoachView:
    pieces = tuple(ItemId(f"item-{number}") for number in range(1, items + 1))
    asked = CoachQuestion(about, pieces, tuple(range(1, items + 1)), FIRST) if about else None
    return replace(CoachView(CASE, 5, False, episodes or (BEGUN,), asked), **changed)


def in_hand(device: str, view: CoachView) -> Draw:
    return lambda scene: coach_card(view, replace(scene, device=device))


def receipt(line: EvidenceLine, view: CoachView, device: str = "", **how: object) -> Draw:
    def draw(scene: Scene) -> Card:
        at = replace(scene, device=device)
        return received(CASE, line, at, more=(((), ()) if how.get("quiet") else asking(view, at, headed=True)), **how)

    return draw


PHOTO = replace(SEEN, original=Original(taken_at=EPISODE - 3 * HOUR, clock=Clock.LOCAL), device="Apple iPhone 15")
KEPT_MAIL = replace(PHOTO, media_type="message/rfc822", name="mail.eml", device="")
SAID = Capture(SENT - HOUR, CaptureDevice.ANDROID, None, v.Certainty.EXACT)
DRAFT = coach(Part.SCROLLED_PART, line=SEEN, draft=True)
KEPT = (replace(FILE, mine=True), replace(FILE, item=ItemId("item-2"), number=2, mine=True))
HELPED = (KEPT[0], replace(KEPT[1], mine=False, name="", given_by=LISE))
ASKED = DocumenterView(
    CASE, 7, METTE, Documents.ASKED, "Opslaget i gruppen Sandheden om Nord: https://example.org/1", ()
)
DOCUMENTERS = (
    DocumenterLine(LISE, Documents.ASKED, SENT, 2),
    DocumenterLine(TOM, Documents.DECLINED, SENT, 0),
    DocumenterLine(PETER, Documents.ENDED, SENT, 1),
)
COACH: dict[str, CoachView | DocumenterView | Draw] = {
    "documenter_asked": ASKED,
    "documenter_hostile": replace(ASKED, words=HOSTILE),
    "documenter_gives": replace(ASKED, words="", evidence=KEPT),
    "documenter_declined": replace(ASKED, state=Documents.DECLINED),
    "documenter_ended": replace(ASKED, state=Documents.ENDED),
    "documenter_typed": lambda scene: ask_card(CASE, "Tom Riis", scene),
    "what_shared_documented": lambda scene: what_shared(
        CASE, HELPED, scene, (), "Jonas", asked=DOCUMENTERS, paper=True
    ),
    "coach_whole_post": coach(Part.WHOLE_POST, NONE, draft=True),
    "coach_scrolled_part": in_hand("iphone", coach(Part.SCROLLED_PART)),
    "coach_link": in_hand("computer", coach(Part.LINK, line=SEEN)),
    "coach_sender": coach(Part.SENDER),
    "coach_time": coach(Part.TIME),
    "coach_original_mail": coach(Part.ORIGINAL, OF_A_MAIL, media=(v.Medium.MAIL,)),
    "coach_original_sms": coach(Part.ORIGINAL, media=(v.Medium.SMS_OR_CALL,)),
    "coach_captured": in_hand("android", coach(Part.CAPTURED, items=3)),
    "coach_captured_by": coach(Part.CAPTURED_BY, items=1, line=SEEN),
    "coach_shows": coach(Part.SHOWS, items=1),
    "coach_episode": coach(Part.EPISODE, *SIX, items=1, line=SEEN),
    "coach_many": coach(Part.SCROLLED_PART, many=True),
    "coach_rest": coach(None, ENDED, later=True),
    "coach_all": coach(None, WHOLE),
    "coach_doubts": coach(Part.CAPTURED_BY, items=1, line=PHOTO, told=SAID, doubts=tuple(Doubt)),
    "coach_file": coach(Part.LINK, line=PHOTO),
    "coach_file_without_time": coach(Part.LINK, line=replace(PHOTO, original=Original())),
    "coach_mail_file": coach(Part.CAPTURED_BY, items=1, line=KEPT_MAIL, told=replace(SAID, device=None)),
    "coach_photo_of_nothing_known": coach(Part.LINK, line=replace(PHOTO, device="")),
    "received_coached": receipt(SEEN, DRAFT, "iphone", waiting="who_where"),
    "received_in_between": receipt(FILE, DRAFT, quiet=True),
}
