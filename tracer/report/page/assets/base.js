// Reading the data, making elements, writing numbers. Text from articles only ever becomes text nodes and attributes.

let common = null;
const storyBlocks = [...document.querySelectorAll("script.story")];
const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes and children; strings become text. `on…` attributes are listeners. */
function make(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for SVG. */
function draw(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : visible(String(value)));
  }
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined) element.append(child instanceof Node ? child : visible(String(child)));
  }
  return element;
}

/** Control characters written out, so that nothing in a text is invisible or does anything. */
function visible(text) {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, (mark) => {
    return "\\x" + mark.charCodeAt(0).toString(16).padStart(2, "0");
  });
}

/** A name that keeps its own direction of writing. */
function bdi(text) {
  return make("bdi", {}, text);
}

function probability(value) {
  if (value === null || value === undefined) return "–";
  if (value < 0.005) return "<.01";
  return value >= 0.995 ? ">.99" : value.toFixed(2).slice(1);
}

function percent(value) {
  if (!value || value <= 0) return "–";
  return value < 0.005 ? "<1 %" : `${Math.round(100 * value)} %`;
}

function signed(value) {
  return (value < 0 ? "−" : "+") + Math.abs(value).toFixed(2);
}

function counted(number, one, several) {
  return `${number.toLocaleString("en")} ${number === 1 ? one : several}`;
}

function shortened(text, most) {
  const points = [...text];
  return points.length <= most ? text : points.slice(0, most - 1).join("") + "…";
}

/** A link for an address of the web; any other address stays text. */
function address(url) {
  if (!/^https?:\/\//i.test(url || "")) return url ? bdi(url) : null;
  return make("a", { href: url, rel: "noopener noreferrer nofollow", target: "_blank" }, bdi(url));
}

/** What a block of data holds: JSON, or JSON packed with gzip where there is much of it. */
async function unpacked(block) {
  if (!block.dataset.packed) return JSON.parse(block.textContent);
  const bytes = Uint8Array.from(atob(block.textContent), (mark) => mark.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
}

/** One story, parsed when it is first asked for; what is looked up by id is a map, as ids may be called anything. */
const stories = storyBlocks.map(() => null);
async function storyAt(place) {
  if (stories[place] === null) {
    const story = await unpacked(storyBlocks[place]);
    story.nodes = new Map();
    for (const article of story.articles) story.nodes.set(article.id, { ...article, kind: "article", shape: article.kind, label: labelOf(article) });
    for (const source of story.sources) story.nodes.set(source.id, { ...source, shape: source.kind, label: source.name });
    story.pairOf = new Map(story.pairs.map((pair) => [pair.left + "\n" + pair.right, pair]));
    story.places = new Map(Object.entries(story.layout.places));
    story.bends = new Map(Object.entries(story.layout.bends).map(([source, targets]) => [source, new Map(Object.entries(targets))]));
    stories[place] = story;
  }
  return stories[place];
}

function labelOf(article) {
  return article.outlet || article.id;
}

function nodeName(story, id) {
  const node = story.nodes.get(id);
  return node ? (node.kind === "article" ? node.id : node.name) : id;
}

function pairBetween(story, one, other) {
  return story.pairOf.get(one + "\n" + other) || story.pairOf.get(other + "\n" + one);
}

/** Code points of a text: places in the data count them, not UTF-16 units. */
const pointsOf = new Map();
function cut(article, start, stop) {
  if (!pointsOf.has(article.id)) pointsOf.set(article.id, /[\ud800-\udfff]/.test(article.text) ? [...article.text] : article.text);
  const points = pointsOf.get(article.id);
  return typeof points === "string" ? points.slice(start, stop) : points.slice(start, stop).join("");
}
