"""Free words of somebody who has an open case: asked where they belong. Nothing is sent, and no draft begun, silently.

Until that is said they lie in the person's own conversation, encrypted like the rest of it.
"""

from collections.abc import Collection
from typing import TYPE_CHECKING

from bot.desk import OWN
from bot.receiving import attachments
from cards import adding, suggestions
from cards.show import Shown, shown
from cards.suggestions import Whom
from cards.verbs import Press
from casework.commands import Command, WriteInCase, WriteMessage, Written
from casework.handing_on import nobody_has_it, whoever_reads
from casework.messages import hearers
from casework.vocabulary import WHOEVER_COMES, CaseId, ItemId, PersonId, Refused, Role, Stage
from dialogs.known import Meaning
from dialogs.nearest import speaks

if TYPE_CHECKING:
    from bot.reception import Reception

OF_ONESELF = frozenset(
    {"report_myself", "deny_offence", "want_no_more", "withdraw_consent", "changed_my_mind", "make_call"}
)
"""Known words that are what somebody tells, when they are telling: »jeg har selv anmeldt det«."""
MAY_BE_TOLD = OF_ONESELF | {"reported", "gone", "not_online", "back_again", "set_hold", "lift_hold"}
"""Known words that are words like any other from whoever has no case that they can be a command in."""
SAID_OF_A_CASE = "said"
"""How the ids of words begin that were asked about because they may mean several cases: they are no message."""
MOST_WAITING = 20  # messages nobody said anything about; what comes then is kept in the draft


def telling(at: "Reception", meaning: Meaning, text: str) -> bool:
    """In the middle of a report, or of writing to somebody, a sentence about oneself is no command."""
    return at.dialogs.active and meaning.name in OF_ONESELF and speaks(text)


def tells(at: "Reception", meaning: Meaning, refused: Refused) -> bool:
    """Whether a word that is refused is what they are telling: they have no case in which it could be a command."""
    if at.dialogs.active:
        return refused.key in ("nothing_open", "call_noted")
    return refused.key == "nothing_open" and meaning.name in MAY_BE_TOLD and not meaning.case


async def asked_where(at: "Reception", text: str) -> bool:
    """Ask where the words belong. False: there is no open case of theirs, and the words begin an account."""
    case = await at.desk.newest_case(*OWN, Role.LEADER)
    if case is None or len(at.desk.record.words) >= MOST_WAITING:
        return False
    await _ask_where(at, case, lies_here(at, text), text)
    return True


async def _ask_where(at: "Reception", case: CaseId, words: ItemId, text: str) -> None:
    places = _named(text, await _places(at, case))
    scene = await at.desk.scene(*(place.person for place in places))
    await ask(at, words, shown(suggestions.where_to(words, text, places, scene), scene))


async def ask(at: "Reception", words: ItemId | None, question: Shown) -> None:
    """One that the channel does not take is asked again as soon as the person does anything here."""
    if not await at.say(question) and words:
        at.desk.record.unasked = [*at.desk.record.unasked, words]


async def ask_again(at: "Reception", lost: Collection[str]) -> None:
    """Of words whose question was lost before this turn: as things stand now."""
    record = at.desk.record
    record.unasked = [words for words in record.unasked if words not in lost]
    for words in (ItemId(one) for one in lost if one in record.words):
        case, text = await at.desk.newest_case(*OWN, Role.LEADER), record.words[words]
        if words.startswith(SAID_OF_A_CASE):
            said(at, words)
            await _say_again(at, text)
        elif case is not None:
            await _ask_where(at, case, words, text)
        else:
            await at.keep(text)
            said(at, words)


async def _say_again(at: "Reception", text: str) -> None:
    """As if it had been typed now: so it is asked again of which case it is."""
    if meaning := at.spoken.exactly(text):
        await at.acts_on(meaning, text)


async def in_a_dialog(at: "Reception", text: str) -> bool:
    """A slip in the words of the dialog itself is forgiven. True: what would go into a case looked like a command, and
    was asked about first.
    """
    meant = at.spoken.in_a_dialog(text, at.dialogs.FORGIVEN)
    at.turn.activity.text = meant or text
    case = at.dialogs.writes_in
    if meant or case is None or attachments(at.turn.activity) or len(at.desk.record.words) >= MOST_WAITING:
        return False
    likely = await at.spoken.likely(text)
    return bool(likely or at.spoken.surely(text)) and await _asked_first(at, text, case, likely)


async def _asked_first(at: "Reception", text: str, case: CaseId, likely: tuple[str, ...]) -> bool:
    """False: the case is not there any more, which the dialog says."""
    try:
        reader = (await at.desk.open(case)).case.recipient
    except Refused:
        return False
    words = lies_here(at, text)
    scene = await at.desk.scene(*filter(None, (reader,)))
    whom = Whom(case, reader) if reader else None
    await ask(at, words, shown(suggestions.before_it_is_sent(words, text, likely, whom, scene), scene))
    return True


def lies_here(at: "Reception", text: str, kind: str = "item") -> ItemId:
    """In the person's own conversation, until they have said where it belongs."""
    words = ItemId(at.desk.new_id(kind))
    at.desk.record.words = {**at.desk.record.words, words: text}
    return words


async def _places(at: "Reception", case: CaseId) -> tuple[Whom, ...]:
    """Whoever has each of one's own cases, this one first; from them everybody it happened to, in every case of theirs
    that they have opened.
    """
    opened = (await at.desk.open(case)).case
    if opened.recipient != at.desk.person:
        return await _own(at, case)
    led = [one.case for one in await at.desk.mine() if one.case.recipient == at.desk.person]
    going_on = [one for one in led if one.stage is Stage.OPEN and one.opened_at]
    return tuple(Whom(one.id, person, True) for one in going_on for person in hearers(one))


async def _own(at: "Reception", first: CaseId) -> tuple[Whom, ...]:
    lines = [line.case for line in await at.desk.lines() if line.state == "open" and line.role in OWN]
    newest = sorted(reversed(lines), key=lambda case: case != first)
    cases = [(await at.desk.open(case)).case for case in newest]
    return tuple(Whom(case.id, case.recipient) for case in cases if case.recipient)


def _named(text: str, places: tuple[Whom, ...]) -> tuple[Whom, ...]:
    """Only those whose case stands in the words by its number, if one does."""
    return tuple(place for place in places if place.case in text.upper()) or places


async def send_words(at: "Reception", press: Press) -> None:
    """[Send det til …]: the words become a message in the case, as those of [Skriv i sagen] do."""
    words, text = waiting(at, press)
    case, to = CaseId(str(press.case)), press.args.get("to")
    if to is None and await _asked_anew(at, press, Written(words, text)):
        return None
    if to is None and at.dialogs.writes_in == case:
        return await _as_written(at, words, text)
    try:
        after = await at.desk.carry_out(_command(at, case, Written(words, text), to, press.args.get("reader")))
    except Refused as refused:
        if refused.key != "words_for_another" or not await _asked_anew(at, press, Written(words, text)):
            raise
        return None  # it went on this very moment
    said(at, words)
    reader = PersonId(to) if to else None if nobody_has_it(after) else after.recipient
    scene = await at.desk.scene(*filter(None, (reader,)))
    await at.say(shown(adding.kept_in_case(after.id, reader, scene), scene))


async def _asked_anew(at: "Reception", press: Press, words: Written) -> bool:
    """They were for one who had the case then: whether whoever has it now may have them, is asked. While nobody has it,
    it is whoever comes next.
    """
    case = CaseId(str(press.case))
    await at.desk.allowed(_command(at, case, words, None))
    reader = whoever_reads((await at.desk.open(case)).case)
    if reader is None or reader == press.args.get("reader"):
        return False
    if reader == WHOEVER_COMES:
        scene = await at.desk.scene()
        await ask(at, words.item, shown(suggestions.to_whoever_comes(words.item, words.text, case, scene), scene))
        return True
    scene = await at.desk.scene(reader)
    await ask(at, words.item, shown(suggestions.to_whom(words.item, words.text, (Whom(case, reader),), scene), scene))
    return True


async def _as_written(at: "Reception", words: ItemId, text: str) -> None:
    """The dialog that waits for words in that case has them: so it knows that something was sent."""
    await typed(at, text)
    said(at, words)


async def typed(at: "Reception", text: str) -> bool:
    """What stood on a button, to the dialog that goes on, as if it had been written. False: none does."""
    at.turn.activity.value, at.turn.activity.text = None, text
    return await at.dialogs.go_on()


def _command(at: "Reception", case: CaseId, words: Written, to: str | None, reader: str | None = None) -> Command:
    if to is None:
        return WriteInCase(case=case, by=at.desk.person, words=words, reader=PersonId(reader) if reader else None)
    return WriteMessage(case=case, by=at.desk.person, person=PersonId(to), words=words)


async def begin_words(at: "Reception", press: Press) -> None:
    """[Noget nyt er sket]: the words are the beginning of a new account."""
    words, text = waiting(at, press)
    await at.keep(text)
    said(at, words)


def waiting(at: "Reception", press: Press) -> tuple[ItemId, str]:
    """Refused when it was said already where they belong, or they are somebody else's."""
    words = str(press.args["words"])
    if words not in at.desk.record.words:
        raise Refused("words_gone")
    return ItemId(words), at.desk.record.words[words]


def said(at: "Reception", words: str) -> None:
    at.desk.record.words = {key: text for key, text in at.desk.record.words.items() if key != words}
