"""The yearly talk of a health and safety group: not begun, reminded of with something open, and all of it noted."""

from datetime import timedelta

from casework.views import ReviewView
from casework.yearly import Talked, Topic
from tests.scenes import GONE, JONAS, NORD, NOW, SARA

RISKS = {Topic.RISKS: Talked(SARA, NOW - timedelta(days=9))}
ALL = RISKS | {Topic.GUIDELINES: Talked(JONAS, NOW - timedelta(days=2)), Topic.PLAN: Talked(GONE, NOW)}

CARDS = {
    "yearly": ReviewView(NORD, 2027),
    "yearly_reminded": ReviewView(NORD, 2027, RISKS, reminded=True),
    "yearly_complete": ReviewView(NORD, 2027, ALL),
}
