// The chat's own behaviour: the source panel, the cards, where the page scrolls and focuses.
// Gradio runs this once with the conversation's element; see js_on_load in ui.py.

// Gradio puts the other components on the page after this one.
const panel = () => document.querySelector("#source aside");
const narrow = window.matchMedia("(max-width: 1099px)");
const still = window.matchMedia("(prefers-reduced-motion: reduce)");
const root = () => element.querySelector(".conversation");
const motion = () => (still.matches ? "instant" : "smooth");

let opened = null; // id of the chip whose sources are shown
let place = 0; // which of them
let asked = 0; // counts requests, so that a slow reply cannot replace a later one
let shown = 0; // exchanges on the page

// ---- source panel

async function openSource(chip) {
  opened = chip.id;
  place = 0;
  await loadSource(chip);
  document.body.classList.add("reading");
  coverPage();
  panel().focus({ preventScroll: true });
  showMark();
}

async function loadSource(chip) {
  const request = ++asked;
  const sources = JSON.parse(chip.dataset.sources);
  let html;
  try {
    html = await server.source({ ...sources[place], language: root().lang });
  } catch {
    html = null;
  }
  if (request !== asked) return;
  const words = root().dataset;
  panel().setAttribute("aria-label", words.source);
  const close = document.createElement("button");
  close.className = "close";
  close.textContent = words.close;
  const body = document.createElement("div");
  body.className = "source-body";
  if (html === null) body.textContent = words.unreachable;
  else body.innerHTML = html;
  panel().replaceChildren(close, ...(sources.length > 1 ? [pager(sources.length)] : []), body);
  markChips();
}

/** Goes from one source of a statement to the next. */
function pager(count) {
  const words = root().dataset;
  const bar = document.createElement("nav");
  bar.className = "pager";
  const said = document.createElement("span");
  said.textContent = words.source_of.replace("{number}", place + 1).replace("{count}", count);
  const step = (by, mark, label) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = mark;
    button.setAttribute("aria-label", label);
    button.dataset.step = by;
    button.disabled = place + by < 0 || place + by >= count;
    return button;
  };
  bar.append(step(-1, "‹", words.previous), said, step(1, "›", words.following));
  return bar;
}

async function turnPage(by) {
  place += by;
  await loadSource(document.getElementById(opened));
  showMark();
  const same = panel().querySelector(`.pager [data-step="${by}"]`);
  (same && !same.disabled ? same : panel()).focus({ preventScroll: true });
}

function showMark() {
  const mark = panel().querySelector("mark");
  const body = panel().querySelector(".source-body");
  if (!mark || !body) return;
  const { top, bottom } = mark.getBoundingClientRect();
  const from = body.getBoundingClientRect().top - body.scrollTop;
  // Where head and passage fit together, both are shown.
  const fits = bottom - from < body.clientHeight * 0.75;
  body.scrollTo({ top: fits ? 0 : top - from - body.clientHeight / 3, behavior: "instant" });
}

function closeSource() {
  if (!opened) return;
  const chip = document.getElementById(opened);
  opened = null;
  asked++;
  document.body.classList.remove("reading");
  coverPage();
  markChips();
  if (chip) {
    chip.closest(".source").classList.add("quiet"); // the card has been read
    chip.focus({ preventScroll: true });
  }
}

// As a sheet the panel hides the page, which must not take the focus then.
function coverPage() {
  const covered = opened !== null && narrow.matches;
  for (const id of ["top", "conversation", "composer", "samples"]) {
    const part = document.getElementById(id);
    if (part) part.inert = covered;
  }
}

function markChips() {
  for (const chip of element.querySelectorAll(".chip")) {
    chip.setAttribute("aria-expanded", String(chip.id === opened));
  }
}

// ---- cards

function placeCard(source) {
  const card = source.querySelector(".card");
  card.style.removeProperty("--shift");
  card.classList.remove("above");
  const box = card.getBoundingClientRect();
  const edge = document.body.classList.contains("reading") && !narrow.matches
    ? panel().getBoundingClientRect().left : document.documentElement.clientWidth;
  const shift = Math.max(12 - box.left, Math.min(0, edge - 12 - box.right));
  card.style.setProperty("--shift", `${shift}px`);
  const floor = document.getElementById("composer").getBoundingClientRect().top;
  if (box.bottom > floor && box.height + 20 < source.getBoundingClientRect().top) {
    card.classList.add("above");
  }
}

function unquiet(event) {
  const source = event.target.closest?.(".source");
  if (!source || source.contains(event.relatedTarget)) return;
  source.classList.remove("quiet");
}

for (const kind of ["pointerover", "focusin"]) {
  element.addEventListener(kind, (event) => {
    const source = event.target.closest(".source");
    if (source && !source.contains(event.relatedTarget)) placeCard(source);
  });
}
element.addEventListener("pointerout", unquiet);
element.addEventListener("focusout", unquiet);

// ---- clicks and keys

document.addEventListener("click", (event) => {
  const chip = event.target.closest(".chip");
  if (chip) openSource(chip);
  else if (event.target.closest("#source .close")) closeSource();
  const step = event.target.closest("#source [data-step]");
  if (step) turnPage(Number(step.dataset.step));
  const wider = event.target.closest(".wider");
  if (wider) widen(wider.dataset);
  const sample = event.target.closest(".sample");
  if (sample) {
    trigger("sample", { question: sample.textContent });
    focusQuestion();
  }
  const restate = event.target.closest(".restate");
  if (restate) openRestating(restate);
  if (event.target.closest("#restart")) {
    closeSource();
    focusQuestion();
  }
});

/** The same question with less in the way: without filters, or without its own dates. */
function widen({ drop, question, standalone }) {
  trigger(drop === "filters" ? "widen" : "restate", { question, standalone });
  focusQuestion();
}

// ---- how a question was understood, put otherwise

function openRestating(button) {
  const form = document.getElementById(button.getAttribute("aria-controls"));
  form.hidden = !form.hidden;
  button.setAttribute("aria-expanded", String(!form.hidden));
  if (!form.hidden) form.elements.standalone.focus();
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest(".restating");
  if (!form) return;
  event.preventDefault();
  const standalone = form.elements.standalone.value.trim();
  if (!standalone) return;
  trigger("restate", { question: form.dataset.question, standalone });
  focusQuestion();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const source = document.querySelector(".source:hover, .source:focus-within");
  if (opened) closeSource();
  else source?.classList.add("quiet");
});

// An empty question stays here: sent, it could swallow the one that is typed right after it.
function keepEmpty(event) {
  const box = event.target.closest("#question");
  const sends = event.type === "click" ? event.target.closest(".submit-button") : event.key === "Enter";
  if (!box || !sends || box.querySelector("textarea").value.trim()) return;
  event.preventDefault();
  event.stopPropagation();
}
for (const kind of ["keydown", "keypress", "click"]) {
  document.addEventListener(kind, keepEmpty, { capture: true });
}

narrow.addEventListener("change", coverPage);

// They cover what is answered; how many are in use stays in view.
function closeFilters() {
  document.querySelector("#filters > .label-wrap.open")?.click();
}

function focusQuestion() {
  document.querySelector("#question textarea")?.focus();
}

// ---- what follows a change of the conversation

watch("value", () => {
  const language = root()?.lang;
  const switched = language && language !== document.documentElement.lang;
  if (switched) document.documentElement.lang = language;
  const chip = opened && document.getElementById(opened);
  if (chip && switched) loadSource(chip).then(showMark);
  markChips();
  const exchanges = element.querySelectorAll(".exchange");
  if (exchanges.length > shown) {
    closeFilters();
    exchanges[exchanges.length - 1].scrollIntoView({ block: "start", behavior: motion() });
  }
  shown = exchanges.length;
});

// ---- what Gradio's own components lack

// Its text fields know no dates; the browser's date field knows the reader's calendar and keyboard.
// Its accordion does not tell a screen reader whether it is open.
function mendControls() {
  for (const field of document.querySelectorAll(".day input")) field.type = "date";
  const toggle = document.querySelector("#filters > .label-wrap");
  toggle?.setAttribute("aria-expanded", String(toggle.classList.contains("open")));
}
new MutationObserver(mendControls).observe(document.querySelector(".gradio-container"), {
  childList: true, subtree: true, attributeFilter: ["class"],
});
mendControls();
