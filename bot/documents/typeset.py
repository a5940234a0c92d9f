"""Sheet → PDF/A-3 that a screen reader can follow, with the originals attached. Blocks: call it in a thread.

Typst sets it: one wheel with its fonts inside, tagged PDF and PDF/A checked by itself. pikepdf puts the originals in,
in memory: Typst would have to read them from a disk where they lie open.
"""

import io
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from importlib import resources
from typing import Any

import pikepdf
import typst
from pikepdf import AttachedFileSpec, Name

from bot.documents.legible import legible

STANDARDS = ["a-3a", "ua-1"]
DOCUMENTATION, LETTER = "documentation.typ", "letter.typ"
Compiled = Callable[[Mapping[str, Any], datetime, str], bytes]
"""Sheet, moment and template → pages; NotTypeset when they cannot be set."""


class NotTypeset(Exception):
    """Typst gave up; the text says how, without a word of what was to be set."""


def compiled_by_typst(sheet: Mapping[str, Any], made_at: datetime, template: str) -> bytes:
    """Typst may give up, or panic, on a character that no typeface has; a panic is no Exception, and would end more."""
    source = resources.files(__package__).joinpath(template).read_bytes()
    try:
        return typst.Compiler(ignore_system_fonts=True).compile(
            source,
            format="pdf",
            sys_inputs={"sheet": json.dumps(sheet, ensure_ascii=False)},
            pdf_standards=STANDARDS,
            timestamp=made_at.replace(microsecond=0),  # Typst takes whole seconds only
        )
    except BaseException as fault:
        if isinstance(fault, KeyboardInterrupt | SystemExit):
            raise
        raise NotTypeset(type(fault).__name__) from None


def typeset(
    sheet: Mapping[str, Any],
    made_at: datetime,
    template: str = DOCUMENTATION,
    *,
    compiled: Compiled = compiled_by_typst,
) -> bytes:
    """The pages. The same sheet at the same moment is the same file."""
    try:
        return compiled(legible(sheet), made_at, template)
    except NotTypeset:
        return compiled(legible(sheet, surely=True), made_at, template)


def attach(pdf: bytes, originals: Mapping[str, tuple[str, bytes]], made_at: datetime) -> bytes:
    """The same with the originals inside: file name → (media type, content)."""
    if not originals:
        return pdf
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for name, (media_type, content) in originals.items():
            document.attachments[name] = AttachedFileSpec(
                document,
                content,
                filename=name,
                mime_type=media_type,
                mod_date=_date(made_at),
                relationship=Name.Source,
            )
        document.Root.AF = document.make_indirect(pikepdf.Array([spec.obj for spec in document.attachments.values()]))
        written = io.BytesIO()
        document.save(written, deterministic_id=True)
    return written.getvalue()


def _date(moment: datetime) -> str:
    return f"D:{moment:%Y%m%d%H%M%S}Z"
