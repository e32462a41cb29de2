"""Pictures of every page of the built site, for eyes: ``python book/screenshots.py SITE OUT [PAGE ...]``.

Each page whole, wide and on a phone, light and dark, and as it prints; with contact sheets of the tops of all pages.
"""

from __future__ import annotations

import re
import shutil
import sys
import threading
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

from PIL import Image, ImageDraw
from print_pdf import BOOK, FLAGS, Quiet

VIEWPORTS = {"wide": {"width": 1280, "height": 900}, "phone": {"width": 360, "height": 780}}
SCHEMES = ("light", "dark")
LONGEST = 16000
"""Pixels: higher pictures Chromium repeats from the top."""
THUMB = 300
COLUMNS = 6


def contents() -> list[str]:
    """The pages of the contents, and those of the theme."""
    return [
        *re.findall(r"(?:root|file):\s*(\S+)", (BOOK / "_toc.yml").read_text(encoding="utf-8")),
        "genindex",
        "search",
    ]


def shoot(site: Path, out: Path, names: list[str]) -> list[Path]:
    """Write the pictures of the pages ``names`` to ``out``; return their paths."""
    from playwright.sync_api import sync_playwright

    written = []
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=site)) as server, sync_playwright() as driver:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for size, viewport in VIEWPORTS.items():
            page = browser.new_page(viewport=viewport)
            for name in names:
                page.goto(f"http://127.0.0.1:{server.server_port}/{name}.html", wait_until="networkidle")
                page.evaluate("async () => { await window.MathJax?.startup?.promise; }")
                written += [_picture(page, name, size, scheme, out) for scheme in SCHEMES]
                if size == "wide":
                    page.pdf(path=_place(out, f"print/{name}.pdf"), format="A4")
        browser.close()
        server.shutdown()
    return written


def contact_sheets(pictures: list[Path], out: Path) -> list[Path]:
    """One sheet for each size and scheme, with the tops of its pages."""
    sheets = []
    for kind in sorted({picture.relative_to(out).parts[0] for picture in pictures}):
        chosen = [picture for picture in pictures if picture.relative_to(out).parts[0] == kind]
        rows = -(-len(chosen) // COLUMNS)
        sheet = Image.new("RGB", (COLUMNS * THUMB, rows * (THUMB + 12)), "white")
        draw = ImageDraw.Draw(sheet)
        for number, picture in enumerate(chosen):
            with Image.open(picture) as image:
                top = image.convert("RGB").crop((0, 0, image.width, min(image.height, image.width)))
            left, upper = number % COLUMNS * THUMB, number // COLUMNS * (THUMB + 12)
            sheet.paste(top.resize((THUMB - 4, round((THUMB - 4) * top.height / top.width))), (left, upper + 12))
            draw.text((left + 2, upper), picture.relative_to(out / kind).with_suffix("").as_posix(), fill="black")
        sheets.append(out / f"{kind}.png")
        sheet.save(sheets[-1])
    return sheets


def _picture(page, name: str, size: str, scheme: str, out: Path) -> Path:
    page.evaluate("scheme => { document.documentElement.dataset.theme = scheme; }", scheme)
    page.evaluate("""async () => {
      document.querySelectorAll("img[loading=lazy]").forEach(image => { image.loading = "eager"; });
      await Promise.all([...document.images].map(image => image.decode().catch(() => null)));
    }""")
    height = min(page.evaluate("document.documentElement.scrollHeight"), LONGEST)
    path = _place(out, f"{size}-{scheme}/{name}.png")
    page.screenshot(
        path=path, full_page=True, clip={"x": 0, "y": 0, "width": page.viewport_size["width"], "height": height}
    )
    return path


def _place(out: Path, name: str) -> Path:
    path = out / name
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


if __name__ == "__main__":
    site, out, *chosen = sys.argv[1:]
    pictures = shoot(Path(site), Path(out), chosen or contents())
    sheets = contact_sheets(pictures, Path(out))
    print(f"{len(pictures)} pictures under {out}, sheets {', '.join(sheet.name for sheet in sheets)}")
