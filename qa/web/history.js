// Conversations that this browser keeps, and what a reader does with an answer: copy, export, rate.
// Gradio runs this once with the corner's element; see js_on_load in ui.py.

const MOST = 200; // conversations
const corner = () => element.querySelector(".corner");
const dialog = () => element.querySelector("dialog.history");
const words = () => JSON.parse(corner().dataset.words);
const conversation = () => document.querySelector("#conversation .conversation");

// ---- what is kept: a conversation an entry, under its reader's name

// A browser can forbid all of it, or have no room left.
function attempt(act, otherwise = null) {
  try {
    return act();
  } catch {
    return otherwise;
  }
}

const prefix = () => `citedesk/${corner().dataset.reader}/`;

function keptConversations() {
  const keys = attempt(() => Object.keys(localStorage), []).filter((key) => key.startsWith(prefix()));
  const read = (key) => attempt(() => JSON.parse(localStorage.getItem(key)));
  return keys.map(read).filter((one) => Array.isArray(one?.exchanges) && one.exchanges.length)
    .sort((a, b) => b.changed - a.changed);
}

function load(id) {
  return attempt(() => JSON.parse(localStorage.getItem(prefix() + id)));
}

/** Keeps a conversation; the oldest make room for it. */
function save(kept) {
  const old = keptConversations().filter(({ id }) => id !== kept.id);
  for (const { id } of old.splice(MOST - 1)) forget(id);
  const text = JSON.stringify(kept);
  while (!attempt(() => (localStorage.setItem(prefix() + kept.id, text), true), false)) {
    if (!old.length) return;
    forget(old.pop().id);
  }
}

function forget(id) {
  attempt(() => localStorage.removeItem(prefix() + id));
}

// The one that is on the page, of this tab alone.
const openId = () => attempt(() => sessionStorage.getItem(`${prefix()}open`));
function setOpen(id) {
  attempt(() => (id ? sessionStorage.setItem(`${prefix()}open`, id) : sessionStorage.removeItem(`${prefix()}open`)));
}

document.addEventListener("citedesk:answered", ({ detail }) => {
  const now = Date.now();
  const id = openId() ?? `${now}-${Math.random().toString(36).slice(2, 8)}`;
  const kept = load(id) ?? { id, exchanges: [], ratings: {} };
  kept.changed = now;
  kept.exchanges.push(detail);
  setOpen(id);
  save(kept);
});

function restore(id) {
  const kept = load(id);
  setOpen(kept ? id : null);
  trigger("restore", { kept: kept?.exchanges ?? [] });
}

// ---- the list of them

function listConversations() {
  const list = dialog().querySelector("ol");
  const all = keptConversations();
  const { locale } = corner().dataset;
  const days = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
  list.replaceChildren(...all.map(({ id, changed, exchanges }) => {
    const title = exchanges[0].question;
    const open = node("button", "conversation-title", title);
    open.dataset.id = id;
    open.dir = "auto";
    if (id === openId()) open.setAttribute("aria-current", "true");
    const remove = node("button", "remove", "×");
    remove.dataset.id = id;
    remove.setAttribute("aria-label", words().history_delete.replace("{title}", title));
    const when = node("span", "when", days.format(changed) + (exchanges.length > 1 ? ` · ${exchanges.length}` : ""));
    const item = node("li", "");
    item.append(open, when, remove);
    return item;
  }));
  dialog().querySelector(".empty").hidden = all.length > 0;
  dialog().querySelector("footer").hidden = !all.length;
}

function node(tag, name, text = "") {
  const made = document.createElement(tag);
  made.className = name;
  made.textContent = text;
  if (tag === "button") made.type = "button";
  return made;
}

element.addEventListener("click", (event) => {
  const { target } = event;
  if (target.closest(".open-history")) {
    listConversations();
    dialog().showModal();
  } else if (target === dialog() || target.closest("dialog .close")) {
    dialog().close();
  } else if (target.closest(".conversation-title")) {
    dialog().close();
    restore(target.closest(".conversation-title").dataset.id);
  } else if (target.closest(".remove")) {
    drop([target.closest(".remove").dataset.id]);
  } else if (target.closest(".clear")) {
    clearAll(target.closest(".clear"));
  } else if (target.closest("[data-format]")) {
    exportAll(target.closest("[data-format]").dataset.format);
  }
});

/** Deletes conversations; the one on the page goes on as a new one. */
function drop(ids) {
  ids.forEach(forget);
  if (ids.includes(openId())) setOpen(null);
  listConversations();
  (dialog().querySelector(".conversation-title") ?? dialog().querySelector(".close")).focus();
}

// Asked twice: there is no way back.
function clearAll(button) {
  const said = button.textContent;
  if (said === words().history_clear_sure) {
    drop(keptConversations().map(({ id }) => id));
    return;
  }
  button.textContent = words().history_clear_sure;
  button.addEventListener("blur", () => (button.textContent = said), { once: true });
}

document.addEventListener("click", (event) => {
  if (event.target.closest("#restart")) setOpen(null);
  const menu = element.querySelector("details.export");
  if (menu?.open && !event.target.closest("details.export summary")) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  const menu = element.querySelector("details.export");
  if (event.key !== "Escape" || !menu?.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// ---- copying and exporting; the server knows how, this browser what

function exchangesOnPage() {
  return load(openId())?.exchanges ?? [];
}

function asked(form, kept) {
  return server.export({ kept, form, language: corner().lang });
}

async function exportAll(form) {
  const kept = exchangesOnPage();
  if (form === "copy") return copy(kept);
  try {
    const { text, name, type } = await asked(form, kept);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  } catch {
    say(words().unreachable);
  }
}

/** Both as text and with its links: where it is pasted decides. */
async function copy(kept) {
  const made = asked("copy", kept);
  const part = (key, type) => made.then((all) => new Blob([all[key]], { type }));
  try {
    // Promises, since some browsers let a page copy only within the click itself.
    await navigator.clipboard.write([
      new ClipboardItem({ "text/plain": part("text", "text/plain"), "text/html": part("html", "text/html") }),
    ]);
    say(words().copied);
  } catch {
    say(words().not_copied);
  }
}

let saying = null;

function say(text) {
  const toast = element.querySelector(".toast");
  toast.textContent = text;
  clearTimeout(saying);
  saying = setTimeout(() => (toast.textContent = ""), 5000);
}

// ---- rating an answer

document.addEventListener("click", (event) => {
  const tools = event.target.closest("#conversation .tools");
  if (!tools) return;
  const id = tools.dataset.answer;
  const { rating } = event.target.closest(".thumb")?.dataset ?? {};
  const reason = event.target.closest(".reason")?.dataset.reason;
  if (event.target.closest(".copy")) copy(exchangesOnPage().filter(({ answer }) => answer?.id === id));
  else if (rating === "up") rate(tools, { rating });
  else if (rating) toggleReasons(tools);
  else if (reason) rate(tools, { rating: "down", reason });
});

document.addEventListener("keydown", (event) => {
  const comment = event.target.closest?.("#conversation .tools .comment");
  if (!comment || event.key !== "Enter") return;
  event.preventDefault();
  if (comment.value.trim()) rate(comment.closest(".tools"), { rating: "down" });
});

function toggleReasons(tools) {
  const reasons = tools.querySelector(".reasons");
  reasons.hidden = !reasons.hidden;
  tools.querySelector(".thumb.down").setAttribute("aria-expanded", String(!reasons.hidden));
  if (!reasons.hidden) reasons.querySelector(".reason").focus();
}

async function rate(tools, said) {
  const answer_id = tools.dataset.answer;
  const comment = said.rating === "down" ? tools.querySelector(".comment").value.trim() : "";
  const body = JSON.stringify({ answer_id, ...said, ...(comment && { comment }) });
  const headers = { "Content-Type": "application/json" };
  const noted = await fetch("v1/feedback", { method: "POST", headers, body }).catch(() => null);
  if (!noted?.ok) {
    tools.querySelector(".noted").textContent = words().error_feedback;
    return;
  }
  const kept = load(openId());
  if (kept) save({ ...kept, ratings: { ...kept.ratings, [answer_id]: said.rating } });
  showRating(tools, true);
}

function showRating(tools, now) {
  const hadFocus = tools.contains(document.activeElement);
  tools.querySelector(".thumbs").hidden = true;
  tools.querySelector(".reasons").hidden = true;
  tools.querySelector(".noted").textContent = words().thanks;
  if (now && hadFocus) tools.querySelector(".copy").focus();
}

// ---- what follows a change of the page

function follow() {
  if (!corner()) return;
  element.querySelector("details.export").hidden = !conversation()?.querySelector(".tools");
  const ratings = load(openId())?.ratings ?? {};
  for (const tools of document.querySelectorAll("#conversation .tools"))
    if (tools.dataset.answer in ratings && !tools.querySelector(".thumbs").hidden) showRating(tools, false);
}

let greeted = false;
watch("value", () => {
  follow();
  if (greeted || !corner()) return;
  greeted = true;
  if (openId()) restore(openId());
});
new MutationObserver(follow).observe(document.getElementById("conversation"), { childList: true, subtree: true });
