"""Where platforms take a notice: known by their addresses and no others, each row whole, with its source."""

import pytest

from casework.platforms import platforms_in, platforms_told, read_platforms, read_rights
from casework.vocabulary import Medium


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("https://www.facebook.com/groups/7", ("facebook",)),
        ("m.facebook.com/x og https://vm.tiktok.com/ZM1", ("facebook", "tiktok")),
        ("https://notfacebook.com/x", ()),
        ("https://facebook.com.ond.example/x", ()),
        ("Sandheden om Nord", ()),
        ("", ()),
    ],
)
def test_a_platform_is_known_by_its_address_and_by_no_other(words, found):
    assert platforms_told((), words) == found


def test_a_platform_is_known_by_the_answer_on_the_form():
    assert platforms_told((Medium.INSTAGRAM, Medium.MAIL), "") == ("instagram",)


def test_every_link_is_a_plain_https_address_with_a_source():
    rows = (*read_platforms(), *read_rights())

    assert all(row.source and row.link.startswith("https://") for row in rows if row.link)
    assert len({row.id for row in rows}) == len(rows)


@pytest.mark.parametrize(
    "wrong", [{"source": ""}, {"checked_on": "last week"}, {"media": ["telegraph"]}, {"seen": "perhaps"}]
)
def test_a_platform_that_is_not_in_order_is_refused(wrong):
    row = {"id": "x", "name": "X", "hosts": [], "media": [], "link": "", "needs": [], "source": "x"}
    row |= {"seen": "page", "checked_on": ""}

    with pytest.raises(ValueError):
        platforms_in([{**row, **wrong}])
