// What the browser keeps: which conversation a customer is in, whether it was rated, whether the chat was open, and on other
// origins the session. Never what was said.
// Storage that is switched off costs the resume after a reload, nothing else.

export function kept(origin) {
  const prefix = `frontdesk ${origin} `;
  const tab = (name) => attempt(() => sessionStorage.getItem(`${prefix}${name}`)) ?? "";
  const keepInTab = (name, value) => attempt(() => sessionStorage.setItem(`${prefix}${name}`, value));
  let token = "";
  return {
    get any() {
      return attempt(() => Object.keys(localStorage).some((key) => key.startsWith(prefix))) ?? false;
    },
    conversation: (customer) => attempt(() => localStorage.getItem(prefix + customer)) ?? "",
    remember: (customer, conversation) =>
      attempt(() => (conversation ? localStorage.setItem(prefix + customer, conversation) : localStorage.removeItem(prefix + customer))),
    isRated: (conversation) => tab("rated") === conversation,
    rate: (conversation) => keepInTab("rated", conversation),
    get open() {
      return tab("open") === "1";
    },
    set open(value) {
      keepInTab("open", value ? "1" : "0");
    },
    get token() {
      return tab("token") || token;
    },
    set token(value) {
      token = value;
      keepInTab("token", value);
    },
  };
}

export function newId(prefix) {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `${prefix}_${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

function attempt(use) {
  try {
    return use();
  } catch {
    return undefined;
  }
}
