// Who draws on whom, outlet by outlet.

const MOST_OUTLETS = 30;

function matrix(place) {
  const table = common.outlets;
  const at = (name) => table.columns.findIndex((column) => column.name === name);
  const [source, target, drawn, expected, lag] = ["source_outlet", "target_outlet", "articles", "expected_articles", "median_lag_hours"].map(at);
  if (!table.rows.length) {
    place.replaceChildren(make("p", {}, "No outlet was found to draw on another, or the articles do not say which outlet they are of."));
    return;
  }
  const weight = new Map();
  for (const row of table.rows) for (const name of [row[source], row[target]]) weight.set(name, (weight.get(name) || 0) + row[expected]);
  const names = [...weight].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1)).slice(0, MOST_OUTLETS).map(([name]) => name);
  const cells = new Map(table.rows.map((row) => [row[source] + "\n" + row[target], row]));
  const most = Math.max(...table.rows.map((row) => row[expected]));
  const head = make("tr", {}, make("td", {}, make("span", { class: "visually-hidden" }, "is drawn on by")), names.map((name) => make("th", { scope: "col", title: name }, bdi(shortened(name, 24)))));
  const body = names.map((from) => make("tr", {}, make("th", { scope: "row", title: from }, bdi(shortened(from, 28))), names.map((to) => {
    const row = cells.get(from + "\n" + to);
    if (!row) return make("td", {}, "");
    const level = Math.max(1, Math.ceil((4 * row[expected]) / most));
    const words = `${to} draws on ${from}: ${row[drawn]} with an arrow, ${row[expected].toFixed(1)} expected${row[lag] === null ? "" : `, median lag ${row[lag].toFixed(1)} h`}`;
    return make("td", { "data-level": level, title: words }, row[expected] >= 9.5 ? Math.round(row[expected]) : row[expected] < 0.05 ? "<.1" : row[expected].toFixed(1));
  })));
  const more = weight.size - names.length;
  place.replaceChildren(
    make("p", { class: "hint" }, "Sources in rows: each cell says how many articles of the outlet in the column are expected to draw on the outlet in the row (a sum of probabilities, unresolved pairs included). Articles without an outlet are not counted."),
    make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Outlet matrix" }, make("table", { class: "matrix" }, make("caption", { class: "visually-hidden" }, "Expected number of articles of the outlet in the column that draw on the outlet in the row"), make("thead", {}, head), make("tbody", {}, body))),
    more > 0 ? make("p", { class: "note" }, `${counted(more, "more outlet", "more outlets")}: see the table of outlets.`) : "");
}
