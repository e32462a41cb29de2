// What a keyboard and a printer need: boxes that scroll take the focus; on paper a page is light and its boxes are open.
(() => {
  const SCROLLING = "article :is(div.math, mjx-container, .output, pre, .table-container, .pst-scrollable-table-container, .explorer-chart)";
  const FOLDED = "article details:not([open], .tag_hide-input > details)";  // code stays in the notebook

  function reach() {
    for (const box of document.querySelectorAll(SCROLLING)) {
      const scrolls = box.scrollWidth > box.clientWidth && !["visible", "clip"].includes(getComputedStyle(box).overflowX);
      if (scrolls) {
        box.tabIndex = 0;
        box.setAttribute("role", "group");
        box.setAttribute("aria-label", box.matches("div.math, mjx-container") ? "equation, scrolls sideways" : "scrolls sideways");
      } else if (box.getAttribute("aria-label")?.endsWith("scrolls sideways")) {
        for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name);
      }
    }
  }

  // The theme takes the focus from a button that was pressed; who came by keyboard would start at the top again.
  document.addEventListener("click", click => {
    const button = click.target.closest?.("button");
    if (button && click.detail === 0) setTimeout(() => { if (document.activeElement === document.body) button.focus(); });
  }, true);

  let kept = null;
  function toPaper() {
    if (kept) return;
    const page = document.documentElement, folded = [...document.querySelectorAll(FOLDED)];
    kept = { theme: page.dataset.theme, folded };
    page.dataset.theme = "light";
    for (const box of folded) box.open = true;
  }
  function fromPaper() {
    if (!kept) return;
    document.documentElement.dataset.theme = kept.theme;
    for (const box of kept.folded) box.open = false;
    kept = null;
  }

  addEventListener("beforeprint", toPaper);
  addEventListener("afterprint", fromPaper);
  matchMedia("print").addEventListener("change", change => (change.matches ? toPaper() : fromPaper()));
  let waiting;
  const later = () => { clearTimeout(waiting); waiting = setTimeout(reach, 100); };
  document.addEventListener("DOMContentLoaded", async () => {
    reach();
    addEventListener("resize", later);
    document.addEventListener("toggle", later, true);
    await new Promise(done => { if (document.readyState === "complete") done(); else addEventListener("load", done); });
    await window.MathJax?.startup?.promise;
    reach();
  });
})();
