"""A program of its own: a PDF on standard input, its first page as a JPEG on standard output.

What came from outside is taken apart by a library written in C, so `bot/limited.py` runs this. It imports nothing of
ours, and runs no script that a PDF may hold (this PDFium has none).
"""

import io
import sys


def main() -> None:
    import pypdfium2

    width, height = int(sys.argv[1]), int(sys.argv[2])
    page = pypdfium2.PdfDocument(sys.stdin.buffer.read())[0]
    scale = min(width / max(page.get_width(), 1), height / max(page.get_height(), 1))
    picture = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=70, optimize=True)
    sys.stdout.buffer.write(out.getvalue())


if __name__ == "__main__":
    main()
