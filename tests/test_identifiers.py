"""What identifies somebody is one and the same however it was written, and a name never is."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.identifiers import Identifier, Kind, identifiers, profiles_in
from casework.profiles import PLATFORMS

SAME = {
    "facebook:peterhansen5": (
        "https://www.facebook.com/Peter.Hansen.5",
        "m.facebook.com/peterhansen5/",
        "https://da-dk.facebook.com/peter.hansen.5/about?fref=ts&__tn__=x",
        "se http://fb.com/PeterHansen5.",
        "(https://m.me/peterhansen5)",
    ),
    "facebook:100012345678901": (
        "https://www.facebook.com/profile.php?id=100012345678901",
        "facebook.com/profile.php?sk=about&id=100012345678901&mibextid=1",
        "https://www.facebook.com/people/Peter-Hansen/100012345678901/",
        "facebook.com/100012345678901",
    ),
    "instagram:per_s.5": ("https://www.instagram.com/Per_S.5/?igsh=abc", "instagram.com/per_s.5/tagged/"),
    "tiktok:per.s": ("https://www.tiktok.com/@Per.S?lang=da", "tiktok.com/@per.s"),
    "x:per_s": ("https://x.com/Per_S", "https://mobile.twitter.com/per_s/with_replies", "twitter.com/PER_S?s=20"),
    "youtube:@per": ("https://www.youtube.com/@Per/videos", "youtube.com/@per"),
    "youtube:channel:UCaB": ("https://m.youtube.com/channel/UCaB/about",),
    "linkedin:per-sørensen-1": ("https://dk.linkedin.com/in/Per-S%C3%B8rensen-1/", "linkedin.com/in/per-sørensen-1/da"),
    "snapchat:per_s": ("https://www.snapchat.com/add/Per_S", "snapchat.com/@per_s"),
    "reddit:per": ("https://old.reddit.com/u/Per/", "https://www.reddit.com/user/per/comments"),
}


@pytest.mark.parametrize(("profile", "written"), [(one, text) for one, texts in SAME.items() for text in texts])
def test_a_profile_is_one_and_the_same_however_its_link_was_copied(profile, written):
    assert identifiers(written) == profiles_in(written) == {Identifier(Kind.PROFILE, profile)}


@pytest.mark.parametrize(
    "link",
    [
        "https://www.facebook.com/tv2/posts/12345",  # what stands there was often written by somebody else
        "https://www.facebook.com/groups/nord",
        "https://www.facebook.com/photo.php?fbid=1&id=2",
        "https://www.facebook.com/permalink.php?story_fbid=1&id=2",
        "https://www.facebook.com/",
        "https://www.instagram.com/p/Cabc/",
        "https://www.tiktok.com/@per/video/1",
        "https://x.com/per/status/1",
        "https://youtu.be/abc",
        "https://www.youtube.com/watch?v=abc",
        "https://www.linkedin.com/company/nord",
        "https://www.reddit.com/r/denmark",
        "https://evilfacebook.com/peter",
        "https://facebook.com.example.org/peter",
    ],
)
def test_a_link_that_is_no_profile_identifies_nobody(link):
    assert identifiers(link) == frozenset()


@pytest.mark.parametrize(
    "name", ["Peter Hansen", "Sandheden om Nord", "@peterh", "Peter, den med hunden", "PH 1234", "010190-1234", "", "…"]
)
def test_a_name_alone_identifies_nobody(name):
    assert identifiers(name) == frozenset()


@pytest.mark.parametrize(
    "written", ["32 12 34 56", "+45 32123456", "0045 3212 3456", "tlf.: 32-12-34-56", "(+45)32123456"]
)
def test_a_danish_number_is_one_and_the_same_with_and_without_its_country(written):
    assert identifiers(written) == {Identifier(Kind.PHONE, "+4532123456")}


def test_a_number_of_another_country_is_another_number():
    assert identifiers("+46 8 123 456 78") == {Identifier(Kind.PHONE, "+46812345678")}


def test_a_number_in_a_link_is_no_phone_number():
    assert identifiers("https://example.org/32123456 og a@32123456.dk") == {Identifier(Kind.MAIL, "a@32123456.dk")}


@pytest.mark.parametrize(
    ("written", "mailbox"),
    [
        ("Per.S+nord@Example.DK", "per.s@example.dk"),
        ("<per.s@example.dk>", "per.s@example.dk"),
        ("P.er+x@googlemail.com", "per@gmail.com"),
    ],
)
def test_a_mailbox_is_one_and_the_same_however_it_is_written(written, mailbox):
    assert identifiers(written) == {Identifier(Kind.MAIL, mailbox)}


@pytest.mark.parametrize(
    ("written", "home"),
    [
        ("Nørrebrogade 12, 3. tv, 2200 København N", "nørrebrogade 12 3 tv 2200"),
        ("han bor på nørrebrogd. 12 3.tv, DK-2200", "nørrebrogade 12 3 tv 2200"),
        ("Gl.  Kongevej 5 B, 1850 Frb. C", "gammel kongevej 5b 1850"),
        ("gammel kongevej 5b 1850", "gammel kongevej 5b 1850"),
        ("Skt. Hans Allé 7, st. th, 2100 Kbh Ø", "sankt hans alle 7 st th 2100"),
        ("Sankt Hans Alle 7 stuen th 2100", "sankt hans alle 7 st th 2100"),
        ("Aagade 3, 8000 Aarhus", "aagade 3 8000"),
    ],
)
def test_a_home_is_one_and_the_same_however_its_address_is_written(written, home):
    assert identifiers(written) == {Identifier(Kind.ADDRESS, home)}


@pytest.mark.parametrize("written", ["Nørrebrogade 12", "2200 København N", "Nørrebrogade, 2200", "den 12. maj 2026"])
def test_a_street_without_house_and_postcode_is_nobodys_home(written):
    assert identifiers(written) == frozenset()


def test_another_floor_is_another_home():
    assert identifiers("Nørrebrogade 12, 3. tv, 2200") != identifiers("Nørrebrogade 12, 3. th, 2200")


def test_several_things_in_one_field_are_each_found():
    found = identifiers("Peter H, 32 12 34 56\nper@example.dk\nhttps://x.com/per, Aagade 3, 8000 Aarhus C")
    assert {one.kind for one in found} == set(Kind)


def test_of_pasted_text_only_the_profiles_count():
    assert profiles_in("ring 32123456, x.com/per") == {Identifier(Kind.PROFILE, "x:per")}


def test_an_identifier_is_silent_about_what_it_is():
    assert "32123456" not in repr(Identifier(Kind.PHONE, "+4532123456"))


names = st.text(string.ascii_letters + string.digits + "_", min_size=3, max_size=20)
added = st.sampled_from(["", "/", "?utm_source=x", "/?a=b#top", "."])


@given(
    names.filter(lambda name: name.lower() not in PLATFORMS[1].not_names), st.sampled_from(["", "www.", "m."]), added
)
def test_no_way_of_copying_a_link_makes_another_profile_of_it(name, before, after):
    expected = {Identifier(Kind.PROFILE, f"instagram:{name.lower()}")}
    assert identifiers(f"https://{before}instagram.com/{name}{after}") == expected


@given(st.text(max_size=200))
def test_whatever_somebody_writes_is_read_without_a_fault(text):
    assert all(one.value == one.value.strip() and one.value for one in identifiers(text))
