"""Letters: the guide's words as they stand, what no letter says by itself, and when one may be written."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.letter import Letter, letter_file
from cards.letter_text import Frame, draft, frame
from cards.show import as_text, show
from cards.words import Texts
from casework import commands as c
from casework import events as e
from casework.calendar import local
from casework.commands import Written
from casework.decide import decide
from casework.events import CircumstancesTold
from casework.letters import LONGEST, RUNGS, WITH_A_LETTER, named_in, unfilled
from casework.plan import read_plan
from casework.projections import case_view, letter_view, step_view
from casework.projections.letters import told_letters
from casework.texts import read_catalogue
from casework.vocabulary import (
    Answer,
    AttemptId,
    CaseId,
    Ending,
    Form,
    GoingOn,
    ItemId,
    Medium,
    Recorded,
    Refused,
    Shared,
    StepId,
    Variant,
    WorkingHours,
)
from tests.cases import COLLEAGUES, PARTNERS, REMOVAL, opened
from tests.scenes import PEOPLE, scene
from tests.scenes_letters import letter
from tests.waiting import ALI, CASE, JONAS, METTE, SENT, Waiting, sent

NOW = SENT + timedelta(hours=2)
TODAY = NOW.date()
MANAGEMENT, AUTHOR = StepId("upper_management"), StepId("ask_author")
SITE, TEAM = StepId("ask_site"), StepId("inform_colleagues")
GUIDE = (
    "Københavns Kommune gør opmærksom på, at dine udtalelser {where}overskrider kommunens grænser for, hvad vores "
    "medarbejdere skal udsættes for. Københavns Kommune vurderer, at du med dit opslag krænker kommunens medarbejder. "
    "Du bedes fjerne dit opslag omgående og fremover undlade {ending}."
)
"""The letter as the guide has it (B10), with a place for each of its two choices."""
ENDINGS = {
    Ending.COARSE: "din grove sprogbrug",
    Ending.DEGRADING: "dine nedsættende kommentarer",
    Ending.HARASSING: "din chikanerende tone",
}
WORDS = Written(ItemId("words"), "Et brev.")


def text(step: str = "ask_author", **changed: object) -> str:
    return draft(letter(step, **changed), scene("en")).text


# -- what it says ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", Ending)
def test_the_letter_about_a_post_is_the_guides_word_for_word(ending):
    with_day = GUIDE.format(where="i opslag af 21. november 2026 på Facebook ", ending=ENDINGS[ending])

    assert text(ending=ending) == with_day
    assert text(ending=ending, post="") == GUIDE.format(where="", ending=ENDINGS[ending])


@pytest.mark.parametrize("variant", Variant)
def test_only_the_guides_own_letter_is_called_the_guides(variant):
    shown = as_text(show(letter(variant=variant), scene()).card)

    assert ("Guidens brev, ord for ord." in shown) == (variant is Variant.POST)
    assert ("En tilpasning af guidens brev." in shown) == (variant is not Variant.POST)


@pytest.mark.parametrize("step", WITH_A_LETTER)
def test_a_letter_is_in_danish_for_whoever_writes_it_and_its_english_stands_beside_it(step):
    view = letter(step)

    assert draft(view, scene("en")) == draft(view, scene("da")) != draft(view, scene("en"), "en")


@pytest.mark.parametrize("step", WITH_A_LETTER)
def test_no_letter_names_anybody_or_says_that_the_citizen_has_a_case(step):
    for variant in Variant:
        words = text(step, variant=variant)
        assert named_in(words, (person.name for person in PEOPLE.values()), ()) == ()
        assert "VK-" not in words and " sag " not in words and "borger" not in words.lower()


def test_what_the_case_does_not_know_for_certain_the_letter_does_not_say():
    assert "Facebook" not in text(media=(Medium.FACEBOOK, Medium.MAIL))
    assert "i opslag" not in text(began_on=None)


def test_the_next_letter_tells_of_what_was_tried_before_it():
    tried = ((StepId("ask_author"), date(2026, 11, 21)), (StepId("ask_site"), date(2026, 11, 22)))
    words = text("datatilsynet", earlier=tried)

    assert "blev bedt om at fjerne det 21. november 2026. Siden blev bedt om at fjerne det 22. november 2026." in words
    assert "[Skriv, hvad I har forsøgt, og hvornår.]" in text("datatilsynet")
    assert "dt@datatilsynet.dk" in words


def test_the_next_letter_on_the_same_step_tells_of_the_one_before_it_too():
    case = sent()
    for number, (step, day) in enumerate([(SITE, TODAY), (AUTHOR, TODAY - timedelta(days=1)), (SITE, TODAY)]):
        attempt = {"attempt": AttemptId(f"a{number}"), "answer_by": None}
        case.then(e.RungTried(by=JONAS, at=NOW, step=step, sent_on=day, **attempt))
    told = letter_view(case.case, SITE, {}).earlier

    assert told == ((AUTHOR, TODAY - timedelta(days=1)), (SITE, TODAY))
    assert letter_view(case.case, AUTHOR, {}).earlier == (), "The guide's letter tells of nothing."
    words = text("ask_site", earlier=((AUTHOR, date(2026, 11, 21)), (SITE, date(2026, 11, 22))))
    assert "fjerne det 21. november 2026. Vi har også skrevet til en side om det 22. november 2026." in words


@pytest.mark.parametrize(
    ("media", "forms", "variant"),
    [
        ((Medium.SMS_OR_CALL,), (Form.ABUSIVE_MESSAGES,), Variant.SMS),
        ((Medium.MAIL,), (), Variant.MAIL),
        ((Medium.FACEBOOK,), (Form.FAKE_PROFILE,), Variant.FAKE_PROFILE),
        ((Medium.FACEBOOK,), (Form.FAKE_PROFILE, Form.DEGRADING), Variant.POST),
        ((Medium.MAIL, Medium.FACEBOOK), (), Variant.POST),
        ((), (), Variant.POST),
    ],
)
def test_the_letter_to_the_author_begins_with_what_it_is_about(media, forms, variant):
    told = CircumstancesTold(
        by=METTE, at=SENT, media=media, forms=forms, going_on=GoingOn.ONCE, shared=Shared.NO, recorded=Recorded.NO,
        working_hours=WorkingHours.INSIDE,
    )  # fmt: skip

    assert letter_view(sent().then(told).case, AUTHOR, {}).variant is variant


def test_the_authority_is_the_places_own():
    here = scene()
    words = draft(letter(), replace(here, place=replace(here.place, authority="Ny Kommune"))).text

    assert words.count("Ny Kommune") == 2 and "København" not in words


def test_a_notice_to_a_site_has_a_place_for_all_that_the_regulation_asks_for():
    places = re.findall(r"\[[^\]]+\]", text("ask_site"))

    assert [part for part in ("link", "hvorfor", "navn og mail") if not any(part in place for place in places)] == []
    assert "i god tro" in text("ask_site") and "artikel 16" in text("ask_site")


def test_what_is_left_to_fill_in_is_said():
    assert unfilled(text("ask_site"))[0] == "[indsæt link]" and not unfilled(text())
    assert unfilled("[navn] og [navn]") == ("[navn]",)


def test_the_guides_own_places_are_noticed_too_and_no_word_or_address_that_only_looks_like_one():
    assert unfilled("i opslag af XX, den xx.xx.xxxx kl. xx.xx.") == ("XX", "xx.xx.xxxx", "xx.xx")
    assert unfilled("Se [dato xx.xx] på XX/XX") == ("[dato xx.xx]", "XX/XX")
    assert unfilled("xxx, XXL, https://xx.example/xx og mailen xx@xx.dk, www.xx.dk og fxx") == ()


def test_a_letter_of_any_kind_with_something_left_to_fill_in_is_noted_only_when_it_is_said_to_have_been_sent_so():
    case = opened().done("documentation", "case_handling").asked(REMOVAL).asked(COLLEAGUES)
    case.answers(METTE, Answer.YES, REMOVAL)
    case.answers(METTE, Answer.YES, COLLEAGUES)
    today = local(case.now).date()
    for number, step in enumerate(WITH_A_LETTER):
        words = Written(ItemId(f"words-{number}"), "Se [indsæt link] hos [navn].")
        how = {"step": step, "text": words, "sent_on": today}
        with pytest.raises(Refused) as refused:
            case.does(JONAS, c.SendLetter, **how)
        assert (refused.value.key, refused.value.details["places"]) == ("letter_unfilled", "[indsæt link], [navn]")
        case.does(JONAS, c.SendLetter, as_it_stands=True, **how)
        assert case.case.letters.sent[-1].id == words.item
        case.done(*(one for one in RUNGS if one == step))


# -- what it should not name -----------------------------------------------------------------------------------------


def test_a_name_in_a_letter_is_found_whole_or_in_part_and_nothing_that_only_looks_like_one():
    names, marks = ("Mette Lund",), ("Sandheden om Nord\n@nord, 00 11 22 33",)

    assert named_in("Kære mette  lund.", names, marks) == ("Mette Lund",)
    assert named_in("Mette Lund er ked af det.", names, marks) == ("Mette Lund",)
    assert named_in("Lunds mail", names, marks) == ("Lund",)
    assert named_in("En blomme lunder.", names, marks) == ()
    found = named_in("Profilen »sandheden om nord«, tlf. 00 11 22 33", names, marks)
    assert found == ("Sandheden om Nord", "00 11 22 33")


@given(st.text(max_size=200), st.text(max_size=60))
def test_looking_for_names_never_breaks(words, name):
    assert isinstance(named_in(words, (name,), (name,)), tuple)


# -- when it may be written ------------------------------------------------------------------------------------------


def case_of(waiting: Waiting | None = None):
    return (waiting or sent()).case


def drafted(case, step: StepId = MANAGEMENT, words: Written = WORDS, by=JONAS):
    return decide(case, c.DraftLetter(case=CaseId(CASE), by=by, step=step, text=words), NOW)


def was_sent(case, step: StepId = MANAGEMENT, on: date = TODAY, words: Written = WORDS, **more: object):
    return decide(case, c.SendLetter(case=CaseId(CASE), by=JONAS, step=step, text=words, sent_on=on, **more), NOW)


def test_a_letter_opens_with_its_step():
    with pytest.raises(Refused, match="step_locked"):
        drafted(case_of(), AUTHOR)

    assert [type(event) for event in drafted(case_of())] == [e.LetterDrafted]


@pytest.mark.parametrize(
    ("words", "key"), [("", "letter_empty"), ("  \n", "letter_empty"), ("x" * (LONGEST + 1), "reason_too_long")]
)
def test_a_letter_says_something_and_fits(words, key):
    with pytest.raises(Refused, match=key):
        drafted(case_of(), words=Written(ItemId("words"), words))


def test_a_step_without_a_letter_has_none():
    with pytest.raises(Refused, match="no_letter_here"):
        drafted(case_of(), StepId("talk"))


def test_the_same_draft_again_is_nothing_new_and_sent_once_more_neither():
    told = sent()
    told.then(*drafted(told.case))
    assert drafted(told.case) == ()
    told.then(*was_sent(told.case))
    assert was_sent(told.case) == ()


def test_what_is_sent_stays_as_it_was_and_the_next_letter_begins_anew():
    told = sent()
    told.then(*drafted(told.case), *was_sent(told.case))
    told.then(*drafted(told.case, words=Written(ItemId("other"), "Et andet.")))
    texts = {ItemId("words"): "Et brev.", ItemId("other"): "Et andet."}

    assert [letter.id for letter in told.case.letters.sent] == ["words"]
    assert letter_view(told.case, MANAGEMENT, texts).text == "Et andet."


def test_nothing_is_sent_on_a_day_to_come():
    with pytest.raises(Refused, match="letter_in_future"):
        was_sent(case_of(), on=TODAY + timedelta(days=1))


def test_nothing_was_sent_before_any_of_it_happened():
    with pytest.raises(Refused, match="day_before_it_happened"):
        was_sent(case_of(), on=TODAY - timedelta(days=400))


def test_the_talking_points_wait_for_the_yes_to_the_team_whatever_was_said_to_telling_others():
    case = opened().asked(PARTNERS).asked(COLLEAGUES)
    case.answers(METTE, Answer.YES, PARTNERS)
    points = {"step": TEAM, "text": Written(ItemId("points"), "Det er arbejdspladsens opgave.")}
    spoken = {**points, "sent_on": local(case.now).date()}
    assert step_view(case.case, TEAM, JONAS, {}, case.now).letter == "", "The step is open, and they are not."
    for what, how in ((c.DraftLetter, points), (c.SendLetter, spoken), (c.OpenLetter, {"step": TEAM})):
        assert case.refuses(JONAS, what, **how) == "talking_points_locked"

    case.answers(METTE, Answer.YES, COLLEAGUES)
    case.does(JONAS, c.SendLetter, **spoken)
    assert case.refuses(METTE, c.WithdrawConsent, kind=COLLEAGUES) == "cannot_change_answer", "The team has been told."
    told = step_view(case.case, TEAM, JONAS, {}, case.now).workplace.audiences
    assert [[one.by for one in line.told] for line in told] == [[JONAS], [], []]


def test_a_number_is_written_afterwards_and_can_be_put_right():
    told = sent()
    told.then(*was_sent(told.case))
    for number in ("7", "8"):
        command = c.JournaliseLetter(
            case=CaseId(CASE), by=JONAS, step=MANAGEMENT, journal=Written(ItemId(f"no-{number}"), number)
        )
        told.then(*decide(told.case, command, NOW))
        assert decide(told.case, command, NOW) == ()

    assert told.case.letters.sent[0].journal == "no-8"


def test_a_number_without_a_letter_or_without_a_number_is_refused():
    told = sent()
    number = c.JournaliseLetter(case=CaseId(CASE), by=JONAS, step=MANAGEMENT, journal=Written(ItemId("n"), "7"))
    with pytest.raises(Refused, match="no_letter_sent"):
        decide(told.case, number, NOW)
    told.then(*was_sent(told.case))
    with pytest.raises(Refused, match="journal_missing"):
        decide(told.case, replace(number, journal=Written(ItemId("n"), " ")), NOW)


# -- who sees what of it ---------------------------------------------------------------------------------------------


def test_the_affected_person_is_told_that_it_was_sent_and_reads_it_only_when_it_is_shared():
    texts = {ItemId("words"): "Et brev.", ItemId("no"): "2026-1"}
    for shared, seen in ((False, ""), (True, "Et brev.")):
        told = sent().then(e.AffectedTold(by=JONAS, at=NOW, person=METTE))
        told.then(*was_sent(told.case, shared=shared, journal=Written(ItemId("no"), "2026-1")))
        (line,) = case_view(told.case, METTE, texts, NOW).letters
        assert (line.step, line.sent_on, line.text, line.journal) == (MANAGEMENT, TODAY, seen, "")


def test_with_several_affected_nobody_reads_the_words():
    told = sent(affected=(METTE, ALI))
    told.then(*was_sent(told.case, shared=True))

    assert not told.case.letters.sent[0].shared
    assert all(line.text == "" for line in told_letters(told.case, METTE, {ItemId("words"): "Et brev."}))


def test_whoever_is_named_as_affected_afterwards_takes_no_ones_letter_to_read():
    told = sent()
    told.then(*was_sent(told.case, shared=True), e.AffectedNamed(by=JONAS, at=NOW, people=(ALI,)))

    assert [line.text for line in told_letters(told.case, METTE, {ItemId("words"): "Et brev."})] == [""]


def test_a_draft_is_on_nobodys_card_but_that_of_whoever_has_the_step():
    told = sent().then(e.StepOffered(by=JONAS, at=NOW, step=MANAGEMENT, to=ALI))
    told.then(e.StepAccepted(by=ALI, at=NOW, step=MANAGEMENT))
    told.then(*drafted(told.case, by=ALI))

    assert step_view(told.case, MANAGEMENT, ALI, {}, NOW).letter == "draft"
    assert step_view(told.case, MANAGEMENT, JONAS, {}, NOW).letter == ""
    with pytest.raises(Refused, match="step_belongs_to_another"):
        drafted(told.case, words=Written(ItemId("other"), "Et andet."))


def test_the_rungs_of_removal_come_in_the_order_of_the_plan():
    assert tuple(step.id for step in read_plan() if step.id in RUNGS) == RUNGS


# -- the file --------------------------------------------------------------------------------------------------------


def read(content: bytes) -> tuple[str, dict[str, str]]:
    """The words of a Word file, and its properties that say something."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        body = ElementTree.fromstring(packed.read("word/document.xml"))
        core = ElementTree.fromstring(packed.read("docProps/core.xml"))
    words = "\n".join("".join(part.itertext()) for part in body.iter() if part.tag.endswith("}p"))
    return words, {part.tag.partition("}")[2]: part.text for part in core if part.text}


DANISH = Texts("da", read_catalogue("da"))
DAY = date(2026, 11, 22)
AROUND = frame(AUTHOR, "Københavns Kommune", DAY, DANISH)
OUT = Letter("Københavns Kommune", "Henvendelse", "Første linje.\n\nAnden linje: æøå.", DAY, AROUND)


def test_the_file_holds_the_authority_the_day_the_subject_the_words_and_a_place_to_sign():
    words, _ = read(letter_file(OUT))
    parts = ("Københavns Kommune", "22. november 2026", "Henvendelse", "Første linje.", "Anden linje: æøå.")

    assert [part for part in words.replace("\xa0", " ").splitlines() if part][:5] == list(parts)
    assert "Med venlig hilsen" in words and "Navn og underskrift" in words


@pytest.mark.parametrize("step", WITH_A_LETTER)
def test_the_card_shows_all_that_stands_in_the_file_in_its_order_and_the_file_has_nothing_else(step):
    here = scene()
    authority, day = here.place.authority, local(here.now).date()
    said, around = draft(letter(step), here), frame(step, authority, day, DANISH)
    file, _ = read(letter_file(Letter(authority, said.subject, said.text, day, around)))
    on_the_card = as_text(show(letter(step), here).card).splitlines()
    first = on_the_card.index("Sådan står det i Word-filen:") + 1

    in_the_file = [line for line in file.splitlines() if line.strip()]
    assert on_the_card[first : first + len(in_the_file)] == in_the_file


def test_what_is_said_to_colleagues_is_no_letter_and_what_goes_upwards_is_signed_by_a_person():
    aloud = frame(StepId("inform_colleagues"), "Københavns Kommune", DAY, DANISH)
    upwards = frame(MANAGEMENT, "Københavns Kommune", DAY, DANISH)

    assert aloud == Frame()
    assert upwards.below[0] == "Med venlig hilsen" and "Københavns Kommune" not in (upwards.sender, *upwards.below)


def test_a_letter_that_goes_out_carries_nothing_of_the_case_in_its_properties():
    _, said = read(letter_file(OUT))

    assert {"creator", "title", "language"} < set(said) and not {"identifier", "category", "description"} & set(said)


def test_the_file_for_the_document_system_says_which_case_kind_day_and_number():
    filed = replace(OUT, case="VK-7Q4M-X2D", kind="Brev til siden", said="Sendt 2026-11-22. Journalnr.: 2026-1.")
    words, said = read(letter_file(filed))

    assert (said["identifier"], said["category"]) == ("VK-7Q4M-X2D", "Brev til siden")
    assert said["description"] == "Sendt 2026-11-22. Journalnr.: 2026-1." and "VK-7Q4M" not in words
    assert said["created"] == said["modified"] == "2026-11-22T00:00:00Z"


@pytest.mark.parametrize(
    "nasty", ["\0", "\x1b[31m", "\ufffe", "\ud800", "\u202e", "</w:t><w:instrText>DDEAUTO", "x" * 300]
)
def test_whatever_was_pasted_into_a_letter_it_comes(nasty):
    odd = replace(OUT, subject=f"Om{nasty}", text=f"Kære{nasty}", said=nasty, authority=f"Kommunen{nasty}")
    words, _ = read(letter_file(odd))

    assert "Kære" in words and "\u202e" not in words


def test_a_line_that_word_broke_is_a_line():
    words, _ = read(letter_file(replace(OUT, text="Kære ledelse\vDet står slemt til.\fHilsen")))

    assert "Kære ledelse" in words and "Det står slemt til." in words and "Hilsen" in words
