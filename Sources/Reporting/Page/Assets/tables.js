"use strict";
// Sorting of tables. Without it they stay in the order in which they were written.
(function () {
  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));

  // Sorting: a click goes from rising to falling; cells without a number come last.
  for (const table of all("table.sortable")) {
    all("thead th", table).forEach((heading, column) => {
      heading.querySelector("button").addEventListener("click", () => sort(table, heading, column));
    });
  }

  function sort(table, heading, column) {
    const falls = heading.getAttribute("aria-sort") === "ascending";
    const isNumber = heading.dataset.kind === "number";
    const body = table.tBodies[0];
    const key = (row) => {
      const cell = row.cells[column];
      if (!isNumber) return cell.textContent;
      return cell.dataset.value === undefined || cell.dataset.value === "" ? NaN : Number(cell.dataset.value);
    };
    const rows = Array.from(body.rows).map((row, place) => ({ row, place, key: key(row) }));
    rows.sort((a, b) => {
      if (isNumber && (isNaN(a.key) || isNaN(b.key))) return isNaN(a.key) - isNaN(b.key) || a.place - b.place;
      const order = isNumber ? a.key - b.key : a.key.localeCompare(b.key);
      return (falls ? -order : order) || a.place - b.place;
    });
    all("thead th", table).forEach((other) => other.removeAttribute("aria-sort"));
    heading.setAttribute("aria-sort", falls ? "descending" : "ascending");
    body.append(...rows.map((entry) => entry.row));
  }
})();
