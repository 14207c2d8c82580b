// Puts the parts together: which story, which pair, which article is shown.

/** A story with more edges begins with quotations and credits switched off. */
const MOST_LINES = 800;

const byId = (id) => document.getElementById(id);

function showStories() {
  const picker = byId("story");
  common.stories.forEach((found, place) => {
    picker.append(make("option", { value: place }, `${counted(found.articles, "article", "articles")}: ${shortened(found.title, 90)}`));
  });
  if (common.alone) picker.append(make("option", { value: common.stories.length }, `${counted(common.alone, "article", "articles")} linked to no other`));
  byId("picker").hidden = storyBlocks.length < 2;
  const card = byId("card");
  let story = null;
  const put = (nodes) => {
    card.replaceChildren(...nodes.flat(Infinity).filter((node) => node !== null && node !== undefined));
  };
  const reveal = () => {
    byId("evidence").scrollIntoView({ block: "start" });
    byId("evidence").focus({ preventScroll: true });
  };
  const choose = {
    pair(pair, quietly) { put(pairCard(story, pair, choose)); byId("pair").value = pair.left + "\n" + pair.right; byId("article").value = ""; if (!quietly) reveal(); },
    article(id, quietly) { put(articleCard(story, id, choose)); byId("article").value = id; byId("pair").value = ""; if (!quietly) reveal(); },
    source(id) { put(sourceCard(story, id, choose)); byId("article").value = ""; byId("pair").value = ""; reveal(); },
    edge(edge) {
      put(edgeCard(story, edge, choose));
      const pair = pairBetween(story, edge.source, edge.target);
      byId("pair").value = pair ? pair.left + "\n" + pair.right : "";
      byId("article").value = "";
      reveal();
    },
  };
  const graph = new Graph(byId("picture"), byId("graph-note"), choose);
  legend(byId("legend"));
  const open = async (place) => {
    byId("graph-note").textContent = "reading the story …";
    const found = await storyAt(place);
    if (+picker.value !== place && picker.value !== "") return;
    story = found;
    for (const box of document.querySelectorAll('[data-relation="quotes"], [data-relation="credits"]')) {
      box.checked = story.edges.length <= MOST_LINES;
      graph.relations[box.checked ? "add" : "delete"](box.dataset.relation);
    }
    graph.show(story);
    timeline(byId("times"), story, choose);
    byId("pair").replaceChildren(make("option", { value: "" }, `choose one of ${story.pairs.length}`), ...ranked(story.pairs).map((pair) => make("option", { value: pair.left + "\n" + pair.right }, `${pair.left} and ${pair.right} (${pair.verdict})`)));
    byId("article").replaceChildren(make("option", { value: "" }, `choose one of ${story.articles.length}`), ...story.articles.map((article) => make("option", { value: article.id }, article.outlet ? `${article.outlet}: ${article.id}` : article.id)));
    const best = ranked(story.pairs)[0];
    if (best) choose.pair(best, true);
    else if (story.articles.length) choose.article(story.articles[0].id, true);
  };
  picker.addEventListener("change", () => open(+picker.value));
  byId("pair").addEventListener("change", (event) => { const pair = story.pairOf.get(event.target.value); if (pair) choose.pair(pair, true); });
  byId("article").addEventListener("change", (event) => { if (event.target.value) choose.article(event.target.value, true); });
  byId("find").addEventListener("input", (event) => { graph.wanted = event.target.value.trim().toLocaleLowerCase(); graph.apply(); });
  byId("least").addEventListener("input", (event) => { graph.least = +event.target.value; byId("least-shown").textContent = graph.least ? graph.least.toFixed(2).slice(1) : "0"; graph.apply(); });
  for (const box of document.querySelectorAll("[data-relation]")) {
    box.addEventListener("change", () => { graph.relations[box.checked ? "add" : "delete"](box.dataset.relation); graph.apply(); });
  }
  for (const box of document.querySelectorAll("[data-shape]")) {
    box.addEventListener("change", () => { graph.hidden[box.checked ? "delete" : "add"](box.dataset.shape); graph.apply(); });
  }
  for (const button of document.querySelectorAll("[data-pan]")) {
    button.addEventListener("click", () => graph.pan(...button.dataset.pan.split(",").map(Number)));
  }
  byId("zoom-in").addEventListener("click", () => graph.zoomBy(1.4));
  byId("zoom-out").addEventListener("click", () => graph.zoomBy(1 / 1.4));
  byId("zoom-fit").addEventListener("click", () => graph.fit(true));
  let wide = window.innerWidth;
  window.addEventListener("resize", () => {
    if (!story || window.innerWidth === wide) return;
    wide = window.innerWidth;
    graph.fit();
    timeline(byId("times"), story, choose);
  });
  window.addEventListener("beforeprint", () => graph.onPaper(true));
  window.addEventListener("afterprint", () => graph.onPaper(false));
  byId("back").addEventListener("click", () => {
    byId("graph").scrollIntoView({ block: "start" });
    graph.refocus();
  });
  return open(0);
}

/** The pairs an editor asks about first: a journalist's own words in common, most words first. */
function ranked(pairs) {
  return [...pairs].sort((one, other) => (other.verdict === "lineage") - (one.verdict === "lineage") || other.own_words - one.own_words || other.quoted_words - one.quoted_words || (one.left + one.right < other.left + other.right ? -1 : 1));
}

function showTheme() {
  const button = byId("theme");
  const isDark = () => (document.documentElement.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const say = () => { button.textContent = isDark() ? "Light" : "Dark"; button.setAttribute("aria-label", isDark() ? "Light colours" : "Dark colours"); };
  button.hidden = false;
  button.addEventListener("click", () => { document.documentElement.dataset.theme = isDark() ? "light" : "dark"; say(); });
  say();
}

async function start() {
  showTheme();
  try {
    common = await unpacked(byId("common"));
  } catch (error) {
    byId("all-tables").textContent = `This browser cannot unpack the data of the page (${error.message}). The files beside it hold all of it.`;
    return;
  }
  matrix(byId("matrix"));
  showTables(byId("all-tables"));
  if (storyBlocks.length) await showStories();
}

start();
