// The list of questions: what passes the filters, a batch at a time, each opening to its answer.
// Whatever comes from the run is put on the page as text. Nothing here reads HTML.

const data = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);

const BATCH = 60;
const NUMBER = new Intl.NumberFormat("en-GB");
const FILTERS = ["language", "tag", "outcome", "change"].filter(byId);

let passing = []; // rows that pass the filters, in order
let shown = 0; // of those, how many are on the page

// ---- elements

function make(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

const text = (tag, kind, words, more) => make(tag, { class: kind, dir: "auto", ...more }, words);
const list = (tag, kind, items) => make(tag, { class: kind }, ...items);
const languageName = (code) => data.languages[code] ?? code;
const seconds = (ms) => (ms < 10000 ? `${NUMBER.format(Math.round(ms))} ms` : `${(ms / 1000).toFixed(1)} s`);

function part(title, ...children) {
  return make("section", null, make("h3", null, title), ...children);
}

// ---- what is looked for

const folded = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

function haystack(row) {
  const answer = row.answer?.statements.map(([words]) => words) ?? [];
  row.folded ??= folded([row.id, row.question, ...answer].join("\n"));
  return row.folded;
}

function isOutcome(row, wanted) {
  if (wanted === "right") return row.right === 1;
  if (wanted === "wrong") return row.why !== null;
  return row.why === wanted;
}

const PASSES = {
  language: (row, wanted) => row.language === wanted,
  tag: (row, wanted) => row.tags.includes(wanted),
  outcome: isOutcome,
  change: (row, wanted) => row.change === wanted,
};

// Rows without a probability come last, whichever way.
const ORDERS = {
  unsure: (one, other) => (one.probability ?? 2) - (other.probability ?? 2),
  sure: (one, other) => (other.probability ?? -1) - (one.probability ?? -1),
  slow: (one, other) => other.ms - one.ms,
};

function filter() {
  const words = folded(byId("find").value).split(/\s+/).filter(Boolean);
  const wanted = FILTERS.map((name) => [PASSES[name], byId(name).value]).filter(([, value]) => value);
  passing = data.rows.filter(
    (row) =>
      wanted.every(([passes, value]) => passes(row, value)) &&
      words.every((word) => haystack(row).includes(word)),
  );
  const order = ORDERS[byId("order").value];
  if (order) passing.sort(order);
  const all = NUMBER.format(data.rows.length);
  byId("count").textContent =
    passing.length === data.rows.length ? `${all} questions` : `${NUMBER.format(passing.length)} of ${all} questions`;
  byId("clear").disabled = !words.length && !wanted.length && !order;
  for (const button of document.querySelectorAll("[data-outcome]")) {
    button.setAttribute("aria-pressed", button.dataset.outcome === byId("outcome").value);
  }
  byId("rows").replaceChildren();
  shown = 0;
  showMore();
}

function showMore() {
  byId("rows").append(...passing.slice(shown, shown + BATCH).map(item));
  shown = Math.min(shown + BATCH, passing.length);
  const left = passing.length - shown;
  byId("more").hidden = left === 0;
  byId("more").textContent = `Show ${Math.min(left, BATCH)} more of ${NUMBER.format(left)}`;
}

// ---- a question

function outcome(row) {
  if (row.right === 1) return ["right", "right"];
  if (row.why !== null) return ["wrong", row.why];
  return ["open", "not judged"];
}

function item(row) {
  const [kind, words] = outcome(row);
  const facts = [row.id, row.run > 1 ? `run ${row.run}` : null, row.language && languageName(row.language), ...row.tags];
  const summary = make(
    "summary",
    null,
    make("span", { class: `outcome ${kind}` }, words),
    make(
      "span",
      { class: "asked" },
      text("span", "question", row.question, { lang: row.language }),
      make("span", { class: "facts" }, ...facts.filter(Boolean).map((fact) => text("span", null, fact))),
    ),
    row.change && make("span", { class: `changed ${row.change}` }, row.change),
    make(
      "span",
      { class: "measured" },
      row.probability === undefined || row.probability === null
        ? null
        : make("span", null, `p ${row.probability.toFixed(2)}`),
      make("span", null, seconds(row.ms)),
    ),
  );
  const details = make("details", { class: "row" }, summary);
  details.addEventListener("toggle", () => details.append(body(row)), { once: true });
  return make("li", null, details);
}

function body(row) {
  return make("div", { class: "body" }, make("div", { class: "reply" }, ...reply(row)), make("div", { class: "gold" }, ...gold(row)));
}

function reply(row) {
  const { answer } = row;
  const failed = row.why && make("p", { class: "failed" }, make("strong", null, row.why), ` – ${data.reasons[row.why] ?? ""}`);
  return [
    failed,
    row.history.length ? part("Before it", list("ol", "history", row.history.map(turn))) : null,
    answer?.understood ? part("Understood as", text("p", "understood", answer.understood)) : null,
    row.error === null ? null : part("Error", text("p", "error", row.error)),
    answer && part("Answer", ...said(row, answer)),
    ...(answer?.disagreements ?? []).map((each) => disagreement(row, numbered(answer), each)),
    answer?.note ? text("p", "note", answer.note) : null,
  ];
}

const numbered = (answer) => new Map(answer.citations.map((citation) => [citation[0], citation]));

function turn([role, content]) {
  return make("li", null, make("span", { class: "role" }, role), text("span", null, content));
}

function said(row, answer) {
  if (answer.text !== null) return [text("p", "words", answer.text)];
  if (answer.refused) {
    const nearest = answer.nearest.map((each) => make("li", null, quoted(each), sourceLine(row, each)));
    return [
      make("p", { class: "refused" }, "The archive does not say."),
      nearest.length ? make("h4", null, "The nearest passages") : null,
      nearest.length ? list("ol", "statements near", nearest) : null,
    ];
  }
  const cited = numbered(answer);
  return [list("ol", "statements", answer.statements.map((each) => statement(row, answer, cited, each)))];
}

function statement(row, answer, citations, [words, numbers, verdict]) {
  const cited = numbers.map((number) => citations.get(number) ?? [number, null, "", false]);
  // The same words below themselves would only be read twice.
  const lines = cited.map((each) => [each[2] && each[2] !== words ? quoted(each) : null, sourceLine(row, each)]);
  const isQuote = answer.mode === "quotes";
  const lang = isQuote && cited[0]?.[1] != null ? data.articles[cited[0][1]][2] : answer.language;
  return make(
    "li",
    null,
    text(isQuote ? "blockquote" : "p", "words", words, { lang }),
    ...lines.flat(),
    verdict && verdict !== "verbatim" ? make("p", { class: "verdict" }, `${verdict} by its sources`) : null,
  );
}

function quoted([, place, quote]) {
  return text("blockquote", "words quote", quote, { lang: place === null ? null : data.articles[place][2] });
}

function sourceLine(row, [number, place, , valid]) {
  if (place === null) return make("p", { class: "source" }, make("b", null, `[${number}]`), " there is no such citation");
  const [publisher, published, language, title, source] = data.articles[place];
  const isGold = row.expected.sources.some(([one]) => data.sources[one] === source);
  return make(
    "p",
    { class: "source" },
    make("b", null, `[${number}]`),
    text("span", "publisher", publisher),
    make("span", null, published),
    language && make("span", null, languageName(language)),
    text("span", "title", title || source, { title: source }),
    isGold ? mark(true, "right article") : null,
    valid === false ? mark(false, "does not stand in the article") : null,
  );
}

function mark(good, words) {
  return make("span", { class: good ? "mark good" : "mark bad" }, make("span", { "aria-hidden": "true" }, good ? "✓ " : "✗ "), words);
}

function disagreement(row, citations, { title, about, versions }) {
  const items = versions.map(([runs, numbers]) =>
    make(
      "li",
      null,
      make("blockquote", { class: "words", dir: "auto" }, ...runs.map(([words, differs]) => (differs ? make("mark", null, words) : words))),
      ...numbers.map((number) => sourceLine(row, citations.get(number) ?? [number, null])),
    ),
  );
  return part(title, about ? text("p", "about", about) : null, list("ol", "statements", items));
}

// ---- what was expected, and what was found

function gold(row) {
  return [part("Expected", ...expected(row)), row.retrieved.length ? part("Found, best first", found(row)) : null, measures(row)];
}

function expected({ expected: { answerable, groups, sources, least }, answer }) {
  if (answerable === false) return [make("p", null, "A refusal: the archive does not say.")];
  const isGiven = answer !== null && !answer.refused;
  const facts = groups.map(([any, stands]) =>
    make("li", null, text("span", "fact", any.join(" / ")), isGiven ? mark(stands, stands ? "in the answer" : "not in the answer") : null),
  );
  const articles = sources.map(([place, rank, cited]) =>
    make(
      "li",
      null,
      text("code", null, data.sources[place]),
      mark(rank !== null, rank === null ? "not found" : `found at ${rank}`),
      isGiven && cited ? mark(true, "cited") : null,
    ),
  );
  return [
    facts.length ? list("ul", "facts-list", facts) : null,
    articles.length ? make("p", { class: "label" }, least > 1 ? `from at least ${least} of these articles` : "from one of these articles") : null,
    articles.length ? list("ul", "sources-list", articles) : null,
    facts.length || articles.length ? null : make("p", null, answerable ? "An answer." : "The set does not say."),
  ];
}

function found(row) {
  const right = new Set(row.expected.sources.map(([place]) => place));
  const items = row.retrieved.map(([place, score]) =>
    make(
      "li",
      { class: right.has(place) ? "is-gold" : null },
      text("code", null, data.sources[place]),
      make("span", { class: "score" }, score.toFixed(3)),
      right.has(place) ? mark(true, "right") : null,
    ),
  );
  return list("ol", "found", items);
}

function measures(row) {
  if (!row.measures.length) return null;
  const rows = row.measures.map(([label, value]) => make("div", null, make("dt", null, label), make("dd", null, String(value))));
  return make("details", { class: "measures" }, make("summary", null, "What was measured"), list("dl", null, rows));
}

// ---- the page

let typing = 0;
byId("find").addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(filter, 120);
});
for (const name of [...FILTERS, "order"]) byId(name).addEventListener("change", filter);

byId("clear").addEventListener("click", () => {
  for (const name of ["find", "order", ...FILTERS]) byId(name).value = "";
  filter();
  byId("find").focus();
});

for (const button of document.querySelectorAll("[data-outcome]")) {
  button.addEventListener("click", () => {
    const chosen = button.dataset.outcome;
    const isChosen = byId("outcome").value === chosen;
    byId("outcome").value = isChosen ? "" : chosen;
    filter();
    if (!isChosen) byId("questions-title").focus();
  });
}

byId("metric")?.addEventListener("change", (event) => {
  for (const split of document.querySelectorAll(".split")) split.hidden = split.dataset.metric !== event.target.value;
});

byId("more").addEventListener("click", () => {
  const first = shown;
  showMore();
  byId("rows").children[first]?.querySelector("summary").focus({ preventScroll: true });
});

document.querySelector(".filters").hidden = false;
filter();
