// Asks once in a conversation how it was, at its end, where it hides nothing.

import { element } from "./dom.js";

const AFTER = 3; // answers before it is asked

export class Rating {
  constructor(words, onRate, isRated) {
    Object.assign(this, { words, onRate, isRated });
    this.node = element("div", { class: "rating", role: "group", "aria-label": words.rate, hidden: true });
    this.reset();
  }

  reset() {
    this.answers = 0;
    this.asked = false;
    this.done = false; // rated or dismissed
    this.node.hidden = true;
  }

  // While somebody writes, waits or decides, it is out of the way.
  hold() {
    if (!this.done) this.node.hidden = true;
  }

  answered() {
    this.answers += 1;
    if (this.asked && !this.done) this.node.hidden = false;
    if (this.asked || this.answers < AFTER || this.isRated()) return;
    this.asked = true;
    this.stars = [1, 2, 3, 4, 5].map((count) => this.star(count));
    const away = element("button", { class: "dismiss", type: "button", onclick: () => this.dismiss() }, this.words.dismiss);
    this.node.replaceChildren(element("span", {}, this.words.rate), element("div", { class: "stars" }, ...this.stars), away);
    this.node.hidden = false;
  }

  star(count) {
    const label = this.words.stars(count);
    return element("button", { class: "star", type: "button", "aria-label": label, onclick: () => this.rate(count) }, "★");
  }

  async rate(count) {
    this.stars.forEach((star, index) => star.setAttribute("aria-pressed", String(index + 1 === count)));
    this.stars.forEach((star, index) => star.classList.toggle("on", index < count));
    try {
      await this.onRate(count, "");
    } catch {
      return; // the stars stay, to be pressed again
    }
    this.done = true;
    const comment = element("input", { type: "text", "aria-label": this.words.comment, placeholder: this.words.comment, maxlength: "500" });
    const form = element("form", {}, comment, element("button", { class: "dismiss", type: "submit" }, this.words.send));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = comment.value.trim();
      if (text) this.onRate(count, text).catch(() => undefined); // the stars have been counted
      this.thank();
    });
    this.node.replaceChildren(element("span", { role: "status" }, this.words.thanks), form);
    comment.focus();
  }

  thank() {
    const thanks = element("span", { role: "status", tabindex: "-1" }, this.words.thanks);
    this.node.replaceChildren(thanks);
    thanks.focus();
  }

  dismiss() {
    this.done = true;
    this.node.hidden = true;
  }
}
