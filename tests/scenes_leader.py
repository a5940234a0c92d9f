"""Every card of the leader's, the companion's and the group's: its name, and the view it is drawn from."""

from tests.scenes_case import CASES
from tests.scenes_group import CONTENTS, GROUP, REMINDERS
from tests.scenes_removal import UNANSWERED
from tests.scenes_steps import COMPANIONS, STEPS

CARDS = CASES | STEPS | COMPANIONS | GROUP | CONTENTS | REMINDERS | UNANSWERED
