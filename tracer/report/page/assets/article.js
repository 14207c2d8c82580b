// The card of an article, and that of a source that nobody handed in.

const PARTS = {
  original: "its own, as far as these texts tell",
  lineage: "a journalist's words that it has in common, and is not known to have first",
  statement: "mostly a third party's words",
  credited: "given as from a source that it names",
  furniture: "page furniture, left out",
};
const STATUS = {
  kept: "names a source whose words it has",
  altered: "names others, but not those whose words it has",
  stripped: "has words of a source and names nobody",
  none: "was not found to owe a credit",
};

function articleCard(story, id, choose) {
  const article = story.nodes.get(id);
  const facts = [
    ["Handed in as", article.shape === "article" ? null : article.shape],
    ["Outlet", article.outlet ? bdi(article.outlet) : null],
    ["Title", article.title ? bdi(article.title) : null],
    ["Published", article.published || "undated"],
    ["Address", address(article.url)],
    ["Size", counted(article.words, "word", "words")],
    ["Names as sources", `${article.credits.length ? article.credits.join(", ") : "nobody"} (${article.credit_status}: ${STATUS[article.credit_status] || ""})`],
    ["Later version of", article.version_of ? bdi(article.version_of) : null],
    ["P(nothing upstream)", article.p_root === null ? null : probability(article.p_root)],
    ["Warnings", article.warnings.length ? article.warnings.join("; ") : null],
  ];
  return [
    make("h3", {}, bdi(id)),
    make("dl", { class: "facts" }, facts.filter(([, value]) => value).map(([name, value]) => [make("dt", {}, name), make("dd", {}, value)])),
    shares(article),
    edgeList(story, story.edges.filter((edge) => edge.target === id), "Draws on, quotes or credits", true, choose),
    edgeList(story, story.edges.filter((edge) => edge.source === id), "Is drawn on by", false, choose),
    make("h4", {}, "Sentence by sentence"),
    make("ul", { class: "legend", "aria-label": "What the marks mean" }, Object.entries(PARTS).map(([part, words]) => make("li", {}, make("span", { class: "sheet" }, make("span", { class: `s ${part}` }, part)), words))),
    sheet(story, article),
  ];
}

function shares(article) {
  const parts = [["original", article.original], ["lineage", article.lineage], ["statement", article.statement]];
  const bars = parts.map(([part, share]) => {
    const bar = make("i", { class: part });
    bar.style.width = `${100 * share}%`;
    return bar;
  });
  return make("div", {}, make("div", { class: "shares", "aria-hidden": "true" }, bars), make("p", { class: "note" }, "Share of its words: ", parts.map(([part, share]) => `${part} ${percent(share)}`).join(" · ")));
}

function edgeList(story, edges, title, toSource, choose) {
  if (!edges.length) return null;
  const shown = [...edges].sort((one, other) => other.p - one.p).slice(0, 40);
  const rows = shown.map((edge) => {
    const id = toSource ? edge.source : edge.target;
    return make("li", {}, make("button", { type: "button", onclick: () => choose.edge(edge) }, bdi(nodeName(story, id))), ` ${edge.link}, P ${probability(edge.p)}${edge.share ? `, ${percent(edge.share)} of the words` : ""}`, edge.clue ? [" – ", make("span", { dir: "auto" }, edge.clue)] : null);
  });
  return [make("h4", {}, title), make("ul", { class: "edges" }, rows), edges.length > shown.length ? make("p", { class: "note" }, `${edges.length - shown.length} more: see edges.csv.`) : null];
}

/** The text, each sentence marked by whose words it holds; what stands between sentences stays as it is. */
function sheet(story, article) {
  const pieces = [];
  let last = 0;
  for (const [start, stop, part, source, p, other, q] of article.sentences) {
    pieces.push(cut(article, last, start));
    const named = (id, chance) => `${shortened(id ? nodeName(story, id) : "its own", 32)} ${probability(chance)}`;
    const near = q !== null && q >= 0.5 * p ? ` or ${named(other, q)}` : "";
    const from = source ? named(source, p) + near : part === "original" ? null : part === "lineage" ? "shared, order unresolved" : part;
    pieces.push(make("span", { class: `s ${part}` }, cut(article, start, stop)));
    if (from) pieces.push(make("span", { class: `tag ${part}`, title: PARTS[part] }, make("span", { class: "visually-hidden" }, `${part}: `), from));
    last = stop;
  }
  pieces.push(cut(article, last, [...article.text].length));
  return make("div", { class: "sheet", dir: "auto", lang: article.language }, pieces);
}

function sourceCard(story, id, choose) {
  const source = story.nodes.get(id);
  const kinds = { statement: "A statement that several articles quote", agency: "An agency that is named or credited", outlet: "An outlet that is named or credited", unseen: "A text that nobody handed in, demanded by the words of its witnesses" };
  const places = source.places.slice(0, 60).map(([article, start, stop]) => {
    const node = story.nodes.get(article);
    return make("li", {}, make("button", { type: "button", onclick: () => choose.article(article) }, bdi(article)), make("q", { dir: "auto" }, shortened(cut(node, start, stop), 400)));
  });
  return [
    make("h3", {}, bdi(source.name)),
    make("p", {}, `${kinds[source.kind] || source.kind}.`, source.confidence === null ? "" : ` P ${probability(source.confidence)}.`),
    source.text ? [make("h4", {}, "Its text, as far as its witnesses give it"), make("blockquote", { dir: "auto" }, source.text)] : null,
    edgeList(story, story.edges.filter((edge) => edge.source === id), "Who uses it", false, choose),
    places.length ? [make("h4", {}, "Where"), make("ul", { class: "questions" }, places)] : null,
    source.places.length > places.length ? make("p", { class: "note" }, `${source.places.length - places.length} more places: see sources.csv.`) : null,
  ];
}

/** The card of an edge: of the pair where both ends are articles, else of the source, led by what speaks for the edge. */
function edgeCard(story, edge, choose) {
  const pair = pairBetween(story, edge.source, edge.target);
  const said = make("p", {}, bdi(nodeName(story, edge.source)), " → ", bdi(nodeName(story, edge.target)), `: ${edge.link}, P ${probability(edge.p)}`, edge.p_direct === null ? "" : ` (directly ${probability(edge.p_direct)})`, edge.share ? `, ${percent(edge.share)} of the words of what is derived` : "", ".", edge.clue ? [" Decisive: ", make("span", { dir: "auto" }, edge.clue), "."] : "");
  if (pair) {
    const [title, ...rest] = pairCard(story, pair, choose);
    return [title, said, ...rest];
  }
  if (story.nodes.get(edge.source) && story.nodes.get(edge.source).kind !== "article") {
    const [title, ...rest] = sourceCard(story, edge.source, choose);
    return [title, said, ...rest];
  }
  return [make("h3", {}, "An arrow"), said, make("p", { class: "note" }, "The evidence on this pair is not on the page; `tracer explain` shows it.")];
}
