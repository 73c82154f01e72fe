// The view that runs question sets: switching to it, its form, the run's progress, its report.
// Gradio runs this once with the view's element; see js_on_load in ui.py. What the page shows is
// made by the server, in parts; here each is put into its place.

const SOON = 700; // ms to the next look at a run that is under way
const LATER = 2000; // and to whether another reader has begun one
const ENDED = ["done", "stopped", "outdated", "failed"];

const root = () => element.querySelector(".evaluation");
const part = (name) => element.querySelector(`.${name}-part`);
const told = () => element.querySelector(".told");
const address = () => new URLSearchParams(location.search);
const evaluates = () => address().get("view") === "evaluate";

let chosen = ""; // name of the set
let phase = ""; // of the server's run, as it was last heard
let heard = null; // that run, and where it ended if it has
let begun = false; // whether this page has begun it, or gone on with it
let timer = 0;
let lost = false; // whether the server was silent

// ---- asking the server

async function ask(path, values = {}, options = {}) {
  const query = new URLSearchParams({ language: root().lang, ...values });
  const reply = await fetch(`evaluate/${path}?${query}`, options);
  if (lost) tell("");
  lost = false;
  return reply;
}

const send = (path, values) =>
  ask(path, {}, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ language: root().lang, ...values }),
  });

function tell(html) {
  told().innerHTML = html;
  if (html) told().scrollIntoView({ block: "nearest" });
}

// What fails because the server is away is said, and tried again by whoever waits.
function away(error) {
  if (!(error instanceof TypeError)) throw error; // TypeError is how fetch says so
  lost = true;
  told().textContent = root().dataset.unreachable;
}

async function act(action) {
  try {
    const reply = await action();
    // Done is 204, or 201 with a name; otherwise a part of the page says what is wrong.
    if (reply) tell(reply.status === 200 || !reply.ok ? await reply.text() : "");
    return reply !== null && (reply.status === 201 || reply.status === 204) ? reply : null;
  } catch (error) {
    away(error);
    return null;
  }
}

// ---- the two views

function showView() {
  const view = evaluates() ? "evaluate" : "ask";
  document.body.classList.toggle("evaluating", view === "evaluate");
  for (const link of document.querySelectorAll("#views a")) {
    if (link.dataset.view === view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  clearTimeout(timer);
  if (view === "evaluate" && root()) refresh();
}

function go(values) {
  history.pushState(null, "", `?${new URLSearchParams(values)}`);
}

async function refresh() {
  await Promise.all([showSetup(), showResult(), look()]);
}

// ---- sets, form, earlier runs

async function showSetup() {
  const values = new Map(formValues());
  const focused = document.activeElement?.name;
  await act(async () => {
    const reply = await ask("setup", { chosen });
    part("setup").innerHTML = await reply.text();
    return null;
  });
  const form = part("setup").querySelector("form");
  if (!form) return;
  chosen = form.elements.set ? checked(form, "set") : "";
  for (const name of ["limit", "sample"]) {
    if (values.has(name) && form.elements[name]) form.elements[name].value = values.get(name);
  }
  const which = form.querySelector(`[name=which][value="${values.get("which") ?? "all"}"]`);
  if (which) which.checked = true;
  if (focused === "set") form.querySelector("[name=set]:checked")?.focus();
  mark();
}

function formValues() {
  const form = part("setup")?.querySelector("form");
  return form ? new FormData(form).entries() : [];
}

const checked = (form, name) => form.querySelector(`[name=${name}]:checked`)?.value ?? "";

// One run at a time; and the one that is shown is told in the list of runs.
function mark() {
  const button = part("setup").querySelector("[type=submit]");
  if (button) button.disabled = !rests();
  const { set, run } = part("result").firstElementChild?.dataset ?? {};
  for (const row of part("setup").querySelectorAll("tr[data-run]")) {
    if (set === chosen && row.dataset.run === run) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
}

async function start(form) {
  const which = checked(form, "which");
  const wanted = { set: chosen, against: form.elements.against?.checked ? form.elements.against.value : null };
  if (which !== "all") wanted[which] = Number(form.elements[which].value);
  if (await act(() => send("start", wanted))) {
    await follow();
  }
}

// Looks at the run that this page has just begun, in the place of the report that it showed.
async function follow() {
  begun = true;
  go({ view: "evaluate" });
  part("result").replaceChildren();
  await look();
  part("progress").scrollIntoView({ block: "nearest" });
}

async function upload(field) {
  const [file] = field.files;
  if (!file) return;
  const reply = await act(() => ask(`sets/${encodeURIComponent(file.name)}`, {}, { method: "PUT", body: file }));
  field.value = "";
  if (!reply) return;
  chosen = await reply.text();
  await showSetup();
  part("setup").querySelector("[name=set]:checked").focus();
}

// ---- the run

const rests = () => phase === "" || ENDED.includes(phase);

async function look() {
  clearTimeout(timer);
  try {
    const reply = await ask("progress");
    const run = reply.headers.get("X-Run") ?? "";
    phase = reply.headers.get("X-Phase") ?? "";
    put(part("progress"), await reply.text());
    const before = heard;
    heard = rests() ? `${run} ${phase}` : run;
    if (heard !== before && before !== null) await changed(run, begun || before === run);
    mark();
  } catch (error) {
    away(error);
  }
  clearTimeout(timer);
  if (evaluates()) timer = setTimeout(look, rests() ? LATER : SOON);
}

// A report opens by itself for whoever has watched its run, and reads no other.
async function changed(run, watched) {
  if (phase === "done" && watched && !part("result").firstElementChild) await open(run);
  if (rests()) begun = false;
  await showSetup();
}

// The head with its button stays, so that whoever is on it with the keyboard stays there, too.
function put(place, html) {
  const made = document.createElement("template");
  made.innerHTML = html;
  const [now, next] = [place.firstElementChild, made.content.firstElementChild];
  const head = now?.querySelector("header");
  if (!head || head.outerHTML !== next?.querySelector("header")?.outerHTML) {
    place.replaceChildren(made.content);
    return;
  }
  now.className = next.className;
  now.replaceChildren(head, ...[...next.children].slice(1));
}

// ---- the report

// A run is named SET/RUN, each part percent-encoded, as in the paths of its files.
async function open(run, against = null) {
  go({ view: "evaluate", run, ...(against !== null && { against }) });
  await showResult();
  const section = part("result").firstElementChild;
  section?.focus({ preventScroll: true });
  section?.scrollIntoView({ block: "start" });
}

async function showResult() {
  const [run, against] = [address().get("run"), address().get("against")];
  if (!run) {
    part("result").replaceChildren();
    return;
  }
  if (!part("result").firstElementChild && !chosen) chosen = decodeURIComponent(run.split("/")[0]);
  await act(async () => {
    const reply = await ask(`result/${run}`, against === null ? {} : { against });
    if (reply.ok) part("result").innerHTML = await reply.text();
    return reply.ok ? null : reply;
  });
  mark();
}

const named = (node) => node.closest("[data-run]").dataset.run;
const path = (set, run) => `${encodeURIComponent(set)}/${encodeURIComponent(run)}`;

// ---- clicks and changes

const DO = {
  stop: async (button) => {
    await act(() => send("stop", { set: button.closest("[data-set]").dataset.set, run: named(button) }));
    await look();
  },
  go_on: async (button) => {
    const set = button.closest("[data-set]").dataset.set;
    if (await act(() => send("go-on", { set, run: named(button) }))) await follow();
  },
  open: (button) => open(path(button.closest("[data-set]").dataset.set, named(button))),
  dismiss: () => tell(""),
};

element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (button) DO[button.dataset.do](button);
});

element.addEventListener("submit", (event) => {
  event.preventDefault();
  start(event.target);
});

element.addEventListener("focusin", (event) => {
  if (event.target.type !== "number") return;
  event.target.form.querySelector(`[name=which][value=${event.target.name}]`).checked = true;
});

element.addEventListener("change", (event) => {
  const field = event.target;
  if (field.name === "upload") upload(field);
  else if (field.name === "set") {
    chosen = field.value;
    showSetup();
  } else if (field.name === "versus") {
    const { set, run } = field.closest("[data-run]").dataset;
    open(path(set, run), field.value);
  }
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("#views a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (link.getAttribute("aria-current") === "page") return;
  go({ view: link.dataset.view });
  showView();
});

window.addEventListener("popstate", showView);

// Gradio puts the links on the page after this element, and anew in each language.
new MutationObserver(() => {
  const links = document.querySelectorAll("#views a");
  if (links.length && ![...links].some((link) => link.hasAttribute("aria-current"))) showView();
}).observe(document.querySelector(".gradio-container"), { childList: true, subtree: true });

watch("value", () => {
  if (root()) showView();
});
if (root()) showView();
