/* A figure in a larger view: by its button, or by a click on the drawing. Without this script the page lacks only that. */
(() => {
  const dialog = document.createElement("dialog");
  dialog.className = "figure-large";

  const enlarge = (drawing, button) => {
    const id = drawing.dataset.figure;
    const large = drawing.querySelector("svg.figure-wide").cloneNode(true);
    large.removeAttribute("style");
    large.removeAttribute("class");
    const head = document.createElement("div");
    head.className = "figure-large-head";
    const name = document.createElement("span");
    name.textContent = drawing.closest("figure")?.querySelector(".caption-number")?.textContent.trim() || id;
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = "Close";
    close.addEventListener("click", () => dialog.close());
    head.append(name, close);
    dialog.replaceChildren(head, large);
    // names of its own: those of a drawing that is not shown mean nothing in some browsers
    large.outerHTML = large.outerHTML.replaceAll(`${id}-wide-`, `${id}-large-`);
    dialog.setAttribute("aria-label", `${name.textContent}, enlarged`);
    dialog.onclose = () => {
      dialog.replaceChildren();
      button.focus();
    };
    dialog.showModal();
    close.focus();
  };

  const prepare = (drawing) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "figure-enlarge";
    button.textContent = "⤢";
    button.setAttribute("aria-haspopup", "dialog");
    const number = drawing.closest("figure")?.querySelector(".caption-number")?.textContent.trim();
    button.setAttribute("aria-label", `Enlarge ${number || drawing.dataset.figure}`);
    button.title = "Enlarge";
    button.addEventListener("click", () => enlarge(drawing, button));
    drawing.append(button);
    drawing.querySelector(".figure-layouts").addEventListener("click", () => {
      if (window.getSelection().isCollapsed) enlarge(drawing, button); // not while text is being marked
    });
  };

  const start = () => {
    document.body.append(dialog);
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close();
    });
    document.querySelectorAll(".figure-drawing").forEach(prepare);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
