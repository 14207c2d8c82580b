// When the articles of a story appeared, to scale, one row per outlet.

const MOST_TIME_ROWS = 60;

function timeline(place, story, choose) {
  const dated = story.articles.filter((article) => article.published).map((article) => ({ article, time: moment(article.published) })).sort((one, other) => one.time - other.time || (one.article.id < other.article.id ? -1 : 1));
  const undated = story.articles.length - dated.length;
  if (dated.length < 2) {
    place.replaceChildren(make("p", {}, `${dated.length ? "Only one article of this story is dated" : "No article of this story is dated"}, so there is nothing to draw; what came first is inferred from the words alone.`));
    return;
  }
  const names = [...new Set(dated.map(({ article }) => article.outlet || article.id))];
  const rows = names.slice(0, MOST_TIME_ROWS);
  const first = dated[0].time;
  const last = dated[dated.length - 1].time;
  const wide = Math.max(320, Math.min(1500, place.clientWidth || 900));
  const label = Math.min(190, wide * 0.3);
  const x = (time) => label + 14 + ((time - first) / (last - first || 1)) * (wide - label - 40);
  const y = (row) => 24 + row * 26;
  const picture = draw("svg", { class: "times", viewBox: `0 0 ${wide} ${y(rows.length) + 26}`, role: "group", "aria-label": "Timeline, to scale" });
  rows.forEach((name, row) => picture.append(draw("line", { x1: label + 8, x2: wide - 8, y1: y(row), y2: y(row) }), draw("text", { x: 0, y: y(row) + 4 }, shortened(name, Math.floor(label / 7.5)))));
  const ticks = last === first ? 1 : Math.max(2, Math.min(6, Math.floor((wide - label) / 150)));
  for (let tick = 0; tick < ticks; tick += 1) {
    const time = first + ((last - first) * tick) / Math.max(1, ticks - 1);
    const at = x(time);
    picture.append(draw("line", { x1: at, x2: at, y1: 8, y2: y(rows.length) }), draw("text", { class: "soft", x: at, y: y(rows.length) + 14, "text-anchor": tick === 0 ? "start" : tick === ticks - 1 ? "end" : "middle" }, stamp(time, last - first)));
  }
  const taken = new Map();
  for (const { article, time } of dated) {
    const row = rows.indexOf(article.outlet || article.id);
    if (row < 0) continue;
    const name = `${labelOf(article)}, ${article.published}${article.title ? `: ${article.title}` : ""}`;
    const spot = `${Math.round(x(time) / 3)} ${row}`;
    const beside = taken.get(spot) || 0;
    taken.set(spot, beside + 1);
    const [cx, cy] = [x(time) + 5 * (beside % 4), y(row) + 3 * (beside % 4)];
    const dot = draw("g", { class: "moment", tabindex: "0", role: "button", "aria-label": name, onclick: () => choose.article(article.id), onkeydown: (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); choose.article(article.id); } } });
    dot.append(draw("circle", { class: "around", cx, cy, r: 12 }), draw("circle", { cx, cy, r: 7 }), draw("title", {}, name));
    picture.append(dot);
  }
  const notes = [];
  if (undated) notes.push(`${counted(undated, "article is", "articles are")} undated`);
  if (names.length > rows.length) notes.push(`${names.length - rows.length} more outlets are left out`);
  place.replaceChildren(picture, make("p", { class: "note" }, `To scale, times in UTC, as the articles state them.${notes.length ? ` ${notes.join("; ")}.` : ""}`));
}

/** The first moment of a stamp to the minute, hour, day or month. */
function moment(published) {
  const [date, time = ""] = published.replace("Z", "").split("T");
  const [year, month, day = "1"] = date.split("-");
  const [hour = "0", minute = "0"] = time ? time.split(":") : [];
  return Date.UTC(+year, +month - 1, +day, +hour, +minute);
}

function stamp(time, range) {
  const text = new Date(time).toISOString();
  return range > 5 * 86400e3 ? text.slice(0, 10) : text.slice(0, 16).replace("T", " ");
}
