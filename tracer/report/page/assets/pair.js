// The card of a pair: verdicts, ledgers as waterfalls, passages side by side.

const QUESTIONS = {
  kind: ["What they share", "they share a journalist's own words"],
  origin: ["From a common source?", "both draw on a source that neither of them is"],
  direction: ["Which came first", null],
  immediacy: ["At what remove", "with nothing unseen between"],
};
const LONGEST_DIFFERENCE = 1500;

function pairCard(story, pair, choose) {
  const name = (id) => make("button", { type: "button", onclick: () => choose.article(id) }, bdi(id));
  return [
    make("h3", {}, bdi(pair.left), " and ", bdi(pair.right)),
    make("p", { class: "note" }, "Whole articles: ", name(pair.left), " ", name(pair.right)),
    make("dl", { class: "facts verdicts" }, pair.verdicts.map(([question, answer]) => [make("dt", {}, question), make("dd", {}, answer)])),
    passageList(story, pair),
    make("h4", {}, "Why: clue by clue"),
    make("div", { class: "ledgers" }, pair.ledgers.map((ledger) => waterfall(pair, ledger))),
  ];
}

/** One ledger: prior, each clue with its weight, the running sum, the probability they come to. */
function waterfall(pair, ledger) {
  const [title, plain] = QUESTIONS[ledger.question] || [ledger.question, ""];
  const answer = ledger.question === "kind" && pair.has_statement ? "the article gives words of the statement as its own" : plain;
  const sums = [ledger.prior];
  for (const [, weight] of ledger.clues) sums.push(sums[sums.length - 1] + weight);
  const low = Math.min(0, ...sums);
  const high = Math.max(0, ...sums);
  const scale = (value) => (100 * (value - low)) / (high - low || 1);
  const bar = (from, to) => {
    const piece = make("i", { class: to < from ? "minus" : null });
    piece.style.left = `${scale(Math.min(from, to))}%`;
    piece.style.width = `${Math.abs(scale(to) - scale(from))}%`;
    const zero = make("b");
    zero.style.left = `${scale(0)}%`;
    return make("td", { class: "bar", "aria-hidden": "true" }, make("div", { class: "track" }, zero, piece));
  };
  const rows = [make("tr", {}, make("td", { class: "number" }, signed(ledger.prior)), make("td", { class: "number" }, signed(sums[0])), bar(0, sums[0]), make("td", {}, "where the odds stand before any clue"))];
  ledger.clues.forEach(([clue, weight, sentence], place) => {
    const words = common.clues[clue] ? common.clues[clue][0] : clue;
    rows.push(make("tr", {}, make("td", { class: "number" }, signed(weight)), make("td", { class: "number" }, signed(sums[place + 1])), bar(sums[place], sums[place + 1]), make("td", { dir: "auto" }, make("strong", {}, words), ": ", sentence)));
  });
  const total = sums[sums.length - 1];
  const says = answer || `${pair.right} draws on ${pair.left}, if either draws on the other`;
  rows.push(make("tr", { class: "total" }, make("th", { scope: "row", class: "number" }, "="), make("td", { class: "number" }, signed(total)), bar(0, total), make("td", {}, `P ${probability(1 / (1 + Math.exp(-total)))}: ${says}`)));
  const met = new Set(ledger.clues.map(([clue]) => clue));
  const absent = (common.looked_for[ledger.question] || []).filter((clue) => !met.has(clue) && common.clues[clue] && common.clues[clue][1]).map((clue) => common.clues[clue][1]);
  const signs = ledger.question === "direction" ? ` + speaks for ${pair.left} first, − for ${pair.right} first.` : "";
  return make("div", { class: "ledger" },
    make("h5", {}, title),
    make("p", { class: "note" }, `In natural log-odds: each clue adds its weight.${signs}`),
    make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": `Evidence: ${title}` }, make("table", { class: "waterfall" },
      make("caption", { class: "visually-hidden" }, `Evidence on: ${title}`),
      make("thead", {}, make("tr", {}, make("th", { scope: "col", class: "number" }, "weight"), make("th", { scope: "col", class: "number" }, "sum"), make("th", { scope: "col", class: "bar" }, make("span", { class: "visually-hidden" }, "drawn")), make("th", { scope: "col" }, "clue"))),
      make("tbody", {}, rows))),
    absent.length ? make("details", {}, make("summary", {}, `Looked for and not found (${absent.length})`), make("ul", {}, absent.map((text) => make("li", {}, text)))) : null);
}

function passageList(story, pair) {
  const left = story.nodes.get(pair.left);
  const right = story.nodes.get(pair.right);
  const shown = pair.passages.map(([leftStart, leftStop, rightStart, rightStop, quoted, kind], number) => {
    const [ours, theirs] = differences(cut(left, leftStart, leftStop), cut(right, rightStart, rightStop), kind);
    const side = (article, words) => make("div", {}, make("p", { class: "side-name" }, bdi(article.id)), make("p", { class: "side-text", dir: "auto", lang: article.language }, words));
    return make("div", { class: "passage" },
      make("p", { class: "what" }, `${number + 1}. `, make("span", { class: quoted ? "tag quoted" : "tag own" }, quoted ? "quoted: third-party words" : pair.has_statement ? "given as its own: words of the statement" : "narrative: a journalist's words"), ` ${kind}; characters ${leftStart}–${leftStop} and ${rightStart}–${rightStop}`),
      make("div", { class: "sides" }, side(left, ours), side(right, theirs)));
  });
  const more = pair.passages_in_all - pair.passages.length;
  return make("div", {},
    make("h4", {}, `Passages (${pair.passages_in_all})`),
    make("p", { class: "note" }, "Words that only one side has are ", make("del", {}, "struck out"), " on the left and ", make("ins", {}, "underlined"), " on the right."),
    shown,
    more > 0 ? make("p", { class: "note" }, `${counted(more, "shorter passage", "shorter passages")}: see passages.csv.`) : null);
}

/** What counts of a word: not its case nor the marks around it; within a number every mark does. */
function wordKey(word) {
  const bare = word.toLocaleLowerCase().replace(/^[^\p{L}\p{N}\p{Sc}+-]+|[^\p{L}\p{N}\p{Sc}%]+$/gu, "");
  return (/\p{N}/u.test(bare) ? bare : bare.replace(/[^\p{L}\p{N}]+/gu, "")) || (word.trim() ? "·" : " ");
}

/** Both sides as nodes, with the words that differ marked. */
function differences(left, right, kind) {
  const ours = left.match(/\s+|\S+/g) || [];
  const theirs = right.match(/\s+|\S+/g) || [];
  if (kind === "rewritten" || ours.length + theirs.length > LONGEST_DIFFERENCE) return [left, right];
  const sides = [[], []];
  for (const piece of vendor.diffArrays(ours, theirs, { comparator: (one, other) => wordKey(one) === wordKey(other) })) {
    if (!piece.added && !piece.removed) {
      sides[0].push(ours.splice(0, piece.value.length).join(""));
      sides[1].push(theirs.splice(0, piece.value.length).join(""));
    } else {
      const side = piece.added ? theirs : ours;
      sides[piece.added ? 1 : 0].push(make(piece.added ? "ins" : "del", {}, side.splice(0, piece.value.length).join("")));
    }
  }
  return sides;
}
