"""A program of its own: a PDF on standard input, its first page as a JPEG on standard output.

What came from outside is taken apart by a library written in C: here it can crash, hang or grow without the bot. It
imports nothing of ours, so that it starts at once, and runs no script that a PDF may hold (this PDFium has none).
"""

import io
import sys

LARGEST_MEMORY, LONGEST = 1_500_000_000, 5  # bytes of address space; seconds of work


def main() -> int:
    _limited()
    import pypdfium2

    width, height = int(sys.argv[1]), int(sys.argv[2])
    page = pypdfium2.PdfDocument(sys.stdin.buffer.read())[0]
    scale = min(width / max(page.get_width(), 1), height / max(page.get_height(), 1))
    picture = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=70, optimize=True)
    sys.stdout.buffer.write(out.getvalue())
    return 0


def _limited() -> None:
    try:
        import resource
    except ImportError:  # not on Windows: there the one who waits is the only limit
        return
    resource.setrlimit(resource.RLIMIT_AS, (LARGEST_MEMORY, LARGEST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST, LONGEST))


if __name__ == "__main__":
    sys.exit(main())
