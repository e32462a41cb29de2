/* The ledger's filter: text, verdict, source, chapter. The address keeps the choice; without this the table is whole. */
document.addEventListener("DOMContentLoaded", function () {
  const form = document.querySelector("form.ledger-filter");
  if (!form) { return; }
  const rows = Array.from(document.querySelectorAll("table.ledger tbody tr"));
  const texts = new Map(rows.map(row => [row, (row.id + " " + row.textContent).toLowerCase()]));
  const fields = Array.from(form.elements).filter(field => field.name);

  function apply() {
    const words = form.elements.text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const chosen = fields.filter(field => field.name !== "text" && field.value);
    let count = 0;
    rows.forEach(function (row) {
      const shown = chosen.every(field => row.dataset[field.name] === field.value)
        && words.every(word => texts.get(row).includes(word));
      row.hidden = !shown;
      count += shown;
    });
    form.querySelector("output").textContent = count + " of " + rows.length + " claims";
  }

  function remember() {
    const query = new URLSearchParams(fields.filter(field => field.value).map(field => [field.name, field.value]));
    history.replaceState(null, "", location.pathname + (query.size ? "?" + query : ""));
  }

  function showTarget() {
    const row = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!rows.includes(row)) { return; }
    if (row.hidden) { form.reset(); apply(); }
    row.querySelectorAll("details").forEach(details => { details.open = true; });
    row.scrollIntoView({ block: "center" });
  }

  form.hidden = false;
  new URLSearchParams(location.search).forEach(function (value, name) {
    if (fields.some(field => field.name === name)) { form.elements[name].value = value; }
  });
  apply();
  showTarget();
  form.addEventListener("input", function () { apply(); remember(); });
  form.addEventListener("reset", function () { setTimeout(function () { apply(); remember(); }); });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  window.addEventListener("hashchange", showTarget);
});
