"""What anybody meets outside a report: the welcome, the guide, their cases, a call, and adding to a case."""

from dataclasses import replace
from functools import partial

from cards import adding, front, given, message, report, suggestions, which_case
from cards.suggestions import OfAStep
from cards.which_case import Meant
from casework.views import CallView, CaseLine, KeptMessage, TeamsMessage
from casework.vocabulary import Role
from tests.scenes import CASE, HOSTILE, JONAS, KARIN, METTE, SARA, SENT, UNTIL
from tests.scenes_pieces import DAY, EVIDENCE, FIRST, HOUR, deadline
from tests.scenes_report import TEN, THIRTY


def listed(state: str, role: Role = Role.AFFECTED_EMPLOYEE, **changed: object) -> CaseLine:
    return replace(CaseLine(CASE, 4, role, state, SENT - HOUR, UNTIL), **changed)


LINES = (
    listed("draft", Role.REPORTER),
    listed("open"),
    listed("open", Role.LEADER, at=SENT - DAY),
    listed("closed", Role.REPORTER, at=SENT - 40 * DAY, deadline=SENT - 38 * DAY),
    listed("closed", Role.LEADER, at=SENT - 50 * DAY, closed_at=SENT - 2 * DAY),
    listed("call", deadline=None),
)
CALL = CallView(CASE, 1, METTE, JONAS, SENT, None)
FRONT = {
    "welcome": partial(front.welcome, None, False),
    "welcome_again": partial(front.welcome, None, True),
    "welcome_draft": partial(front.welcome, listed("draft"), True),
    "welcome_draft_early": partial(front.welcome, listed("draft", deadline=None), True),
    "welcome_draft_passed": partial(front.welcome, listed("draft", deadline=SENT - DAY), True),
    "not_understood_kept": partial(front.kept, listed("draft")),
    "not_understood": partial(front.kept, None),
    "suggestions": partial(suggestions.suggestions, "send de", ("send det", "stop")),
    "suggestions_largest": partial(
        suggestions.suggestions, HOSTILE[:40], ("giv videre 21 Bartholomæus-Kristoffer", "det er sket igen", "send det")
    ),
    "before_it_is_sent": partial(
        suggestions.before_it_is_sent, "item-1", "mine sagr", ("mine sager", "sagen"), suggestions.Whom(CASE, JONAS)
    ),
    "where_to": partial(suggestions.where_to, "item-1", "Han stod her igen i dag.", [suggestions.Whom(CASE, JONAS)]),
    "where_to_of_leader": partial(suggestions.where_to, "item-1", "Jeg ringer.", [suggestions.Whom(CASE, METTE, True)]),
    "where_to_several": partial(
        suggestions.where_to, "item-1", "Jeg ringer.", [suggestions.Whom(CASE, METTE, True)] * 5
    ),
    "where_to_nobody": partial(suggestions.where_to, "item-1", "Jeg ringer.", ()),
    "where_to_largest": partial(suggestions.where_to, "item-1", HOSTILE * 9, [suggestions.Whom(CASE, JONAS)]),
    "welcome_switched": partial(front.welcome, None, False, switched=True),
    "to_whom": partial(
        suggestions.to_whom,
        "item-1",
        "Jeg ringer i morgen.",
        (suggestions.Whom(CASE, METTE, True), suggestions.Whom("VK-5T8N-4KC", METTE, True)),
    ),
    "to_whom_without_words": partial(
        suggestions.to_whom,
        None,
        "",
        (suggestions.Whom(CASE, METTE, True), suggestions.Whom("VK-5T8N-4KC", JONAS)),
    ),
    "to_whom_or_nobody": partial(
        suggestions.to_whom, "item-1", "Vi venter lidt.", (suggestions.Whom(CASE, METTE, True),), nobody=True
    ),
    "to_whom_largest": partial(
        suggestions.to_whom, "item-1", HOSTILE * 9, tuple(suggestions.Whom(CASE, METTE, True) for _ in range(9))
    ),
    "to_whoever_comes": partial(suggestions.to_whoever_comes, "item-1", "Kære Jonas, det her er til dig.", CASE),
    "done_by_a_slip": partial(suggestions.done_by_a_slip, "ask_author", "8", CASE),
    "no_more": partial(suggestions.no_more, CASE, JONAS),
    "which_step": partial(
        suggestions.which_step, (OfAStep("færdig 1", "talk"), OfAStep("færdig 14", "assess_police")), None
    ),
    "which_step_in_a_case": partial(
        suggestions.which_step,
        (
            OfAStep("brev 8", "ask_author", True),
            OfAStep("brev 9", "ask_site", True),
            OfAStep("brev 10", "datatilsynet", True),
        ),
        CASE,
    ),
    "which_case": partial(
        which_case.which_case,
        "said-1",
        "færdig 2",
        (
            Meant(CASE, Role.LEADER, (METTE,)),
            Meant("VK-5T8N-4KC", Role.LEADER, opened=False),
            Meant("VK-3HDM-7RW", Role.FORMER_LEADER, (KARIN,)),
            Meant("VK-9QLT-2YE", Role.COMPANION),
        ),
    ),
    "which_case_of_calls": partial(
        which_case.which_case,
        "said-1",
        "har ringet",
        (
            Meant(CASE, Role.LEADER, (METTE,), is_call=True),
            Meant("VK-5T8N-4KC", Role.FORMER_LEADER, (KARIN,), is_call=True),
        ),
    ),
    "which_case_largest": partial(
        which_case.which_case, "said-1", HOSTILE * 9, (Meant(CASE, Role.LEADER, (METTE, JONAS, SARA, KARIN)),) * 9
    ),
    "help": front.help,
    "help_in_a_case": front.help_in_a_case,
    "delete_typed": partial(report.sure, CASE, "delete"),
    "start_over_typed": partial(report.sure, CASE, "over"),
    "my_cases": partial(front.my_cases, LINES),
    "my_cases_none": partial(front.my_cases, ()),
    "my_cases_largest": partial(front.my_cases, [listed("open", case=f"{CASE}-{n}") for n in range(30)]),
    "call_chooser": partial(front.call_chooser, (JONAS, KARIN, SARA)),
    "call_chooser_none": partial(front.call_chooser, ()),
    "call_asked": front.OwnCall(replace(CALL, goes_on_at=SENT + 4 * HOUR)),
    "call_asked_made": front.OwnCall(replace(CALL, made_at=SENT + HOUR)),
    "guide": front.guide,
    "guide_unknown": partial(front.guide_topic, "vejret"),
    "what_shared": lambda scene: given.what_shared(CASE, EVIDENCE, scene, (deadline(),), scene.name(JONAS), paper=True),
    "what_shared_none": partial(given.what_shared, CASE, ()),
    "what_shared_largest": lambda scene: given.what_shared(CASE, THIRTY, scene, TEN, scene.name(JONAS)),
}
TOPICS = {f"guide_{topic}": partial(front.guide_topic, topic) for topic in front.TOPICS}
ADDING = {
    "add_evidence": partial(adding.add_evidence, CASE),
    "write_in_case": partial(adding.write_in_case, CASE),
    "written_in_case": partial(adding.written_in_case, CASE, True),
    "written_in_case_nothing": partial(adding.written_in_case, CASE, False),
    "kept_in_case": partial(adding.kept_in_case, CASE, JONAS),
    "kept_in_case_of_nobody": partial(adding.kept_in_case, CASE, None),
    "new_episode": partial(adding.new_episode, CASE, FIRST),
    "new_episode_fault": lambda scene: adding.new_episode(
        CASE, FIRST, scene, faults={"time": scene.say("refused.time_missing")}, typed={"date": "2026-11-22"}
    ),
    "episode_kept": partial(adding.episode_kept, CASE, deadline(), JONAS),
}
LINK = "https://teams.microsoft.com/l/message/1/2"
MESSAGE = TeamsMessage("<p>ord</p>", "text/html", "ord", "En Borger", SENT - DAY, LINK, ("billede.png",))
BARE = replace(MESSAGE, sender="", sent_at=None, link="", attachments=())
LARGEST = replace(MESSAGE, sender=HOSTILE[:200], attachments=(HOSTILE * 2,) * 20)
IN_TEAMS = {
    "message_offered": partial(message.offered, MESSAGE, "offer-1"),
    "message_offered_bare": partial(message.offered, BARE, "offer-1"),
    "message_offered_largest": partial(message.offered, LARGEST, "offer-1"),
    "message_kept": KeptMessage(CASE, 1, SENT),
}
FRONT_CARDS = FRONT | TOPICS | ADDING | IN_TEAMS
