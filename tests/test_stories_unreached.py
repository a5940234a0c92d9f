"""A leader who never opened the bot, and everybody after them: somebody has the case, and the employee knows who."""

from bot.reaching.ways import WayClosed
from tests.story import said, story

NOT_ALLOWED = WayClosed("forbidden", "TeamsAppInstallation.ReadWriteSelfForUser.All")
NO_MAIL = WayClosed("forbidden", "Mail.Send")


async def rows(s, kind: str = "unreachable") -> set[str]:
    return {row.about for row in await s.app.attention.rows() if row.kind == kind}


async def test_for_a_leader_who_never_opened_the_bot_it_is_installed_and_then_the_case_arrives():
    async with story() as s:
        s.shut("jonas")
        await s.report(s.mette)

        assert s.ways.installed == [s.id("jonas")] and s.ways.mailed == []
        assert s.has(s.jonas, "open_case") and await rows(s) == set()
        assert "Jonas Friis" in said(s.mette) and "har den nu" not in said(s.mette)


async def test_where_it_cannot_be_installed_a_neutral_mail_goes_the_stand_in_has_it_and_the_employee_is_told_at_once():
    async with story() as s:
        s.shut("jonas")
        s.ways.install_fails = NOT_ALLOWED
        await s.report(s.mette)

        (to, subject, body), told = s.ways.mailed[0], said(s.mette)
        assert to == s.id("jonas") and len(s.ways.mailed) == 1
        assert subject == "Besked til dig i Teams" and "Mette" not in subject + body
        assert (await s.case()).id not in subject + body
        assert s.has(s.karin, "open_case") and (await s.case()).recipient == s.id("karin")
        assert "Jonas Friis kunne ikke nås i Teams i dag kl. 11.00. Karin Holm har den nu." in told
        assert "Jonas Friis har også fået en mail" in told
        people = {person.name: person.phone for person in s.settings.organisation.people}
        assert people["Karin Holm"] in told and people["Jonas Friis"] in told
        assert await rows(s) == {s.id("jonas")}
        assert await rows(s, "permission") == {NOT_ALLOWED.permission}


async def test_where_the_mail_fails_too_no_mail_is_claimed_and_the_stand_in_still_has_it():
    async with story() as s:
        s.shut("jonas")
        s.ways.install_fails, s.ways.mail_fails = NOT_ALLOWED, NO_MAIL
        await s.report(s.mette)

        assert s.has(s.karin, "open_case")
        assert "Karin Holm har den nu" in said(s.mette) and "mail om" not in said(s.mette)
        assert await rows(s, "permission") == {NOT_ALLOWED.permission, NO_MAIL.permission}


async def test_when_the_stand_in_cannot_be_reached_either_it_goes_to_the_leaders_leader():
    async with story() as s:
        s.shut("jonas", "karin")
        s.ways.install_fails = NOT_ALLOWED
        await s.report(s.mette)

        assert s.has(s.birgit, "open_case") and s.ways.mailed_to == [s.id("jonas"), s.id("karin")]
        assert "Birgit Dam har den nu" in said(s.mette)
        assert await rows(s) == {s.id("jonas"), s.id("karin")}


async def test_when_nobody_can_be_reached_the_employee_is_told_whom_to_ring_and_the_administrator_who_it_is():
    async with story() as s:
        s.shut("jonas", "karin", "birgit")
        s.ways.install_fails = NOT_ALLOWED
        await s.report(s.mette)

        told = said(s.mette)
        assert "Ingen af dem, der kan tage den, kunne nås i Teams endnu" in told and "Ring imens til:" in told
        assert "prøver igen i dag kl. 12.00" in told
        assert await rows(s) == {s.id("jonas"), s.id("karin"), s.id("birgit")}
        assert (await s.facts()).count("nobody_reached") == 1


async def test_whoever_has_it_and_could_not_be_reached_gets_it_when_they_open_the_bot_and_the_employee_hears():
    async with story() as s:
        s.shut("jonas", "karin", "birgit")
        s.ways.install_fails = NOT_ALLOWED
        await s.report(s.mette)
        s.channel.unreachable.clear()
        await s.birgit.install()
        await s.settled()

        assert s.has(s.birgit, "open_case") and s.id("birgit") not in await rows(s)
        assert (await s.facts())[-1] == "recipient_reached"
        assert "Birgit har fået besked i dag kl. 11.00" in said(s.mette)


async def test_whoever_of_the_chain_is_reached_first_has_the_case():
    async with story() as s:
        s.shut("jonas", "karin", "birgit")
        s.ways.install_fails = NOT_ALLOWED
        await s.report(s.mette)
        s.channel.unreachable.discard(s.id("jonas"))
        await s.jonas.install()
        await s.settled()

        assert (await s.case()).recipient == s.id("jonas") and s.has(s.jonas, "open_case")
        assert "Jonas har sagen nu" in said(s.mette) and await rows(s) == {s.id("karin"), s.id("birgit")}


async def test_the_leader_who_could_not_be_reached_can_later_read_how_it_stands_but_not_act_in_it():
    async with story() as s:
        s.shut("jonas")
        s.ways.install_fails = NOT_ALLOWED
        await s.report(s.mette)
        s.channel.unreachable.clear()
        await s.jonas.install()
        await s.settled()
        assert "Karin Holm har den nu" in said(s.jonas) and "Mette" not in said(s.jonas)
        await s.does(s.jonas, "show_case")

        assert "Mette Lund" in said(s.jonas) and "opslag op om mig" not in said(s.jonas)
        assert (await s.case()).recipient == s.id("karin") and await rows(s) == set()
        await s.jonas.say("set")
        assert (await s.case()).seen_at is None


async def test_a_leader_who_blocks_the_bot_later_loses_the_case_to_the_stand_in_with_all_that_was_done():
    async with story() as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        await s.step(s.jonas, "talk")
        s.shut("jonas")
        s.ways.install_fails = NOT_ALLOWED
        await s.mette.say("skriv i sagen")
        await s.mette.say("Nu skriver andre også.")
        await s.mette.say("stop")
        await s.settled()

        case = await s.case()
        assert case.recipient == s.id("karin") and case.step("talk").done_by == s.id("jonas")
        await s.does(s.karin, "open_case")
        assert "Du har fået sagen" in said(s.karin)
        await s.does(s.karin, "mark_seen")
        assert "Karin har set det" in said(s.mette)


async def test_install_and_mail_are_tried_once_a_day_however_often_the_bot_starts_again():
    async with story() as s:
        s.shut("jonas", "karin", "birgit")
        s.ways.install_fails = NOT_ALLOWED
        await s.report(s.mette)
        everybody = [s.id("jonas"), s.id("karin"), s.id("birgit")]
        for _ in range(2):
            await s.restart()
            await s.mette.say("skriv i sagen")
            await s.mette.say("Der er mere.")
            await s.mette.say("stop")
            await s.settled()

        assert s.ways.installed == everybody and s.ways.mailed_to == everybody


async def test_whoever_was_chosen_away_is_never_in_the_chain():
    async with story() as s:
        s.shut("karin")
        s.ways.install_fails = NOT_ALLOWED
        await s.report(s.mette, recipient=s.id("karin"))

        assert (await s.case()).recipient == s.id("birgit")
        assert s.jonas.messages == () and s.id("jonas") not in s.ways.installed + s.ways.mailed_to
        assert await s.cases("jonas") == ()


async def test_whoever_is_behind_it_or_affected_is_never_in_the_chain():
    async with story() as s:
        s.shut("jonas")
        s.ways.install_fails = NOT_ALLOWED
        await s.report(
            s.mette, whom="several", people="Birgit Dam", originator="workplace", colleague="Karin Holm", identifier=""
        )

        case = await s.case()
        assert case.recipient == s.id("jonas") and case.unreached is not None
        assert s.karin.messages == () and s.birgit.messages == ()
        assert "Ring imens til:" in said(s.mette) and "Karin" not in said(s.mette).partition("Ring imens")[2]


async def test_a_wish_to_be_rung_goes_on_too():
    async with story() as s:
        s.shut("jonas")
        s.ways.install_fails = NOT_ALLOWED
        await s.mette.say("ring til mig")
        await s.does(s.mette, "choose_call", person=s.id("jonas"))

        assert s.has(s.karin, "make_call") and "Karin Holm er bedt om at ringe i stedet." in said(s.mette)


async def test_a_wish_to_be_rung_by_a_representative_never_reaches_a_leader():
    async with story() as s:
        s.shut("ali")
        s.ways.install_fails = NOT_ALLOWED
        await s.mette.say("ring til mig")
        await s.does(s.mette, "choose_call", person=s.id("ali"))

        assert (await s.case()).recipient == s.id("ali") and "Ring imens til:" in said(s.mette)
        assert s.jonas.messages == s.karin.messages == s.birgit.messages == ()


async def test_of_an_employee_who_cannot_be_reached_the_leader_is_told_by_name_and_an_administrator_without_one():
    async with story() as s:
        await s.report(s.mette)
        await s.opened(s.jonas)
        s.shut("mette")
        s.ways.install_fails = NOT_ALLOWED
        await s.step(s.jonas, "ask_colleagues", "ask_consent", kind="colleagues")

        assert "Mette Lund kunne ikke nås i Teams" in said(s.jonas)
        assert s.ways.mailed_to == [s.id("mette")] and await rows(s) == {s.id("mette")}
        await s.eva.say("status")
        listed = said(s.eva)
        assert "En, der ikke har en rolle i organisation.toml, kunne ikke nås" in listed and "Mette" not in listed
        s.channel.unreachable.clear()
        await s.mette.say("sagen")
        assert await rows(s) == set()


async def test_of_a_draft_nobody_is_told_that_its_author_could_not_be_reached():
    async with story() as s:
        await s.mette.say("noget er sket")
        for form in ({"whom": "me"}, {"account": "Et opslag."}):
            await s.mette.press("Næste", form)
        await s.mette.press("Næste", {"certainty": "exact", "date": "2026-11-22", "time": "09:00"})
        s.shut("mette")
        await s.passes(hours=60)

        assert s.ways.installed == s.ways.mailed == [] and await s.app.attention.rows() == ()
