"""The health and safety group's channel: what may be done in it, and by whom."""

from urllib.parse import unquote

from bot.rehearsal.chat import Chat
from bot.rehearsal.faults import Fault
from casework.vocabulary import PersonId, WorkplaceId
from tests.local_files import organisation
from tests.story import Story, said, story

METTE, JONAS = "5f000000-0000-4000-8000-000000000101", "5f000000-0000-4000-8000-000000000102"


async def test_a_member_chooses_the_channels_language_and_the_next_card_is_written_in_it():
    async with story() as s:
        await s.connect_group()
        await s.group.say("english", by=s.id("sara"))
        await s.report(s.mette)

        assert "Værn writes in English here from now on." in s.group.texts
        assert "A case has been opened" in str(s.group.last_card)


async def test_somebody_who_only_reads_along_cannot_choose_it():
    async with story() as s:
        await s.connect_group()
        await s.group.say("english", by=s.id("peter"))
        await s.report(s.mette)

        assert "Det kan kun gøres af et medlem af arbejdsmiljøgruppen." in s.group.texts
        assert "Der er åbnet en sag" in str(s.group.last_card)


async def test_help_in_the_channel_says_what_can_be_done_there_and_where_to_tell_something():
    async with story() as s:
        await s.connect_group()
        await s.group.say("hjælp", by=s.id("peter"))

        assert "»tilslut« eller »frakobl«" in s.group.texts[-1] and "i din egen chat" in s.group.texts[-1]


# -- connecting, moving, letting go ----------------------------------------------------------------------------

HENRIK = "5f000000-0000-4000-8000-000000000201"


def channel(s: Story, name: str, *members: str) -> Chat:
    """Another channel than the one the group is connected in."""
    return s.channel.team_channel(WorkplaceId(name), name, tuple(PersonId(member) for member in members))


async def test_a_group_that_is_connected_elsewhere_moves_and_its_old_channel_is_told():
    async with story() as s:
        await s.connect_group()
        new = channel(s, "amg-2", s.id("sara"))
        await new.say("tilslut")
        await s.report(s.mette)

        assert "er flyttet hertil" in said(new) and "Der er åbnet en sag" in said(new)
        assert "er nu tilsluttet et andet sted" in s.group.texts[-1]
        assert "Der er åbnet en sag" not in said(s.group)


async def test_a_channel_that_is_gone_does_not_keep_the_group_from_moving():
    async with story() as s:
        await s.connect_group()
        new = channel(s, "amg-2", s.id("sara"))
        gone = Fault(404, match=lambda asked: asked.method == "POST" and s.group.id in unquote(asked.path))
        s.channel.faults.append(gone)
        await new.say("tilslut")
        await s.report(s.mette)

        assert s.channel.faults == []
        assert "Der er åbnet en sag" in said(new)


async def test_a_member_disconnects_the_group_and_it_hears_of_no_new_case():
    async with story() as s:
        await s.connect_group()
        await s.group.say("frakobl")
        await s.report(s.mette)

        assert "er ikke længere tilsluttet her" in s.group.texts[-1]
        assert (await s.case()).group is None and "Der er åbnet en sag" not in said(s.group)

        await s.group.say("tilslut")
        await s.report(s.peter)
        assert "Der er åbnet en sag" in said(s.group)


async def test_somebody_who_only_reads_along_can_neither_disconnect_nor_move_it():
    async with story() as s:
        await s.connect_group()
        await s.group.say("disconnect", by=s.id("peter"))
        await channel(s, "peters", s.id("peter")).say("tilslut")
        await s.report(s.mette)

        assert s.group.texts[-1] == "Det kan kun gøres af et medlem af arbejdsmiljøgruppen."
        assert "Der er åbnet en sag" in said(s.group)


async def test_what_is_not_connected_cannot_be_let_go():
    async with story() as s:
        await s.group.install()
        await s.group.say("frakobl")
        await s.sara.say("frakobl")

        assert "Kanalen er ikke tilsluttet" in s.group.texts[-1]
        assert "arbejdsmiljøgruppens kanal" in s.sara.texts[-1]


async def test_a_group_does_not_take_another_groups_channel_from_it():
    async with story() as s:
        await s.connect_group()
        await s.group.say("tilslut", by=HENRIK)
        await s.report(s.mette)

        assert any("Kanalen er tilsluttet Borgerservice Nord." in text for text in s.group.texts)
        assert "Der er åbnet en sag" in said(s.group)

        await s.group.say("frakobl")
        await s.group.say("tilslut", by=HENRIK)
        assert "Biblioteket Havnen: arbejdsmiljøgruppen er tilsluttet her" in s.group.texts[-1]


async def test_whoever_is_in_two_groups_says_which_one_is_meant(tmp_path):
    both = ('group = [\n  "5f000000-0000-4000-8000-000000000201"', f'group = [\n  "{METTE}", "{HENRIK}"')
    nord = ('group = [\n  "5f000000-0000-4000-8000-000000000102"', f'group = [\n  "{METTE}", "{JONAS}"')
    async with story(VAERN_ORGANISATION=str(organisation(tmp_path, both, nord))) as s:
        two = channel(s, "to", METTE)
        await two.say("tilslut")
        await two.say("tilslut biblioteket")

        assert "Du er med i flere grupper: Borgerservice Nord, Biblioteket Havnen." in said(two)
        assert "Biblioteket Havnen: arbejdsmiljøgruppen er tilsluttet her" in two.texts[-1]


async def test_a_word_with_a_slip_is_asked_about_and_does_nothing_where_others_read_along():
    async with story() as s:
        await s.group.install()
        await s.group.say("tilsult")
        assert "Mente du: tilslut" in s.group.messages[-1].text
        assert await s.app.office.records.of_group(s.settings.organisation.workplaces[0].id) is None

        await s.group.say("ring til mgi")
        assert "Skriv til Værn alene" in s.group.messages[-1].text
