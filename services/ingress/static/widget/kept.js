// What the browser keeps: which conversation a customer is in, and whether the chat was open. Never what was said.
// Storage that is switched off costs the resume after a reload, nothing else.

export function kept(origin) {
  const prefix = `frontdesk ${origin} `;
  return {
    get any() {
      return attempt(() => Object.keys(localStorage).some((key) => key.startsWith(prefix))) ?? false;
    },
    conversation: (customer) => attempt(() => localStorage.getItem(prefix + customer)) ?? "",
    remember: (customer, conversation) =>
      attempt(() => (conversation ? localStorage.setItem(prefix + customer, conversation) : localStorage.removeItem(prefix + customer))),
    get open() {
      return attempt(() => sessionStorage.getItem(`${prefix}open`)) === "1";
    },
    set open(value) {
      attempt(() => sessionStorage.setItem(`${prefix}open`, value ? "1" : "0"));
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
