// ---- the way to the server

/** What the server, or the way to it, has against the question. */
class Trouble extends Error {
  constructor(problem) {
    super(problem.detail);
    this.kind = (problem.type || "").split("#")[1] || "unknown";
    this.requestId = problem.request_id;
  }
}

/** That this page may not ask, or no longer: its ticket has expired, or it never had one. */
class Denied extends Error {}

class Server {
  #element;
  #renewing = null;
  #articles = new Map();

  constructor(element) {
    this.#element = element;
  }

  /** The answer; `onStatement` gets each statement as soon as it is verified. */
  async ask(body, onStatement, signal) {
    const response = await this.#send("v1/ask", { body: { ...body, stream: true }, signal });
    for await (const { name, data } of serverSentEvents(response.body)) {
      if (name === "statement") onStatement(data);
      else if (name === "problem") throw new Trouble(data);
      else if (name === "answer") return data;
    }
    throw new Error("the stream ended before the answer");
  }

  /** An article with its text, fetched once. */
  article(id) {
    if (!this.#articles.has(id)) {
      const fetched = this.#send(`v1/articles/${encodeURIComponent(id)}`).then((response) => response.json());
      fetched.catch(() => this.#articles.delete(id)); // the next time may go better
      this.#articles.set(id, fetched);
    }
    return this.#articles.get(id);
  }

  async rate(answerId, rating, reason) {
    await this.#send("v1/feedback", { body: { answer_id: answerId, rating, reason } });
  }

  async #send(path, { body, signal } = {}) {
    if (!this.#element.ticket && this.#canRenew()) await this.#renew();
    let response = await this.#fetch(path, body, signal);
    if (response.status === 401 && this.#canRenew()) {
      await this.#renew();
      response = await this.#fetch(path, body, signal);
    }
    if (response.status === 401 || response.status === 403) throw new Denied(`status ${response.status}`);
    if (!response.ok) throw new Trouble(await response.json());
    return response;
  }

  #fetch(path, body, signal) {
    const server = this.#element.getAttribute("server");
    const base = server ? new URL(server.replace(/\/*$/, "/"), document.baseURI) : new URL(".", SCRIPT);
    const headers = {};
    if (body) headers["Content-Type"] = "application/json";
    if (this.#element.ticket) headers.Authorization = `Bearer ${this.#element.ticket}`;
    const method = body ? "POST" : "GET";
    return fetch(new URL(path, base), { method, headers, body: body && JSON.stringify(body), signal });
  }

  #canRenew() {
    return Boolean(this.#element.getTicket || this.#element.getAttribute("ticket-url"));
  }

  /** Asks the page for a ticket; requests that want one at the same time share it. */
  async #renew() {
    this.#renewing ??= this.#newTicket().finally(() => (this.#renewing = null));
    this.#element.ticket = await this.#renewing;
  }

  async #newTicket() {
    const { getTicket } = this.#element;
    if (getTicket) return getTicket.call(this.#element);
    const address = new URL(this.#element.getAttribute("ticket-url"), document.baseURI);
    const response = await fetch(address, { method: "POST" });
    if (!response.ok) throw new Denied(`no ticket, status ${response.status}`);
    return (await response.json()).ticket;
  }
}

/** Events of a text/event-stream body: {name, data}, data parsed. */
async function* serverSentEvents(body) {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let buffer = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    buffer += decoder.decode(value, { stream: true });
    const blocks = buffer.split("\n\n");
    buffer = blocks.pop();
    for (const block of blocks) {
      const lines = block.split("\n");
      const field = (name) =>
        lines.filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2));
      if (field("data").length)
        yield { name: field("event")[0], data: JSON.parse(field("data").join("\n")) };
    }
  }
}
