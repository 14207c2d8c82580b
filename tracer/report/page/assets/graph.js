// The provenance graph as SVG: places come from the report, d3-zoom moves the picture.

const HALF_WIDTH = 92;
const HALF_HEIGHT = 23;
const SOURCE_HALF = 84;
const SHAPES = {
  article: (w, h) => draw("rect", { class: "shape", x: -w, y: -h, width: 2 * w, height: 2 * h, rx: 5 }),
  statement: (w, h) => draw("path", { class: "shape", d: `M${-w},${-h}H${w - 12}L${w},${-h + 12}V${h}H${-w}Z` }),
  agency: (w, h) => draw("path", { class: "shape", d: `M${-w + 14},${-h}H${w - 14}L${w},0L${w - 14},${h}H${-w + 14}L${-w},0Z` }),
  outlet: (w, h) => draw("path", { class: "shape", d: `M${-w},${-h}H${w - 14}L${w},0L${w - 14},${h}H${-w}L${-w + 14},0Z` }),
  unseen: (w, h) => draw("ellipse", { class: "shape", rx: w, ry: h }),
};
const DOTS = {
  article: () => draw("circle", { class: "shape", r: 6 }),
  statement: () => draw("rect", { class: "shape", x: -6, y: -6, width: 12, height: 12 }),
  agency: () => draw("path", { class: "shape", d: "M-4,-7H4L8,0L4,7H-4L-8,0Z" }),
  outlet: () => draw("path", { class: "shape", d: "M0,-8L8,0L0,8L-8,0Z" }),
  unseen: () => draw("ellipse", { class: "shape", rx: 8, ry: 5 }),
};
const KIND_WORDS = { article: "article handed in", statement: "statement", agency: "agency", outlet: "outlet that is named", unseen: "unseen text" };

class Graph {
  constructor(place, note, choose) {
    this.place = place;
    this.note = note;
    this.choose = choose;
    this.relations = new Set(["draws_on", "quotes", "credits", "open"]);
    this.hidden = new Set();
    this.least = 0;
    this.wanted = "";
    this.tip = make("div", { class: "tip", hidden: true });
  }

  show(story) {
    this.story = story;
    this.full = story.layout.is_full;
    const size = story.layout;
    this.layer = draw("g");
    this.svg = draw("svg", { role: "group", "aria-label": `Provenance graph: ${counted(story.articles.length, "article", "articles")} and ${counted(story.sources.length, "source", "sources")}`, class: this.full ? null : "dots" });
    this.svg.append(draw("defs", {}, ["draws_on", "quotes", "credits"].map((relation) => draw("marker", { id: `head-${relation}`, viewBox: "0 0 10 10", refX: 9, refY: 5, markerWidth: 11, markerHeight: 11, markerUnits: "userSpaceOnUse", orient: "auto-start-reverse" }, draw("path", { class: `head ${relation}`, d: "M0,1L10,5L0,9Z" })))), this.layer);
    this.place.replaceChildren(this.svg, this.tip);
    this.layer.append(this.axis(size));
    this.links = [...story.edges.filter((edge) => story.places.has(edge.source) && story.places.has(edge.target)).map((edge) => this.link(edge)), ...story.pairs.filter((pair) => pair.direction === "unresolved" && story.places.has(pair.left) && story.places.has(pair.right)).map((pair) => this.open(pair))];
    this.nodes = [...story.nodes.values()].filter((node) => story.places.has(node.id)).map((node) => this.node(node));
    this.layer.append(draw("g", {}, this.links.map((link) => link.element)), draw("g", {}, this.nodes.map((node) => node.element)));
    if (this.full) this.nodes.forEach((entry) => this.squeeze(entry));
    this.order = [...this.nodes].sort((one, other) => one.x - other.x || one.y - other.y);
    if (this.order.length) this.order[0].element.setAttribute("tabindex", "0");
    this.moving = vendor.zoom().scaleExtent([0.02, 4]).filter((event) => (event.type === "wheel" ? event.ctrlKey || event.metaKey : !event.button)).on("zoom", (event) => {
      this.layer.setAttribute("transform", String(event.transform));
      if (this.full) return;
      this.svg.style.setProperty("--grow", Math.max(1, 0.7 / event.transform.k).toFixed(2));
      this.svg.style.setProperty("--unit", (1 / event.transform.k).toFixed(2));
    });
    this.canvas = vendor.select(this.svg).call(this.moving);
    this.canvas.on("dblclick.zoom", null);
    this.fit();
    this.apply();
  }

  axis(size) {
    const group = draw("g", { class: "axis", "aria-hidden": "true" });
    if (size.along !== "time") return group;
    for (const [x, id] of size.ticks) {
      const when = this.story.nodes.get(id).published.replace("T", " ").replace("Z", "");
      group.append(draw("line", { x1: x, x2: x, y1: 0, y2: size.height }), draw("text", { x: x, y: size.height + 14, "text-anchor": "middle" }, this.full ? `from ${when}` : when));
    }
    return group;
  }

  half(node) {
    if (!this.full) return [8, 8];
    return node.kind === "article" ? [HALF_WIDTH, HALF_HEIGHT] : [SOURCE_HALF, HALF_HEIGHT - 3];
  }

  node(node) {
    const [x, y] = this.story.places.get(node.id);
    const [w, h] = this.half(node);
    const under = node.kind === "article" && node.shape !== "article" ? `${node.shape} handed in` : node.kind === "article" ? (node.outlet ? node.published.replace("T", " ").replace("Z", "") || node.id : node.published) : node.kind === "unseen" ? "unseen text" : node.kind;
    const kind = node.kind === "article" && node.shape !== "article" ? `${node.shape} handed in` : KIND_WORDS[node.kind];
    const name = `${kind}: ${node.label}${node.kind === "article" && node.title ? `, ${shortened(node.title, 90)}` : ""}${node.published ? `, ${node.published}` : ""}`;
    const element = draw("g", { class: `node ${node.shape}${node.kind === "article" ? " article" : ""}`, transform: `translate(${x},${y})`, tabindex: "-1", role: "button", "aria-label": name, "data-id": node.id,
      onclick: () => this.pick(node), onkeydown: (event) => this.key(event, node), onpointerenter: (event) => this.hint(event, name), onpointerleave: () => this.unhint(), onfocus: () => this.into(x, y) });
    if (this.full) {
      element.append(SHAPES[node.shape](w, h), draw("text", { "text-anchor": "middle", y: under ? -2 : 4 }, shortened(node.label, 24)), under ? draw("text", { class: "under", "text-anchor": "middle", y: 14 }, shortened(under, 28)) : "");
    } else {
      element.append(DOTS[node.shape](), draw("text", { x: 11, y: 4 }, shortened(node.label, 40)));
    }
    return { element, node, x, y, text: `${node.id} ${node.label} ${node.title || ""}`.toLocaleLowerCase() };
  }

  /** Names that are too wide for their shape are drawn narrower. */
  squeeze({ element, node }) {
    const room = 2 * this.half(node)[0] - (node.kind === "article" ? 12 : 26);
    for (const text of element.querySelectorAll("text")) {
      if (text.getComputedTextLength() <= room) continue;
      text.setAttribute("textLength", room);
      text.setAttribute("lengthAdjust", "spacingAndGlyphs");
    }
  }

  curve(source, target) {
    const [x1, y1] = this.story.places.get(source);
    const [x2, y2] = this.story.places.get(target);
    const one = this.half(this.story.nodes.get(source))[0];
    const other = this.half(this.story.nodes.get(target))[0];
    const bends = (this.story.bends.get(source) || new Map()).get(target) || [];
    if (bends.length) {
      const points = [[x1 + one, y1], ...bends, [x2 - other, y2]];
      return points.slice(1).reduce((path, [x, y], place) => {
        const [px, py] = points[place];
        const bend = (x - px) / 2;
        return `${path}C${px + bend},${py} ${x - bend},${y} ${x},${y}`;
      }, `M${x1 + one},${y1}`);
    }
    if (x2 - x1 > one + other) {
      const bend = Math.max(24, (x2 - other - x1 - one) / 2);
      return `M${x1 + one},${y1}C${x1 + one + bend},${y1} ${x2 - other - bend},${y2} ${x2 - other},${y2}`;
    }
    if (Math.abs(x2 - x1) < 1 && this.full) {
      const out = one + 26 + Math.abs(y2 - y1) / 6;
      return `M${x1 + one},${y1}C${x1 + out},${y1} ${x2 + out},${y2} ${x2 + other},${y2}`;
    }
    const down = y2 >= y1 ? 1 : -1;
    const h1 = this.half(this.story.nodes.get(source))[1];
    const h2 = this.half(this.story.nodes.get(target))[1];
    if (Math.abs(y2 - y1) > h1 + h2) return `M${x1},${y1 + down * h1}C${x1},${y1 + down * (h1 + 26)} ${x2},${y2 - down * (h2 + 26)} ${x2},${y2 - down * h2}`;
    return `M${x1},${y1 - h1}C${x1},${y1 - h1 - 50} ${x2},${y2 - h2 - 50} ${x2},${y2 - h2}`;
  }

  link(edge) {
    const width = this.full ? 1.4 + 5.6 * Math.min(1, edge.share || 0) : 0.8 + 2.5 * Math.min(1, edge.share || 0);
    const doubtful = edge.relation === "draws_on" && /unresolved$/.test(edge.link);
    const name = `${nodeName(this.story, edge.source)} → ${nodeName(this.story, edge.target)}: ${edge.link}, P ${probability(edge.p)}${edge.share ? `, ${percent(edge.share)} of its words` : ""}`;
    const path = this.curve(edge.source, edge.target);
    return this.drawn({ p: edge.p, relation: edge.relation, ends: [edge.source, edge.target], name, path, pick: () => this.choose.edge(edge), line: { class: `edge ${edge.relation}${doubtful ? " doubtful" : ""}`, "stroke-width": width.toFixed(2), "marker-end": `url(#head-${edge.relation})` } });
  }

  open(pair) {
    const name = `${pair.left} and ${pair.right}: a journalist's own words in common; which came first is unresolved`;
    return this.drawn({ p: pair.kind[0], relation: "open", ends: [pair.left, pair.right], name, path: this.curve(pair.left, pair.right), pick: () => this.choose.pair(pair), line: { class: "edge open", "stroke-width": 1.6 } });
  }

  drawn(link) {
    const hit = draw("path", { class: "edge-hit", d: link.path, tabindex: this.full ? "0" : "-1", role: "button", "aria-label": link.name, onclick: () => { this.mark(link.element); link.pick(); }, onkeydown: (event) => {
      if (event.key === "Escape") this.unhint();
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); this.mark(link.element); link.pick(); }
    }, onpointerenter: (event) => this.hint(event, link.name), onpointerleave: () => this.unhint(), onfocus: (event) => {
      const box = event.target.getBoundingClientRect();
      this.hint({ clientX: box.left + box.width / 2, clientY: box.top + box.height / 2 }, link.name);
    }, onblur: () => this.unhint() });
    link.element = draw("g", { class: "link", "data-ends": link.ends.join(" → ") }, draw("path", { ...link.line, d: link.path }), hit);
    return link;
  }

  pick(node) {
    this.mark(this.nodes.find((entry) => entry.node === node).element);
    if (node.kind === "article") this.choose.article(node.id);
    else this.choose.source(node.id);
  }

  /** Give the focus back to what was chosen. */
  refocus() {
    const chosen = this.layer.querySelector(".chosen");
    const target = chosen && (chosen.matches(".node") ? chosen : chosen.querySelector(".edge-hit"));
    (target || this.order[0].element).focus({ preventScroll: true });
  }

  mark(element) {
    for (const old of this.layer.querySelectorAll(".chosen")) old.classList.remove("chosen");
    element.classList.add("chosen");
  }

  key(event, node) {
    if (event.key === "Escape") this.unhint();
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.pick(node);
      return;
    }
    const way = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[event.key];
    if (!way) return;
    event.preventDefault();
    const here = this.nodes.find((entry) => entry.node === node);
    const ahead = this.nodes.filter((entry) => entry !== here && !entry.element.classList.contains("faded") && (entry.x - here.x) * way[0] + (entry.y - here.y) * way[1] > 0.5);
    const far = (entry) => Math.abs((entry.x - here.x) * way[0] + (entry.y - here.y) * way[1]) + 2.5 * Math.abs((entry.x - here.x) * way[1] + (entry.y - here.y) * way[0]);
    const next = ahead.sort((one, other) => far(one) - far(other))[0];
    if (!next) return;
    here.element.setAttribute("tabindex", "-1");
    next.element.setAttribute("tabindex", "0");
    next.element.focus({ preventScroll: true });
  }

  /** Bring a node that got the focus into the picture. */
  into(x, y) {
    const now = this.transform();
    const box = this.place.getBoundingClientRect();
    const [left, top] = now.apply([x, y]);
    if (left < 0 || top < 0 || left > box.width || top > box.height) this.canvas.call(this.moving.translateTo, x, y);
  }

  transform() {
    return this.svg.__zoom || vendor.zoomIdentity;
  }

  hint(event, text) {
    this.tip.textContent = visible(text);
    this.tip.hidden = false;
    const box = this.place.getBoundingClientRect();
    this.tip.style.left = `${Math.max(6, Math.min(event.clientX - box.left + 12, box.width - 260))}px`;
    this.tip.style.top = `${Math.min(event.clientY - box.top + 14, box.height - 60)}px`;
  }

  unhint() {
    this.tip.hidden = true;
  }

  /** The whole picture, or as much of it as can be read at the first look. */
  fit(whole = false) {
    const box = this.place.getBoundingClientRect();
    const size = this.story.layout;
    const high = size.height + (size.along === "time" ? 24 : 0);
    const scale = Math.min(1.25, (box.width - 16) / size.width, (box.height - 16) / high);
    const readable = this.full && !whole ? Math.max(scale, Math.min(0.62, (box.height - 16) / high)) : scale;
    const left = readable > scale ? 8 : (box.width - readable * size.width) / 2;
    this.canvas.call(this.moving.transform, vendor.zoomIdentity.translate(left, Math.max(8, (box.height - readable * high) / 2)).scale(readable));
  }

  /** On paper the whole picture fits itself to whatever width there is. */
  onPaper(is) {
    const size = this.story.layout;
    if (is) {
      this.svg.setAttribute("viewBox", `0 0 ${size.width} ${size.height + 24}`);
      this.layer.removeAttribute("transform");
    } else {
      this.svg.removeAttribute("viewBox");
      this.layer.setAttribute("transform", String(this.transform()));
    }
  }

  /** Move the picture by a third of what is seen of it. */
  pan(right, down) {
    const box = this.place.getBoundingClientRect();
    const scale = this.transform().k;
    this.canvas.call(this.moving.translateBy, (right * box.width) / 3 / scale, (down * box.height) / 3 / scale);
  }

  zoomBy(factor) {
    this.canvas.call(this.moving.scaleBy, factor);
  }

  /** Show what the filters let through; the note says how much that is. */
  apply() {
    const found = new Set();
    const lacks = (id) => this.hidden.has(this.story.nodes.get(id).shape);
    for (const entry of this.nodes) {
      entry.element.style.display = lacks(entry.node.id) ? "none" : "";
      const is = this.wanted !== "" && entry.text.includes(this.wanted);
      entry.element.classList.toggle("found", is);
      if (is) found.add(entry.node.id);
    }
    let seen = 0;
    const busy = new Set();
    const near = new Set(found);
    for (const link of this.links) {
      const shown = this.relations.has(link.relation) && !link.ends.some(lacks) && link.p >= this.least && (!found.size || link.ends.some((end) => found.has(end)));
      link.element.toggleAttribute("hidden", !shown);
      link.element.style.display = shown ? "" : "none";
      if (shown) { seen += 1; link.ends.forEach((end) => { near.add(end); busy.add(end); }); }
    }
    for (const entry of this.nodes) entry.element.classList.toggle("faded", found.size > 0 && !near.has(entry.node.id));
    if (!this.full) for (const entry of this.nodes) entry.element.classList.toggle("idle", !busy.has(entry.node.id));
    const along = this.story.layout.along === "time" ? "in order of publication (gaps not to scale)" : "by depth, for want of different dates";
    const none = this.wanted && !found.size ? `Nothing is called “${this.wanted}”. ` : "";
    const gone = this.story.layout.left_out ? ` ${counted(this.story.layout.left_out, "source", "sources")} that few articles use are not drawn.` : "";
    this.note.textContent = `${none}${counted(seen, "line", "lines")} of ${this.links.length.toLocaleString("en")} between ${counted(this.nodes.length, "node", "nodes")}, from left to right ${along}.${gone}`;
  }
}

function legend(place) {
  const shape = (kind) => draw("svg", { viewBox: "-40 -22 80 44", "aria-hidden": "true" }, draw("g", { class: `node ${kind}` }, SHAPES[kind](36, 18)));
  const line = (relation, words, more = {}) => make("li", {}, draw("svg", { viewBox: "0 0 34 20", "aria-hidden": "true" }, draw("path", { class: `edge ${relation}`, d: "M1,10H33", "stroke-width": 2.4, ...more })), words);
  place.replaceChildren(...Object.entries(KIND_WORDS).map(([kind, words]) => make("li", {}, shape(kind), words)),
    line("draws_on", "draws on"), line("draws_on doubtful", "draws on, or both on it: unresolved"), line("quotes", "quotes"), line("credits", "credits, no words"), line("open", "own words in common, order unresolved"), make("li", {}, "Width: share of the derived text's words"));
}
