"""Print the whole built site into one PDF: ``python book/print_pdf.py SITE OUT``, with Chromium and no other host.

All pages of the contents are put into one document, so that links between them are links within the PDF.
"""

from __future__ import annotations

import re
import shutil
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

BOOK = Path(__file__).resolve().parent
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
STYLE = """
  body { margin: 0; } article { break-before: page; padding: 0; max-width: none; }
  .headerlink, .copybtn, .prev-next-area, form.ledger-filter, button.toggle-button { display: none !important; }
  .bd-article .output, pre, div.math { overflow: visible !important; } pre { white-space: pre-wrap; }
  table { font-size: 75% !important; } figure, table tr { break-inside: avoid; } img { max-width: 100%; height: auto; }
"""
GATHER = """
async ([names, style]) => {
  const slug = name => name.replaceAll("/", "-"), base = new URL(".", location.href).href;
  const target = (address) => {
    const url = new URL(address), page = decodeURIComponent(url.href.split("#")[0]);
    const name = page.slice(base.length).replace(/\\.html$/, "");
    if (!url.href.startsWith(base)) return address;
    return names.includes(name) ? "#" + slug(name) + "--" + url.hash.slice(1) : null;
  };
  const articles = [];
  for (const name of names) {
    const address = base + name + ".html";
    const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
    const article = page.querySelector("article.bd-article");
    article.querySelectorAll("script, .headerlink").forEach(e => e.remove());
    article.querySelectorAll("[id]:not(svg *)").forEach(e => { e.id = slug(name) + "--" + e.id; });
    article.querySelectorAll("img").forEach(e => {
      e.src = new URL(e.getAttribute("src"), address).href;
      e.loading = "eager";
    });
    article.querySelectorAll("a[href]").forEach(e => {
      const to = target(new URL(e.getAttribute("href"), address).href);
      if (to === null) e.removeAttribute("href"); else e.setAttribute("href", to);
    });
    const top = document.createElement("a");
    top.id = slug(name) + "--";
    article.prepend(top);
    articles.push(article);
  }
  document.documentElement.dataset.theme = "light";
  document.body.replaceChildren(...articles.map(a => document.adoptNode(a)));
  document.head.append(Object.assign(document.createElement("style"), { textContent: style }));
  await MathJax.typesetPromise();
  await Promise.all([...document.images].map(image => image.decode().catch(() => image.alt)));
  return articles.length;
}
"""


def contents() -> list[str]:
    """The pages of the contents, in their order, without the records of runs."""
    names = re.findall(r"(?:root|file):\s*(\S+)", (BOOK / "_toc.yml").read_text(encoding="utf-8"))
    return [name for name in names if not name.startswith("about/runs/")]


class Quiet(SimpleHTTPRequestHandler):
    """Serves without a word."""

    def log_message(self, *args: object) -> None:
        """Nothing."""


def print_book(site: Path, out: Path) -> int:
    """Write the PDF of ``site`` to ``out``; return how many pages of the site are in it."""
    from playwright.sync_api import sync_playwright

    executable = shutil.which("chromium")
    if executable is None:
        sys.exit("chromium must be on the PATH")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=site)) as server, sync_playwright() as driver:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        browser = driver.chromium.launch(executable_path=executable, args=FLAGS)
        page = browser.new_page(color_scheme="light")
        page.route("**/*", lambda r: r.continue_() if r.request.url.startswith((address, "data:")) else r.abort())
        page.goto(f"{address}/index.html", wait_until="networkidle")
        count = page.evaluate(GATHER, [contents(), STYLE])
        page.pdf(path=out, format="A4", outline=True, tagged=True, print_background=False, display_header_footer=True,
                 header_template="<span></span>", margin=dict.fromkeys(("top", "bottom", "left", "right"), "18mm"),
                 footer_template="<span style='font-size:8px;margin:auto' class='pageNumber'></span>")  # fmt: skip
        browser.close()
        server.shutdown()
    return count


if __name__ == "__main__":
    site, out = map(Path, sys.argv[1:])
    print(f"{out}: {print_book(site, out)} pages of the site")
