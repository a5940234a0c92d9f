"""What a document system wants to know of a case's papers, as XML: Dublin Core, sober, and nobody's words."""

from datetime import UTC
from xml.etree import ElementTree

from casework import views as w

DC, TERMS = "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/"


def metadata(view: w.Documentation, authority: str, title: str, notice: str) -> bytes:
    """UTF-8. `title`, `notice`: in words. No names: those stand in the PDF."""
    root = ElementTree.Element("record")
    for name, value in (
        (f"{{{DC}}}title", title),
        (f"{{{DC}}}identifier", view.case),
        (f"{{{DC}}}creator", authority),
        (f"{{{DC}}}type", "Text"),
        (f"{{{DC}}}format", "application/pdf; conformsTo=PDF/A-3a"),
        (f"{{{DC}}}language", "da"),
        (f"{{{TERMS}}}created", _moment(view.made_at)),
        (f"{{{TERMS}}}dateSubmitted", _moment(view.sent_at)),
        (f"{{{TERMS}}}accessRights", notice),
        *((f"{{{TERMS}}}temporal", _moment(one.began_at)) for one in view.episodes),
        *((f"{{{TERMS}}}hasPart", f"{piece.number:03} SHA-256 {piece.sha256}") for piece in view.evidence),
    ):
        ElementTree.SubElement(root, name).text = value
    ElementTree.register_namespace("dc", DC)
    ElementTree.register_namespace("dcterms", TERMS)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _moment(at) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")
