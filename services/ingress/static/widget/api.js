// The HTTP API as the widget uses it. The session is a cookie that scripts cannot read.

export class RequestRefused extends Error {
  constructor(status, problem, retryAfter) {
    super(problem.detail ?? problem.title ?? `The server answered ${status}.`);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

export class Api {
  constructor(base, tokenUrl) {
    this.base = base.replace(/\/$/, "");
    this.tokenUrl = tokenUrl;
  }

  async signIn() {
    const headers = {};
    if (this.tokenUrl) {
      const answer = await fetch(this.tokenUrl, { credentials: "same-origin" });
      if (answer.ok) headers.Authorization = `Bearer ${(await answer.json()).token}`;
    } else if (localStorage.getItem("frontdesk-conversation")) {
      const kept = localStorage.getItem("frontdesk-conversation");
      const answer = await this.fetch(`/v1/conversations/${kept}`);
      if (answer.ok) return; // the guest's cookie is still good
    }
    await this.json("POST", "/v1/sessions", undefined, headers);
  }

  async transcript(conversation) {
    const answer = await this.fetch(`/v1/conversations/${conversation}`);
    if (answer.status === 404) return null;
    return this.read(answer);
  }

  send(conversation, id, text) {
    return this.json("POST", `/v1/conversations/${conversation}/messages`, { text, message_id: id });
  }

  async confirm(conversation, token, accept) {
    const answer = await this.fetch(`/v1/conversations/${conversation}/confirmations/${token}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ accept }),
    });
    if (answer.status === 410) return "gone";
    await this.read(answer);
    return accept ? "accepted" : "declined";
  }

  rate(conversation, rating) {
    return this.json("POST", `/v1/conversations/${conversation}/feedback`, { rating });
  }

  events(conversation, lastId, signal) {
    const headers = { Accept: "text/event-stream" };
    if (lastId) headers["Last-Event-ID"] = lastId;
    return this.fetch(`/v1/conversations/${conversation}/events`, { headers, signal, cache: "no-store" });
  }

  async json(method, path, body, headers = {}) {
    const options = { method, headers };
    if (body !== undefined) {
      options.headers = { ...headers, "Content-Type": "application/json" };
      options.body = JSON.stringify(body);
    }
    return this.read(await this.fetch(path, options));
  }

  fetch(path, options = {}) {
    return fetch(this.base + path, { credentials: this.base ? "include" : "same-origin", ...options });
  }

  async read(answer) {
    const body = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new RequestRefused(answer.status, body, Number(answer.headers.get("Retry-After")) || 0);
    return body;
  }
}
