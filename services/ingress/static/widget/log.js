// What was said: bubbles, notices, cards, the answer that is being written, and what may be said next.

import { confirmationCard, settledCard } from "./card.js";
import { chips, element, formatted, icon, ICONS, link, readable, unseen } from "./dom.js";
import { Rating } from "./rating.js";

const NEAR = 140; // px from the end within which the reader follows the conversation
const LONG = 9_000; // ms after which waiting is explained

export class Log {
  constructor({ words, heading, welcome, suggestions, onSend, onConfirm, onRate, isRated }) {
    Object.assign(this, { words, heading, welcome, suggestions, onSend, onConfirm });
    this.cards = [];
    this.isWith = "bot";
    const spoken = { role: "log", "aria-live": "polite", "aria-relevant": "additions", "aria-label": words.conversation };
    this.list = element("div", { class: "log", ...spoken });
    this.live = element("div", { class: "live", "aria-hidden": "true" }); // previews: read aloud only when whole
    this.state = element("p", { class: "unseen", role: "status" });
    this.rating = new Rating(words, onRate, isRated);
    this.chips = element("div", { class: "chips" });
    const tail = element("div", { class: "tail" }, this.rating.node, this.chips);
    const region = { class: "scroll", tabindex: "0", role: "region", "aria-label": words.messages };
    this.scroll = element("div", region, this.list, this.live, tail);
    this.node = element("div", { class: "middle" }, this.scroll, this.state);
    this.greet();
  }

  greet() {
    if (this.welcome) this.add(this.bubble("assistant", this.heading || this.words.assistant, [this.welcome]));
    this.offer(this.suggestions);
  }

  // Fill the log anew without reading all of it aloud.
  restore(fill) {
    this.list.setAttribute("aria-live", "off");
    this.list.classList.add("still");
    this.list.replaceChildren();
    this.cards = [];
    this.withdraw();
    this.typing(false);
    this.rating.reset();
    this.isWith = "bot";
    this.last = "";
    this.greet();
    fill();
    this.follow({ always: true });
    requestAnimationFrame(() => {
      this.list.classList.remove("still");
      this.list.setAttribute("aria-live", "polite");
    });
  }

  said(text, { pending = false } = {}) {
    this.offer([]);
    this.rating.hold();
    this.last = "customer";
    const bubble = element("div", { class: "bubble customer" }, unseen(`${this.words.you}: `), ...chips(text, this.words));
    bubble.classList.toggle("pending", pending);
    const below = element("div", { class: "below", role: "status" });
    this.add(bubble, { always: true });
    const say = (...content) => {
      below.replaceChildren(...content);
      if (!below.isConnected) bubble.after(below);
      this.follow();
    };
    return {
      bubble,
      sent: () => {
        bubble.classList.remove("pending");
        below.remove();
      },
      later: (seconds) => say(this.words.later(seconds)),
      failed: (why, again) => {
        bubble.classList.add("unsent");
        const retry = () => {
          below.remove();
          bubble.classList.remove("unsent");
          again();
        };
        say(`${why} `, again ? element("button", { type: "button", onclick: retry }, this.words.again) : "");
      },
    };
  }

  // What the server hid of what was said; messages that were answered together become one, as they are when the page is loaded.
  masked(bubbles, text) {
    const last = bubbles.at(-1);
    for (const each of bubbles) if (each !== last) each.remove();
    last.replaceChildren(unseen(`${this.words.you}: `), ...chips(text, this.words));
    this.follow();
  }

  answer(kind, data, { previewed = false } = {}) {
    const parts = data.parts?.length ? data.parts : [{ type: "text", text: data.text ?? "" }];
    this.offer([]);
    for (const part of parts) this.part(kind, part, data, previewed);
    if (kind === "reply" || kind === "notice") this.rating.answered();
  }

  part(kind, part, data, previewed) {
    if (part.type === "quick_replies") return this.offer(part.options);
    if (part.type === "link") return this.add(element("div", { class: "bubble desk" }, link(part.title, part.url)));
    if (!part.text) return undefined;
    if (kind !== "reply") return this.add(this.told(kind, part.text));
    if (part.type === "notice") return this.add(this.told("notice", part.text));
    const by = data.by === "person" ? "person" : "assistant";
    const name = by === "person" ? this.words.person : this.heading || this.words.assistant;
    return this.add(this.bubble(by, name, formatted(readable(part.text, this.words)), previewed));
  }

  // A reply of somebody, with their name over the first of several.
  bubble(by, name, content, previewed = false) {
    const follows = this.last === by;
    this.last = by;
    const label = element("span", { class: follows ? "unseen" : "name" }, follows ? `${name}: ` : name);
    const bubble = element("div", { class: previewed ? "bubble desk still" : "bubble desk" }, ...content);
    return element("div", { class: `turn ${by}` }, label, bubble);
  }

  // Words of the system: not a reply, and not to be taken for one.
  told(kind, text) {
    this.last = kind;
    const title = kind === "refusal" ? this.words.refusal : this.words.notice;
    const words = element("div", {}, unseen(`${title}: `), ...formatted(readable(text, this.words)));
    return element("div", { class: `told ${kind}` }, icon(ICONS[kind] ?? ICONS.notice), words);
  }

  // The card shows what the business's records say; only its buttons confirm.
  confirm(data) {
    this.offer([]);
    this.rating.hold();
    for (const card of this.cards) card.settle("void"); // one question is open at a time
    if (data.text) this.part("reply", { type: "text", text: data.text }, data);
    const card = confirmationCard(data, this.words, this.onConfirm);
    this.cards = [card];
    this.last = "card";
    this.add(card.node);
  }

  confirmed(question) {
    this.last = "card";
    this.add(settledCard(question, this.words));
  }

  owner(owner) {
    if (owner === this.isWith) return;
    this.isWith = owner;
    this.last = "owner";
    this.add(element("div", { class: "owner" }, element("span", {}, owner === "person" ? this.words.joined : this.words.back)));
  }

  preview(turn, text, restart) {
    if (!this.draft || this.draft.turn !== turn || restart) {
      this.withdraw();
      const bubble = element("div", { class: "bubble desk" });
      const label = this.last === "assistant" ? "" : element("span", { class: "name" }, this.heading || this.words.assistant);
      this.draft = { turn, bubble, text: "", node: element("div", { class: "turn assistant" }, label, bubble) };
      this.dots?.remove();
      this.live.append(this.draft.node);
    }
    this.draft.text += text;
    this.draft.bubble.replaceChildren(...formatted(this.draft.text));
    this.follow();
  }

  // Take a preview away; tells whether there was one.
  withdraw(turn) {
    if (!this.draft || (turn !== undefined && this.draft.turn !== turn)) return false;
    this.draft.node.remove();
    this.draft = undefined;
    if (this.waits) this.live.append(this.dots);
    return true;
  }

  typing(on) {
    this.waits = on;
    clearTimeout(this.patience);
    if (!on) {
      this.dots?.remove();
      this.state.textContent = "";
      return;
    }
    const person = this.isWith === "person";
    this.state.textContent = person ? this.words.waitsForPerson : this.words.writing;
    this.dots?.remove();
    this.dots = person
      ? element("div", { class: "owner quiet" }, element("span", {}, this.words.waitsForPerson))
      : element("div", { class: "bubble desk typing" }, element("i"), element("i"), element("i"));
    if (!this.draft) this.live.append(this.dots);
    if (!person) this.patience = setTimeout(() => this.dots.append(element("span", {}, this.words.longer)), LONG);
    this.follow();
  }

  offer(options) {
    this.chips.replaceChildren(...options.map((text) => element("button", { type: "button", onclick: () => this.onSend(text) }, text)));
    this.follow();
  }

  add(node, options) {
    this.list.append(node);
    this.follow(options);
  }

  // Whoever has scrolled up to read is left there.
  follow({ always = false } = {}) {
    const { scroll } = this;
    const near = (this.height ?? scroll.scrollHeight) - scroll.scrollTop - scroll.clientHeight < NEAR;
    if (near || always) scroll.scrollTop = scroll.scrollHeight;
    this.height = scroll.scrollHeight;
  }
}
