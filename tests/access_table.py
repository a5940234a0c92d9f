"""Who may do what, written by hand: the expectation that the product is held against.

A row is one button of one prepared case (`tests/access_cases.py`). `may` names who has business with it: role → the
wire names of what happens then; `READS` where they see or are told something and nothing happens. Whoever is not named
must get exactly what they would get if the case did not exist.

A button that whoever has a part in the case is refused, with the reason, stands as `READS` too.

| role | in the case that runs |
|---|---|
| affected | Mette, whom it happened to, and who has been told |
| untold | Nadia, named by the leader afterwards; no human has told her yet |
| reporter | Lise, who reported it for Mette |
| leader | Jonas, who has the case |
| companion | Ali, who has taken over step 20 and was asked to take over step 6 |
| in_channel | Sara, of the health and safety group, in its channel |
| in_private | Sara in her own chat |
| leader_in_channel | Jonas, who is of the group too, in its channel |
| stranger | Peter, a colleague |
| legal | Anne, of the legal staff, who knows the number of the case |
| stand_in | Karin, who has no part in it: it would come to her if Jonas were silent |
| documenter | Tom, whom Mette asks in the cases of his own to save evidence for her |
| outsider_in_channel | Peter, who has got into the group's channel |
| originator | Birgit, whom Lise named as being behind it |
| elsewhere | Ida, of another workplace |
"""

from tests.access_rows import AFFECTED, AT, EVERYBODY, OWN, READS, anywhere, leader, row, shared

THE_WAY_IN = tuple(
    row(verb, EVERYBODY, **args)
    for verb, args in (
        ("start_report", {}),
        ("call_me", {}),
        ("choose_call", {"person": "nobody at all"}),
        ("my_cases", {}),
        ("guide", {}),
        ("guide_topic", {"topic": "document"}),
        ("language", {"language": "en"}),
        ("continue_draft", {}),
        ("start_over", {}),
        ("delete_draft", {}),
        ("keep_message", {"offer": "nothing at all"}),
        ("leave_message", {"offer": "nothing at all"}),
        ("status", {}),
        ("numbers", {}),
        ("numbers_file", {}),
        ("show_review", {}),
        ("note_review", {"topic": "risks", "talked": "yes"}),
        ("say_words", {"words": "hjælp"}),
        ("keep_words", {"words": "Hjælp mig"}),
        ("send_words", {"words": "nothing at all"}),
        ("begin_words", {"words": "nothing at all"}),
        ("say_in_case", {"words": "nothing at all"}),
        ("help", {}),
        ("report_how", {"device": "iphone"}),
    )
)
"""Nothing of these may touch the case whose id somebody puts into them."""

STOPS = dict.fromkeys(("reporter", "affected", "leader", "companion"), READS)
"""Whoever has a case may have something going on in it, and is told that there is nothing to stop."""
THE_REPORT = tuple(
    row(verb, STOPS if verb == "report_stop" else {"reporter": READS}, inputs=inputs, **args)
    for verb, args, inputs in (
        ("report_next", {"form": "what"}, {"account": "Something that was never told."}),
        ("report_back", {"form": "what"}, {"account": "Something that was never told."}),
        ("report_stop", {"form": "what"}, {"account": "Something that was never told."}),
        ("report_edit", {"form": "what"}, {}),
        ("report_send", {}, {}),
        ("report_new_episode", {"form": "when", "episode": "{episode}"}, {"certainty": "exact", **AT}),
        ("report_drop_episode", {"episode": "{episode}"}, {}),
        ("report_drop_piece", {"item": "{mettes_words}"}, {}),
    )
)
"""After Send the report is over: its author is told so."""

THE_CASE = (
    row("open_case", leader("case_opened"), "new"),
    row("mark_seen", leader("case_opened", "case_seen"), "new"),
    row("open_case", leader()),
    row("mark_seen", leader()),
    row("show_case", {**OWN, "leader": READS, "companion": READS}),
    row("show_plan", {"leader": READS}),
    row("name_affected", leader("affected_named"), inputs={"people": "Tom Riis"}),
    row("nobody_affected", leader()),
    row("nobody_affected", leader("affected_named"), "new"),
    row("what_shared", {**OWN, "leader": READS, "companion": READS}),
    row("new_episode", OWN),
    row("write_in_case", OWN),
    row(
        "correct_episode",
        {"reporter": ("episode_corrected",), "affected": ("episode_corrected",)},
        episode="{episode}",
        inputs={"certainty": "exact", "date": "2026-11-21", "time": "13:00"},
    ),
    row("deny_offence", {"affected": ("offence_denied",)}),
    row("want_no_more", {"affected": ("no_more_wanted",)}),
)

STEPS = (
    row("open_step", {"leader": READS}, step="help"),
    row("open_step", {"leader": READS, "companion": READS}, step="upper_management"),
    row("complete_step", anywhere("step_completed"), step="help"),
    row("complete_step", {**anywhere(), "companion": ("step_completed",)}, step="upper_management"),
    row("complete_step", shared("step_completed"), step="safetynet"),
    row("complete_step", anywhere(), step="no_such_step"),
    row("set_step_aside", leader("step_set_aside"), step="help", inputs={"reason": "It is not needed."}),
    row(
        "set_step_aside",
        {**leader(), "companion": ("step_set_aside",)},
        step="upper_management",
        inputs={"reason": "It is not needed."},
    ),
    row("offer_step", leader("step_offered"), step="help", inputs={"to": "Tom Riis"}),
    row("offer_step", {**leader(), "companion": ("step_offered",)}, step="upper_management", inputs={"to": "Tom Riis"}),
    row("accept_step", {"companion": ("step_accepted",)}, step="keep_updated"),
    *(row("decline_step", {"companion": ("step_declined",)}, step=at) for at in ("keep_updated", "upper_management")),
    row("note_step", leader("step_noted"), step="help", inputs={"note": "A few words."}),
    row(
        "note_step",
        {**leader(), "companion": ("step_noted",)},
        step="upper_management",
        inputs={"note": "A few words."},
    ),
    row("postpone_step", leader("step_postponed"), step="help", inputs={"until": "tomorrow"}),
    row(
        "postpone_step",
        {**leader(), "companion": ("step_postponed",)},
        step="upper_management",
        inputs={"until": "tomorrow"},
    ),
    row("undo_step", anywhere("step_undone"), step="documentation"),
    row("take_step", shared("step_taken"), step="safetynet"),
    row("take_step", anywhere(), step="help"),
)

LETTERS = (
    *(
        row(verb, {**leader(), "companion": events}, step="upper_management", inputs=inputs)
        for verb, events, inputs in (
            ("write_letter", READS, {}),
            ("fill_letter", ("letter_drafted",), {"post": "21. november 2026"}),
            ("save_letter", ("letter_drafted",), {"text": "Something to read."}),
            ("fetch_letter", ("letter_drafted",), {"text": "Something to read."}),
            ("send_letter", ("letter_sent",), {"text": "Something to read.", "date": "2026-11-22"}),
        )
    ),
    row("write_letter", leader(), step="ask_author"),
    row("write_letter", leader(), step="inform_colleagues"),
    row("write_letter", leader(), step="help"),
    row("send_letter", leader(), step="ask_author", inputs={"text": "Something.", "date": "2026-11-22"}),
    row("journalise_letter", {"leader": READS, "companion": READS}, step="upper_management", inputs={"journal": "7"}),
    row("fetch_journal", {"leader": READS, "companion": READS}, step="upper_management"),
    row(
        "journalise_letter",
        {"leader": ("letter_journalised",), "companion": ("letter_journalised",)},
        "lettered",
        step="upper_management",
        letter="{letter}",
        inputs={"journal": "2026-1"},
    ),
    row("fetch_journal", {"leader": READS, "companion": READS}, "lettered", step="upper_management", letter="{letter}"),
)

REMOVAL = (
    row("try_rung", leader("rung_tried"), "removing", step="ask_author", inputs={"sent_on": "2026-11-22"}),
    row(
        "try_rung",
        {**leader(), "companion": ("rung_tried",)},
        "removing",
        step="ask_site",
        inputs={"where": "The form"},
    ),
    row("try_rung", leader(), step="ask_author"),
    row(
        "answer_rung",
        leader("rung_answered"),
        "removing",
        step="ask_author",
        attempt="{attempt}",
        inputs={"replied_on": "2026-11-22", "reply": "Yes."},
    ),
    row("answer_rung", {**leader(), "companion": READS}, "removing", step="ask_site"),
    row("end_removal", leader("removal_ended"), "removing", step="ask_author", why="gone"),
    row("end_removal", {**leader(), "companion": ("removal_ended",)}, "removing", step="ask_site", why="gone"),
    row("reopen_removal", leader(), "removing", step="ask_author"),
)

ACCEPTS_AND_POLICE = (
    row("ask_consent", leader("consent_asked", "consent_asked"), kind="removal"),
    row(
        "show_question",
        {"affected": READS, "reporter": READS, "leader": READS, "companion": READS},
        kind="police",
        episode="{episode}",
    ),
    row(
        "answer_consent",
        {"affected": ("consent_answered",)},
        kind="police",
        episode="{episode}",
        answer="yes",
        wording="police.1",
    ),
    row(
        "record_oral_consent",
        leader("consent_answered_orally"),
        kind="police",
        inputs={"person_episode": "{episode}|{mette}", "answer": "no", "how": "On the telephone.", **AT},
    ),
    row("contradict_consent", {"affected": ("consent_contradicted",)}, kind="removal", case="oral"),
    row("withdraw_consent", {"affected": ("consent_withdrawn",)}, kind="colleagues"),
    row("ask_consent", leader("consent_asked", "consent_asked"), kind="partners"),
    *(row("show_answers", {**OWN, "leader": READS, "companion": READS}, **args) for args in ({}, {"page": "2"})),
    row(
        "show_wording",
        {**OWN, "leader": READS, "companion": READS},
        kind="colleagues",
        wording="colleagues.1",
    ),
    row(
        "note_unreachable",
        leader("affected_unreachable"),
        step="police_consent",
        inputs={"unreached": "{mette}", "tried": "Rung up twice.", "legal_staff": "Anne Berg"},
    ),
    row("assess_police", leader("police_assessed"), inputs={"assessment": "not_sure", "reason": "To be looked at."}),
    row(
        "record_outcome",
        leader("outcome_recorded"),
        inputs={"question": "{episode}|{mette}", "outcome": "exemption_asked", "reason": "Ill since Friday."},
    ),
    row(
        "report_myself",
        {"affected": ("outcome_recorded",)},
        episode="{episode}",
        inputs={**AT, "where": "At the station."},
    ),
)

RISK = {"again": "New posts.", "agreed": "Two at the meeting.", "follow_up_by": "Karin", "follow_up_on": "2026-12-01"}
AT_THE_WORKPLACE = (
    row("assess_risk", leader("risk_assessed", "step_completed"), "agreed", inputs=RISK),
    row("assess_risk", leader(), inputs=RISK),
    row(
        "agree_protection",
        leader("protection_agreed", "step_completed"),
        "agreed",
        inputs={"person": "{mette}", "ways": "door,telephone", "last_day": "2026-12-24"},
    ),
    row("agree_protection", leader(), inputs={"person": "{mette}", "ways": "door"}),
    row("note_told", leader(), inputs={"audience": "team", "who": "The team", "told_on": "2026-11-22"}),
    row("note_told", leader("audience_told"), "agreed", inputs={"audience": "centres", "who": "A centre"}),
    row("plan_debriefing", leader(), inputs={"who": "The team", "date": "2026-11-30", "time": "10:00"}),
    row(
        "plan_debriefing",
        leader("debriefing_planned"),
        "agreed",
        inputs={"who": "The team", "date": "2026-11-30", "time": "10:00"},
    ),
    row("answer_debriefing", leader(), held="held"),
)

WORDS, BOTH = {"words": "A few words."}, {"affected": READS, "leader": READS}
THE_TALK = (
    row("show_points", {"affected": READS, "leader": READS}, person="{mette}"),
    row("agree_points", leader("points_written"), person="{mette}", inputs={"help": "A psychologist."}),
    row("points_fit", {"affected": ("points_answered",)}, number="1"),
    row("points_unfit", {"affected": ("points_answered", "message_written")}, number="1", inputs=WORDS),
    row("write_update", leader()),
    row("write_message", BOTH, person="{mette}"),
    row("give_update", leader("update_given"), place="card", inputs={"update": "Two lines."}),
    row("give_update", leader("update_given"), place="case", inputs={"update": "Two lines, on an old card."}),
    *(row(v, BOTH, **a) for v, a in (("show_messages", {"person": "{mette}"}), ("show_own_words", {}))),
    row("open_messages", {"affected": READS, "leader": ("messages_read",)}, person="{mette}"),
    row(
        "send_message",
        {"affected": ("message_written",), "leader": ("message_written",)},
        person="{mette}",
        inputs=WORDS,
    ),
    row("check_ins_off", {"affected": ("check_ins_switched",)}),
    row("check_ins_on", {"affected": READS}),
)

WHO, GIVEN = {"owner": "Tom Riis", "due": "2026-12-24"}, ("measure_assigned",)
THE_GROUP = (
    row("take_analysis", shared("analysis_taken")),
    row("show_analysis", {"in_private": READS, "leader": READS}, "analysed"),
    row(
        "finish_analysis",
        {"in_private": ("analysis_finished",), "companion": READS, **leader()},
        "taken",
        inputs={"possible": "Open profiles.", "measures": "Talk about it.", "change_plan": "no"},
    ),
    row(
        "answer_follow_up",
        {"in_private": ("followed_up",), "companion": READS, **leader()},
        "analysed",
        measure="{measure}",
        answer="under_way",
    ),
    row("assign_measure", {"in_private": GIVEN, "leader": GIVEN}, "analysed", WHO, measure="{measure}"),
    *(row("make_call", {"leader": ("call_made",)}, case) for case in ("call", "asked_on")),
)

ITS_END = (
    row("show_closing", leader()),
    row("show_missing", {**OWN, "leader": READS}, "closable"),
    row("ask_for_analysis", leader("analysis_asked")),
    row("ask_if_missing", leader("asked_if_missing"), "settled"),
    row("answer_closing", {"affected": ("closing_answered",)}, "closable", {"words": "The post."}, answer="something"),
    row("close_case", leader(), "running"),
    row("close_case", leader("case_closed"), "closable"),
    row("reopen_case", {"affected": ("case_reopened",), **leader("case_reopened")}, "closed", {"why": "It is back."}),
    row("show_case", {**OWN, "leader": READS}, "closed"),
    row("complete_step", anywhere(), "closed", step="help"),
    row("ask_consent", leader(), "closed", kind="removal"),
    row("write_in_case", OWN, "closed"),
    row("journalise_letter", leader(), "closed", {"journal": "7"}, step="upper_management"),
    row("write_letter", leader(), "closed", step="upper_management"),
    row("assess_risk", leader(), "closed", RISK),
)
"""Of a closed case: those it is about may go on adding to it, and nobody handles it."""

TOLD_WHOSE = (
    "show_case open_case mark_seen name_affected ask_consent assess_police write_letter fetch_journal open_messages "
    "give_update agree_points show_plan show_evidence open_step show_analysis show_messages write_update write_message"
).split()
"""Whoever had it before reads its card, and is told who has it now when they would act on it: of its content nothing.
"""
IN_OTHER_HANDS = tuple(
    row(verb, may | ({"leader": READS} if verb in TOLD_WHOSE and case == "handed" else {}), case, inputs, **args)
    for case in ("handed", "moved")
    for verb, may, args, inputs in (
        ("show_case", {**OWN, "companion": READS}, {}, {}),
        ("open_case", {}, {}, {}),
        ("mark_seen", {}, {}, {}),
        ("show_plan", {}, {}, {}),
        ("show_evidence", {}, {}, {}),
        ("open_item", {"reporter": READS, "legal": ("item_opened",)}, {"item": "{lises_words}"}, {}),
        ("open_step", {}, {"step": "help"}, {}),
        ("name_affected", {}, {}, {"people": "Tom Riis"}),
        ("ask_consent", {}, {"kind": "removal"}, {}),
        ("assess_police", {}, {}, {"assessment": "not_sure", "reason": "To be looked at."}),
        ("show_analysis", {}, {}, {}),
        ("write_letter", {}, {"step": "ask_author"}, {}),
        ("fetch_journal", {}, {"step": "ask_author"}, {}),
        ("show_messages", {"affected": READS}, {"person": "{mette}"}, {}),
        ("open_messages", {"affected": READS}, {"person": "{mette}"}, {}),
        ("give_update", {}, {"place": "case"}, {"update": "Two lines."}),
        ("write_update", {}, {}, {}),
        ("write_message", {"affected": READS}, {"person": "{mette}"}, {}),
        ("agree_points", {}, {"person": "{mette}"}, {"help": "A psychologist."}),
    )
)
"""The leader here is whoever had it before: of `handed` a reader of the card, of `moved` as much as a stranger."""

TABLE = (
    *THE_WAY_IN,
    *THE_REPORT,
    *THE_CASE,
    *STEPS,
    *LETTERS,
    *REMOVAL,
    *ACCEPTS_AND_POLICE,
    *AT_THE_WORKPLACE,
    *THE_TALK,
    *THE_GROUP,
    *ITS_END,
    *IN_OTHER_HANDS,
)

BROKEN = (
    row("finish_analysis", leader(), "taken", inputs={"possible": "Open.", "follow_up_by": "Nobody Known"}),
    row("answer_follow_up", leader(), "analysed", measure="{measure}", answer="perhaps"),
    row("assign_measure", leader(), "analysed", WHO | {"due": "some day"}, measure="{measure}"),
    row("offer_step", leader(), step="help", inputs={"to": "Nobody Known"}),
    row("postpone_step", leader(), step="help", inputs={"until": "some day"}),
    row("ask_consent", leader(), kind="everything"),
    row("show_question", leader(), kind="everything", episode="{episode}"),
    row("answer_consent", AFFECTED, kind="everything", episode="{episode}", answer="yes", wording="police.1"),
    row("answer_consent", AFFECTED, kind="police", episode="{episode}", answer="perhaps", wording="police.1"),
    row("withdraw_consent", AFFECTED, kind="everything"),
    row("contradict_consent", AFFECTED, kind="everything"),
    row("record_oral_consent", leader(), kind="police", inputs={"person_episode": "nobody"}),
    row("assess_police", leader(), inputs={"assessment": "perhaps"}),
    row("record_outcome", leader(), inputs={"question": "{episode}|{mette}", "outcome": "perhaps"}),
    row("report_myself", AFFECTED, episode="{episode}", inputs={"date": "some day", "time": "25:99"}),
    row("note_unreachable", leader(), step="police_consent", inputs={"tried": "Rung up."}),
    row("assess_risk", leader(), inputs={"again": "It.", "agreed": "That.", "follow_up_by": "Me"}),
    row("agree_protection", leader(), inputs={"ways": "door"}),
    row("note_told", leader(), inputs={"audience": "everybody", "who": "All"}),
    row("plan_debriefing", leader(), inputs={"who": "All", "date": "2026-11-30"}),
    row("answer_debriefing", leader(), held="perhaps"),
    row("name_affected", leader(), inputs={"people": "Nobody Known"}),
    row("correct_episode", OWN, episode="{episode}", inputs={"certainty": "exact", "date": "some day"}),
    row("take_step", anywhere(), step=""),
    row("write_letter", leader(), step=""),
    row("fill_letter", leader(), step="ask_author", inputs={"variant": "?", "ending": "?"}),
    row("send_letter", leader(), step="ask_author", inputs={"date": "some day"}),
    row("send_letter", leader(), step="x", inputs={"journal": "1"}),
    row("fetch_journal", leader(), step="help", letter="nothing at all"),
    row("points_fit", AFFECTED, number="the first"),
    row("agree_points", leader(), person="{mette}", inputs={"date": "some day", "time": "25:99"}),
    row("agree_points", leader(), person="{mette}", inputs={"date": "2026-12-01"}),
    row("try_rung", leader(), "removing", step="ask_author", inputs={"sent_on": "some day"}),
    row("answer_rung", leader(), "removing", step="ask_author", inputs={"replied_on": "some day"}),
    row("end_removal", leader(), "removing", step="ask_author", why="perhaps"),
)
"""Buttons whose fields are refused before anybody asks who pressed them."""
