// Tables that sort, filter and copy as CSV.

const MOST_ROWS = 200;

/** A spreadsheet must take a copied cell for text, as the CSV files of the report do. */
function csvCell(value) {
  if (value === null || value === undefined) return "";
  let text = visible(String(value));
  if (typeof value === "string" && /^[\s']*[=+\-@\t＝＋－＠]/.test(text)) text = "'" + text;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function shownCell(value, type) {
  if (value === null || value === undefined) return "";
  if (type === "number") return String(Math.round(value * 1e4) / 1e4);
  if (type === "boolean") return value ? "true" : "false";
  return String(value);
}

/** Empty cells come last, whichever way. */
function compareCells(one, other, falling) {
  if (one === null || other === null) return (one === null) - (other === null);
  const way = falling ? -1 : 1;
  if (typeof one === "number" && typeof other === "number") return way * (one - other);
  return way * (String(one) < String(other) ? -1 : String(one) > String(other) ? 1 : 0);
}

function dataTable(name, table) {
  let order = null;
  let falling = false;
  let limit = MOST_ROWS;
  const body = make("tbody");
  const status = make("span", { class: "note", role: "status" });
  const filter = make("input", { type: "search", "aria-label": `Filter ${name}`, oninput: () => { limit = MOST_ROWS; show(); } });
  const more = make("button", { type: "button", onclick: () => { limit += MOST_ROWS; show(); } }, "More rows");
  const heads = table.columns.map((column, place) =>
    make("th", { scope: "col", title: column.meaning }, make("button", { type: "button", onclick: () => sortBy(place) }, column.name))
  );
  const found = () => {
    const wanted = filter.value.trim().toLocaleLowerCase();
    const rows = wanted ? table.rows.filter((row) => row.some((cell) => cell !== null && String(cell).toLocaleLowerCase().includes(wanted))) : [...table.rows];
    if (order !== null) rows.sort((one, other) => compareCells(one[order], other[order], falling));
    return rows;
  };
  const sortBy = (place) => {
    falling = order === place && !falling;
    order = place;
    heads.forEach((head, number) => (number === place ? head.setAttribute("aria-sort", falling ? "descending" : "ascending") : head.removeAttribute("aria-sort")));
    show();
  };
  const cellOf = (cell, column) => {
    const text = shownCell(cell, column.type);
    const isNumber = column.type !== "text" && column.type !== "boolean";
    return make("td", { class: isNumber ? "number" : null, dir: isNumber ? null : "auto" }, isNumber ? text : make("span", { class: text.length > 14 ? "long wide" : "long" }, text));
  };
  const show = () => {
    const rows = found();
    body.replaceChildren(...rows.slice(0, limit).map((row) => make("tr", {}, row.map((cell, place) => cellOf(cell, table.columns[place])))));
    status.textContent = rows.length > limit ? `${limit} of ${counted(rows.length, "row", "rows")}` : counted(rows.length, "row", "rows");
    more.hidden = rows.length <= limit;
  };
  const copy = make("button", { type: "button", onclick: async () => {
    const lines = [table.columns.map((column) => column.name), ...found()].map((row) => row.map(csvCell).join(","));
    status.textContent = (await copied(lines.join("\n") + "\n")) ? "copied" : "the browser refused; the CSV file beside the page has the same rows";
  } }, "Copy as CSV");
  show();
  return make("div", {},
    make("p", { class: "note" }, `One row per ${table.row}.`),
    make("p", { class: "toolbar" }, make("label", {}, "Filter ", filter), copy, status),
    make("div", { class: "scroll tall", tabindex: "0", role: "region", "aria-label": `Table ${name}` }, make("table", { class: "data" }, make("caption", { class: "visually-hidden" }, name), make("thead", {}, make("tr", {}, heads)), body)),
    more);
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = make("textarea", { class: "visually-hidden", "aria-hidden": "true" });
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

let sheets = null;

function showTables(place) {
  place.classList.add("sheets");
  for (const [name, size] of Object.entries(common.tables)) {
    const details = make("details", { id: `table-${name}` }, make("summary", {}, `${name} (${size.toLocaleString("en")})`));
    details.addEventListener("toggle", async () => {
      if (!details.open || details.children.length > 1) return;
      sheets = sheets || unpacked(document.getElementById("sheets"));
      const table = (await sheets)[name];
      if (details.children.length === 1) details.append(dataTable(name, table));
    });
    place.append(details);
  }
}
