"""The reminder that no answer has come: what was tried, and the button for the next rung."""

from cards import elements as el
from cards.countdown import case_button
from cards.elements import Action, Card
from cards.plan import case_line, title
from cards.removal import next_way, over_button, shortened, tried_words
from cards.scene import Scene
from cards.verbs import press
from casework.views import ReminderView
from casework.vocabulary import RemovalEnd, StepId


def no_answer(view: ReminderView, scene: Scene) -> Card:
    """To the leader: what was tried, and the button for the next rung."""
    say, about = scene.say, view.unanswered
    if about is None:
        raise ValueError("This reminder is about no attempt.")
    following = say("removal.unanswered.last")
    if about.next_step is not None:
        following = say("removal.unanswered.next", step=title(about.next_step, scene))
    return el.card(
        say,
        case_line(view.case, scene),
        el.heading(say("removal.unanswered.title")),
        el.text(tried_words(about.attempt, scene), spacing="None"),
        el.quote(shortened(about.attempt.details)) if about.attempt.details else None,
        el.text(following, spacing="Medium"),
        el.text(say("removal.unanswered.otherwise")),
        actions=_no_answer_buttons(view, about.attempt.step, about.next_step, scene),
    )


def _no_answer_buttons(view: ReminderView, step: StepId, following: StepId | None, scene: Scene) -> list[Action | None]:
    say = scene.say
    answered = press("open_step", view.case, view.version, step=step)
    return [
        next_way(view, following, scene, positive=True) if following else None,
        over_button(view, step, RemovalEnd.GONE, scene),
        el.execute(say, "removal.unanswered.answered", answered),
        case_button(view, scene),
    ]
