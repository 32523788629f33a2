// The question before a sensitive action: what is done, for how much, and two buttons.

import { element, icon, ICONS } from "./dom.js";

export function confirmationCard(data, words, press) {
  const outcome = element("p", { class: "outcome", role: "status", tabindex: "-1" });
  const buttons = element(
    "div",
    { class: "buttons" },
    element("button", { class: "primary", type: "button", onclick: () => pressed(true) }, words.confirm),
    element("button", { type: "button", onclick: () => pressed(false) }, words.decline),
  );
  const until = element("p", { class: "until" }, words.until(clock(data.expires_at, words.language)));
  const node = frame(data, words, buttons, until, outcome);
  let expiry;

  function settle(state) {
    if (!buttons.isConnected) return;
    clearTimeout(expiry);
    buttons.remove();
    until.remove();
    node.classList.add("settled");
    outcome.classList.add(state);
    outcome.replaceChildren(...(state === "accepted" ? [icon(ICONS.accepted)] : []), words[state]);
  }

  async function pressed(accept) {
    for (const button of buttons.children) button.disabled = true;
    try {
      const state = await press(data.token, accept);
      settle(state === "gone" ? "void" : state);
      outcome.focus();
    } catch {
      for (const button of buttons.children) button.disabled = false;
      outcome.textContent = words.unreached;
    }
  }

  const left = new Date(data.expires_at) - Date.now();
  if (data.state && data.state !== "open") settle(data.state);
  else if (left < 2 ** 31) expiry = setTimeout(() => settle("void"), Math.max(0, left));
  return { node, settle };
}

// A question of an earlier time, as the transcript tells of it.
export function settledCard(question, words) {
  const state = question.state === "open" ? "void" : question.state;
  const outcome = element("p", { class: `outcome ${state}` }, state === "accepted" ? icon(ICONS.accepted) : "", words[state]);
  const node = frame(question, words, outcome);
  node.classList.add("settled");
  return node;
}

let count = 0;

function frame({ title, amount, details }, words, ...rest) {
  count += 1;
  const id = `card-${count}`;
  return element(
    "div",
    { class: "card", role: "group", "aria-labelledby": id },
    element("p", { class: "kicker" }, words.decide),
    element("h3", { id }, title),
    amount ? element("p", { class: "amount" }, amount.text) : "",
    details?.length ? element("ul", {}, ...details.map((line) => element("li", {}, line))) : "",
    ...rest,
  );
}

function clock(time, language) {
  return new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit" }).format(new Date(time));
}
