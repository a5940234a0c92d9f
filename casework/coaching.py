"""Answers to the evidence coach. Only whoever gave a piece says what it is; nothing else waits for any of it."""

from datetime import datetime

from casework import commands as c
from casework import events as e
from casework.case import Case, Item
from casework.coach import came_together, is_captured
from casework.gone import their_own
from casework.parts import OF_A_PIECE, Part
from casework.state.coaching import NOTHING_TOLD, Capture
from casework.vocabulary import EpisodeId, ItemId, Refused


def place_evidence(case: Case, command: c.PlaceEvidence, now: datetime) -> tuple[e.Event, ...]:
    """One press; another press moves it."""
    item = their_own(case, command.item, command.by)
    if command.episode not in case.episodes:
        raise Refused("episode_missing")
    if case.coaching.placed.get(item.id) == command.episode:
        return ()
    return (e.EvidencePlaced(by=command.by, at=now, item=item.id, episode=command.episode),)


def answer_part(case: Case, command: c.AnswerPart, now: datetime) -> tuple[e.Event, ...]:
    """I have it, I do not, or not now: all three are in order."""
    if command.part in OF_A_PIECE:
        return _answered_of(case, command, their_own(case, command.item, command.by), now)
    if command.episode is not None and command.episode not in case.episodes:
        raise Refused("episode_missing")
    return _new(case, command, now, command.episode, None)


def _answered_of(case: Case, command: c.AnswerPart, piece: Item, now: datetime) -> tuple[e.Event, ...]:
    """Of a piece; who took it and when is answered of what came with it too."""
    together = is_captured(piece) and command.part in (Part.CAPTURED, Part.CAPTURED_BY)
    pieces = came_together(case, piece, command.part) if together else (piece,)
    return tuple(event for one in pieces for event in _new(case, command, now, None, one.id))


def _new(
    case: Case, command: c.AnswerPart, now: datetime, episode: EpisodeId | None, item: ItemId | None
) -> tuple[e.Event, ...]:
    """Nothing when that is what was answered before."""
    part, answer = command.part, command.answer
    if case.coaching.answers.get((command.by, part, episode, item)) is answer:
        return ()
    return (e.PartAnswered(by=command.by, at=now, part=part, answer=answer, episode=episode, item=item),)


def tell_capture(case: Case, command: c.TellCapture, now: datetime) -> tuple[e.Event, ...]:
    """When, on what, by whom. It holds of what came together with the piece and lacks the same."""
    piece = their_own(case, command.item, command.by)
    if not is_captured(piece):
        raise Refused("not_yours")
    if command.captured_at is not None and command.captured_at > now:
        raise Refused("moment_in_future")
    known = case.coaching.captures.get(piece.id, NOTHING_TOLD)
    if not _says_more(command, known):
        return ()
    told = e.CaptureTold(
        by=command.by,
        at=now,
        items=tuple(one.id for one in came_together(case, piece, _part(command))),
        captured_at=command.captured_at,
        certainty=command.certainty,
        device=command.device,
        captured_by=command.captured_by,
    )
    return (told,)


def _says_more(command: c.TellCapture, known: Capture) -> bool:
    said = ((command.captured_at, known.at), (command.device, known.device), (command.captured_by, known.by))
    return any(now is not None and now != before for now, before in said)


def _part(command: c.TellCapture) -> Part:
    return Part.CAPTURED_BY if command.captured_by else Part.CAPTURED
