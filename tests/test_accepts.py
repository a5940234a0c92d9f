"""The ledger of accepts: every time it was asked and answered, with the wording it was, and what taking back can do."""

from casework import commands as c
from casework import wire
from casework.consent import WORDING
from casework.evolving import replay
from casework.plan import is_closed, missing, read_plan
from casework.projections import answers_view, asked, employee_view, leader_view, step_view, wording_view
from casework.projections.accepts import ledger_lines
from casework.vocabulary import VAERN, Answer, Audience, ConsentKind, HandedOn, OutcomeKind, StepId
from tests.cases import (
    ALI,
    COLLEAGUES,
    HAPPENED,
    JONAS,
    KARIN,
    LEGAL,
    METTE,
    PARTNERS,
    POLICE,
    REMOVAL,
    Working,
    from_a_colleague,
    of_several,
    opened,
    said,
)
from tests.scenes import LISE, PETER

YES, NO = Answer.YES, Answer.NO
INFORM = StepId("inform_colleagues")


def happened(case: Working, person=METTE, kind=COLLEAGUES) -> list[tuple[str, str]]:
    return [(line.what, line.wording) for line in ledger_lines(case.case, (kind,), person)]


def oral(case: Working, answer: Answer, kind: ConsentKind = COLLEAGUES, **more: object) -> None:
    how = {"kind": kind, "person": METTE, "answer": answer, "said_at": case.now, "how": said(), **more}
    case.does(JONAS, c.RecordOralConsent, **how)


def told(case: Working, audience: Audience, by=JONAS) -> None:
    case.does(by, c.NoteTold, audience=audience, told_at=case.now, who=said("de nærmeste"))


def locked(case: Working, step: StepId = INFORM) -> bool:
    planned = next(row for row in read_plan() if row.id == step)
    return bool(missing(case.case, planned)) and not is_closed(case.case, planned)


# -- the ledger ------------------------------------------------------------------------------------------------


def test_nothing_that_happened_with_an_accept_is_forgotten_by_what_happened_later():
    case = opened().asked(COLLEAGUES)
    oral(case, YES)
    case.does(METTE, c.ContradictConsent, kind=COLLEAGUES)
    case.passes(hours=1).does(JONAS, c.AskConsent, kind=COLLEAGUES)
    case.answers(METTE, YES, COLLEAGUES)
    case.does(METTE, c.WithdrawConsent, kind=COLLEAGUES)
    case.answers(METTE, NO, COLLEAGUES)

    one = "colleagues.1"
    whats = ["asked", "oral_yes", "contradicted", "asked_again", "yes", "taken_back", "no"]
    assert happened(case) == [(what, one) for what in whats]


def test_the_ledger_has_the_version_that_was_asked_with_and_the_one_that_was_answered():
    case = opened()
    case.does(JONAS, c.AskConsent, kind=COLLEAGUES, wording="colleagues.1+nord.1")
    answer = {"kind": COLLEAGUES, "answer": YES, "wording": "colleagues.1+nord.2", "in_force": "colleagues.1+nord.2"}
    case.does(METTE, c.AnswerConsent, **answer)

    assert happened(case) == [("asked", "colleagues.1+nord.1"), ("yes", "colleagues.1+nord.2")]


def test_an_accept_asked_before_wordings_were_kept_is_still_read():
    case = opened().asked(COLLEAGUES)
    documents = [wire.encode(event) for event in case.case.log]
    old = [{key: value for key, value in one.items() if key != "wording"} for one in documents]

    assert [line.wording for line in ledger_lines(replay(case.case.id, map(wire.decode, old)), (COLLEAGUES,))] == [""]


def test_with_several_affected_everybody_reads_their_own_answers_and_nobody_elses():
    case = of_several(PETER).asked(COLLEAGUES)
    case.answers(PETER, NO, COLLEAGUES)
    view = answers_of(case, METTE)

    assert [line.person for ledger in view.ledgers for line in ledger.lines] == [METTE]
    assert PETER not in repr(view)


def answers_of(case: Working, reader=METTE, page: int = 1):
    mine = [asked(case.case, *key[:1], key[2], reader, case.texts) for key in case.case.consents if key[1] == reader]
    return answers_view(case.case, reader, mine, case.texts, page)


def test_the_leader_reads_on_a_step_what_happened_with_its_accepts_and_no_others():
    case = of_several(PETER).asked(COLLEAGUES).asked()
    case.answers(PETER, NO, COLLEAGUES)

    view = step_view(case.case, StepId("ask_colleagues"), JONAS, case.texts, case.now)
    assert [(line.what, line.person) for line in view.ledger] == [("asked", METTE), ("asked", PETER), ("no", PETER)]


def test_whoever_takes_over_a_step_reads_no_accepts():
    case = opened().asked(COLLEAGUES)
    case.handed_over(step := StepId("upper_management"))
    view = step_view(case.case, step, ALI, case.texts, case.now)

    assert (view.ledger, view.unreachable, view.consents) == ((), (), ())


# -- the wording, as it was ------------------------------------------------------------------------------------


def test_a_wording_speaks_of_whoever_had_the_case_when_it_was_answered():
    case = opened().asked()
    case.answers(METTE, YES)
    case.does(VAERN, c.HandOn, former=JONAS, chain=(KARIN,), reason=HandedOn.UNREACHABLE)
    view = asked(case.case, POLICE, HAPPENED, METTE, case.texts)

    shown = wording_view(case.case, METTE, view, "police.1")
    assert (shown.leader, view.worded_leader, case.case.recipient) == (JONAS, JONAS, KARIN)


def test_a_wording_speaks_of_the_moment_that_was_told_when_it_was_answered():
    case = opened().asked()
    case.answers(METTE, YES)
    before = case.case.episodes[HAPPENED].began_at
    exact = {"certainty": "exact", "moment": before.replace(hour=9)}
    case.does(METTE, c.TellWhen, episode=HAPPENED, **exact)
    view = asked(case.case, POLICE, HAPPENED, METTE, case.texts)

    assert (view.worded_began_at, view.began_at) == (before, before.replace(hour=9))


def test_nobody_is_shown_a_wording_they_never_met():
    case = opened().asked(COLLEAGUES)
    view = asked(case.case, COLLEAGUES, None, METTE, case.texts)

    assert wording_view(case.case, METTE, view, "colleagues.1+nord.7") is None


# -- taken back ------------------------------------------------------------------------------------------------


def test_what_waits_for_a_yes_is_locked_the_moment_it_is_taken_back_and_the_leader_is_told():
    case = opened().asked(COLLEAGUES)
    case.answers(METTE, YES, COLLEAGUES)
    assert not locked(case)
    case.does(METTE, c.WithdrawConsent, kind=COLLEAGUES)

    assert locked(case) and locked(case, StepId("debriefing"))
    assert any(notice.to == JONAS and notice.fresh for notice in case.told)
    taken = leader_view(case.case, JONAS, case.texts, case.now).taken_back
    assert [(line.person, line.kind) for line in taken] == [(METTE, COLLEAGUES)]


def test_what_was_taken_back_and_given_again_is_no_news_to_the_leader_any_more():
    case = opened().asked(COLLEAGUES)
    case.answers(METTE, YES, COLLEAGUES)
    case.does(METTE, c.WithdrawConsent, kind=COLLEAGUES)
    case.answers(METTE, NO, COLLEAGUES)

    assert leader_view(case.case, JONAS, case.texts, case.now).taken_back == ()


def test_after_the_team_was_told_a_yes_cannot_be_taken_back_and_it_says_since_when():
    case = opened().asked(COLLEAGUES)
    case.answers(METTE, YES, COLLEAGUES)
    told(case, Audience.TEAM)

    assert case.refuses(METTE, c.WithdrawConsent, kind=COLLEAGUES) == "cannot_change_answer"
    assert acted(case, COLLEAGUES) == [("team", case.now)]


def acted(case: Working, kind: ConsentKind, episode=None) -> list[tuple]:
    return [(one.what, one.at) for one in asked(case.case, kind, episode, METTE, case.texts).acted]


def test_a_report_that_was_handed_in_is_what_a_police_accept_can_no_longer_change():
    case = opened().asked()
    case.answers(METTE, YES)
    assert acted(case, POLICE, HAPPENED) == []
    case.outcome(OutcomeKind.REPORTED)

    assert acted(case, POLICE, HAPPENED) == [("reported", case.now)]


def test_a_yes_to_partners_taken_back_after_some_were_told_closes_those_who_were_not():
    case = opened().asked(PARTNERS)
    case.answers(METTE, YES, PARTNERS)
    told(case, Audience.CENTRES)
    case.does(METTE, c.WithdrawConsent, kind=PARTNERS)

    assert acted(case, PARTNERS) == [("centres", case.now)]
    for audience in (Audience.CENTRES, Audience.PARTNERS):
        how = {"audience": audience, "told_at": case.now, "who": said()}
        assert case.refuses(JONAS, c.NoteTold, **how) == "audience_locked"


# -- other centres and partners --------------------------------------------------------------------------------


def test_a_yes_to_one_audience_opens_no_other():
    case = opened().asked(PARTNERS)
    case.answers(METTE, YES, PARTNERS)
    how = {"told_at": case.now, "who": said()}

    assert not locked(case)
    assert case.refuses(JONAS, c.NoteTold, audience=Audience.TEAM, **how) == "audience_locked"
    assert case.does(JONAS, c.NoteTold, audience=Audience.PARTNERS, **how)


def test_one_of_several_who_says_no_keeps_the_audience_closed_for_all():
    case = of_several(PETER).asked(PARTNERS)
    case.answers(METTE, YES, PARTNERS)
    case.answers(PETER, NO, PARTNERS)
    how = {"audience": Audience.CENTRES, "told_at": case.now, "who": said()}

    assert case.refuses(JONAS, c.NoteTold, **how) == "audience_locked"


def test_a_no_about_the_team_can_still_become_a_yes_after_the_partners_were_told():
    case = opened().asked(COLLEAGUES).asked(PARTNERS)
    case.answers(METTE, NO, COLLEAGUES)
    case.answers(METTE, YES, PARTNERS)
    told(case, Audience.CENTRES)
    case.done(INFORM)

    assert case.answers(METTE, YES, COLLEAGUES)


# -- somebody who cannot be reached ----------------------------------------------------------------------------


def unreachable(person=METTE, **more: object) -> dict:
    return {"person": person, "tried": said("ringet to gange"), "legal_staff": said("Anne Berg"), **more}


def test_that_somebody_cannot_be_reached_opens_nothing_and_is_no_exemption():
    case = opened().asked().asked(COLLEAGUES)
    case.does(JONAS, c.NoteUnreachable, **unreachable())

    assert locked(case) and case.case.outcomes == {}
    view = step_view(case.case, StepId("police_consent"), JONAS, case.texts, case.now)
    assert [(line.person, line.tried, line.legal_staff) for line in view.unreachable] == [
        (METTE, "ringet to gange", "Anne Berg")
    ]


def test_legal_staff_is_named_before_it_is_written_down():
    case = opened().asked()

    assert case.refuses(JONAS, c.NoteUnreachable, **unreachable(legal_staff=said(" "))) == "legal_staff_missing"
    assert case.refuses(JONAS, c.NoteUnreachable, **unreachable(tried=said(""))) == "tried_missing"


def test_nobody_is_unreachable_whom_nobody_waits_for():
    case = opened().asked()
    case.answers(METTE, NO)

    assert case.refuses(JONAS, c.NoteUnreachable, **unreachable()) == "nobody_waits"
    assert case.refuses(JONAS, c.NoteUnreachable, **unreachable(LISE)) == "person_unknown"


def test_whoever_has_not_heard_of_the_case_can_be_unreachable_and_learns_nothing_by_it():
    case = from_a_colleague(METTE, by=LISE).done(LEGAL)
    case.does(JONAS, c.NoteUnreachable, **unreachable())

    assert METTE not in case.reached() and METTE not in case.case.told


def test_the_police_branch_goes_on_with_an_exemption_that_names_the_legal_staff():
    case = opened().asked()
    case.does(JONAS, c.NoteUnreachable, **unreachable())

    assert case.outcome(OutcomeKind.EXEMPTION_ASKED)


def test_a_word_from_the_person_takes_the_note_away_and_the_log_keeps_it():
    case = opened().asked()
    case.does(JONAS, c.NoteUnreachable, **unreachable())
    assert employee_view(case.case, METTE, case.texts, case.now).unreachable_at == case.now
    case.answers(METTE, YES)

    assert case.case.accepts.unreachable == {}
    assert employee_view(case.case, METTE, case.texts, case.now).unreachable_at is None
    assert "affected_unreachable" in [wire.encode(event)["event"] for event in case.case.log]


def test_what_was_tried_with_one_of_several_is_not_read_by_any_of_them():
    case = of_several(PETER).asked()
    case.does(JONAS, c.NoteUnreachable, **unreachable(PETER))

    assert answers_of(case, METTE).unreachable is None
    assert "ringet" not in repr(answers_of(case, PETER)) and answers_of(case, PETER).unreachable.by == JONAS


# -- a page at a time ------------------------------------------------------------------------------------------


def test_many_accepts_come_in_pages_and_what_waits_comes_first():
    case = opened()
    for number in range(8):
        moment = case.now.replace(hour=1 + number)
        case.does(METTE, c.TellWhen, episode=f"more-{number}", certainty="exact", moment=moment)
    case.asked().asked(REMOVAL)
    case.answers(METTE, YES)
    first, second = answers_of(case, page=1), answers_of(case, page=2)

    assert (len(first.ledgers), first.more, len(second.ledgers), second.more) == (6, True, 4, False)
    assert second.ledgers[-1].asked.answer is YES


def test_every_kind_of_accept_has_a_wording():
    assert set(WORDING) == set(ConsentKind)
