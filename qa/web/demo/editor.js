// What a newsroom does to have the archive in its editor: it listens for citedesk:insert and puts the
// quote where the cursor was. Everything that it is given is text, and is set as text.

"use strict";

const text = document.getElementById("text");
const desk = document.querySelector("cite-desk");
const { inserted, quoted, words } = document.body.dataset;
const narrow = matchMedia("(max-width: 860px)");
let caret = null; // where the cursor was last in the text

// On a telephone the archive is behind a button, so that the story keeps the window.
if (narrow.matches) desk.setAttribute("mode", "launcher");

function keepCaret() {
  const selection = getSelection();
  if (selection.rangeCount && text.contains(selection.anchorNode)) caret = selection.getRangeAt(0).cloneRange();
}
document.addEventListener("selectionchange", keepCaret);
text.addEventListener("click", keepCaret); // before the focus can have gone on

desk.addEventListener("citedesk:insert", (event) => {
  event.preventDefault(); // the page says itself that it has it
  const quote = quotation(event.detail);
  const block = blockOfCaret();
  if (block && !block.textContent.trim()) block.replaceWith(quote);
  else if (block) block.after(quote);
  else text.append(quote);
  continueAfter(quote);
  count();
  document.querySelector(".told").textContent = inserted;
});

function quotation({ quote, attribution, permalink, article, passage_id, start, end }) {
  const block = document.createElement("blockquote");
  const said = document.createElement("p");
  const source = document.createElement("footer");
  said.textContent = quoted.replace("{quote}", () => quote);
  said.dir = source.dir = "auto";
  if (article.language) said.lang = article.language;
  if (permalink) block.cite = permalink;
  // Kept with the story, so that the quote can be checked against the archive later.
  Object.assign(block.dataset, { passage: passage_id, start, end });
  source.append(permalink ? link(permalink, attribution) : attribution);
  block.append(said, source);
  block.className = "new";
  return block;
}

function link(address, label) {
  const element = document.createElement("a");
  element.href = address;
  element.textContent = label;
  return element;
}

function blockOfCaret() {
  let node = caret?.startContainer;
  while (node && node.parentNode !== text) node = node.parentNode;
  return node;
}

/** The cursor goes on in the paragraph after the quote, which is made where there is none. */
function continueAfter(quote) {
  const next = quote.nextElementSibling ?? document.createElement("p");
  if (!next.isConnected) {
    next.append(document.createElement("br"));
    quote.after(next);
  }
  caret = document.createRange();
  caret.setStart(next, 0);
  quote.scrollIntoView({ block: "nearest", behavior: "smooth" });
}

for (const button of document.querySelectorAll("[data-command]")) {
  button.addEventListener("mousedown", (event) => event.preventDefault()); // the text keeps its selection
  button.addEventListener("click", () => {
    text.focus();
    document.execCommand(button.dataset.command, false, button.dataset.value);
  });
}

document.querySelector(".sample").addEventListener("click", async (event) => {
  await customElements.whenDefined("cite-desk");
  desk.ask(event.target.textContent);
});

function count() {
  const counted = text.textContent.split(/\s+/).filter(Boolean).length;
  document.querySelector(".count").textContent = words.replace("{count}", counted);
}
text.addEventListener("input", count);
count();
