// ---- which articles are searched

const LISTS = ["publishers", "languages", "sections"];
const DAYS = { from: "chat.published_from", to: "chat.published_to" };

/** The days that a reader may choose, and what the page has set: `publishers="The Courier|The Post"`. */
class FilterFields {
  #element;
  #words;
  #days = {};
  #cleared = false;

  constructor(element, words) {
    this.#element = element;
    this.#words = words;
    this.fields = el("div", { class: "filters", id: newId(), hidden: true }, Object.entries(DAYS).map(([name, key]) => {
      const id = newId();
      this.#days[name] = el("input", {
        id, type: "date", value: element.getAttribute(name), onchange: () => this.#count(),
      });
      return el("div", {}, el("label", { for: id }, words.say(key)), this.#days[name]);
    }), el("button", { type: "button", class: "plain", onclick: () => this.clear() }, words.say("chat.clear")));
    this.button = el("button", {
      type: "button", class: "plain", "aria-expanded": "false", "aria-controls": this.fields.id,
      onclick: () => {
        this.fields.hidden = !this.fields.hidden;
        this.button.setAttribute("aria-expanded", String(!this.fields.hidden));
      },
    });
    this.#count();
  }

  /** As `/v1/ask` takes them; empty where nothing is filtered. */
  chosen() {
    const days = Object.entries(this.#days).map(([name, field]) => [name, field.value]);
    const lists = LISTS.map((name) => [name, this.#cleared ? [] : this.#listed(name)]);
    return Object.fromEntries([...days, ...lists].filter(([, value]) => value.length));
  }

  clear() {
    this.#cleared = true;
    for (const field of Object.values(this.#days)) field.value = "";
    this.#count();
  }

  #listed(name) {
    const stated = (this.#element.getAttribute(name) ?? "").split("|");
    return stated.map((one) => one.trim()).filter(Boolean);
  }

  #count() {
    this.#days.to.min = this.#days.from.value; // the browser says so where they are crossed
    const count = Object.keys(this.chosen()).length;
    this.button.textContent = this.#words.say(count ? "chat.filters_active" : "chat.filters", { count });
  }
}
