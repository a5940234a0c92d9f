"""Local changes over the guide: taken when they are sound, and otherwise told all at once, file by file."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from bot.setup.overlay import Overlays, no_overlays, read_overlays, unknown_places
from casework.local import may_be_left_out, note_key
from casework.plan import read_plan
from casework.texts import read_catalogue
from casework.vocabulary import ConsentKind, StepId
from tests.local_files import overlay as written

TITLE = "leader.step.talk.title"
SOUND = {
    "all/words/da/leader.toml": '[step.talk]\ntitle = "Tag den første samtale"\n',
    "all/words/en/leader.toml": '[step.talk]\ntitle = "Have the first talk"\n',
    "nord/words/da/leader.toml": '[step.talk]\ntitle = "Mødes i dag"\n',
    "nord/words/en/leader.toml": '[step.talk]\ntitle = "Meet today"\n',
    "nord/plan.toml": """
[talk]
note = { da = "Lokale 2 er fri hver dag kl. 14.", en = "Room 2 is free every day at 14:00." }
[debriefing]
left_out = true
""",
    "all/facts.toml": """
[[fact]]
id = "datatilsynet"
value = "dt@example.dk"
source = "example.dk"
checked_on = "2026-11-20"
""",
    "nord/links.toml": """
[[link]]
id = "google_maps"
link = "https://maps.example/report"
source = "maps.example"
checked_on = "2026-11-20"
[[link]]
id = "notice"
link = ""
source = "DSA, artikel 16"
checked_on = "2026-11-19"
""",
    "nord/wordings.toml": """
[[wording]]
kind = "removal"
number = 1
instead_of = "removal.1"
da = "»Jeg vil gerne være med, når {leader} og Kommunikation prøver at få det fjernet.«"
en = "“I would like to take part when {leader} and Communication try to have it removed.”"
""",
    "README.md": "For whoever looks after these files.",
}


def a_link(**changed: str) -> str:
    """A file with one link in it."""
    row = {"id": "facebook", "link": "https://x.example", "source": "x", "checked_on": "", **changed}
    return "\n".join(["[[link]]", *(f'{key} = "{value}"' for key, value in row.items())])


def faults(folder: Path, files: Mapping[str, str]) -> list[str]:
    overlays, found = read_overlays(written(folder, files))
    assert overlays is None
    return [str(fault) for fault in found]


@pytest.fixture
def sound(tmp_path: Path) -> Overlays:
    overlays, found = read_overlays(written(tmp_path, SOUND))
    assert found == () and overlays is not None
    return overlays


def test_without_a_folder_the_guide_is_as_it_is():
    assert read_overlays(None) == (no_overlays(), ())
    assert no_overlays().guide("anything").catalogues["da"] == read_catalogue("da")


def test_an_administrations_words_stand_over_the_organisations_and_those_over_the_original(sound):
    titles = [sound.guide(place).catalogues["en"][TITLE] for place in ("nord", "syd", None)]

    assert titles == ["Meet today", "Have the first talk", "Have the first talk"]
    assert sound.guide("nord").catalogues["da"]["leader.step.help.title"] == "Vurdér hjælp"
    assert sound.administrations == {"nord"}


def test_a_step_gets_a_local_note_and_another_is_left_out_and_only_there(sound):
    assert sound.guide("nord").catalogues["da"][note_key(StepId("talk"))] == "Lokale 2 er fri hver dag kl. 14."
    assert sound.guide("nord").left_out == ("debriefing",)
    assert note_key(StepId("talk")) not in sound.guide(None).catalogues["da"] and sound.guide(None).left_out == ()


def test_a_local_fact_keeps_its_topics_and_has_its_own_source_and_day(sound):
    before = next(fact for fact in no_overlays().guide(None).facts if fact.id == "datatilsynet")
    now = next(fact for fact in sound.guide("nord").facts if fact.id == "datatilsynet")

    assert (now.value, now.source, now.checked_on) == ("dt@example.dk", "example.dk", date(2026, 11, 20))
    assert now.topics == before.topics


def test_a_local_link_keeps_what_a_notice_takes_and_has_its_own_address_source_and_day(sound):
    before = {row.id: row for row in no_overlays().guide(None).platforms}
    now = {row.id: row for row in sound.guide("nord").platforms}
    maps = now["google_maps"]

    assert (maps.link, maps.source, maps.checked_on) == (
        "https://maps.example/report",
        "maps.example",
        date(2026, 11, 20),
    )
    assert maps.needs == before["google_maps"].needs and now["facebook"] == before["facebook"]
    assert sound.guide(None).platforms == tuple(before.values())
    rights = {row.id: row.checked_on for row in sound.guide("nord").rights}
    assert rights == {**dict.fromkeys(rights), "notice": date(2026, 11, 19)}


def test_a_local_accept_wording_has_a_version_of_its_own_with_its_text_under_it(sound):
    guide = sound.guide("nord")

    assert guide.wordings[ConsentKind.REMOVAL] == "removal.1+nord.1"
    assert "og Kommunikation" in guide.catalogues["da"]["consent.wording.removal.1+nord.1"]
    assert guide.wordings[ConsentKind.POLICE] == "police.1"
    assert sound.guide(None).wordings[ConsentKind.REMOVAL] == "removal.1"


def test_the_highest_number_is_in_force_and_the_earlier_ones_can_still_be_read(tmp_path):
    second = SOUND["nord/wordings.toml"].replace("number = 1", "number = 2").replace("Kommunikation", "Digitalt")
    overlays, found = read_overlays(written(tmp_path, {"nord/wordings.toml": second + SOUND["nord/wordings.toml"]}))

    assert found == ()
    assert overlays.guide("nord").wordings[ConsentKind.REMOVAL] == "removal.1+nord.2"
    assert "Kommunikation" in overlays.guide("nord").catalogues["da"]["consent.wording.removal.1+nord.1"]


def test_an_administration_may_have_back_a_step_that_all_leave_out(tmp_path):
    files = {"all/plan.toml": "[debriefing]\nleft_out = true", "nord/plan.toml": "[debriefing]\nleft_out = false"}
    overlays, _ = read_overlays(written(tmp_path, files))

    assert (overlays.guide(None).left_out, overlays.guide("nord").left_out) == (("debriefing",), ())


def test_nothing_rests_on_a_step_that_may_be_left_out():
    awaited = {rule.split(":")[1] for step in read_plan() for rule in step.waits_for if rule.startswith("closed:")}
    may = [step for step in read_plan() if step.id in may_be_left_out()]

    assert [step.id for step in may] == ["injunction", "avoid_contact", "debriefing", "upper_management"]
    assert not awaited & set(may_be_left_out())
    assert all(step.closed_by == "press" and not step.shared and step.section != "police" for step in may)
    assert not [duty for step in may for duty in step.duties if duty.startswith("L")]


@pytest.mark.parametrize(
    ("files", "line"),
    [
        ({"notes.txt": "x"}, "VAERN_OVERLAY: notes.txt is not known here. Expected folders only: all, and one"),
        ({"nord/steps.toml": ""}, "VAERN_OVERLAY: nord/steps.toml is not known here. Expected words/, plan.toml,"),
        ({"nord/words/sv/leader.toml": ""}, 'VAERN_OVERLAY: nord/words/sv is not known here. Expected a folder "da"'),
        ({"nord/words/da/leadr.toml": ""}, 'nord/words/da/leadr.toml is not changed here. Expected "leader".'),
        ({"nord/words/da/known.toml": ""}, "nord/words/da/known.toml is not changed here. Typed words are the same"),
        ({"nord/words/da/consent.toml": ""}, "nord/words/da/consent.toml is not changed here. What stands on"),
        ({"nord/plan.toml": "[talk"}, "nord/plan.toml is not TOML. The parser says:"),
        ({"nord/plan.toml": "[tlak]"}, 'nord/plan.toml: tlak is not known here. Expected "talk".'),
        ({"nord/plan.toml": "[talk]\nnumber = 2"}, "nord/plan.toml: talk.number is not known here. Expected"),
        (
            {"nord/plan.toml": "[legal_staff]\nleft_out = true"},
            "nord/plan.toml: legal_staff.left_out is true. Other steps, an accept or the law rest on it. May be left "
            'out: "injunction", "avoid_contact", "debriefing" or "upper_management".',
        ),
        ({"nord/plan.toml": '[talk]\nnote = { da = "Ja" }'}, "nord/plan.toml: talk.note.en is not set. Expected the"),
        (
            {"nord/plan.toml": '[talk]\nnote = { da = "Ring {nu}", en = "Ring" }'},
            'nord/plan.toml: talk.note.da is "Ring {nu}". Expected a text with nothing to fill in',
        ),
        (
            {"nord/plan.toml": '[talk]\nnote = { da = "Spørg offeret om det.", en = "Ask the victim about it." }'},
            'nord/plan.toml: talk.note.en says "victim". Værn never says that.',
        ),
        (
            {"all/facts.toml": '[[fact]]\nid = "claim"\nvalue = "3"\nsource = ""\nchecked_on = ""'},
            'all/facts.toml: fact[0].source is "". Expected where it is from.',
        ),
        (
            {"all/facts.toml": '[[fact]]\nid = "claim"\nvalue = "3"\nsource = "x"\nchecked_on = "2026-02-30"'},
            'all/facts.toml: fact[0].checked_on is "2026-02-30". There is no such day.',
        ),
        (
            {"all/facts.toml": '[[fact]]\nid = "claim"\nvalue = ""\nsource = "x"\nchecked_on = ""'},
            'all/facts.toml: fact[0].value is empty. The sentence needs one, such as "2".',
        ),
        (
            {"all/facts.toml": '[[fact]]\nid = "clam"\nvalue = "3"\nsource = "x"\nchecked_on = ""'},
            'all/facts.toml: fact[0].id is "clam". Expected each once of "response_time"',
        ),
        (
            {"all/links.toml": a_link(id="facebok")},
            'all/links.toml: link[0].id is "facebok". Expected each once of "facebook"',
        ),
        (
            {"all/links.toml": a_link(link="http://x.example")},
            'all/links.toml: link[0].link is "http://x.example". Expected an address that begins with https://',
        ),
        (
            {"all/links.toml": a_link(link="")},
            'all/links.toml: link[0].link is "". Expected an address, such as "https://www.facebook.com/',
        ),
        (
            {"all/links.toml": a_link(id="dispute")},
            'all/links.toml: link[0].link is "https://x.example". It has none: expected "".',
        ),
        (
            {"all/links.toml": a_link(checked_on="2026-02-30")},
            'all/links.toml: link[0].checked_on is "2026-02-30". There is no such day.',
        ),
    ],
)
def test_each_wrong_file_is_told_with_what_was_expected(tmp_path, files, line):
    (found,) = faults(tmp_path, files)

    assert found.startswith(line), found


@pytest.mark.parametrize(
    ("key", "da", "en", "line"),
    [
        ("titel", "Tal", "Talk", 'step.talk.titel is not known here. Expected "step.talk.title".'),
        ("title", "", "Talk", 'step.talk.title is "". Expected a text.'),
        ("title", "Tal med {navn}", "Talk to {navn}", "step.talk.title has other values than the original. Expected"),
        ("todo", "Lyt først.", "Listen first.", 'step.talk.todo has other values than the original. Expected "{nam'),
        ("title", "Tal {", "Talk", 'step.talk.title is "Tal {". Its braces are not in order.'),
        ("title", "Tal " * 80, "Talk", "step.talk.title is"),
        ("title", "Tal med den nu!", "Talk now", "step.talk.title shouts."),
        ("title", "Tal med systemet", "Talk", 'step.talk.title says "systemet". Værn never says that.'),
        ("title", "Tal med ham", "Talk", "step.talk.title says he or she, or has a name in the genitive."),
        ("title", "“Tal”", "Talk", "step.talk.title has quotation marks of another language."),
        ("title", "Go and talk now", "Go and talk now", "step.talk.title is the same in da. Expected it in English."),
    ],
)
def test_a_local_sentence_is_held_to_what_holds_for_the_original(tmp_path, key, da, en, line):
    files = {"da": da, "en": en}
    texts = {f"all/words/{lang}/leader.toml": f"[step.talk]\n{key} = '{text}'" for lang, text in files.items()}
    found = faults(tmp_path, texts)

    assert any(fault.partition("leader.toml: ")[2].startswith(line) for fault in found), found


def test_a_sentence_in_one_language_only_is_missed_in_the_other(tmp_path):
    assert faults(tmp_path, {"all/words/da/leader.toml": SOUND["all/words/da/leader.toml"]}) == [
        "all/words/en/leader.toml: step.talk.title is not set. It is changed in the other language."
    ]


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (("number = 1", "number = 0"), "wording[0].number is 0. Expected 1 for the first wording of this kind"),
        (("removal.1", "removal.9"), 'wording[0].instead_of is "removal.9". The original is "removal.1" now.'),
        (("{leader} og", "{chef} og"), 'wording[0].da has other values than the original. Expected "{leader}".'),
        (("fjernet.«", "fjernet!«"), "wording[0].da shouts."),
        (('en = "', '# "'), "wording[0].en is not set. Expected the whole English wording."),
    ],
)
def test_a_local_wording_says_what_it_was_written_for_and_is_filled_alike(tmp_path, change, line):
    text = SOUND["nord/wordings.toml"].replace(*change)

    assert faults(tmp_path, {"nord/wordings.toml": text})[0].startswith(f"nord/wordings.toml: {line}")


def test_a_number_stands_for_one_wording(tmp_path):
    twice = SOUND["nord/wordings.toml"] * 2

    assert faults(tmp_path, {"nord/wordings.toml": twice}) == [
        "nord/wordings.toml: wording[1].number is 1. Each number of a kind once: what was answered under it stays."
    ]


def test_everything_that_is_wrong_in_all_files_is_told_at_once(tmp_path):
    wrong = {"all/plan.toml": "[talk", "nord/facts.toml": "[x]", "nord/words/da/step.toml": 'title = "x"', "a.txt": ""}

    assert len(faults(tmp_path, wrong)) == 4


def test_a_folder_that_is_not_there_is_named(tmp_path):
    assert read_overlays(tmp_path / "away")[0] is None
    assert str(read_overlays(tmp_path / "away")[1][0]).startswith("VAERN_OVERLAY is ")


def test_a_folder_for_an_administration_that_no_workplace_has_is_a_fault(sound):
    assert unknown_places(sound, frozenset({"nord", "syd"})) == ()
    assert [str(fault) for fault in unknown_places(sound, frozenset({"syd"}))] == [
        'VAERN_OVERLAY: nord is no administration here. Expected "all" or "syd".'
    ]


def test_the_example_in_the_documentation_is_sound_and_shows_every_kind_of_change():
    overlays, found = read_overlays(Path(__file__).parents[1] / "docs" / "overlay-example")

    assert found == () and overlays is not None
    there, elsewhere = overlays.guide("borgerservice"), overlays.guide(None)
    assert (there.left_out, elsewhere.left_out) == ((), ("debriefing",))
    assert there.catalogues["en"]["leader.step.upper_management.title"] == "Tell the board of directors"
    assert there.wordings[ConsentKind.COLLEAGUES] == "colleagues.1+borgerservice.1"
    assert "Lokale 2" in there.catalogues["da"][note_key(StepId("talk"))]
    assert next(fact for fact in elsewhere.facts if fact.id == "response_time").checked_on == date(2026, 11, 20)


@pytest.mark.parametrize("spec", [":d", ":{foo}", ":>99999999", ":>99999999999999999999"])
def test_a_value_is_filled_in_as_it_is_and_in_no_other_form(tmp_path, spec):
    """Taken, it would break every card that has the sentence, or fill memory with it."""
    said = f'[told]\nby = "{{name{spec}}} has told it."\n'  # as good as any sentence
    found = faults(tmp_path, {f"all/words/{language}/employee.toml": said for language in ("da", "en")})
    assert [fault for fault in found if "told.by" in fault and "braces" in fault]
