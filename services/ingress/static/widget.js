// <frontdesk-chat>: the chat of Frontdesk as one custom element.
//
//   <script type="module" src="/widget.js"></script>
//   <frontdesk-chat heading="Harbour & Pine" greeting="How can we help?"></frontdesk-chat>
//
// Attributes: `base` (address of Frontdesk, default: the page's own), `token-url` (answers {"token"}: the host company's
// JWT of a signed-in customer), `heading`, `greeting`, `note` (a line of small print), `suggestions` (separated by |), `open`.
// Works under `script-src 'self'; style-src 'self'; connect-src 'self'`: no inline script, no inline style, no eval.

import { Api, RequestRefused } from "./widget/api.js";
import { EventStream } from "./widget/stream.js";
import { sheet } from "./widget/style.js";
import { View } from "./widget/view.js";

const TERMINAL = new Set(["reply", "confirm", "notice", "handoff"]);

class FrontdeskChat extends HTMLElement {
  connectedCallback() {
    if (this.view) return;
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    this.api = new Api(this.getAttribute("base") ?? "", this.getAttribute("token-url"));
    this.waiting = new Set(); // message ids without an answer
    this.view = new View(root, {
      heading: this.getAttribute("heading") ?? "Support",
      greeting: this.getAttribute("greeting") ?? "How can we help?",
      note: this.getAttribute("note") ?? "",
      suggestions: (this.getAttribute("suggestions") ?? "").split("|").filter(Boolean),
      onSend: (text) => this.send(text),
      onConfirm: (token, accept) => this.confirm(token, accept),
      onRate: (rating) => this.api.rate(this.conversation, rating),
      onOpen: () => this.start(),
    });
    if (this.hasAttribute("open") || sessionStorage.getItem("frontdesk-open")) this.view.open();
  }

  disconnectedCallback() {
    this.stream?.close();
  }

  // The conversation survives a reload: its id is kept here, its content is read again from the server.
  async start() {
    sessionStorage.setItem("frontdesk-open", "1");
    if (this.started) return;
    this.started = true;
    try {
      await this.api.signIn();
      const kept = localStorage.getItem("frontdesk-conversation");
      const transcript = kept ? await this.api.transcript(kept) : null;
      this.conversation = transcript ? kept : newId("web");
      localStorage.setItem("frontdesk-conversation", this.conversation);
      if (transcript) this.resume(transcript);
    } catch {
      this.started = false;
      this.view.status("Not connected. Open the chat again to retry.");
    }
  }

  resume(transcript) {
    for (const turn of transcript.turns) {
      if (turn.said) this.view.said(turn.said);
      if (turn.kind) this.view.answer(turn.kind === "refusal" ? "notice" : turn.kind, turn);
    }
    if (transcript.pending) this.view.confirm(transcript.pending);
    for (const id of transcript.waiting) this.wait(id);
    this.listen(String(transcript.last_event_id || ""));
  }

  listen(lastId = "") {
    if (this.stream) return;
    this.stream = new EventStream(this.api, this.conversation, lastId, {
      onEvent: (name, data) => this.received(name, data),
      onState: (connected) => this.view.status(connected ? "" : "Reconnecting…"),
    });
  }

  async send(text, id = newId("m")) {
    const bubble = this.view.said(text, { pending: true });
    this.wait(id);
    try {
      await this.api.send(this.conversation, id, text);
      bubble.sent();
      this.listen();
    } catch (error) {
      this.answered([id]);
      bubble.failed(error instanceof RequestRefused ? error.message : "Not sent: no connection.", () => {
        bubble.remove();
        this.send(text, id); // the same id: sent twice, it is the same message
      });
    }
  }

  async confirm(token, accept) {
    const state = await this.api.confirm(this.conversation, token, accept);
    if (state !== "gone") this.view.typing(true);
    return state;
  }

  received(name, data) {
    if (name === "delta") this.view.preview(data.turn_id, data.text, data.restart);
    else if (name === "withdrawn") this.view.withdraw(data.turn_id);
    else if (TERMINAL.has(name)) {
      this.view.withdraw(data.turn_id);
      if (name === "confirm") this.view.confirm(data);
      else this.view.answer(name === "reply" && data.kind === "refusal" ? "notice" : name, data);
      this.answered(data.answers ?? []);
      this.dispatchEvent(new CustomEvent(`frontdesk-${name}`, { detail: data, bubbles: true, composed: true }));
    }
  }

  wait(id) {
    this.waiting.add(id);
    this.view.typing(true);
  }

  answered(ids) {
    for (const id of ids) this.waiting.delete(id);
    this.view.typing(this.waiting.size > 0);
  }
}

function newId(prefix) {
  const bytes = crypto.getRandomValues(new Uint8Array(9));
  return `${prefix}_${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

customElements.define("frontdesk-chat", FrontdeskChat);
