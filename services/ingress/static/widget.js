// <frontdesk-chat>: the chat of Frontdesk as one custom element.
//
//   <script type="module" src="/widget.js"></script>
//   <frontdesk-chat heading="Robin" subtitle="Harbour & Pine support" welcome="How can I help you?"></frontdesk-chat>
//
// Attributes: `base` (address of Frontdesk, default: the page's own), `token-url` (answers {"token"}: the host company's
// JWT of a signed-in customer; without it, or when it answers an error of the 400s, the customer is a guest), `heading`,
// `subtitle`, `welcome`, `note` (a line of small print), `suggestions` (separated by |), `theme` (light, dark; default: the
// reader's), `lang` (default: the page's; the widget speaks it if it is in widget/words.js, and it is answered in as long as the
// customer has said nothing that tells theirs), `open`.
// Methods: open(), close(), ask(text). Events that bubble: frontdesk-reply, -confirm, -notice, -handoff with the data of the
// server-sent event as `detail`. Colours: --frontdesk-accent, --frontdesk-accent-dark and their -text.
// Works under `script-src 'self'; style-src 'self'; connect-src 'self'`: no inline script, no inline style, no eval.

import { Api, RequestRefused } from "./widget/api.js";
import { kept, newId } from "./widget/kept.js";
import { Outbox } from "./widget/outbox.js";
import { EventStream } from "./widget/stream.js";
import { sheet } from "./widget/style.js";
import { View } from "./widget/view.js";
import { wordsFor } from "./widget/words.js";

const TERMINAL = new Set(["reply", "confirm", "notice", "handoff"]);
const FIRST_PAUSE = 1_000; // ms until a start that failed is tried again
const LONGEST_PAUSE = 20_000;

class FrontdeskChat extends HTMLElement {
  connectedCallback() {
    if (this.view) return this.moved();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    const language = this.closest("[lang]")?.lang;
    this.api = new Api(this.getAttribute("base") ?? "", this.getAttribute("token-url"), language);
    this.words = wordsFor(language);
    this.kept = kept(this.api.origin);
    this.waiting = new Set(); // ids of messages without an answer
    this.known = new Set(); // ids of messages that are shown
    this.bubbles = new Map(); // those of this tab that have no answer yet, by the message's id
    this.view = new View(root, {
      words: this.words,
      ...Object.fromEntries(["heading", "subtitle", "welcome", "note"].map((name) => [name, this.getAttribute(name) ?? ""])),
      suggestions: (this.getAttribute("suggestions") ?? "").split("|").filter(Boolean),
      onSend: (text) => this.send(text),
      onConfirm: (token, accept) => this.confirm(token, accept),
      onRate: (rating, comment) => this.rate(rating, comment),
      isRated: () => this.kept.isRated(this.conversation),
      onToggle: (open) => this.toggled(open),
      onNew: () => this.startOver(),
    });
    this.outbox = new Outbox((id, text) => this.post(id, text), this.words);
    const wasOpen = this.hasAttribute("open") || this.kept.open;
    if (wasOpen) this.view.open({ focus: false });
    else if (this.kept.any) this.start(); // news may come while the chat is closed
    return undefined;
  }

  // Taken out of the page and put back in.
  moved() {
    if (this.conversation && this.known.size) this.reread();
  }

  disconnectedCallback() {
    this.stream?.close();
    this.stream = undefined;
  }

  open() {
    this.view.open();
  }

  close() {
    this.view.close();
  }

  ask(text) {
    this.view.open();
    this.send(text);
  }

  toggled(open) {
    this.kept.open = open;
    if (open) this.start();
  }

  // Signs in and shows the conversation that was kept. Done once; until it has succeeded it is tried again.
  start() {
    this.starting ??= this.begin();
    return this.starting;
  }

  async begin() {
    for (let pause = FIRST_PAUSE; this.isConnected; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
      try {
        this.customer = await this.api.signIn();
        const conversation = this.kept.conversation(this.customer);
        const transcript = conversation ? await this.api.transcript(conversation) : null;
        if (transcript) this.resume(conversation, transcript);
        else this.conversation = newId("web");
        this.view.status("");
        return;
      } catch {
        this.view.status(this.words.notConnected);
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
    this.starting = undefined;
  }

  // The content of a conversation is never kept here: it is read again from the server.
  resume(conversation, transcript) {
    this.conversation = conversation;
    this.waiting.clear();
    this.view.restore(() => {
      for (const turn of transcript.turns) {
        turn.answers.forEach((id) => this.known.add(id));
        if (turn.said) this.view.said(turn.said);
        if (turn.turn_id === transcript.pending?.turn_id) this.view.confirm(transcript.pending);
        else if (turn.question) this.view.confirmed(turn.question);
        else if (turn.kind) this.view.answer(turn.kind, turn);
      }
      this.view.owner(transcript.owner);
    });
    transcript.waiting.forEach((id) => this.wait(id));
    this.listen(String(transcript.last_event_id || ""));
  }

  startOver() {
    this.stream?.close();
    this.stream = undefined;
    this.conversation = newId("web");
    this.waiting.clear();
    this.view.restore(() => this.view.owner("bot"));
    this.kept.remember(this.customer, "");
  }

  listen(lastId = "") {
    if (this.stream) return;
    this.stream = new EventStream(this.api, this.conversation, lastId, {
      onEvent: (name, data) => this.received(name, data),
      onState: (connected) => this.view.status(connected ? "" : this.words.reconnecting),
      onLost: () => this.startOver(),
    });
  }

  async send(text) {
    const id = newId("m");
    const bubble = this.view.said(text, { pending: true });
    this.known.add(id);
    this.bubbles.set(id, bubble.bubble);
    await this.start();
    this.wait(id);
    this.outbox.send(id, text, {
      onSent: () => bubble.sent(),
      onLater: (seconds) => bubble.later(seconds),
      onFailed: (why, again) => {
        this.answered([id]);
        const retry = () => {
          this.wait(id);
          again();
        };
        bubble.failed(why, again && retry);
      },
    });
  }

  // A conversation begins with its first message; there is nothing to listen to before.
  async post(id, text) {
    try {
      await this.api.send(this.conversation, id, text);
    } catch (error) {
      if (!(error instanceof RequestRefused) || error.status !== 404) throw error;
      this.startOver(); // it belongs to who was signed in before
      this.view.said(text);
      await this.api.send(this.conversation, id, text);
    }
    this.kept.remember(this.customer, this.conversation);
    this.listen();
  }

  async confirm(token, accept) {
    const state = await this.api.confirm(this.conversation, token, accept);
    if (state !== "gone") this.view.typing(true);
    return state;
  }

  async rate(rating, comment) {
    await this.api.rate(this.conversation, rating, comment);
    this.kept.rate(this.conversation);
  }

  received(name, data) {
    if (name === "delta") this.view.preview(data.turn_id, data.text, data.restart);
    else if (name === "withdrawn") this.view.withdraw(data.turn_id);
    else if (name === "accepted") this.heard(data.message_id);
    else if (TERMINAL.has(name)) this.told(name, data);
  }

  told(name, data) {
    const answers = data.answers ?? [];
    if (answers.some((id) => isMessage(id) && !this.known.has(id))) return this.reread();
    this.hide(answers, data.said);
    const previewed = this.view.withdraw(data.turn_id);
    if (name === "confirm") this.view.confirm(data);
    else if (data.text || data.parts?.length) this.view.answer(data.kind ?? name, data, { previewed, news: true });
    if (name === "handoff") this.view.owner(data.owner);
    this.answered(answers);
    this.dispatchEvent(new CustomEvent(`frontdesk-${name}`, { detail: data, bubbles: true, composed: true }));
    return undefined;
  }

  // Show at once what was hidden of what was said.
  hide(ids, said) {
    const bubbles = ids.map((id) => this.bubbles.get(id)).filter((bubble) => bubble?.isConnected);
    if (said && bubbles.length) this.view.masked(bubbles, said);
    for (const id of ids) this.bubbles.delete(id);
  }

  heard(id) {
    if (this.known.has(id)) return;
    this.wait(id); // said in another tab; its words come with the answer
  }

  // Something was said in another tab: the server knows the words.
  async reread() {
    this.stream?.close();
    this.stream = undefined;
    const transcript = await this.api.transcript(this.conversation).catch(() => null);
    if (transcript) this.resume(this.conversation, transcript);
    else this.listen();
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

// Results of actions and news of backends are answered, too; their ids are told by a colon, which no message's id has.
function isMessage(id) {
  return !id.includes(":");
}

customElements.define("frontdesk-chat", FrontdeskChat);
