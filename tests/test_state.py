"""What a case holds."""

import pytest

from casework.case import Case
from casework.state import changed
from casework.vocabulary import CaseId


def test_a_changed_record_is_another_one_with_that_field_anew():
    before = Case(CaseId("VK-1"))
    after = changed(before, version=2)

    assert (before.version, after.version) == (0, 2)
    assert after == Case(CaseId("VK-1"), version=2)


def test_a_record_is_not_given_a_field_it_does_not_have():
    with pytest.raises(TypeError, match="Case has no wersion"):
        changed(Case(CaseId("VK-1")), wersion=2)
