"use strict";
// Nothing on the page needs this script; it sorts and filters the table of documents.
const table = document.getElementById("docs");
const body = table.tBodies[0];
const heads = [...table.tHead.rows[0].cells];
const rows = [...body.rows];
const words = new Intl.Collator(undefined, { numeric: true });
const numeric = heads.map((_, n) => rows.every((row) => !Number.isNaN(Number(row.cells[n].textContent))));

const sort = (n) => {
  const head = heads[n];
  // A name begins at its beginning, a figure with the most.
  const first = numeric[n] ? "descending" : "ascending";
  const other = numeric[n] ? "ascending" : "descending";
  const order = head.getAttribute("aria-sort") === first ? other : first;
  heads.forEach((one) => one.removeAttribute("aria-sort"));
  head.setAttribute("aria-sort", order);
  const sign = order === "ascending" ? 1 : -1;
  const keyed = rows.map((row) => [numeric[n] ? Number(row.cells[n].textContent) : row.cells[n].textContent, row]);
  keyed.sort(([a], [b]) => sign * (numeric[n] ? a - b : words.compare(a, b)));
  body.append(...keyed.map(([, row]) => row));
};
heads.forEach((head, n) => {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...head.childNodes);
  head.append(button);
  button.addEventListener("click", () => sort(n));
});

const filter = document.getElementById("filter");
const found = document.getElementById("found");
const named = table.classList.contains("grouped") ? 2 : 1;
const told = rows.map((row) => [...row.cells].slice(0, named).map((cell) => cell.textContent).join("\n").toLowerCase());
filter.addEventListener("input", () => {
  const sought = filter.value.trim().toLowerCase();
  let count = 0;
  rows.forEach((row, n) => (count += !(row.hidden = !told[n].includes(sought))));
  found.value = sought ? `${count} of ${rows.length}` : "";
});
addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((one) => (one.open = true)));
document.querySelectorAll(".with-script").forEach((hint) => (hint.hidden = false));
