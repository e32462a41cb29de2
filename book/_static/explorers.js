// Explorers: draws each chart, keeps what is chosen in the address, and shows the command behind it.
(() => {
  const address = () => new URLSearchParams(location.search);
  const dark = () => document.documentElement.dataset.theme === "dark";
  const ink = () => {
    const colour = dark() ? "#e6e6e6" : "#222", line = dark() ? "#6cb6ff" : "#0072B2";
    const axis = { labelColor: colour, titleColor: colour, gridColor: dark() ? "#444" : "#ddd", tickColor: colour,
      domainColor: colour, labelFontSize: 12, titleFontSize: 13 };
    return { background: "transparent", axis, legend: { labelColor: colour, titleColor: colour }, title: { color: colour },
      text: { color: colour, fontSize: 12 }, line: { color: line }, point: { color: line }, rule: { color: colour },
      view: { stroke: null } };
  };

  const same = (option, given) =>  // 1e20 is also written 100000000000000000000
    String(option) === given || (typeof option === "number" && Boolean(given?.trim()) && Number(given) === option);

  function keep(name, choice, value, start) {
    const chosen = address();
    if (String(value) === String(start)) chosen.delete(`${name}.${choice}`);
    else chosen.set(`${name}.${choice}`, value);
    const query = String(chosen);
    history.replaceState(null, "", location.pathname + (query && `?${query}`) + location.hash);
  }

  function tell(box, view) {
    const shown = [...box.querySelectorAll(".explorer-chart .mark-text.role-mark text")].map(text => text.textContent);
    box.querySelector(".explorer-values output").textContent = shown.join(", ");
    box.querySelector(".explorer-command code").textContent = view.signal("command");
  }

  async function draw(box) {
    const name = box.dataset.name, spec = JSON.parse(box.querySelector("script").textContent);
    const starts = {}, chart = box.querySelector(".explorer-chart");
    for (const param of spec.params.filter(param => param.bind)) {
      starts[param.name] = param.value;
      const given = address().get(`${name}.${param.name}`);
      const known = param.bind.options?.find(option => same(option, given));
      if (known !== undefined) param.value = known;
      else if (given !== null && param.bind.input === "range") {
        const number = Number(given);
        if (number >= param.bind.min && number <= param.bind.max) param.value = number;
      }
    }
    const { view } = await vegaEmbed(chart, spec, { actions: false, renderer: "svg", config: ink(), tooltip: { theme: dark() ? "dark" : "light" } });
    for (const choice of Object.keys(starts))
      view.addSignalListener(choice, (_, value) => {
        keep(name, choice, value, starts[choice]);
        view.runAsync().then(() => tell(box, view));
      });
    tell(box, view);
    box.querySelectorAll("[hidden]").forEach(part => { part.hidden = false; });
    return view;
  }

  async function drawAll() {
    for (const box of document.querySelectorAll(".explorer")) {
      box.vega?.finalize();
      box.vega = await draw(box);
    }
  }

  if (window.explorersDrawn || !window.vegaEmbed) return;
  window.explorersDrawn = true;
  drawAll();
  let theme = dark();
  new MutationObserver(() => {
    if (theme !== dark()) { theme = dark(); drawAll(); }
  }).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
})();
