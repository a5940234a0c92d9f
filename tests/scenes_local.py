"""Cards of an administration that has changed something for itself."""

from dataclasses import replace

from cards.consent import question
from cards.elements import Card
from cards.leader import leader_card
from cards.scene import Scene
from cards.step import step_card
from cards.words import Texts
from casework.local import Guide, Layer, Policy, Wording, with_layers
from casework.views import QuestionView
from casework.vocabulary import Answer, ConsentKind, StepId
from tests.scenes import CASE, JONAS
from tests.scenes_case import leader
from tests.scenes_employee import asked
from tests.scenes_pieces import CITIZEN, line, plan
from tests.scenes_steps import step

NOTE = {
    "da": "Vi bruger lokale 2 på 3. sal. Bisidder kan bestilles hos Personale.",
    "en": "We use room 2 on the third floor. Personnel can find somebody to sit in.",
}
REWORDED = {
    "da": "»Jeg accepterer, at {leader} og Juridisk for arbejdspladsen anmelder episoden {at} til politiet.«",
    "en": "“I accept that {leader} and Legal, on behalf of the workplace, report the episode of {at} to the police.”",
}
POLICY = Policy(
    {
        "da": "Tal med hver af dem for sig. Ring til HR, før du går videre.",
        "en": "Talk with each of them separately. Call HR before you go on.",
    },
    "https://intranet.example.dk/retningslinjer",
)
LARGEST = Policy({"da": "æ " * 450, "en": "æ " * 450}, f"https://a.dk/{'x' * 480}")
LOCAL = Layer(
    notes={StepId("talk"): NOTE},
    wordings=(Wording(ConsentKind.POLICE, "police.1+nord.1", REWORDED),),
)


def local(at: Scene, guide: Guide | None = None) -> Scene:
    """The same moment, where those changes hold."""
    guide = guide or with_layers([LOCAL])
    return replace(at, say=Texts(at.say.language, guide.catalogues[at.say.language]), guide=guide)


def note(at: Scene) -> Card:
    return step_card(step(line("talk")), local(at))


def policy(at: Scene, which: Policy = POLICY) -> Card:
    view = leader(plan(without=CITIZEN), from_the_workplace=True)
    return leader_card(view, replace(at, policy=which))


def police(at: Scene, **changed: object) -> Card:
    return question(QuestionView(CASE, 12, JONAS, asked(ConsentKind.POLICE, **changed)), local(at))


CARDS = {
    "local_note": note,
    "local_policy": policy,
    "local_policy_largest": lambda at: policy(at, LARGEST),
    "local_question": police,
    "local_question_answered_before": lambda at: police(at, answer=Answer.YES, wording="police.1"),
}
