// ---- chips and their cards

const OPENING = 120; // ms that a pointer rests on a chip before its card opens
const CLOSING = 250; // ms in which a pointer may travel from the chip to the card
const USUAL_HEIGHT = 340; // px of a card with one source
const GREATEST_HEIGHT = 440; // px; further sources are scrolled to

/** A chip that names its sources, and the card that shows them: on hover, on focus, for good on a click.
 *
 * The card stands right behind its chip, so that Tab goes on into it, and lies in the browser's top
 * layer, where nothing that scrolls can cut it off.
 */
class Chip {
  static #open = null; // one card at a time

  #timer;
  #pinned = false;
  #filled = false;

  constructor(label, more, name, fill) {
    this.card = el("div", {
      class: "card", part: "card", id: newId(), role: "dialog", "aria-label": name, popover: "manual",
    });
    this.chip = el(
      "button",
      {
        type: "button", class: "chip", part: "chip", "aria-label": name, "aria-haspopup": "dialog",
        "aria-expanded": "false", "aria-controls": this.card.id, onclick: () => this.#click(),
      },
      el("bdi", {}, label), more ? el("span", {}, ` +${more}`) : null,
    );
    this.element = el("span", {
      class: "source", onkeydown: (event) => this.#key(event), onfocusin: (event) => this.#focused(event),
      onfocusout: (event) => this.#left(event), onpointermove: (event) => this.#over(event),
      onpointerleave: () => this.#away(),
    }, this.chip, this.card);
    this.fill = fill;
  }

  static closeAny() {
    Chip.#open?.hide();
  }

  static replace() {
    Chip.#open?.#place();
  }

  show() {
    clearTimeout(this.#timer);
    if (Chip.#open === this || !this.element.isConnected) return;
    Chip.#open?.hide();
    Chip.#open = this;
    if (!this.#filled) this.card.replaceChildren(...this.fill());
    this.#filled = true;
    this.card.showPopover();
    this.chip.setAttribute("aria-expanded", "true");
    this.#place();
  }

  hide() {
    clearTimeout(this.#timer);
    if (Chip.#open !== this) return;
    Chip.#open = null;
    this.#pinned = false;
    if (this.card.isConnected) this.card.hidePopover();
    this.chip.setAttribute("aria-expanded", "false");
  }

  #click() {
    const closes = this.#pinned;
    this.#pinned = !closes;
    if (closes) this.hide();
    else this.show();
  }

  #focused(event) {
    if (event.target === this.chip && this.chip.matches(":focus-visible")) this.show();
  }

  #left(event) {
    if (!this.element.contains(event.relatedTarget)) this.hide();
  }

  /** Opens for a pointer that has moved here, not for one that an answer has come to lie under. */
  #over(event) {
    clearTimeout(this.#timer);
    if (event.pointerType !== "touch") this.#timer = setTimeout(() => this.show(), OPENING);
  }

  #away() {
    clearTimeout(this.#timer);
    const focused = this.element.getRootNode().activeElement;
    if (!this.#pinned && !this.element.contains(focused))
      this.#timer = setTimeout(() => this.hide(), CLOSING);
  }

  #key(event) {
    if (event.key !== "Escape" || Chip.#open !== this) return;
    event.stopPropagation(); // a launcher's panel stays open
    this.chip.focus();
    this.hide();
  }

  /** Below its chip, or above it where there is more room; never out of the window. */
  #place() {
    const gap = 6;
    const edge = 12;
    const chip = this.chip.getBoundingClientRect();
    const below = innerHeight - chip.bottom - gap - edge;
    const above = chip.top - gap - edge;
    const upwards = below < USUAL_HEIGHT && above > below; // whatever is still to be fetched for it
    const width = this.card.offsetWidth;
    const left = Math.max(edge, Math.min(chip.left, document.documentElement.clientWidth - edge - width));
    const { style } = this.card;
    style.left = `${left}px`;
    style.top = upwards ? "auto" : `${chip.bottom + gap}px`;
    style.bottom = upwards ? `${innerHeight - chip.top + gap}px` : "auto";
    style.maxHeight = `${Math.max(160, Math.min(GREATEST_HEIGHT, upwards ? above : below))}px`;
  }
}

/** The sentences right before and after a quote; offsets count code points, not UTF-16 units. */
function surroundings(article, { start, end }) {
  const letters = Array.from(article.text);
  const sentences = (part) => {
    const segmenter = new Intl.Segmenter(article.language || "en", { granularity: "sentence" });
    return [...segmenter.segment(part)].map(({ segment }) => segment.trim()).filter(Boolean);
  };
  // No sentence is this long; a whole article need not be read for two of them.
  const before = sentences(letters.slice(Math.max(0, start - 1000), start).join(""));
  const after = sentences(letters.slice(end, end + 1000).join(""));
  return { before: before.at(-1), after: after[0] };
}
