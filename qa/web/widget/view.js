// ---- an answer on the page

const THUMB = "M7 9v8H3.5V9H7Zm0 0 3.2-6.2c1.3 0 2.1.9 1.9 2.1L11.5 8H16c1 0 1.7.9 1.5 1.9l-1.2 5.6c-.2.9-.9 1.5-1.8 1.5H7";

/** Shows answers; what a reader does with one, `desk` carries out. */
class View {
  #words;
  #desk;

  constructor(words, desk) {
    this.#words = words;
    this.#desk = desk;
  }

  /** A statement on its way, before its sources are known. */
  arriving({ text, lead }) {
    return el("div", {}, this.#lead(lead), el("blockquote", { class: "words", dir: "auto" }, text));
  }

  answer(answer, asked) {
    if (answer.small_talk) return [el("p", { dir: "auto" }, answer.text)];
    const cited = new Map(answer.citations.map((citation) => [citation.number, citation]));
    const citations = (numbers) => numbers.map((number) => cited.get(number)).filter(Boolean);
    return [
      this.#understood(answer),
      answer.refused
        ? this.#refusal(answer, asked)
        : el("ol", { class: "statements" }, answer.statements.map((statement) =>
            el("li", {}, this.#statement(statement, citations(statement.citations), answer)))),
      answer.disagreements.map((disagreement) => this.#disagreement(disagreement, citations)),
      answer.newer?.length
        ? el("p", { class: "foot newer" }, el("b", {}, this.#say("answer.newer")), this.#chip(answer.newer))
        : null,
      el("div", { class: "small" },
        this.#provenance(answer.provenance),
        answer.note ? el("p", { class: "note", dir: "auto" }, answer.note) : null,
        answer.refused ? null : el("p", { dir: "auto" }, this.#words.searched(answer.searched))),
      this.#tools(answer),
    ].flat().filter(Boolean);
  }

  trouble(error) {
    const ours = `widget.error_${error.kind?.replaceAll("-", "_")}`;
    const said = this.#words.knows(ours) ? ours : "widget.error_unknown";
    const key = error instanceof Denied ? "widget.error_denied"
      : error instanceof Trouble ? said : "widget.error_unreachable";
    return [
      el("p", { class: "error", role: "alert" }, this.#say(key)),
      error.requestId ? el("p", { class: "small" }, this.#say("widget.request_id", { id: error.requestId })) : "",
    ];
  }

  #say(key, values) {
    return this.#words.say(key, values);
  }

  #button(key, act, style = "") {
    return el("button", { type: "button", class: style, onclick: act }, this.#say(key));
  }

  // Parts of an answer

  /** How a follow-up was understood, and a form to put it otherwise and ask again. */
  #understood({ question, standalone_question: standalone }) {
    if (standalone === question) return null;
    const box = el("input", {
      type: "text", dir: "auto", value: standalone, required: true, autocomplete: "off",
      maxlength: LONGEST_QUESTION, "aria-label": this.#say("chat.restated"),
    });
    const form = el("form", {
      class: "line restating", id: newId(), hidden: true,
      onsubmit: (event) => {
        event.preventDefault();
        if (box.value.trim()) this.#desk.put({ question, standalone: box.value.trim() });
      },
    }, box, el("button", { type: "submit" }, this.#say("chat.ask_again")));
    const change = el("button", {
      type: "button", class: "plain", "aria-expanded": "false", "aria-controls": form.id,
      onclick: () => {
        form.hidden = !form.hidden;
        change.setAttribute("aria-expanded", String(!form.hidden));
        if (!form.hidden) box.focus();
      },
    }, this.#say("chat.restate"));
    const line = this.#say("chat.understood", { question: standalone });
    return el("div", { class: "small understood" }, el("p", {}, el("bdi", {}, line), " ", change), form);
  }

  /** Who says it, before what is quoted. */
  #lead(lead) {
    return lead ? el("p", { class: "lead", dir: "auto" }, lead) : null;
  }

  #statement({ text, lead, verdict }, citations, { mode, language }) {
    const quoted = verdict === "verbatim" && mode === "quotes";
    const lang = quoted ? citations[0]?.article.language : language;
    return [
      this.#lead(lead),
      el(quoted ? "blockquote" : "p", { class: `words ${verdict}`, dir: "auto", lang }, text),
      this.#foot(citations, el("span", { class: `verdict ${verdict}` }, this.#say(`answer.verdict_${verdict}`))),
    ];
  }

  /** The chip, the day and the language of some sources, and what else is said of them. */
  #foot(citations, more) {
    const facts = citations.length
      ? [this.#words.day(citations[0].article.published), ...this.#words.foreign(citations[0].article)]
      : [];
    return el("p", { class: "foot" }, this.#chip(citations),
      el("span", {}, el("bdi", { class: "facts" }, facts.join(" · ")), more && facts.length ? " · " : "", more));
  }

  #refusal(answer, asked) {
    const { searched, nearest } = answer;
    return el("section", { class: "box refusal" },
      el("p", { class: "refused" }, this.#say("answer.refused")),
      el("p", { class: "small", dir: "auto" }, this.#words.searched(searched)),
      this.#wider(answer, asked),
      nearest.length ? el("h4", {}, this.#say("answer.nearest")) : null,
      nearest.length
        ? el("ol", { class: "statements" }, nearest.map((citation) => el("li", {},
            el("blockquote", { class: "words", dir: "auto", lang: citation.article.language }, citation.quote),
            this.#foot([citation]))))
        : null,
    );
  }

  /** Buttons that ask the same with less in the way: without filters, or without the question's dates. */
  #wider({ question, standalone_question: standalone, searched }, { filtered }) {
    const undated = searched.period && standalone.replace(searched.period, " ").replace(/\s+/g, " ").trim();
    const offers = [
      filtered ? this.#button("widget.wider", () => this.#desk.widen({ question, standalone })) : null,
      undated && undated !== standalone
        ? this.#button("widget.wider_dates", () => this.#desk.put({ question, standalone: undated }))
        : null,
    ].filter(Boolean);
    return offers.length ? el("p", { class: "line" }, offers) : null;
  }

  #disagreement({ about, kind, versions }, citations) {
    const difference = this.#say(`answer.differ_${kind}`);
    const title = about ? this.#say("answer.differ_about", { difference, about }) : difference;
    return el("section", { class: "box disagreement" },
      el("h4", { dir: "auto" }, title),
      el("ul", { class: "versions" }, versions.map((version) => el("li", {},
        el("blockquote", { class: "words", dir: "auto", lang: version.language }, this.#runs(version)),
        this.#foot(citations(version.citations))))),
    );
  }

  /** A quotation with what differs marked. */
  #runs({ quote, diff }) {
    if (!diff.length) return [quote];
    return diff.map(({ text, differs }) => (differs ? el("mark", { class: "differs" }, text) : text));
  }

  #provenance({ outlets, independent }) {
    if (outlets < 2) return null;
    return el("p", {}, this.#say(independent === 1 ? "answer.one_source" : "answer.sources", { outlets, independent }));
  }

  // What a reader does with an answer

  #tools(answer) {
    const reasons = el("div", { class: "reasons", role: "group", id: newId(), hidden: true,
      "aria-label": this.#say("widget.what_was_wrong") });
    const thumbs = el("span", { class: "thumbs" });
    const rate = async (rating, reason) => {
      if (await this.#desk.rate(answer.id, rating, reason)) {
        thumbs.remove();
        reasons.remove();
      }
    };
    const bad = this.#thumb("widget.bad", true, () => {
      reasons.hidden = !reasons.hidden;
      bad.setAttribute("aria-expanded", String(!reasons.hidden));
    });
    bad.setAttribute("aria-controls", reasons.id);
    bad.setAttribute("aria-expanded", "false");
    thumbs.append(this.#thumb("widget.good", false, () => rate("up", null)), bad);
    reasons.append(
      el("p", { class: "small" }, this.#say("widget.what_was_wrong")),
      // The log keeps one name for a reason, whatever the language of the page.
      ...[["wrong source", "widget.wrong_source"], ["missed something", "widget.missed_something"],
        ["out of date", "widget.out_of_date"], ["something else", "widget.something_else"],
      ].map(([reason, key]) => this.#button(key, () => rate("down", reason))),
    );
    const copy = this.#button("widget.copy", () => this.#desk.copy(withSources(answer, this.#words)), "plain");
    return el("div", { class: "tools" }, copy, thumbs, reasons);
  }

  #thumb(key, turned, act) {
    const said = this.#say(key);
    return el("button", { type: "button", class: "thumb", "aria-label": said, title: said, onclick: act },
      icon(THUMB, turned));
  }

  // Sources

  #chip(citations) {
    if (!citations.length) return null;
    const outlets = [...new Set(citations.map(({ article }) => this.#words.outlet(article)))];
    const name = this.#say("widget.show_sources", { publishers: outlets.join(", ") });
    const fill = () => citations.map((citation) => this.#source(citation));
    // Where the outlet is not stated, the title tells one source from another.
    const label = citations[0].article.publisher || citations[0].article.title;
    return new Chip(label, citations.length - 1, name, fill).element;
  }

  /** One source on a card: the verbatim sentence first, then what stands around it, then whose it is. */
  #source(citation) {
    const { article, quote } = citation;
    const lang = article.language;
    const around = el("dl", { class: "around", hidden: true });
    const text = el("div", { id: newId(), class: "context", dir: "auto", lang, hidden: true, tabindex: "0" });
    this.#showAround(citation, around);
    const facts = [article.author, this.#words.day(article.published), lang && this.#words.languageName(lang)];
    const link = permalink(article, quote);
    const inContext = el("button", {
      type: "button", class: "plain", "aria-expanded": "false", "aria-controls": text.id,
      onclick: () => this.#toggleContext(citation, inContext, text),
    }, this.#say("widget.in_context"));
    return el("div", { class: "cited" },
      el("blockquote", { class: "words", dir: "auto", lang }, quote),
      around,
      el("p", { class: "outlet", dir: "auto" }, this.#words.outlet(article)),
      el("p", { class: "title", dir: "auto", lang }, article.title),
      el("p", { class: "small" }, el("bdi", {}, facts.filter(Boolean).join(" · "))),
      el("div", { class: "actions" },
        this.#desk.insertable ? this.#button("widget.insert", () => this.#desk.insert(citation), "primary") : null,
        inContext,
        link ? el("a", { href: link, target: "_blank", rel: "noopener noreferrer" }, this.#say("widget.open")) : null),
      text,
    );
  }

  async #showAround(citation, around) {
    const article = await this.#desk.article(citation);
    if (!article) return;
    const found = surroundings(article, citation);
    for (const [key, sentence] of [["widget.before", found.before], ["widget.after", found.after]])
      if (sentence)
        around.append(el("div", {}, el("dt", {}, this.#say(key)),
          el("dd", { dir: "auto", lang: article.language }, sentence)));
    around.hidden = !around.childNodes.length;
    Chip.replace();
  }

  async #toggleContext(citation, button, context) {
    if (!context.childNodes.length) {
      const article = await this.#desk.article(citation);
      if (!article) return;
      const letters = Array.from(article.text); // offsets count code points, not UTF-16 units
      const part = (start, end) => letters.slice(start, end).join("");
      const mark = el("mark", {}, part(citation.start, citation.end));
      context.replaceChildren(part(0, citation.start), mark, part(citation.end));
    }
    context.hidden = !context.hidden;
    button.setAttribute("aria-expanded", String(!context.hidden));
    const mark = context.querySelector("mark");
    context.scrollTop = mark.offsetTop - context.clientHeight / 3;
  }
}
