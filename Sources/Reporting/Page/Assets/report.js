// Filters by task and by strategy. Without it the page shows everything.
(function () {
  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));

  // Filters.
  const form = document.getElementById("filters");
  const shown = document.getElementById("shown");
  const style = document.head.appendChild(document.createElement("style"));
  const boxes = all("input[type=checkbox]", form);
  const sections = all("section.role").map((element) => ({
    element, cards: all(".card", element),
    regrets: JSON.parse(element.querySelector("script.regrets").textContent),
  }));

  function apply() {
    const wanted = all("select", form).filter((select) => select.value !== "");
    const hidden = new Set(boxes.filter((box) => !box.checked).map((box) => box.value));
    const rules = [];
    let count = 0;
    let total = 0;
    for (const section of sections) {
      const tasks = new Set();
      for (const card of section.cards) {
        const isShown = wanted.every((select) => card.dataset[select.dataset.label] === select.value);
        card.hidden = !isShown;
        if (isShown) tasks.add(Number(card.dataset.task));
      }
      count += tasks.size;
      total += section.cards.length;
      section.regrets.contestants.forEach((name, index) => {
        if (hidden.has(name)) rules.push(`#${section.element.id} [data-contestant="${index}"]{display:none}`);
      });
      showRegrets(section, tasks);
    }
    style.textContent = rules.join("\n");
    const isFiltered = count < total;
    document.body.classList.toggle("unfiltered", !isFiltered);
    const strategies = boxes.length - hidden.size;
    shown.textContent = `${count} of ${total} tasks, ${strategies} of ${boxes.length} strategies and baselines`;
  }

  // The mean regret on the tasks of the headline that are shown.
  function showRegrets(section, tasks) {
    const places = section.regrets.tasks.map((task, place) => [task, place]).filter(([task]) => tasks.has(task));
    for (const row of all("tr[data-contestant]", section.element)) {
      const cell = row.querySelector(".shown-regret");
      if (!cell) continue;
      const regrets = section.regrets.regrets[Number(row.dataset.contestant)];
      const values = places.map(([, place]) => regrets[place]).filter((value) => value !== null);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      cell.textContent = values.length === 0 ? "–" : mean.toFixed(3);
      cell.parentElement.dataset.value = values.length === 0 ? "" : mean;
    }
  }

  for (const cell of all(".shown-regret")) {
    const column = cell.parentElement.cellIndex;
    for (const row of cell.closest("table").rows) row.cells[column].classList.add("shown-column");
  }
  form.addEventListener("change", apply);
  form.addEventListener("reset", () => setTimeout(apply, 0));
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const [id, checked] of [["all", true], ["none", false]]) {
    document.getElementById(id).addEventListener("click", () => {
      boxes.forEach((box) => { box.checked = checked; });
      apply();
    });
  }
  apply();
})();
