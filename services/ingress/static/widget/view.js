// What the widget shows. Text enters the page as text, never as HTML.

const CHAT = "M4 4h16a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2H9l-5 4v-4a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z";
const SEND = "M3 20.5v-6.6l9-1.9-9-1.9V3.5L22 12z";
const RATE_AFTER = 3; // answers before a rating is asked for

export class View {
  constructor(root, options) {
    Object.assign(this, { root, ...options });
    this.answers = 0;
    this.launcher = element("button", { class: "launcher", type: "button", "aria-expanded": "false" }, icon(CHAT), "Chat with us");
    this.launcher.addEventListener("click", () => this.open());
    root.append(this.launcher, this.buildPanel());
  }

  buildPanel() {
    this.log = element("div", { class: "log", role: "log", "aria-live": "polite", "aria-relevant": "additions", "aria-label": "Conversation" });
    this.live = element("div", { class: "log", "aria-hidden": "true" }); // previews: read aloud only when whole
    this.scroll = element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Messages" }, this.log, this.live);
    this.chips = element("div", { class: "chips" });
    this.line = element("div", { class: "status", role: "status", hidden: "" });
    this.state = element("p", { class: "visually-hidden", role: "status" });
    const close = element("button", { class: "close", type: "button", "aria-label": "Close chat" }, "×");
    close.addEventListener("click", () => this.close());
    const title = element("h2", { id: "title" }, this.heading);
    const head = element("div", {}, title, element("p", {}, this.greeting));
    const avatar = element("div", { class: "avatar", "aria-hidden": "true" }, this.heading.slice(0, 1));
    this.panel = element("section", { class: "panel", role: "dialog", "aria-labelledby": "title", hidden: "" },
      element("header", {}, avatar, head, close), this.line, this.scroll, this.state, this.buildComposer());
    if (this.note) this.panel.append(element("p", { class: "note" }, this.note));
    this.panel.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
    this.offer(this.suggestions);
    return this.panel;
  }

  buildComposer() {
    this.input = element("textarea", { rows: "1", "aria-label": "Your message", placeholder: "Write a message…", maxlength: "8000" });
    this.button = element("button", { type: "submit", "aria-label": "Send", disabled: "" }, icon(SEND));
    const form = element("form", {}, this.input, this.button);
    this.input.addEventListener("input", () => this.resize());
    this.input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        form.requestSubmit();
      }
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = this.input.value.trim();
      if (!text) return;
      this.input.value = "";
      this.resize();
      this.onSend(text);
    });
    return form;
  }

  resize() {
    this.button.disabled = !this.input.value.trim();
    this.input.rows = Math.min(5, this.input.value.split("\n").length);
  }

  open() {
    this.panel.hidden = false;
    this.launcher.hidden = true;
    this.launcher.setAttribute("aria-expanded", "true");
    this.input.focus();
    this.onOpen();
  }

  close() {
    this.panel.hidden = true;
    this.launcher.hidden = false;
    this.launcher.setAttribute("aria-expanded", "false");
    this.launcher.focus();
    sessionStorage.removeItem("frontdesk-open");
  }

  status(text) {
    this.line.hidden = !text;
    this.line.textContent = text;
  }

  said(text, { pending = false } = {}) {
    this.offer([]);
    const bubble = element("div", { class: pending ? "bubble customer pending" : "bubble customer" }, hidden("You: "), text);
    this.add(bubble);
    return {
      sent: () => bubble.classList.remove("pending"),
      remove: () => bubble.remove(),
      failed: (why, again) => {
        const button = element("button", { type: "button" }, "Try again");
        const line = element("div", { class: "failed" }, `${why} `, button);
        button.addEventListener("click", () => { line.remove(); again(); });
        this.add(line);
      },
    };
  }

  answer(kind, data) {
    const parts = data.parts?.length ? data.parts : [{ type: "text", text: data.text ?? "" }];
    for (const part of parts) this.part(kind, part, data);
    this.answers += 1;
    if (kind === "reply" && this.answers >= RATE_AFTER && !this.rated) this.askForRating();
  }

  part(kind, part, data) {
    if (part.type === "quick_replies") return this.offer(part.options);
    if (part.type === "link") return this.add(element("div", { class: "bubble desk" }, link(part)));
    if (!part.text) return undefined;
    const notice = kind !== "reply" && kind !== "confirm" || part.type === "notice";
    const classes = notice ? "bubble notice" : data.by === "person" ? "bubble desk person" : "bubble desk";
    const from = notice ? "Notice: " : data.by === "person" ? "A person: " : "Assistant: ";
    return this.add(element("div", { class: classes }, hidden(from), part.text));
  }

  // The card shows what the business's records say; only its buttons confirm.
  confirm(data) {
    const id = `confirm-${this.answers}-${data.token.slice(0, 8)}`;
    const accept = element("button", { class: "primary", type: "button" }, "Confirm");
    const decline = element("button", { type: "button" }, "No, keep it");
    const outcome = element("p", { class: "outcome", role: "status" });
    const card = element("div", { class: "card", role: "group", "aria-labelledby": id }, element("h3", { id }, data.title));
    if (data.amount) card.append(element("div", { class: "amount" }, data.amount.text));
    if (data.details?.length) card.append(element("ul", {}, ...data.details.map((line) => element("li", {}, line))));
    card.append(element("div", { class: "buttons" }, accept, decline), outcome);
    const press = async (accepted) => {
      accept.disabled = decline.disabled = true;
      try {
        const state = await this.onConfirm(data.token, accepted);
        outcome.textContent = { accepted: "Confirmed. Working on it…", declined: "Declined. Nothing was changed.", gone: "Too late: this offer has ended." }[state];
      } catch {
        accept.disabled = decline.disabled = false;
        outcome.textContent = "That did not reach us. Please press again: nothing happens twice.";
      }
    };
    accept.addEventListener("click", () => press(true));
    decline.addEventListener("click", () => press(false));
    this.add(card);
    this.answers += 1;
  }

  preview(turn, text, restart) {
    this.dots?.remove();
    if (!this.draft || this.draft.turn !== turn || restart) {
      this.withdraw(this.draft?.turn);
      this.draft = { turn, node: element("div", { class: "bubble desk" }) };
      this.live.append(this.draft.node);
    }
    this.draft.node.append(text);
    this.follow();
  }

  withdraw(turn) {
    if (this.draft && (turn === undefined || this.draft.turn === turn)) {
      this.draft.node.remove();
      this.draft = undefined;
    }
  }

  typing(on) {
    this.dots?.remove();
    this.state.textContent = on ? "An answer is being written" : "";
    if (!on) return;
    this.dots = element("div", { class: "bubble desk typing" }, element("i"), element("i"), element("i"));
    this.live.append(this.dots);
    this.follow();
  }

  offer(options) {
    this.chips.replaceChildren(...options.map((text) => {
      const chip = element("button", { type: "button" }, text);
      chip.addEventListener("click", () => this.onSend(text));
      return chip;
    }));
    this.chips.remove();
    if (options.length) this.live.after(this.chips);
  }

  askForRating() {
    this.rated = true;
    const box = element("div", { class: "rating", role: "radiogroup", "aria-label": "How did we do?" }, element("div", {}, "How did we do?"));
    for (let stars = 1; stars <= 5; stars += 1) {
      const star = element("button", { type: "button", role: "radio", "aria-checked": "false", "aria-label": `${stars} of 5` }, "★");
      star.addEventListener("click", async () => {
        await this.onRate(stars);
        box.replaceChildren(element("div", { role: "status" }, "Thank you."));
      });
      box.append(star);
    }
    this.add(box);
  }

  add(node) {
    this.log.append(node);
    this.follow();
    return node;
  }

  follow() {
    this.scroll.scrollTop = this.scroll.scrollHeight;
  }
}

function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

function hidden(text) {
  return element("span", { class: "visually-hidden" }, text);
}

function link({ title, url }) {
  if (!/^https?:\/\//.test(url)) return title; // nothing else is a link here, whoever wrote it
  return element("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, title);
}

function icon(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS("http://www.w3.org/2000/svg", "path");
  shape.setAttribute("d", path);
  svg.append(shape);
  return svg;
}
