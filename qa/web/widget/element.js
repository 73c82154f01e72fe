// ---- the element

class CiteDesk extends HTMLElement {
  static observedAttributes = ["language", "placeholder", "mode"];

  #root = this.attachShadow({ mode: "open" });
  #server = new Server(this);
  #history = [];
  #asking = null;

  constructor() {
    super();
    const style = new CSSStyleSheet(); // allowed where a page's policy forbids inline styles
    style.replaceSync(STYLE);
    this.#root.adoptedStyleSheets = [style];
    this.#root.addEventListener("scroll", () => Chip.replace(), { capture: true, passive: true });
  }

  connectedCallback() {
    this.#build();
    addEventListener("scroll", Chip.replace, { passive: true });
    performance.mark("citedesk:ready");
  }

  disconnectedCallback() {
    removeEventListener("scroll", Chip.replace);
    this.#asking?.abort();
  }

  attributeChangedCallback(name, before, after) {
    if (this.isConnected && before !== after) this.#build();
  }

  // For the page

  get language() {
    const wished = [this.getAttribute("language"), document.documentElement.lang, "en"];
    return wished.map((tag) => (tag || "").slice(0, 2).toLowerCase()).find((tag) => tag in PHRASES) || "en";
  }

  get ticketUrl() {
    return this.getAttribute("ticket-url");
  }

  set ticketUrl(address) {
    this.setAttribute("ticket-url", address);
  }

  /** Asks as if the reader had; the answer, or null where there is none. */
  async ask(question) {
    if (this.launch) this.#toggle(true);
    this.input.value = question;
    return question.trim() ? this.#put({ question: question.trim() }) : null;
  }

  // The parts that stay

  #say(key, values) {
    return this.words.say(key, values);
  }

  #build() {
    this.#asking?.abort();
    Chip.closeAny();
    this.#history = [];
    this.words = new Words(this.language);
    this.view = new View(this.words, this.#desk());
    const launcher = this.getAttribute("mode") === "launcher";
    this.status = el("p", { class: "status", role: "status", "aria-live": "polite" });
    this.results = el("div", { class: "results", part: "results" });
    this.panel = el(
      "section", { class: "panel", part: "panel", lang: this.language, "aria-label": this.#say("widget.label") },
      this.#form(launcher), this.status, this.results,
    );
    const frame = el("div", { class: launcher ? "frame launcher" : "frame" }, this.panel);
    this.launch = null;
    if (launcher) this.#addLauncher(frame);
    this.#root.replaceChildren(frame);
  }

  #form(launcher) {
    const id = newId();
    this.input = el("input", {
      id, name: "question", type: "text", maxlength: LONGEST_QUESTION, autocomplete: "off", dir: "auto", required: true,
      placeholder: this.getAttribute("placeholder") ?? this.#say("widget.placeholder"),
    });
    this.startOver = el("button", { type: "button", class: "plain", hidden: true, onclick: () => this.#forget() },
      this.#say("widget.start_over"));
    this.filters = new FilterFields(this, this.words);
    return el("form", { onsubmit: (event) => this.#submit(event) },
      el("div", { class: "head" },
        el("label", { for: id }, this.#say("widget.label")), this.startOver, this.filters.button,
        launcher
          ? el("button", { type: "button", class: "plain", onclick: () => this.#toggle(false) }, this.#say("widget.close"))
          : null),
      this.filters.fields,
      el("div", { class: "line" }, this.input,
        el("button", { type: "submit", class: "primary" }, this.#say("widget.ask"))),
    );
  }

  #addLauncher(frame) {
    this.panel.id = newId();
    this.panel.setAttribute("role", "dialog");
    this.panel.setAttribute("aria-modal", "true");
    this.launch = el("button", {
      type: "button", class: "primary launch", part: "launcher", "aria-controls": this.panel.id,
      "aria-expanded": "false", onclick: () => this.#toggle(this.panel.hidden),
    }, this.#say("widget.label"));
    this.panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#toggle(false);
      else if (event.key === "Tab") this.#trap(event);
    });
    frame.append(this.launch);
    this.panel.hidden = true;
  }

  #toggle(open) {
    Chip.closeAny();
    this.panel.hidden = !open;
    this.launch.setAttribute("aria-expanded", String(open));
    (open ? this.input : this.launch).focus();
  }

  /** Keeps the keyboard within the open panel: after its last part comes its first. */
  #trap(event) {
    const parts = reachable(this.panel);
    const [end, other] = event.shiftKey ? [parts[0], parts.at(-1)] : [parts.at(-1), parts[0]];
    if (this.#root.activeElement !== end) return;
    event.preventDefault();
    other.focus();
  }

  #forget() {
    this.#asking?.abort();
    Chip.closeAny();
    this.#history = [];
    this.results.replaceChildren();
    this.status.textContent = "";
    this.startOver.hidden = true;
    this.input.focus();
  }

  // Asking

  #submit(event) {
    event.preventDefault();
    const question = this.input.value.trim();
    if (question) this.#put({ question });
  }

  /** Puts a question and shows its answer; null where another takes its place or it fails. */
  async #put({ question, standalone = null }) {
    this.#asking?.abort();
    Chip.closeAny();
    const asking = (this.#asking = new AbortController());
    const filters = this.filters.chosen();
    const body = el("div");
    this.results.querySelector(".unfinished")?.remove();
    const exchange = el("article", { class: "exchange unfinished" }, el("h3", { dir: "auto" }, question), body);
    this.results.prepend(exchange);
    this.results.setAttribute("aria-busy", "true");
    this.status.textContent = this.#say("widget.searching");
    let answer = null;
    try {
      const asked = { question, history: this.#history, filters, standalone_question: standalone };
      answer = await this.#server.ask(asked, (said) => body.append(this.view.arriving(said)), asking.signal);
      const filtered = Object.keys(filters).length > 0;
      body.replaceChildren(...this.view.answer(answer, { filtered }));
      this.#remember(answer, standalone ?? question);
    } catch (error) {
      if (asking.signal.aborted) return null;
      if (!(error instanceof Trouble || error instanceof Denied)) console.warn("cite-desk:", error.message);
      body.replaceChildren(...this.view.trouble(error));
      this.status.textContent = "";
      answer = null;
    }
    exchange.classList.remove("unfinished");
    this.results.removeAttribute("aria-busy");
    this.startOver.hidden = false;
    return answer;
  }

  #remember(answer, understood) {
    this.#history.push({ role: "user", content: understood }, { role: "assistant", content: answer.text });
    this.#history = this.#history.slice(-REMEMBERED_TURNS);
    if (this.input.value.trim() === answer.question) this.input.value = ""; // else the next is being typed
    this.status.textContent = this.#summary(answer);
    this.#tell("citedesk:answer", answer);
  }

  #summary(answer) {
    if (answer.small_talk) return answer.text;
    if (answer.refused) return this.#say("answer.refused");
    return this.#say("widget.answered", { sources: new Set(answer.citations.map((c) => c.article.id)).size });
  }

  #tell(name, detail) {
    const event = new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: true });
    return this.dispatchEvent(event);
  }

  // What a reader does with an answer

  #desk() {
    return {
      insertable: this.hasAttribute("insertable"),
      put: (asked) => this.#put(asked),
      widen: (asked) => {
        this.filters.clear();
        this.#put(asked);
      },
      insert: (citation) => {
        if (this.#tell("citedesk:insert", insertion(citation, this.words)))
          this.status.textContent = this.#say("widget.inserted");
      },
      copy: (text) => this.#try(() => copyText(text, this.panel), "widget.copied", "widget.not_copied"),
      rate: (...rated) => this.#try(() => this.#server.rate(...rated), "widget.thanks", "widget.error_feedback"),
      article: async ({ article }) => {
        try {
          return await this.#server.article(article.id);
        } catch (error) {
          console.warn("cite-desk:", error.message);
          this.status.textContent = this.#say("widget.error_context");
          return null;
        }
      },
    };
  }

  /** Whether something was done; which of the two, the status line says. */
  async #try(act, done, failed) {
    try {
      await act();
    } catch (error) {
      console.warn("cite-desk:", error.message);
      this.status.textContent = this.#say(failed);
      return false;
    }
    this.status.textContent = this.#say(done);
    return true;
  }
}

customElements.define("cite-desk", CiteDesk);
