/* <cite-desk>: asks a citedesk server and shows its answer with every source.
 *
 * Attributes: server (default: where this script came from), language (en, fr, it), placeholder,
 * mode ("inline", the default, or "launcher", a button that opens a panel).
 * Events, which bubble out of the shadow root: citedesk:answer with the whole answer, and
 * citedesk:insert with {quote, attribution, url, passage_id, start, end, article}.
 * Colours, font and corners are custom properties, listed at the top of STYLE.
 *
 * Everything that comes from an article is set as text, never as markup.
 */
(() => {
"use strict";

if (customElements.get("cite-desk")) return; // the page loads this script twice

const PHRASES = {};
const SCRIPT = document.currentScript?.src || document.baseURI;
const LOCALES = { en: "en-GB" }; // "14 March 2024" cannot be misread, nor is it American only
const LONGEST_QUESTION = 2000;
const REMEMBERED_TURNS = 10;

const STYLE = `
:host {
  display: block;
  --_accent: var(--citedesk-accent, #174f86);
  --_on-accent: var(--citedesk-on-accent, #fff);
  --_text: var(--citedesk-text, #1c2024);
  --_muted: var(--citedesk-muted, #5b6570);
  --_background: var(--citedesk-background, #fff);
  --_surface: var(--citedesk-surface, #f4f6f8);
  --_border: var(--citedesk-border, #d3d9df);
  --_mark: var(--citedesk-mark, #fdf0b8);
  --_error: var(--citedesk-error, #9c1c1c);
  --_radius: var(--citedesk-radius, 8px);
  --_font: var(--citedesk-font, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif);
}
@media (prefers-color-scheme: dark) {
  :host {
    --_accent: var(--citedesk-accent, #8fc1f5);
    --_on-accent: var(--citedesk-on-accent, #0d1b2a);
    --_text: var(--citedesk-text, #e6e9ec);
    --_muted: var(--citedesk-muted, #a3adb7);
    --_background: var(--citedesk-background, #171b20);
    --_surface: var(--citedesk-surface, #20262d);
    --_border: var(--citedesk-border, #3a434d);
    --_mark: var(--citedesk-mark, #574a12);
    --_error: var(--citedesk-error, #ff9d94);
  }
}
:host([hidden]), [hidden] { display: none !important; }
/* Not on :host, where a page's own "*" rules would win. */
.frame { all: initial; display: block; }
* { box-sizing: border-box; }
.panel {
  background: var(--_background); color: var(--_text); border: 1px solid var(--_border);
  border-radius: var(--_radius); font: 16px/1.5 var(--_font); padding: 16px;
  overflow-wrap: anywhere;
}
.launcher .panel {
  position: fixed; right: 16px; bottom: 80px; z-index: 2147483000;
  width: min(440px, calc(100vw - 32px)); max-height: calc(100vh - 112px); overflow-y: auto;
  box-shadow: 0 8px 32px rgb(0 0 0 / .25);
}
.launch { position: fixed; right: 16px; bottom: 16px; z-index: 2147483000; padding: 12px 20px;
  border-radius: 999px; box-shadow: 0 2px 12px rgb(0 0 0 / .3); }
button, input { font: inherit; color: inherit; }
button {
  background: none; border: 1px solid var(--_border); border-radius: var(--_radius);
  padding: 6px 14px; cursor: pointer; min-height: 36px;
}
button:hover { border-color: var(--_accent); }
.primary { background: var(--_accent); border-color: var(--_accent); color: var(--_on-accent);
  font: 600 16px/1.5 var(--_font); }
:focus-visible { outline: 2px solid var(--_accent); outline-offset: 2px; }
.head { display: flex; align-items: baseline; gap: 4px; min-height: 36px; }
label { font-weight: 600; flex: 1; }
.ask { display: flex; gap: 8px; }
input {
  flex: 1; min-width: 0; padding: 8px 12px; border: 1px solid var(--_border); min-height: 44px;
  border-radius: var(--_radius); background: var(--_background);
}
input::placeholder { color: var(--_muted); opacity: 1; }
.status { color: var(--_muted); font-size: 14px; margin: 8px 0 0; min-height: 21px; }
.plain { border: 0; color: var(--_accent); padding: 4px 6px; font-size: 14px;
  text-decoration: underline; text-underline-offset: 3px; }
.exchange { border-top: 1px solid var(--_border); margin-top: 16px; padding-top: 12px; }
.exchange > h3 { font-size: 16px; line-height: 1.4; margin: 0 0 8px; }
p, ul { margin: 0 0 10px; }
ul { list-style: none; padding: 0; }
.muted { color: var(--_muted); font-size: 14px; }
.error { color: var(--_error); }
.verdict { margin-bottom: 4px; }
.partial { text-decoration: underline dotted var(--_muted); text-underline-offset: 4px; }
.chip {
  font-size: 13px; line-height: 1.3; min-height: 26px; padding: 2px 10px; margin: 0;
  border-radius: 999px; background: var(--_surface); color: var(--_accent); max-width: 100%;
  vertical-align: baseline;
}
.chip[aria-expanded="true"] { border-color: var(--_accent); }
.chip bdi {
  display: inline-block; max-width: 20ch; overflow: hidden; text-overflow: ellipsis;
  white-space: nowrap; vertical-align: bottom;
}
.card {
  background: var(--_surface); border: 1px solid var(--_border); border-radius: var(--_radius);
  padding: 12px 14px; margin: 8px 0 12px;
}
.card > :last-child { margin-bottom: 0; }
.outlet { font-weight: 600; margin-bottom: 2px; }
.title { margin-bottom: 2px; font-size: 15px; }
blockquote { margin: 8px 0 10px; padding-inline-start: 12px;
  border-inline-start: 3px solid var(--_accent); }
a { color: var(--_accent); text-underline-offset: 3px; }
.actions { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 10px; font-size: 14px; }
mark { background: var(--_mark); color: inherit; }
.differs { background: none; font-weight: 700; text-decoration: underline 2px; text-underline-offset: 4px; }
.context { margin-top: 10px; font-size: 15px; white-space: pre-line; }
h4 { font-size: 15px; margin: 14px 0 6px; }
`;

let made = 0;
const newId = () => `c${++made}`;

/** An element with attributes and children; strings among the children become text. */
function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
}

/** The address if a browser may open it: an article's could be `javascript:…`. */
function webAddress(text) {
  if (!text) return null;
  const url = URL.parse ? URL.parse(text) : parsed(text);
  return url && /^https?:$/.test(url.protocol) ? url : null;
}

function parsed(text) {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/** The article's address with a text fragment, by which the browser scrolls to the quote. */
function addressOfQuote(article, quote) {
  const url = webAddress(article.url);
  if (!url) return null;
  const words = quote.trim().split(/\s+/u);
  const encode = (part) => encodeURIComponent(part.join(" ")).replace(/-/g, "%2D");
  const text =
    words.length > 12 ? `${encode(words.slice(0, 5))},${encode(words.slice(-5))}` : encode(words);
  return `${url.href}${url.hash ? "" : "#"}:~:text=${text}`;
}

/** A statement as it reads, behind what leads it in. */
const ledIn = ({ text, lead }) => (lead ? `${lead} ${text}` : text);

/** Events of a text/event-stream body: {name, data}, data parsed. */
async function* serverSentEvents(body) {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let buffer = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    buffer += decoder.decode(value, { stream: true });
    const blocks = buffer.split("\n\n");
    buffer = blocks.pop();
    for (const block of blocks) {
      const lines = block.split("\n");
      const field = (name) =>
        lines.filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2));
      if (field("data").length)
        yield { name: field("event")[0], data: JSON.parse(field("data").join("\n")) };
    }
  }
}

/** What the server, or the way to it, has against the question. */
class Trouble extends Error {
  constructor(problem) {
    super(problem.detail);
    this.kind = (problem.type || "").split("#")[1] || "unknown";
    this.requestId = problem.request_id;
  }
}

class CiteDesk extends HTMLElement {
  static observedAttributes = ["language", "placeholder", "mode"];

  #root = this.attachShadow({ mode: "open" });
  #history = [];
  #asking = null;

  constructor() {
    super();
    const style = new CSSStyleSheet(); // allowed where a page's policy forbids inline styles
    style.replaceSync(STYLE);
    this.#root.adoptedStyleSheets = [style];
  }

  connectedCallback() {
    this.#build();
  }

  disconnectedCallback() {
    this.#asking?.abort();
  }

  attributeChangedCallback(name, before, after) {
    if (this.isConnected && before !== after) this.#build();
  }

  get language() {
    const wished = [this.getAttribute("language"), document.documentElement.lang, "en"];
    return wished.map((tag) => (tag || "").slice(0, 2).toLowerCase()).find((tag) => tag in PHRASES) || "en";
  }

  #say(key, values = {}) {
    const text = PHRASES[this.language]?.[key] ?? key;
    return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  }

  #address(path) {
    const server = this.getAttribute("server");
    const base = server ? new URL(server.replace(/\/*$/, "/"), document.baseURI) : new URL(".", SCRIPT);
    return new URL(path, base);
  }

  // The parts that stay

  #build() {
    this.#asking?.abort();
    this.#history = [];
    const launcher = this.getAttribute("mode") === "launcher";
    const id = newId();
    this.input = el("input", {
      id, type: "text", maxlength: LONGEST_QUESTION, autocomplete: "off", dir: "auto", required: true,
      placeholder: this.getAttribute("placeholder") ?? this.#say("widget.placeholder"),
    });
    this.status = el("p", { class: "status", role: "status", "aria-live": "polite" });
    this.startOver = el(
      "button", { type: "button", class: "plain", hidden: true, onclick: () => this.#forget() },
      this.#say("widget.start_over"),
    );
    this.results = el("div", { part: "results" });
    const form = el(
      "form", { onsubmit: (event) => this.#submit(event) },
      el("div", { class: "head" },
        el("label", { for: id }, this.#say("widget.label")), this.startOver,
        launcher ? this.#button("widget.close", () => this.#toggle(false), "plain") : null),
      el("div", { class: "ask" }, this.input,
        el("button", { type: "submit", class: "primary" }, this.#say("widget.ask"))),
    );
    this.panel = el(
      "section", { class: "panel", part: "panel", lang: this.language, "aria-label": this.#say("widget.label") },
      form, this.status, this.results,
    );
    const frame = el("div", { class: launcher ? "frame launcher" : "frame" }, this.panel);
    if (launcher) this.#addLauncher(frame);
    this.#root.replaceChildren(frame);
  }

  #addLauncher(frame) {
    this.panel.id = newId();
    this.panel.setAttribute("role", "dialog");
    this.launch = this.#button("widget.label", () => this.#toggle(this.panel.hidden), "primary launch");
    this.launch.setAttribute("aria-controls", this.panel.id);
    this.launch.setAttribute("part", "launcher");
    frame.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !this.panel.hidden) this.#toggle(false);
    });
    frame.append(this.launch);
    this.panel.hidden = true;
    this.launch.setAttribute("aria-expanded", "false");
  }

  #toggle(open) {
    this.panel.hidden = !open;
    this.launch.setAttribute("aria-expanded", String(open));
    (open ? this.input : this.launch).focus();
  }

  #button(key, act, style = "") {
    return el("button", { type: "button", class: style, onclick: act }, this.#say(key));
  }

  #forget() {
    this.#asking?.abort();
    this.#history = [];
    this.results.replaceChildren();
    this.status.textContent = "";
    this.startOver.hidden = true;
    this.input.focus();
  }

  // Asking

  async #submit(event) {
    event.preventDefault();
    const question = this.input.value.trim();
    if (!question) return;
    this.#asking?.abort();
    const asking = (this.#asking = new AbortController());
    const body = el("div");
    this.results.querySelector(".unfinished")?.remove();
    const exchange = el("article", { class: "exchange unfinished" }, el("h3", { dir: "auto" }, question), body);
    this.results.prepend(exchange);
    this.results.setAttribute("aria-busy", "true");
    this.status.textContent = this.#say("widget.searching");
    try {
      const answer = await this.#ask(question, body, asking.signal);
      this.#show(answer, body);
      this.#remember(question, answer);
    } catch (error) {
      if (asking.signal.aborted) return; // another question took its place
      this.#showTrouble(error, body);
    }
    exchange.classList.remove("unfinished");
    this.results.removeAttribute("aria-busy");
    this.startOver.hidden = false;
  }

  /** The answer; until it is whole, its statements appear in `body` as they are verified. */
  async #ask(question, body, signal) {
    const response = await fetch(this.#address("v1/ask"), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ question, history: this.#history, stream: true }),
      signal,
    });
    if (!response.ok) throw new Trouble(await response.json());
    for await (const { name, data } of serverSentEvents(response.body)) {
      if (name === "statement") body.append(el("p", { dir: "auto" }, ledIn(data)));
      else if (name === "problem") throw new Trouble(data);
      else if (name === "answer") return data;
    }
    throw new Error("the stream ended before the answer");
  }

  #remember(question, answer) {
    this.#history.push({ role: "user", content: question }, { role: "assistant", content: answer.text });
    this.#history = this.#history.slice(-REMEMBERED_TURNS);
    if (this.input.value.trim() === question) this.input.value = ""; // else the next is being typed
    this.#tell("citedesk:answer", answer);
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  #showTrouble(error, body) {
    const known = error instanceof Trouble;
    if (!known) console.warn("cite-desk:", error.message);
    const key = known ? `widget.error_${error.kind.replaceAll("-", "_")}` : "widget.error_unreachable";
    const words = PHRASES[this.language]?.[key] ? key : "widget.error_unknown";
    body.replaceChildren(
      el("p", { class: "error", role: "alert" }, this.#say(words)),
      known && error.requestId
        ? el("p", { class: "muted" }, this.#say("widget.request_id", { id: error.requestId })) : "",
    );
    this.status.textContent = "";
  }

  // Showing

  #show(answer, body) {
    const cited = new Map(answer.citations.map((citation) => [citation.number, citation]));
    const citations = (numbers) => numbers.map((number) => cited.get(number)).filter(Boolean);
    body.replaceChildren(
      ...(answer.small_talk
        ? [el("p", { dir: "auto" }, answer.text)]
        : answer.refused
        ? this.#refusal(answer)
        : answer.statements.map((statement) => this.#statement(statement, citations(statement.citations)))),
      ...answer.disagreements.map((disagreement) => this.#disagreement(disagreement, citations)),
      answer.newer?.length ? this.#cited("p", this.#say("answer.newer"), answer.newer) : "",
      answer.searched.period && answer.searched.articles
        ? el("p", { class: "muted", dir: "auto" }, this.#say("answer.period_taken", { period: answer.searched.period }))
        : "",
      ...this.#provenance(answer.provenance),
      answer.note ? el("p", { class: "muted", dir: "auto" }, answer.note) : "",
    );
    this.status.textContent = answer.refused
      ? answer.small_talk ? answer.text : this.#say("answer.refused")
      : this.#say("widget.answered", { sources: new Set(answer.citations.map((c) => c.article.id)).size });
  }

  #statement({ text, lead, verdict }, citations) {
    const words = ledIn({ text, lead });
    const sentence = el("span", { dir: "auto", class: verdict === "partial" ? "partial" : null }, words);
    return this.#cited("p", sentence, citations, verdict);
  }

  /** Something said, the chip of its sources, and their cards, which the chip opens. */
  #cited(tag, content, citations, verdict) {
    const cards = el(
      "div", { id: newId(), hidden: true },
      verdict ? el("p", { class: "muted verdict" }, this.#say(`answer.verdict_${verdict}`)) : null,
      ...citations.map((citation) => this.#card(citation)),
    );
    return el("div", {}, el(tag, {}, content, " ", this.#chip(citations, cards)), cards);
  }

  #chip(citations, cards) {
    const publishers = [...new Set(citations.map((citation) => this.#publisher(citation.article)))];
    const chip = el(
      "button",
      {
        type: "button", class: "chip", part: "chip", "aria-expanded": "false", "aria-controls": cards.id,
        "aria-label": this.#say("widget.show_sources", { publishers: publishers.join(", ") }),
        onclick: () => {
          cards.hidden = !cards.hidden;
          chip.setAttribute("aria-expanded", String(!cards.hidden));
        },
      },
      el("bdi", {}, publishers[0] ?? ""),
      citations.length > 1 ? ` +${citations.length - 1}` : "",
    );
    return chip;
  }

  #card(citation) {
    const { article, quote } = citation;
    const address = addressOfQuote(article, quote);
    const context = el("p", { id: newId(), class: "context", dir: "auto", hidden: true, lang: article.language });
    const inContext = el(
      "button",
      {
        type: "button", class: "plain", "aria-expanded": "false", "aria-controls": context.id,
        onclick: () => this.#toggleContext(citation, inContext, context),
      },
      this.#say("widget.in_context"),
    );
    return el(
      "div", { class: "card", part: "card" },
      el("p", { class: "outlet", dir: "auto" }, this.#publisher(article)),
      el("p", { class: "title", dir: "auto", lang: article.language }, article.title),
      el("p", { class: "muted" }, el("bdi", {}, [this.#byline(article), ...this.#foreign(article)].join(" · "))),
      el("blockquote", { dir: "auto", lang: article.language }, quote),
      el("div", { class: "actions" },
        el("button", { type: "button", onclick: () => this.#insert(citation) }, this.#say("widget.insert")),
        inContext,
        address
          ? el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, this.#say("widget.open"))
          : null),
      context,
    );
  }

  #refusal(answer) {
    const { searched, nearest } = answer;
    const key = searched.from && searched.to ? "answer.searched_span" : "answer.searched";
    return [
      el("p", {}, searched.articles ? this.#say("answer.refused") : this.#nothingThere(searched)),
      searched.articles
        ? el("p", { class: "muted" }, this.#say(key, {
            articles: searched.articles, languages: searched.languages.join(", "),
            first: this.#day(searched.from), last: this.#day(searched.to),
          }))
        : "",
      nearest.length ? el("h4", {}, this.#say("answer.nearest")) : "",
      ...nearest.map((citation) => this.#card(citation)),
    ];
  }

  /** That no article passes: nothing came out in a period of the question, or the filters admit none. */
  #nothingThere({ period, from, to, newest }) {
    if (!period || !newest) return this.#say("answer.nothing_matches");
    const [first, last] = [from, to].map((day) => (day ? this.#day(day) : "…"));
    return `${this.#say("answer.period_empty", { period, first, last })} ${this.#say("answer.newest", { day: this.#day(newest) })}`;
  }

  #disagreement({ about, kind, versions }, citations) {
    const difference = this.#say(`answer.differ_${kind}`);
    return el(
      "section", {},
      el("h4", { dir: "auto" }, about ? this.#say("answer.differ_about", { difference, about }) : difference),
      el("ul", {}, ...versions.map((version) =>
        el("li", {},
          this.#cited("p", this.#version(version), citations(version.citations)),
          el("p", { class: "muted" }, [this.#day(version.published), ...this.#foreign(version)].join(" · "))))),
    );
  }

  /** A quotation with what differs marked. */
  #version({ language, diff }) {
    const runs = diff.map(({ text, differs }) => (differs ? el("mark", { class: "differs" }, text) : text));
    return el("span", { dir: "auto", lang: language }, ...runs);
  }

  #provenance({ outlets, independent }) {
    if (outlets < 2) return [];
    const key = independent === 1 ? "answer.one_source" : "answer.sources";
    return [el("p", { class: "muted" }, this.#say(key, { outlets, independent }))];
  }

  async #toggleContext(citation, button, context) {
    context.hidden = !context.hidden;
    button.setAttribute("aria-expanded", String(!context.hidden));
    if (context.hidden || context.childNodes.length) return;
    try {
      const response = await fetch(this.#address(`v1/passages/${encodeURIComponent(citation.passage_id)}`));
      if (!response.ok) throw new Trouble(await response.json());
      const passage = await response.json();
      const letters = Array.from(passage.text); // offsets count code points, not UTF-16 units
      const [start, end] = [citation.start - passage.start, citation.end - passage.start];
      context.replaceChildren(
        letters.slice(0, start).join(""),
        el("mark", {}, letters.slice(start, end).join("")),
        letters.slice(end).join(""),
      );
    } catch (error) {
      console.warn("cite-desk:", error.message);
      context.replaceChildren();
      context.hidden = true;
      button.setAttribute("aria-expanded", "false");
      this.status.textContent = this.#say("widget.error_context");
    }
  }

  #insert(citation) {
    const { quote, passage_id, start, end, article } = citation;
    const attribution = `${this.#publisher(article)}, ${this.#byline(article).replaceAll(" · ", ", ")}`;
    this.#tell("citedesk:insert", { quote, attribution, url: article.url, passage_id, start, end, article });
    this.status.textContent = this.#say("widget.inserted");
  }

  #publisher(article) {
    return article.publisher || this.#say("answer.unknown_publisher");
  }

  #byline(article) {
    return [article.author, this.#day(article.published)].filter(Boolean).join(" · ");
  }

  /** The language of what is not in the reader's. */
  #foreign({ language }) {
    if (!language || language === this.language) return [];
    // An article can call its language what it likes.
    const isCode = /^[a-z]{2,3}$/i.test(language);
    return [isCode ? new Intl.DisplayNames([this.language], { type: "language" }).of(language) : language];
  }

  /** A day in words; one that the source gives only in part stays as it is. */
  #day(published) {
    if (!published) return this.#say("answer.undated");
    const day = published.slice(0, 10);
    const date = new Date(`${day}T00:00:00Z`);
    if (day.length < 10 || Number.isNaN(date.getTime())) return published;
    return new Intl.DateTimeFormat(LOCALES[this.language] ?? this.language, { dateStyle: "long", timeZone: "UTC" }).format(date);
  }
}

customElements.define("cite-desk", CiteDesk);
})();
