"use strict";
// Run inside a report, behind its own script: uses it as a reader would and writes what it found into the page.
(async function () {
  const problems = [];
  const expect = (isSo, text) => { if (!isSo) problems.push(text); };
  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  const settled = () => new Promise((resolve) => setTimeout(resolve, 20));
  const isShown = (element) => getComputedStyle(element).display !== "none";
  try {
    const cards = all(".card");
    expect(cards.length > 0, "there are no cards");
    expect(cards.every((card) => card.querySelector("svg.figure [data-contestant]")), "a card has no marks");
    const ids = all("[id]").map((element) => element.id);
    expect(new Set(ids).size === ids.length, "identities are not unique");
    const shapes = new Set(all(".shapes [id]").map((shape) => "#" + shape.id));
    expect(all("svg.figure use").every((use) => shapes.has(use.getAttribute("href"))), "a shape is not defined");
    expect(all("svg.figure .dot title").length > cards.length, "there are no hover texts");
    const outside = all("[src], link, a").filter((element) =>
      /^(https?:)?\/\//.test(element.getAttribute("src") || element.getAttribute("href") || ""));
    expect(outside.length === 0, "something is loaded from elsewhere");
    expect(document.documentElement.scrollWidth <= window.innerWidth + 1, "the page is wider than the window");

    for (const table of all("table.sortable").filter((table) => table.tBodies[0].rows.length > 1)) {
      const heading = table.querySelector("thead th[data-kind=number]");
      const column = heading ? heading.cellIndex : 0;
      if (!heading) continue;
      const values = () => Array.from(table.tBodies[0].rows)
        .map((row) => row.cells[column].dataset.value).filter((value) => value !== "").map(Number);
      heading.querySelector("button").click();
      expect(heading.getAttribute("aria-sort") === "ascending", "aria-sort is not ascending");
      expect(values().every((value, i, list) => i === 0 || list[i - 1] <= value), "not sorted rising");
      heading.querySelector("button").click();
      expect(heading.getAttribute("aria-sort") === "descending", "aria-sort is not descending");
      expect(values().every((value, i, list) => i === 0 || list[i - 1] >= value), "not sorted falling");
    }

    // Recomputed from the tasks' regrets, the means are those of the headline.
    for (const cell of all(".shown-regret")) {
      const column = Array.from(cell.closest("table").tHead.rows[0].cells)
        .findIndex((heading) => heading.textContent === "regret");
      const written = cell.closest("tr").cells[column].textContent;
      const tasks = Number(cell.closest("tr").cells[1].textContent);
      const largest = Math.max(...all("tbody tr", cell.closest("table")).map((row) => Number(row.cells[1].textContent)));
      if (tasks === largest) expect(Math.abs(Number(cell.textContent) - Number(written)) < 0.0011,
        `${cell.closest("tr").cells[0].textContent}: ${cell.textContent} instead of ${written}`);
    }

    const optimizer = document.querySelector("select[data-label=optimizer]");
    optimizer.value = optimizer.options[1].value;
    optimizer.dispatchEvent(new Event("change", { bubbles: true }));
    const shown = cards.filter(isShown);
    expect(shown.length > 0 && shown.every((card) => card.dataset.optimizer === optimizer.value), "wrong tasks shown");
    expect(shown.length === cards.filter((card) => card.dataset.optimizer === optimizer.value).length, "tasks missing");
    expect(document.getElementById("shown").textContent.startsWith(`${shown.length} of ${cards.length} tasks`), "count");
    expect(all(".shown-column").some(isShown) || optimizer.options.length === 2, "no regret of the shown tasks");

    const box = document.querySelector("#filters input[type=checkbox]");
    const marks = () => all("section.role").flatMap((section) => {
      const names = JSON.parse(section.querySelector("script.regrets").textContent).contestants;
      const index = names.indexOf(box.value);
      return index < 0 ? [] : all(`[data-contestant="${index}"]`, section);
    });
    expect(marks().length > 0, "a strategy has no marks");
    box.checked = false;
    box.dispatchEvent(new Event("change", { bubbles: true }));
    expect(!marks().some(isShown), "a hidden strategy is still shown");
    document.getElementById("none").click();
    expect(all("tr[data-contestant]").every((row) => !isShown(row)), "rows remain without strategies");
    document.querySelector("#filters button[type=reset]").click();
    await settled();
    expect(cards.every(isShown) && marks().some(isShown), "reset does not show everything");

    for (const element of all("button, select, summary").filter((element) => element.checkVisibility({ contentVisibilityAuto: true })).slice(0, 40)) {
      element.focus();
      expect(document.activeElement === element, "a control cannot be focused");
    }
  } catch (error) {
    problems.push(String(error));
  }
  const verdict = document.createElement("pre");
  verdict.id = "check";
  verdict.textContent = problems.length === 0 ? `fine: ${all(".card").length} tasks` : problems.join("; ");
  document.body.append(verdict);
})();
