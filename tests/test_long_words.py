"""What somebody pastes may be a hundred thousand characters without a space, or of nothing else: it is read in no time.

Each reader gets a process that the system ends after so many seconds of work: reading by the square took minutes.
"""

import subprocess
import sys
from pathlib import Path

import pytest

SECONDS = 20
READERS = {
    "what identifies somebody": "from casework.identifiers import identifiers as read",
    "a profile": "from casework.identifiers import profiles_in as read",
    "a platform": "from casework.platforms import platforms_told\nread = lambda text: platforms_told((), text)",
    "numbers to leave out": "from bot.packages.showing import numbers_in\nread = numbers_in",
}
TEXTS = ("x", "a.", "a-", "www.", "1.", " ", "\n", "1 - ", "x@", "vej 1, ")
READ = """
import resource
resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {seconds}))
from casework.vocabulary import Refused
{reader}
for part in {texts}:
    try:
        read("1" + part * (100_000 // len(part)) + "x")
    except Refused:
        pass
"""


@pytest.mark.parametrize("what", READERS)
def test_a_text_of_a_hundred_thousand_characters_is_read_in_a_moment(what):
    program = READ.format(seconds=SECONDS, reader=READERS[what], texts=TEXTS)
    done = subprocess.run([sys.executable, "-c", program], cwd=Path(__file__).parent.parent, capture_output=True)

    assert done.returncode == 0, done.stderr
