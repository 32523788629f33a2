// The HTTP API as the widget uses it. On the page's own origin the session is a cookie that scripts cannot read; browsers
// keep such a cookie from other sites, so on another origin it is a token, kept for as long as
// the tab.

import { kept } from "./kept.js";

const LANGUAGE_TAG = /^[a-z]{2,3}(-[a-z0-9]{1,8})*$/i;

export class RequestRefused extends Error {
  constructor(status, problem, retryAfter) {
    super(problem.detail ?? problem.title ?? `The server answered ${status}.`);
    this.status = status;
    this.retryAfter = retryAfter; // seconds; 0: not said
  }
}

export class Api {
  // `language`: the page's. Without one, or one that is no language tag, the browser's own speak for the customer.
  constructor(base, tokenUrl, language = "") {
    this.base = base.replace(/\/$/, "");
    this.tokenUrl = tokenUrl;
    this.language = LANGUAGE_TAG.test(language) ? { "Accept-Language": language } : {};
    this.origin = new URL(base || "/", location.href).origin;
    this.own = this.origin === location.origin;
    this.kept = kept(this.origin);
  }

  // Begins a session, or goes on with the one there is. Returns the customer's id.
  signIn() {
    this.signingIn ??= this.begin().finally(() => {
      this.signingIn = undefined;
    });
    return this.signingIn;
  }

  async begin() {
    const vouched = await this.vouched();
    const known = vouched || this.token;
    this.token = "";
    let answer = await this.begun(known, !vouched);
    if (answer.status === 401 && known && !vouched) answer = await this.begun("", true);
    const session = await read(answer);
    this.token = session.token ?? "";
    return session.customer_id;
  }

  begun(token, guest) {
    const headers = { "Content-Type": "application/json", ...(token && { Authorization: `Bearer ${token}` }) };
    return this.fetch("/v1/sessions", { method: "POST", headers, body: JSON.stringify({ cookie: this.own, guest }) });
  }

  get token() {
    return this.own ? "" : this.kept.token;
  }

  set token(value) {
    if (!this.own) this.kept.token = value;
  }

  // The host company's word for who is signed in on its page; "" for a guest.
  async vouched() {
    if (!this.tokenUrl) return "";
    const answer = await fetch(this.tokenUrl, { credentials: "same-origin", cache: "no-store" });
    if (answer.status >= 400 && answer.status < 500) return "";
    return (await read(answer)).token ?? "";
  }

  async transcript(conversation) {
    const answer = await this.request(`/v1/conversations/${conversation}`);
    return answer.status === 404 ? null : read(answer);
  }

  async send(conversation, id, text) {
    return read(await this.post(`/v1/conversations/${conversation}/messages`, { text, message_id: id }, this.language));
  }

  // "accepted", "declined", or "gone": expired, superseded, handed over.
  async confirm(conversation, token, accept) {
    const answer = await this.post(`/v1/conversations/${conversation}/confirmations/${token}`, { accept });
    return answer.status === 410 ? "gone" : (await read(answer)).state;
  }

  async rate(conversation, rating, comment) {
    return read(await this.post(`/v1/conversations/${conversation}/feedback`, comment ? { rating, comment } : { rating }));
  }

  events(conversation, lastId, signal) {
    const headers = { Accept: "text/event-stream" };
    if (lastId) headers["Last-Event-ID"] = lastId;
    return this.request(`/v1/conversations/${conversation}/events`, { headers, signal, cache: "no-store" });
  }

  post(path, body, more = {}) {
    const headers = { "Content-Type": "application/json", ...more };
    return this.request(path, { method: "POST", headers, body: JSON.stringify(body) });
  }

  // A session that has run out is begun anew, once.
  async request(path, options = {}) {
    const answer = await this.fetch(path, this.signed(options));
    if (answer.status !== 401) return answer;
    await this.signIn();
    return this.fetch(path, this.signed(options));
  }

  signed(options) {
    const { token } = this;
    return token ? { ...options, headers: { ...options.headers, Authorization: `Bearer ${token}` } } : options;
  }

  fetch(path, options) {
    return fetch(this.base + path, { credentials: this.own ? "same-origin" : "omit", ...options });
  }
}

async function read(answer) {
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new RequestRefused(answer.status, body, Number(answer.headers.get("Retry-After")) || 0);
  return body;
}
