// The dialog in which articles are added: choosing and dropping files, sending them, and how far
// the server is with them. Gradio runs this once with the element; see js_on_load in ui.py.

const SOON = 700; // ms to the next look at a run that is under way
const LATER = 2000; // and to the next where the server was silent

const root = () => element.querySelector(".upload");
const dialog = () => element.querySelector("dialog");
const part = (name) => element.querySelector(`.${name}-part`);
const words = () => root().dataset;
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const percent = (share) =>
  new Intl.NumberFormat(root().lang, { style: "percent" }).format(Math.min(share, 1));

let queue = []; // files that are to be sent
let sent = 0; // of this sending: files that are through
let total = 0; // and all of them
let phase = ""; // of the server's run, as it was last heard
let timer = 0;

// ---- choosing and dropping

const isSidecar = (file) => /\.meta\.ya?ml$/.test(file.name);

// What says that an article is under embargo must be there before the article is.
function add(files) {
  if (!files.length) return;
  const free = !total;
  if (free) refuseNothing();
  queue = [...queue, ...files].sort((one, other) => isSidecar(other) - isSidecar(one));
  total += files.length;
  if (free) sendAll();
}

function refuse(name, reason) {
  const line = document.createElement("li");
  const named = document.createElement("span");
  named.className = "name";
  named.dir = "auto";
  named.textContent = name;
  const why = document.createElement("span");
  why.className = "reason";
  why.textContent = reason;
  line.append(named, " ", why);
  const section = element.querySelector(".refused");
  section.hidden = false;
  section.querySelector("ul").append(line);
}

function refuseNothing() {
  element.querySelector(".refused").hidden = true;
  element.querySelector(".refused ul").replaceChildren();
}

// ---- sending

async function sendAll() {
  let reached = true;
  let stored = 0;
  while (queue.length) {
    const file = queue.shift();
    const refused = reached ? await sendOne(file) : words().unreachable;
    reached = refused !== words().unreachable;
    if (refused) refuse(file.name, refused);
    else stored += 1;
    sent += 1;
  }
  [sent, total] = [0, 0];
  part("sending").replaceChildren();
  const refusals = element.querySelectorAll(".refused li").length;
  if (refusals) say(element.querySelector(".refused").innerText);
  if (stored) await begin();
  else mark();
}

// Why the file was refused; nothing where it is stored.
async function sendOne(file) {
  if (file.size > Number(words().most)) {
    return fill(words().too_large, { most: Math.floor(words().most / 1024 / 1024) });
  }
  for (;;) {
    const reply = await put(file);
    if (reply.status === 201) return "";
    if (reply.status === 200) return reply.responseText;
    if (reply.status === 401 || reply.status === 403) return words().denied;
    if (reply.status !== 429) return reply.status ? words().unforeseen : words().unreachable;
    await new Promise((wait) => setTimeout(wait, 1000 * (reply.getResponseHeader("Retry-After") || 1)));
  }
}

// Not by fetch, which does not tell how much of a body is sent.
function put(file) {
  return new Promise((answered) => {
    const request = new XMLHttpRequest();
    const query = new URLSearchParams({ language: root().lang });
    request.open("PUT", `upload/files/${encodeURIComponent(file.name)}?${query}`);
    request.upload.addEventListener("progress", (event) => showSending(file, event.loaded / event.total));
    request.addEventListener("loadend", () => answered(request));
    showSending(file, 0);
    request.send(file);
  });
}

function showSending(file, share) {
  const now = Math.round((100 * (sent + share)) / total);
  let bar = part("sending").querySelector(".track");
  if (!bar) {
    part("sending").innerHTML =
      '<h3 dir="auto"></h3><div class="track" role="progressbar" aria-valuemin="0" aria-valuemax="100"><span></span></div>';
    bar = part("sending").querySelector(".track");
  }
  const told = fill(words().sending, { name: file.name, place: sent + 1, total });
  part("sending").querySelector("h3").textContent = told;
  bar.setAttribute("aria-label", told);
  bar.setAttribute("aria-valuenow", now);
  bar.firstElementChild.style.width = `${now}%`;
  mark(now / 100);
}

window.addEventListener("beforeunload", (event) => {
  if (total) event.preventDefault();
});

// ---- the run

async function begin() {
  try {
    await fetch("upload/index", {
      method: "POST", headers: { "Content-Type": "application/json" }, body: "{}",
    });
  } catch (error) {
    away(error);
  }
  await look();
}

async function look() {
  clearTimeout(timer);
  let next = SOON;
  try {
    const reply = await fetch(`upload/progress?${new URLSearchParams({ language: root().lang })}`);
    if (!reply.ok) return;
    const before = phase;
    phase = reply.headers.get("X-Phase") ?? "";
    show(await reply.text(), before);
    mark(Number(reply.headers.get("X-Part")));
  } catch (error) {
    away(error);
    next = LATER;
  }
  if (phase === "reading") timer = setTimeout(look, next);
}

// Where the reader is in the list, they stay.
function show(html, before) {
  const list = part("progress").querySelector(".files");
  const top = list?.scrollTop ?? 0;
  part("progress").innerHTML = html;
  const files = part("progress").querySelector(".files");
  if (files) files.scrollTop = top;
  if (phase === before) return;
  const [headline, counts] = ["h3", ".counts"].map((name) => part("progress").querySelector(name));
  say([headline?.innerText, counts?.innerText].filter(Boolean).join(" "));
  if (before === "reading") trigger("added", {});
}

// What fails because the server is away is said, and tried again.
function away(error) {
  if (!(error instanceof TypeError)) throw error; // TypeError is how fetch says so
  say(words().unreachable);
  const headline = part("progress").querySelector("h3");
  if (headline) headline.textContent = words().unreachable;
}

function say(text) {
  element.querySelector(".spoken").textContent = text;
}

// The button tells whoever has closed the dialog how far it is.
let label = "";
function mark(share = 0) {
  const button = element.querySelector(".open");
  const isBusy = total > 0 || phase === "reading";
  label ||= button.textContent;
  button.classList.toggle("busy", isBusy);
  button.textContent = isBusy ? fill(words().busy, { part: percent(share) }) : label;
}

// ---- clicks, keys, and what is dragged over the page

function open() {
  if (dialog().open) return;
  dialog().showModal();
  look();
}

element.addEventListener("click", (event) => {
  if (event.target.closest(".open")) open();
  // A click beside the dialog is one on its backdrop.
  if (event.target.closest(".close") || event.target === dialog()) dialog().close();
  if (event.target.closest(".again")) begin();
});

element.addEventListener("change", (event) => {
  if (event.target.type !== "file") return;
  add([...event.target.files]);
  event.target.value = "";
});

const carriesFiles = (event) => root() && event.dataTransfer?.types.includes("Files");

document.addEventListener("dragover", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  open();
  dialog().classList.add("dropping");
});

document.addEventListener("dragleave", (event) => {
  if (event.relatedTarget === null) dialog()?.classList.remove("dropping");
});

document.addEventListener("drop", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  dialog().classList.remove("dropping");
  const files = [];
  const folders = [];
  for (const item of event.dataTransfer.items) {
    const entry = item.webkitGetAsEntry?.();
    if (entry?.isDirectory) folders.push(entry.name);
    else if (item.kind === "file") files.push(item.getAsFile());
  }
  if (!total) refuseNothing();
  add(files);
  for (const name of folders) refuse(name, words().folder);
});

function begun() {
  label = "";
  if (root()) look();
}
watch("value", begun);
begun();
