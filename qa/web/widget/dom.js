// ---- making elements

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
  element.append(...children.flat().filter((child) => child != null && child !== ""));
  return element;
}

/** A drawing of one line, 20 by 20; what it means, the button around it says. */
function icon(path, turned = false) {
  const space = "http://www.w3.org/2000/svg";
  const drawing = document.createElementNS(space, "svg");
  const line = document.createElementNS(space, "path");
  for (const [name, value] of [["viewBox", "0 0 20 20"], ["aria-hidden", "true"]])
    drawing.setAttribute(name, value);
  if (turned) drawing.setAttribute("class", "turned");
  line.setAttribute("d", path);
  drawing.append(line);
  return drawing;
}

/** What the keyboard reaches within a part of the page, in order. */
function reachable(part) {
  const all = part.querySelectorAll("button, input, a[href], [tabindex='0']");
  return [...all].filter((one) => !one.disabled && one.getClientRects().length);
}

/** Puts text on the clipboard, also where a page without HTTPS has no clipboard API. */
async function copyText(text, place) {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const box = el("textarea", { class: "aside", tabindex: "-1", "aria-hidden": "true" }, text);
  const before = place.getRootNode().activeElement;
  place.append(box);
  box.select();
  const copied = document.execCommand("copy");
  box.remove();
  before?.focus();
  if (!copied) throw new Error("the browser does not let this page copy");
}
