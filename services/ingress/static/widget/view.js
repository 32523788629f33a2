// The widget's frame: launcher, panel, composer. What is said stands in log.js.

import { element, icon, ICONS, unseen } from "./dom.js";
import { Log } from "./log.js";

const TEASER = 12_000; // ms that news is shown beside the launcher of a closed chat

export class View {
  constructor(root, options) {
    Object.assign(this, options);
    this.unread = 0;
    this.log = new Log({ ...options, onSend: (text) => this.submitted(text) });
    this.buildLauncher();
    root.append(this.launcher, this.teaser, this.buildPanel());
  }

  buildLauncher() {
    this.badge = element("span", { class: "badge", hidden: true });
    this.launcher = element(
      "button",
      { class: "launcher", type: "button", "aria-expanded": "false", "aria-haspopup": "dialog", onclick: () => this.open() },
      icon(ICONS.chat),
      element("span", {}, this.words.launch),
      this.badge,
    );
    this.teaser = element("div", { class: "teaser", role: "status", onclick: () => this.open() });
  }

  buildPanel() {
    const { words } = this;
    this.subline = element("p", { class: "subline" }, this.subtitle || words.online);
    this.line = element("div", { class: "status", role: "status" });
    const head = element("div", { class: "head" }, element("h2", { id: "title" }, this.heading || words.assistant), this.subline);
    this.panel = element(
      "section",
      { class: "panel", role: "dialog", "aria-labelledby": "title", lang: words.language, hidden: true },
      element(
        "div",
        { class: "bar" },
        element("div", { class: "avatar", "aria-hidden": "true" }, (this.heading || words.assistant).slice(0, 1)),
        head,
        this.tool(words.anew, ICONS.anew, () => this.began()),
        this.tool(words.close, ICONS.close, () => this.close()),
      ),
      this.line,
      this.log.node,
      this.buildComposer(),
      this.note ? element("p", { class: "note" }, this.note) : "",
    );
    this.panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.isComposing) this.close();
    });
    return this.panel;
  }

  tool(label, path, pressed) {
    return element("button", { class: "tool", type: "button", "aria-label": label, title: label, onclick: pressed }, icon(path));
  }

  buildComposer() {
    const { words } = this;
    this.input = element("textarea", { rows: "1", "aria-label": words.message, placeholder: words.placeholder, maxlength: "8000" });
    this.button = element("button", { type: "submit", "aria-label": words.send, disabled: true }, icon(ICONS.send));
    const form = element("form", { class: "composer" }, this.input, this.button);
    this.input.addEventListener("input", () => this.resize());
    this.input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      form.requestSubmit();
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

  // A quick reply is sent as if it had been written; whoever pressed it goes on writing.
  submitted(text) {
    this.onSend(text);
    this.input.focus();
  }

  began() {
    this.onNew();
    this.input.focus();
  }

  get isOpen() {
    return !this.panel.hidden;
  }

  open({ focus = true } = {}) {
    this.news(0);
    this.panel.hidden = false;
    this.launcher.hidden = true;
    this.launcher.setAttribute("aria-expanded", "true");
    this.log.follow({ always: true });
    if (focus) this.input.focus();
    this.onToggle(true);
  }

  close() {
    this.panel.hidden = true;
    this.launcher.hidden = false;
    this.launcher.setAttribute("aria-expanded", "false");
    this.launcher.focus();
    this.onToggle(false);
  }

  news(count, text = "") {
    this.unread = count;
    this.badge.hidden = !count;
    const number = element("span", { "aria-hidden": "true" }, String(count));
    this.badge.replaceChildren(...(count ? [number, unseen(this.words.unread(count))] : []));
    clearTimeout(this.hiding);
    this.teaser.replaceChildren(...(text ? [element("strong", {}, this.heading), element("span", {}, text)] : []));
    if (text) this.hiding = setTimeout(() => this.teaser.replaceChildren(), TEASER);
  }

  status(text) {
    this.line.textContent = text;
  }

  owner(owner) {
    this.subline.textContent = owner === "person" ? this.words.withPerson : this.subtitle || this.words.online;
    this.log.owner(owner);
  }

  restore(fill) {
    this.log.restore(fill);
  }

  said(text, options) {
    return this.log.said(text, options);
  }

  masked(bubbles, text) {
    this.log.masked(bubbles, text);
  }

  answer(kind, data, options = {}) {
    this.log.answer(kind, data, options);
    if (!this.isOpen && options.news) this.news(this.unread + 1, data.text);
  }

  confirm(data) {
    this.log.confirm(data);
    if (!this.isOpen) this.news(this.unread + 1, data.title);
  }

  confirmed(question) {
    this.log.confirmed(question);
  }

  preview(turn, text, restart) {
    this.log.preview(turn, text, restart);
  }

  withdraw(turn) {
    return this.log.withdraw(turn);
  }

  typing(on) {
    this.log.typing(on);
  }
}
