"""A letter as a Word file: sober, in Danish, and nothing in it that its card does not show."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from io import BytesIO

from cards.letter_text import Frame
from cards.words import clean

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Letter:
    """`case`, `kind`, `said`: for the document system, in the file's properties; "" in a letter that goes out."""

    authority: str
    subject: str
    text: str
    day: date
    frame: Frame
    case: str = ""
    kind: str = ""
    said: str = ""


BREAKS = str.maketrans(dict.fromkeys("\v\f\x85\u2028\u2029", "\n"))
"""A line broken within its paragraph, as it comes along from Word."""
UNWRITABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LONGEST_PROPERTY = 255  # characters


def _writable(text: str) -> str:
    """Without what a Word file cannot hold."""
    return UNWRITABLE.sub("", clean(text.translate(BREAKS)))


def letter_file(letter: Letter) -> bytes:
    """The file's bytes. Takes its time the first time: call it in a thread."""
    from docx import Document  # only where a letter is made: it takes a while to load
    from docx.shared import Pt

    letter = replace(letter, **{name: _writable(said) for name, said in vars(letter).items() if isinstance(said, str)})
    document = Document()
    _plain_look(document, Pt)
    _head(document, letter.frame)
    document.add_heading(letter.subject, level=1)
    for part in (*letter.text.split("\n"), *map(_writable, letter.frame.below)):
        if part.strip():
            document.add_paragraph(part.strip())
    _properties(document.core_properties, letter)
    return _bytes_of(document)


def _head(document, around: Frame) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    if around.sender:
        document.add_paragraph().add_run(_writable(around.sender)).bold = True
    if around.day:
        document.add_paragraph(around.day).alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _plain_look(document, points) -> None:
    """One typeface, black, room to breathe."""
    from docx.shared import Cm, RGBColor

    for name in ("Normal", "Heading 1"):
        style = document.styles[name]
        style.font.name, style.font.color.rgb = "Calibri", RGBColor(0, 0, 0)
        style.font.size = points(11 if name == "Normal" else 13)
        style.paragraph_format.space_after = points(8)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = Cm(2.5)


def _properties(kept, letter: Letter) -> None:
    """Of who wrote it stands nothing here; of when, the letter's own day."""
    moment = datetime.combine(letter.day, time(), UTC).replace(tzinfo=None)
    kept.author = kept.last_modified_by = letter.authority[:LONGEST_PROPERTY]
    kept.title, kept.language = letter.subject[:LONGEST_PROPERTY], "da-DK"
    kept.created = kept.modified = moment
    kept.identifier, kept.category, kept.comments = letter.case, letter.kind, letter.said[:LONGEST_PROPERTY]


def _bytes_of(document) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()
