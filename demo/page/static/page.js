// The page's own script: the customer's orders, and the buttons that lead to the chat.

const chat = document.querySelector("frontdesk-chat");
const list = document.getElementById("order-list");
const STATES = {
  shipped: ["Shipped", "shipped"],
  delivered: ["Delivered", "delivered"],
  "in preparation": ["In preparation", "preparing"],
  cancelled: ["Cancelled", ""],
};
const day = new Intl.DateTimeFormat("en-US", { month: "short", day: "numeric", timeZone: "UTC" });
const money = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" });

document.querySelector("[data-ask]").addEventListener("click", () => chat.open());
if (list) {
  showOrders();
  // What the chat tells of an order has changed it in the shop.
  chat.addEventListener("frontdesk-notice", showOrders);
}

async function showOrders() {
  try {
    const answer = await fetch("/demo/orders");
    if (!answer.ok) throw new Error(String(answer.status));
    const { orders } = await answer.json();
    list.replaceChildren(...orders.map(card));
  } catch {
    const again = button("Try again", "small", showOrders);
    list.replaceChildren(element("li", "waiting", "Your orders cannot be shown right now. ", again));
  }
}

function card(order) {
  const [label, look] = STATES[order.status] ?? [order.status, ""];
  const items = order.items.map((item) => (item.quantity > 1 ? `${item.quantity} × ${item.name}` : item.name)).join(" + ");
  const refunded = refundOf(order.payment);
  const top = element("div", "row", element("h3", "", order.id), element("span", `state ${look}`, label));
  const actions = element("div", "foot-row", button("Ask about it", "small", () => chat.ask(question(order)), order.id));
  if (order.id === "ORD-10003" && order.status === "in preparation") {
    const ship = button("Demo: ship it", "small ship", () => shipped(order.id, ship), order.id);
    ship.title = "The shop publishes “order shipped”. With a conversation open in the chat, the news arrives there by itself.";
    actions.append(ship);
  }
  return element(
    "li",
    "order",
    top,
    element("p", "item", items),
    element("p", "when", when(order)),
    element("p", "total", `${money.format(order.total / 100)}${refunded}`),
    actions,
  );
}

function question(order) {
  return order.status === "delivered" && !order.payment.refunded ? `I want a refund for ${order.id}` : `Where is my order ${order.id}?`;
}

function refundOf({ captured, refunded }) {
  if (!refunded) return "";
  return refunded === captured ? ", refunded" : `, ${money.format(refunded / 100)} refunded`;
}

function when(order) {
  if (order.delivered) return `Arrived on ${day.format(new Date(order.delivered))}`;
  if (order.expected) return `Expected on ${day.format(new Date(order.expected))}`;
  return `Ordered on ${day.format(new Date(order.placed))}`;
}

async function shipped(id, ship) {
  ship.disabled = true;
  ship.textContent = "Shipping…";
  const answer = await fetch(`/demo/orders/${id}/ship`, { method: "POST" }).catch(() => null);
  if (answer?.ok) return showOrders();
  ship.disabled = false;
  ship.textContent = "Could not ship. Try again";
  return undefined;
}

function button(text, look, pressed, about = "") {
  const made = element("button", look, text);
  made.type = "button";
  if (about) made.setAttribute("aria-label", `${text}: ${about}`);
  made.addEventListener("click", pressed);
  return made;
}

function element(name, look, ...children) {
  const made = document.createElement(name);
  if (look) made.className = look.trim();
  made.append(...children);
  return made;
}
