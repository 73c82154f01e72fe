// Within the frame of /embed: events go out to the page around it, tickets and questions come in.
// The page is the one origin that it named and the server knows; no other is told or heard.

(() => {
  "use strict";

  const desk = document.querySelector("cite-desk");
  const host = desk.dataset.origin || location.origin;
  const tell = (type, detail) => parent.postMessage({ type, detail }, host);
  let handOver = null; // what waits for a ticket

  if (parent === window) return; // opened by itself

  for (const type of ["citedesk:answer", "citedesk:insert"])
    desk.addEventListener(type, (event) => tell(type, event.detail));

  addEventListener("message", ({ origin, source, data }) => {
    if (origin !== host || source !== parent) return;
    if (data?.type === "citedesk:ask" && typeof data.question === "string") desk.ask(data.question);
    if (data?.type === "citedesk:ticket" && typeof data.ticket === "string") take(data.ticket);
  });

  /** A page that has given one ticket is asked for the next when it has expired. */
  function take(ticket) {
    desk.ticket = ticket;
    desk.getTicket = () => new Promise((resolve) => {
      handOver = resolve;
      tell("citedesk:ticket-wanted");
    });
    handOver?.(ticket);
    handOver = null;
  }

  tell("citedesk:ready");
})();
