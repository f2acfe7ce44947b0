"""A written letter as a document of Office Open XML (ECMA-376), which Word and LibreOffice open.

It holds paragraphs, points and links, and nothing about who wrote it or when.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from privacyaudit import i18n
from privacyaudit.about_me.letters import Block, Part, Piece, Written

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The day that each part bears, so that the file does not say when it was made."""

_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/word/numbering.xml" ContentType="{_TYPE}.numbering+xml"/>'
    "</Types>"
)
_NUMBERING = (
    f'{_HEAD}<w:numbering xmlns:w="{_WORDS}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">'
    '<w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/>'
    '<w:pPr><w:ind w:left="567" w:hanging="283"/></w:pPr></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)
_MARGINS = (
    '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="709" w:footer="709" w:gutter="0"/>'
)
_SHEET = f'<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>{_MARGINS}</w:sectPr>'
"""A4, with margins of 2 cm."""


def document(written: Written) -> bytes:
    """Return a letter as the bytes of a .docx file; the same letter gives the same bytes."""
    blocks = [("Subject", written.subject)] if written.subject else []
    blocks += [("ListBullet" if block.point else "Normal", block) for block in written.blocks]
    links = list(dict.fromkeys(piece.link for _style, block in blocks for piece in block.pieces if piece.link))
    body = "".join(_paragraph(style, block, links) for style, block in blocks)
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _relations([("document", f"{_OFFICE}/officeDocument", "word/document.xml", False)]),
        "word/document.xml": f'{_HEAD}<w:document xmlns:w="{_WORDS}" xmlns:r="{_OFFICE}"><w:body>{body}{_SHEET}'
        "</w:body></w:document>",
        "word/styles.xml": _styles(),
        "word/numbering.xml": _NUMBERING,
        "word/_rels/document.xml.rels": _relations(
            [
                ("styles", f"{_OFFICE}/styles", "styles.xml", False),
                ("numbering", f"{_OFFICE}/numbering", "numbering.xml", False),
                *((f"link{number}", f"{_OFFICE}/hyperlink", link, True) for number, link in enumerate(links)),
            ]
        ),
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name, _LONG_AGO), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _styles() -> str:
    """Return how the paragraphs look, and in which language they are."""
    spoken = i18n.language()
    language = "en-GB" if spoken == "en" else spoken.replace("_", "-")
    return (
        f'{_HEAD}<w:styles xmlns:w="{_WORDS}"><w:docDefaults><w:rPrDefault><w:rPr>'
        '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="22"/><w:szCs w:val="22"/>'
        f"<w:lang w:val={quoteattr(language)}/>"
        '</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="160" w:line="264" w:lineRule="auto"/></w:pPr>'
        "</w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Subject"><w:name w:val="Subject"/><w:basedOn w:val="Normal"/>'
        "<w:rPr><w:b/><w:bCs/></w:rPr></w:style>"
        '<w:style w:type="paragraph" w:styleId="ListBullet"><w:name w:val="List Bullet"/><w:basedOn w:val="Normal"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
        '<w:rPr><w:color w:val="0F5499"/><w:u w:val="single"/></w:rPr></w:style>'
        "</w:styles>"
    )


def _relations(relations: Sequence[tuple[str, str, str, bool]]) -> str:
    """Return how a part is tied to others: each as (id, kind, target, whether that is outside the document)."""
    ties = "".join(
        f'<Relationship Id="{name}" Type="{kind}" Target={quoteattr(target)}'
        + (' TargetMode="External"/>' if outside else "/>")
        for name, kind, target, outside in relations
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{ties}</Relationships>'


def _paragraph(style: str, block: Block, links: Sequence[str]) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{"".join(_runs(block.pieces, links))}</w:p>'


def _runs(pieces: Sequence[Piece], links: Sequence[str]) -> Iterator[str]:
    for piece in pieces:
        words = f'<w:t xml:space="preserve">{escape(piece.text)}</w:t>'
        if piece.link:
            look = '<w:rPr><w:rStyle w:val="Hyperlink"/></w:rPr>'
            yield f'<w:hyperlink r:id="link{links.index(piece.link)}"><w:r>{look}{words}</w:r></w:hyperlink>'
        else:
            look = '<w:rPr><w:highlight w:val="yellow"/></w:rPr>' if piece.part is Part.LEFT else ""
            yield f"<w:r>{look}{words}</w:r>"
