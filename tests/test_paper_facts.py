"""Read as a police officer and a lawyer would: no time nobody gave, no gap nobody explains, no broken link."""

from dataclasses import replace
from datetime import datetime

import pypdfium2
import pytest

from bot.documents.sheet import sheet
from bot.documents.typeset import typeset
from casework import commands as c
from casework import views as w
from casework import vocabulary as v
from casework.calendar import COPENHAGEN
from casework.parts import CapturedBy, CaptureDevice
from casework.projections.packages import for_recipient
from casework.state.coaching import Capture
from casework.vocabulary import Package, WorkplaceId
from tests.cases import GROUP, Working, draft, opened, said
from tests.scenes import JONAS, METTE, NORD, PETER, scene
from tests.test_documentation import SHA, pages, pasted, piece, sent, view

LINK = "https://www.facebook.com/sandheden-om-nord/posts/pfbid02abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXY?x=1"


def with_gaps(*, affected: tuple = (), whom: v.Whom = v.Whom.ME) -> Working:
    """Nr. 1 stands, 2 was destroyed before the case was sent, 3 was opened and withdrawn after."""
    case = draft(whom=whom, affected=affected)
    pasted(case, "Det første.")
    case.does(METTE, c.DestroyItem, item=pasted(case, "Det andet."))
    third = pasted(case, "Det tredje.")
    case.does(METTE, c.ChooseRecipient, recipient=JONAS, ordinary=JONAS)
    case.does(METTE, c.SendReport, workplace=NORD, group_members=GROUP)
    case.passes(hours=1).does(JONAS, c.OpenCase)
    case.does(JONAS, c.OpenItem, item=third)
    case.does(METTE, c.WithdrawItem, item=third)
    return case.done("talk")


def about(certainty: v.Certainty) -> w.Documentation:
    made = view(sent())
    midnight = datetime(2026, 11, 21, tzinfo=COPENHAGEN)
    episode = replace(made.episodes[0], began_at=midnight, certainty=certainty)
    return replace(made, episodes=(episode,))


@pytest.mark.parametrize("certainty", [one for one in v.Certainty if one is not v.Certainty.EXACT])
def test_a_clock_that_nobody_gave_stands_nowhere_and_from_when_the_deadline_runs_is_said(certainty):
    text = pages(about(certainty))

    assert "Episode 1: lørdag d. 21. november 2026" in text and "2026 kl. 0.00" not in text
    if certainty is v.Certainty.ABOUT:
        assert "omtrentligt" in text and "regnet fra dagens begyndelse" in text


def test_a_deadline_at_midnight_is_said_as_the_night_it_falls_in():
    made = view(sent())
    midnight = datetime(2026, 11, 24, tzinfo=COPENHAGEN)
    text = pages(replace(made, episodes=(replace(made.episodes[0], until=midnight),)))

    assert "slutter natten til tirsdag d. 24. november 2026 kl. 0.00." in text


def test_when_on_what_and_by_whom_it_was_captured_stands_with_the_piece():
    at = datetime(2026, 11, 21, 14, 20, tzinfo=COPENHAGEN)
    exact = Capture(at, CaptureDevice.IPHONE, CapturedBy.ANOTHER, v.Certainty.EXACT)
    roughly = Capture(at, None, CapturedBy.MYSELF, v.Certainty.ABOUT)
    text = pages(replace(view(sent()), evidence=(piece(1, told=exact), piece(2, told=roughly))))

    assert "Taget ifølge den, der gav det: lørdag d. 21. november 2026 kl. 14.20, iPhone" in text
    assert "Taget af en anden, ifølge den, der gav det" in text
    assert "Taget ifølge den, der gav det: lørdag d. 21. november 2026 Taget af den, der gav det" in text


def test_what_was_told_of_the_capture_comes_onto_the_paper():
    case = draft()
    item = said("x").item
    case.does(
        METTE,
        c.ReceiveEvidence,
        item=item,
        kind=v.ItemKind.FILE,
        media_type="image/png",
        size=9,
        sha256=SHA,
    )
    case.does(METTE, c.TellCapture, item=item, captured_by=CapturedBy.MYSELF)
    case.does(METTE, c.ChooseRecipient, recipient=JONAS, ordinary=JONAS)
    case.does(METTE, c.SendReport, workplace=NORD, group_members=GROUP)
    case.passes(hours=1).does(JONAS, c.OpenCase)

    assert [one.told.by for one in view(case).evidence] == [CapturedBy.MYSELF]


@pytest.mark.parametrize("reader", [JONAS, METTE])
@pytest.mark.parametrize("package", [None, *Package])
def test_every_gap_in_the_numbers_is_explained_in_every_copy_without_what_was_there(reader, package):
    made = view(with_gaps(), reader)
    if package:
        made = for_recipient(made, package, tuple(one.item for one in made.evidence), ())
    text = pages(made)

    assert "Nr. 3 er trukket tilbage" in text and "Nr. 2 blev slettet, før sagen blev sendt." in text
    assert "Det andet" not in text and "Det tredje" not in text
    if "custody" not in made.without:
        happened = [line.did for line in made.custody if line.number == 3]
        assert happened == ["received", "opened", "withdrawn"]
        assert [line.did for line in made.custody if line.number == 2] == ["received", "destroyed"]


def test_with_several_affected_only_the_giver_and_the_leader_read_of_a_piece_that_is_gone():
    case = with_gaps(whom=v.Whom.SEVERAL, affected=(PETER,))

    for reader, gone in ((JONAS, (3,)), (METTE, (3,)), (PETER, ())):
        made = view(case, reader)
        assert made.withdrawn == gone and any(line.number == 3 for line in made.custody) == bool(gone)


@pytest.mark.parametrize("numbers", [(1,), (1, 4)])
def test_one_that_is_left_out_is_it_and_several_are_they(numbers):
    text = pages(replace(view(sent()), left_out=numbers))

    assert ("Det ligger i sagen" in text, "De ligger i sagen" in text) == (len(numbers) == 1, len(numbers) > 1)


@pytest.mark.parametrize("answer", [None, v.Answer.YES])
def test_where_no_report_is_noted_the_pages_say_that_and_nothing_of_what_anybody_answered(answer):
    """Mette has said yes, or nobody has asked her: on paper she is never one who has not answered."""
    case = opened().asked() if answer else opened()
    if answer:
        case.answers(METTE, answer)
    text = pages(view(case))

    assert "Mette Lund: der er ikke noteret en anmeldelse" in text and "svaret" not in text


@pytest.mark.parametrize("link", [LINK, "https://x.dk/" + "a" * 300])
def test_a_link_copied_from_the_pages_is_whole(link):
    made = replace(view(sent()), identifier=link, links=f"Se {link} og mere", account=())
    pdf = pypdfium2.PdfDocument(typeset(sheet(made, scene("da"), {}, frozenset()), made.made_at))
    text = "".join(page.get_textpage().get_text_range() for page in pdf)

    assert text.replace("\r", "").replace("\n", "").count(link) == 2
    assert all(max(box(page)) <= page.get_width() - 20 for page in pdf), "It breaks before the paper's edge."


def box(page) -> list[float]:
    reading = page.get_textpage()
    return [reading.get_charbox(at)[2] for at in range(reading.count_chars())]


def test_authority_and_workplace_stand_by_name():
    made, told = replace(view(sent()), workplace=WorkplaceId(NORD)), scene("da")
    text = pages(made)

    assert told.place.workplaces[NORD] in text and "Myndighed" in text


def test_a_mail_is_called_a_mail():
    mail = replace(piece(1, size=1000), media_type="message/rfc822", heading="From: a@b.dk")
    text = pages(replace(view(sent()), evidence=(mail,)))

    assert "Mail, 1 kB" in text and "rfc822" not in text and "Fra mailens header:" in text
