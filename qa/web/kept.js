// Tells the rest of the page of an exchange that has been answered, for the browser to keep.
// Gradio runs this once with the element that the server puts each into; see js_on_load in ui.py.

watch("value", () => {
  const text = element.querySelector("pre")?.textContent;
  if (text) document.dispatchEvent(new CustomEvent("citedesk:answered", { detail: JSON.parse(text) }));
});
