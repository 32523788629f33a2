// Elements without HTML strings: text enters the page as text, whoever wrote it.

const SVG = "http://www.w3.org/2000/svg";
const MASKED = /<([A-Z][A-Z_]*)_\d+>/g; // a placeholder that the server keeps the original of, such as <EMAIL_1>
const MARKS = /\*\*([^*\n]+)\*\*|(https?:\/\/[^\s<>()]+[^\s<>().,;:!?])/g;

export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value !== undefined && value !== false) node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== undefined && child !== ""));
  return node;
}

export function unseen(text) {
  return element("span", { class: "unseen" }, text);
}

export function icon(path, look = "") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  if (look) svg.setAttribute("class", look);
  const shape = document.createElementNS(SVG, "path");
  shape.setAttribute("d", path);
  svg.append(shape);
  return svg;
}

// A link to a page; nothing but http and https is a link here.
export function link(title, url) {
  if (!/^https?:\/\//i.test(url)) return title;
  return element("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, title);
}

// Plain text with lists, **strong** words and addresses, as models write them.
export function formatted(written) {
  const text = written.replace(/^[-*] /gm, "• ");
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(MARKS)) {
    nodes.push(text.slice(from, match.index), match[1] ? element("strong", {}, match[1]) : link(match[2], match[2]));
    from = match.index + match[0].length;
  }
  return [...nodes, text.slice(from)].filter((node) => node !== "");
}

// Text with words in the place of what was masked.
export function readable(text, words) {
  return text.replace(MASKED, (_, kind) => `(${words.hidden[kind] ?? words.hidden.OTHER})`);
}

// The same as nodes: a chip for each thing that was hidden.
export function chips(text, words) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(MASKED)) {
    const told = words.hidden[match[1]] ?? words.hidden.OTHER;
    nodes.push(text.slice(from, match.index), element("span", { class: "masked", title: words.masked }, icon(ICONS.lock), told));
    from = match.index + match[0].length;
  }
  return [...nodes, text.slice(from)].filter((node) => node !== "");
}

export const ICONS = {
  lock: "M12 2a5 5 0 0 0-5 5v3H5v11h14V10h-2V7a5 5 0 0 0-5-5zm-3 8V7a3 3 0 0 1 6 0v3z",
  chat: "M12 3C6.5 3 2 6.8 2 11.5c0 2.3 1.1 4.4 2.9 5.9L4 21.5l4.7-2.1c1 .3 2.1.4 3.3.4 5.5 0 10-3.7 10-8.3S17.5 3 12 3z",
  send: "M3.4 20.4 21.9 12.5a.6.6 0 0 0 0-1L3.4 3.6 3.5 10l11 2-11 2z",
  close: "M6.4 5 12 10.6 17.6 5 19 6.4 13.4 12l5.6 5.6-1.4 1.4-5.6-5.6L6.4 19 5 17.6 10.6 12 5 6.4z",
  anew: "M11 5h2v6h6v2h-6v6h-2v-6H5v-2h6z",
  notice: "M12 2a2 2 0 0 0-2 2v.4A6 6 0 0 0 6 10v4.5L4 17v1h16v-1l-2-2.5V10a6 6 0 0 0-4-5.6V4a2 2 0 0 0-2-2zm-2 17a2 2 0 0 0 4 0z",
  refusal: "M12 2 4 5v6c0 5 3.4 9.6 8 11 4.6-1.4 8-6 8-11V5zm-1 5h2v6h-2zm0 8h2v2h-2z",
  handoff: "M12 12a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zm0 2c-4.4 0-8 2.2-8 5v2h16v-2c0-2.8-3.6-5-8-5z",
  accepted: "M9.5 17.6 4 12.1l1.4-1.4 4.1 4.1 9.1-9.1L20 7.1z",
};
