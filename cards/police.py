"""Accepts and the police as the leader sees them: who has answered what, asking, an assessment, and what came of it."""

from collections.abc import Callable, Iterator, Sequence

from cards import elements as el
from cards.elements import Action, Choice, Element
from cards.plan import first_names, who_reads
from cards.scene import Scene
from cards.verbs import press
from cards.words import Ready
from casework.views import ConsentLine, PoliceLine, StepView
from casework.vocabulary import Answer, Assessment, ConsentKind, OutcomeKind, PersonId

MOST_DETAILS = 6
"""Outcomes whose details are shown; with more lines than that the card would grow out of its size."""
LONGEST_DETAILS = 400  # characters
LONGEST_REASON = 1_000  # characters
MOST_ROWS = 12
"""(episode, person) lines with a row each; of more than that, text lines, so that the card stays small."""
MOST_QUESTIONS = 20
"""To choose among at a time, the earliest deadline first; the others come as these are recorded."""
Settled = Callable[[PoliceLine], bool]
"""Whether a line has its tick: on the accept's own step an answer is enough."""


# -- accepts of one per person: colleagues, removal ------------------------------------------------------------------


def consent_lines(view: StepView, kind: ConsentKind, scene: Scene) -> list[Element]:
    """How each person's accept stands."""
    lines = [line for line in view.consents if line.kind is kind]
    return [el.row(line.answer is not None, _name(line.person, scene), _consent_word(line, scene)) for line in lines]


def _name(person: PersonId | None, scene: Scene) -> Ready:
    return scene.names([person]) if person else scene.say("police.episode.nobody")


def _consent_word(line: ConsentLine, scene: Scene) -> Ready:
    if line.withdrawn:
        return scene.say("police.answer.withdrawn")
    if line.contradicted and line.answer is None:
        return scene.say("police.answer.contradicted")
    return _answer_word(line, scene)


def _answer_word(line: ConsentLine | PoliceLine, scene: Scene) -> Ready:
    if line.answer is None:
        asked = line.asked_at is not None
        return scene.say("police.answer.asked" if asked else "police.answer.not_asked", time=_time(line, scene))
    return scene.say(f"police.answer.{'oral_' if line.oral else ''}{line.answer}", time=_time(line, scene))


def _time(line: ConsentLine | PoliceLine, scene: Scene) -> str:
    moment = line.answered_at or line.asked_at
    return scene.when(moment) if moment else ""


def can_ask(view: StepView, kind: ConsentKind) -> bool:
    """Somebody has not been asked, or does not agree with what was written."""
    if kind is ConsentKind.POLICE:
        return any(line.person and line.outcome is None and _unasked(line) for line in view.police)
    return any(line.kind is kind and (line.asked_at is None or line.contradicted) for line in view.consents)


def unanswered(view: StepView, kind: ConsentKind) -> list[PersonId]:
    """Who has been asked and has not answered, each once."""
    lines = view.police if kind is ConsentKind.POLICE else [line for line in view.consents if line.kind is kind]
    waiting = (line for line in lines if line.person and line.asked_at is not None and line.answer is None)
    people = (
        line.person for line in waiting if not getattr(line, "outcome", None) and not getattr(line, "withdrawn", 0)
    )
    return list(dict.fromkeys(person for person in people if person))


def _unasked(line: PoliceLine) -> bool:
    return line.answer is None and (line.asked_at is None or line.oral)


def ask_button(view: StepView, kind: ConsentKind, scene: Scene, *, positive: bool) -> Action:
    """Send the question to everybody who can be asked."""
    data = press("ask_consent", view.case, view.version, kind=kind)
    names = first_names(scene, view.affected)
    return el.execute(scene.say, f"police.ask.{kind}", data, positive=positive, names=names)


def oral_button(view: StepView, kind: ConsentKind, scene: Scene) -> Action | None:
    """Write down an answer that was given in speech: whose, what, when and how."""
    who = _oral_choices(view, kind, scene)
    if not who:
        return None
    say = scene.say
    answers = [(say.plain(f"choices.answer.{answer}"), answer.value) for answer in Answer]
    save = el.execute(
        say, "police.ask.save", press("record_oral_consent", view.case, view.version, kind=kind), inputs=True
    )
    return el.show_card(
        say,
        "police.ask.oral",
        el.text(who_reads("police.ask.oral_help", view.affected, view.untold, scene)),
        pick("person_episode", "police.ask.person_episode", who, scene),
        el.choice("answer", say.plain("police.ask.answer"), answers),
        el.input_date("date", say.plain("police.ask.date")),
        el.input_time("time", say.plain("police.ask.time")),
        el.input_text("how", say.plain("police.ask.how"), lines=True, longest=LONGEST_REASON),
        el.small(say("police.ask.how_help"), spacing="None"),
        actions=[save],
    )


def pick(id: str, key: str, choices: Sequence[Choice], scene: Scene) -> Element:
    """One of a few as buttons, of many as a list that opens; the only one is chosen already."""
    value = choices[0][1] if len(choices) == 1 else ""
    placeholder = scene.say.plain("common.choose_one") if len(choices) > 5 else ""
    return el.choice(id, scene.say.plain(key), choices, value=value, placeholder=placeholder)


def _oral_choices(view: StepView, kind: ConsentKind, scene: Scene) -> list[Choice]:
    if kind is ConsentKind.POLICE:
        lines = [line for line in view.police if line.person and line.outcome is None and _open(line)]
        return [_question(line, scene) for line in lines[:MOST_QUESTIONS]]
    lines = [line for line in view.consents if line.kind is kind and _open(line)]
    return [(scene.full_name(line.person), f"|{line.person}") for line in lines]


def _open(line: ConsentLine | PoliceLine) -> bool:
    """No answer of the person's own."""
    return line.answer is None or line.oral


def _question(line: PoliceLine, scene: Scene) -> Choice:
    """One (episode, person) as something to choose."""
    name = scene.full_name(line.person) if line.person else scene.say.plain("police.episode.nobody")
    began = scene.began(line.began_at, line.certainty)
    return scene.say.plain("police.ask.option_episode", name=name, began=began), f"{line.episode}|{line.person or ''}"


# -- the police, per episode and person ------------------------------------------------------------------------------


def recorded(line: PoliceLine) -> bool:
    """What came of it is written down."""
    return line.outcome is not None


def answered(line: PoliceLine) -> bool:
    """The person has said yes or no, or it no longer matters."""
    return line.answer is not None or recorded(line)


def police_lines(view: StepView, scene: Scene, settled: Settled = recorded) -> Iterator[Element]:
    """Every episode with its deadline, and under it the people, those who stand alike on one line."""
    details = len(view.police) <= MOST_DETAILS
    for episode in dict.fromkeys(line.episode for line in view.police):
        lines = [line for line in view.police if line.episode == episode]
        yield from _episode(lines[0], scene)
        rows = len(view.police) <= MOST_ROWS
        yield from _each(lines, settled, scene) if details else _people(lines, settled, scene, rows=rows)


def _episode(line: PoliceLine, scene: Scene) -> Iterator[Element]:
    say, until = scene.say, scene.say.until(line.until, scene.now)
    began = scene.began(line.began_at, line.certainty)
    yield el.text(say("police.episode.title", began=began), spacing="Medium", bold=True)
    key = "common.deadline_passed" if line.passed else "common.deadline"
    yield el.small(say(key, until=until), spacing="None")


def _each(lines: Sequence[PoliceLine], settled: Settled, scene: Scene) -> Iterator[Element]:
    """Everybody on a line, with what was written about it below."""
    for line in lines:
        yield el.row(settled(line), _name(line.person, scene), _police_word(line, scene))
        if line.details:
            yield _details(line)


def _people(lines: Sequence[PoliceLine], settled: Settled, scene: Scene, *, rows: bool) -> Iterator[Element]:
    alike: dict[tuple[bool, Ready], list[PersonId | None]] = {}
    for line in lines:
        alike.setdefault((settled(line), _police_word(line, scene)), []).append(line.person)
    for (done, word), people in alike.items():
        known = [person for person in people if person]
        names = scene.names(known) if known else scene.say("police.episode.nobody")
        yield el.row(done, names, word) if rows else _flat(done, names, word, scene)


def _flat(done: bool, names: Ready, word: Ready, scene: Scene) -> Element:
    mark = el.DONE if done else el.OPEN
    return el.small(scene.say("police.episode.line", mark=mark, names=names, word=word), spacing="None")


def _police_word(line: PoliceLine, scene: Scene) -> Ready:
    if line.outcome is not None:
        moment = line.reported_at if line.outcome is OutcomeKind.REPORTED else line.outcome_at
        return scene.say(f"police.outcome.{line.outcome}", time=scene.when(moment) if moment else "")
    if line.person is None:
        return scene.say("police.record.title")
    if line.answer is None and line.oral:
        return scene.say("police.answer.contradicted")
    return _answer_word(line, scene)


def _details(line: PoliceLine) -> Element:
    words = line.details if len(line.details) <= LONGEST_DETAILS else f"{line.details[:LONGEST_DETAILS]} …"
    return el.columns(("20px", []), ("stretch", [el.quote(words)]), spacing="None")


# -- the assessment and the outcome ----------------------------------------------------------------------------------


def assessment(view: StepView, scene: Scene) -> Iterator[Element]:
    """The leader's own assessment as it stands, and the form for it."""
    say = scene.say
    if view.assessment is not None:
        now = say(f"choices.assessment.{view.assessment}")
        yield el.emphasis(
            el.text(say("police.assess.now", assessment=now), spacing="None", bold=True),
            el.quote(view.assessment_reason) if view.assessment_reason else None,
        )
    choices = [(say.plain(f"choices.assessment.{each}"), each.value) for each in Assessment]
    yield el.choice("assessment", say.plain("police.assess.assessment"), choices, value=view.assessment or "")
    yield el.input_text("reason", say.plain("police.assess.reason"), lines=True, longest=LONGEST_REASON)
    yield el.small(say("police.assess.reason_help"), spacing="None")


def assess_button(view: StepView, scene: Scene) -> Action:
    data = press("assess_police", view.case, view.version)
    return el.execute(scene.say, "police.assess.save", data, positive=True, inputs=True)


def outcome_form(view: StepView, scene: Scene) -> Iterator[Element]:
    """What came of it, for one (episode, person) at a time; the fields each outcome needs under its own heading."""
    say = scene.say
    open_ones = [_question(line, scene) for line in view.police if line.outcome is None][:MOST_QUESTIONS]
    outcomes = [(say.plain(f"choices.outcome.{each}"), each.value) for each in OutcomeKind]
    yield el.section(say("police.record.title"))
    if view.affected:
        told = who_reads("police.record.told", view.affected, view.untold, scene)
        yield el.small(Ready(f"{say('police.record.consent_first')} {told}"), spacing="None")
    yield pick("question", "police.record.question", open_ones, scene)
    yield el.choice("outcome", say.plain("police.record.outcome"), outcomes)
    yield from _if_reported(scene)
    yield el.text(say("police.record.if_not"), spacing="Medium", bold=True)
    yield el.input_text("reason", say.plain("police.record.reason"), lines=True, longest=LONGEST_REASON)
    yield el.small(say("police.record.reason_help"), spacing="None")


def _if_reported(scene: Scene) -> Iterator[Element]:
    say = scene.say
    yield el.text(say("police.record.if_reported"), spacing="Medium", bold=True)
    yield el.input_date("date", say.plain("police.record.date"))
    yield el.input_time("time", say.plain("police.record.time"))
    yield el.input_text("where", say.plain("police.record.where"))
    yield el.input_text("receipt", say.plain("police.record.receipt"))


def outcome_button(view: StepView, scene: Scene) -> Action:
    data = press("record_outcome", view.case, view.version)
    return el.execute(scene.say, "police.record.save", data, positive=True, inputs=True)


def help_to_report(view: StepView, scene: Scene) -> Element | None:
    """Offered when the episode was outside working hours."""
    if not view.outside_working_hours:
        return None
    say = scene.say
    return el.emphasis(
        el.text(say("police.record.outside_title"), spacing="None", bold=True),
        el.text(say("police.record.outside", names=first_names(scene, view.affected)), spacing="None"),
    )
