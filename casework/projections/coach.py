"""What the evidence coach shows whoever gives evidence, and how far it is for whoever has the case."""

from casework import views as w
from casework.case import Case
from casework.coach import ENOUGH, Desktop, Question, count, desktop, next_question, parts_of
from casework.contradictions import doubts
from casework.parts import PartState
from casework.projections.common import Texts, evidence_line
from casework.state.coaching import NOTHING_TOLD
from casework.vocabulary import Certainty, EpisodeId, ItemId, PersonId, Stage


def coach_view(
    case: Case, reader: PersonId, texts: Texts, item: ItemId | None = None, *, again: bool = False
) -> w.CoachView:
    """The reader's evidence part by part, and the next question: about that piece first."""
    lying = desktop(case, reader)
    question = next_question(lying, item, again=again)
    episodes = secured(case, reader)
    piece = next((one for one in lying.items if one.id == item), None)
    line = evidence_line(case, piece, reader, texts) if piece else None
    told = None if lying.apart else case.circumstances
    return w.CoachView(
        case=case.id,
        version=case.version,
        draft=case.stage is Stage.DRAFT,
        episodes=episodes,
        question=_asked(case, question, reader, texts) if question else None,
        line=line,
        told=case.coaching.captures.get(line.item, NOTHING_TOLD) if line else NOTHING_TOLD,
        doubts=doubts(case, piece, lying.episodes, line.device) if piece and line else (),
        many=any(one.pieces > ENOUGH for one in episodes),
        media=told.media if told else (),
        later=any(line.state is PartState.LATER for one in episodes for line in one.parts),
    )


def _asked(case: Case, question: Question, reader: PersonId, texts: Texts) -> w.CoachQuestion:
    lines = tuple(evidence_line(case, item, reader, texts) for item in question.items)
    return w.CoachQuestion(
        question.about,
        tuple(line.item for line in lines),
        tuple(line.number for line in lines),
        question.episode,
        tuple(line.name for line in lines),
    )


def episode_parts(lying: Desktop, episode: EpisodeId | None) -> w.EpisodeParts:
    """One episode's evidence, part by part."""
    told = lying.case.episodes.get(episode) if episode else None
    states = parts_of(lying, episode)
    have, of = count(states)
    return w.EpisodeParts(
        episode,
        told.began_at if told else None,
        told.certainty if told else Certainty.UNKNOWN,
        tuple(w.PartLine(part, state) for part, state in states.items()),
        have,
        of,
        len(lying.of(episode)),
    )


def secured(case: Case, reader: PersonId) -> tuple[w.EpisodeParts, ...]:
    """Every episode's evidence, part by part."""
    lying = desktop(case, reader)
    return tuple(episode_parts(lying, episode) for episode in lying.episodes)


def how_far(case: Case, reader: PersonId) -> tuple[int, int]:
    """How many parts of all that the reader may see are secured, of how many."""
    lying = desktop(case, reader)
    counts = [count(parts_of(lying, episode)) for episode in lying.episodes]
    return sum(have for have, _ in counts), sum(of for _, of in counts)
