"""What of the letters each reader may see."""

from casework import views as w
from casework.calendar import local
from casework.case import Case
from casework.letters import SITE, WITH_A_LETTER, earlier, fitting_variant, may_be_shared, waits_for_the_team
from casework.plan import Step, missing, owner_of, step_of
from casework.profiles import links
from casework.projections.common import Texts, text_of
from casework.state.letters import Letter
from casework.vocabulary import Certainty, Ending, PersonId, Stage, StepId

MOST_LINKS = 10
"""In a letter."""


def letter_lines(case: Case, step: StepId, texts: Texts) -> tuple[w.LetterLine, ...]:
    """What was sent in a step, for whoever handles it: without the words, which come as a file."""
    return tuple(_line(letter, text_of(texts, letter.journal)) for letter in case.letters.of(step))


def told_letters(case: Case, reader: PersonId, texts: Texts) -> tuple[w.LetterLine, ...]:
    """That something was sent, to whom and when; the words where the leader has shared them with this one person."""
    alone = case.affected == (reader,)
    return tuple(
        _line(letter, "", text_of(texts, letter.id) if letter.shared and alone else "") for letter in case.letters.sent
    )


def _line(letter: Letter, journal: str, text: str = "") -> w.LetterLine:
    return w.LetterLine(letter.id, letter.step, letter.sent_on, letter.by, journal, letter.shared, text)


def can_write(case: Case, step: Step, reader: PersonId) -> str:
    """Whether the reader may write the step's letter now: "new", or "draft" when one is begun; else ""."""
    if step.id not in WITH_A_LETTER or owner_of(case, step) != reader or missing(case, step):
        return ""
    if case.stage is not Stage.OPEN or waits_for_the_team(case, step.id):
        return ""
    return "draft" if step.id in case.letters.drafts else "new"


def letter_view(case: Case, step_id: StepId, texts: Texts, reader: PersonId | None = None) -> w.LetterView:
    """The letter as it stands, for whoever writes it: who that may be was asked before."""
    step, draft = step_of(case, step_id), case.letters.drafts.get(step_id)
    return w.LetterView(
        case=case.id,
        version=case.version,
        step=step_id,
        number=step.number if step else 0,
        variant=draft.variant if draft else fitting_variant(case),
        ending=draft.ending if draft else Ending.COARSE,
        post=text_of(texts, draft.post) if draft else None,
        text=text_of(texts, draft.text) if draft else "",
        earlier=earlier(case, step_id),
        began_on=_began_on(case),
        media=case.circumstances.media if case.circumstances else (),
        affected=case.affected if may_be_shared(case) else (),
        nobody=case.nobody_affected,
        first=not case.removal.attempts,
        links=_links(case, texts) if step_id == SITE and reader == case.recipient else (),
    )


def _links(case: Case, texts: Texts) -> tuple[str, ...]:
    """Those that were told on the form."""
    told = text_of(texts, case.originator.links) if case.originator else ""
    return tuple(dict.fromkeys(links(told)))[:MOST_LINKS]


def _began_on(case: Case):
    """The day of the first episode, where it is known."""
    known = [one for one in case.in_time_order if one.certainty in (Certainty.EXACT, Certainty.DATE_ONLY)]
    return local(known[0].began_at).date() if known else None
