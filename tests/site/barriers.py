"""What keeps a reader with a weak eye, without a mouse or with a screen reader from a page, by axe-core.

axe-core takes a minute for a page of ten thousand elements, most of them alike. It is shown two of each kind; formulas
and drawings without their glyphs, for they have the colour of the text around them and one description each.
"""

from __future__ import annotations

from importlib.resources import files

AXE = (files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8")
SIZES = ({"width": 1280, "height": 900}, {"width": 360, "height": 780})
ALL: list[str] = []
OF_COLOUR = ["color-contrast", "link-in-text-block"]
"""The rules whose answer depends on the theme."""
SETTLED_MS = 150
"""Boxes that scroll are marked that long after a new width, on a machine that does nothing else."""
PATIENCE = 20
THIN = """() => {
  const SAID = ["class", "role", "style", "type", "scope", "tabindex", "hidden", "open"];
  const KEPT = 2, WHOLE = "a, button, label, summary", CELL = "td, th, dt, dd";
  let seen = new Map();
  const own = element => element.localName + SAID.map(name => element.getAttribute(name) ?? "").join("|")
    + [...element.attributes].map(a => a.name + (a.value.trim() ? "" : "0")).sort().join(" ")
    + [...element.childNodes].some(child => child.nodeType === 3 && child.data.trim());
  const shape = element => `${own(element)}(${[...new Set([...element.children].map(shape))].join(",")})`;
  document.querySelectorAll("mjx-container").forEach(formula => formula.replaceChildren("x"));
  document.querySelectorAll("article svg > :not(title, desc)").forEach(part => part.remove());
  const thin = (element, path) => {
    const here = `${path}>${own(element)}`;
    for (const child of [...element.children]) {
      const kind = `${here}>${shape(child)}`, count = (seen.get(kind) ?? 0) + 1;
      seen.set(kind, count);
      if (count > KEPT && !child.matches(CELL)) child.remove(); else if (!child.matches(WHOLE)) thin(child, here);
    }
  };
  thin(document.body, "");
  seen = new Map();
  thin(document.body, "");  // rows that now are alike
}"""
OUT_OF_REACH = """() => [...document.querySelectorAll("main *, nav *")]
  .filter(box => box.scrollWidth > box.clientWidth + 1 && box.clientWidth > 0 && box.tabIndex < 0)
  .filter(box => ["auto", "scroll"].includes(getComputedStyle(box).overflowX))
  .filter(box => !box.querySelector("a[href], button, input, select, summary, [tabindex='0']"))
  .map(box => `out of reach by keyboard: ${box.outerHTML.slice(0, 120)}`)"""
"""Boxes that scroll sideways but neither take the focus nor hold anything that does."""
GRAVE = """async rules => {
  const only = rules.length ? { runOnly: { type: "rule", values: rules } } : {};
  const found = (await axe.run(document, { resultTypes: ["violations"], ...only })).violations;
  return found.filter(one => ["serious", "critical"].includes(one.impact))
    .map(one => `${one.id} (${one.nodes.length}): ${one.nodes[0].html.slice(0, 160)} ${one.nodes[0].failureSummary}`);
}"""


def barriers(page) -> list[str]:
    """What is serious or critical on an open page: wide and on a phone, in light and in dark. It spends the page."""
    found = [box for size in SIZES for box in _out_of_reach(page, size)]
    page.add_style_tag(content="* { transition: none !important; animation: none !important; }")
    page.evaluate(THIN)
    page.evaluate(AXE)
    for size in SIZES[::-1]:
        page.set_viewport_size(size)
        for theme, rules in (("light", ALL), ("dark", OF_COLOUR)):
            page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme)
            found += [f"{size['width']} pixels, {theme}: {one}" for one in page.evaluate(GRAVE, rules)]
    return found


def _out_of_reach(page, size):
    """Those that are still out of reach when the page had time to see its new width."""
    page.set_viewport_size(size)
    for _ in range(PATIENCE):
        page.wait_for_timeout(SETTLED_MS)
        if not (found := page.evaluate(OUT_OF_REACH)):
            break
    return found
