// The widget's look, as a constructable style sheet: a strict `style-src` forbids <style>.
// Colours can be set by the page: --frontdesk-accent, --frontdesk-accent-text.

export const sheet = new CSSStyleSheet();
sheet.replaceSync(`
:host { --accent: var(--frontdesk-accent, #1f5c4d); --on-accent: var(--frontdesk-accent-text, #fff);
  --paper: #fff; --ink: #1c2422; --soft: #f1f4f2; --line: #d5ddd9; --quiet: #57635f; --warn: #8a5a00; --bad: #a4262c;
  all: initial; position: fixed; right: 24px; bottom: 24px; z-index: 2147483000;
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; color: var(--ink); }
@media (prefers-color-scheme: dark) { :host([theme="auto"]) { --paper: #171c1a; --ink: #e9efec; --soft: #232a27;
  --line: #3a4541; --quiet: #a9b5b0; --warn: #e2b35c; --bad: #ff9a9a; --accent: var(--frontdesk-accent-dark, #4fa58e); } }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
button, textarea { font: inherit; color: inherit; }
button { cursor: pointer; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.launcher { display: flex; align-items: center; gap: 10px; padding: 14px 20px; border: 0; border-radius: 999px;
  background: var(--accent); color: var(--on-accent); font-weight: 600; box-shadow: 0 8px 28px rgb(0 0 0 / .22);
  transition: transform .15s; }
.launcher:hover { transform: translateY(-2px); }
.launcher svg { width: 22px; height: 22px; fill: currentColor; }
.panel { display: flex; flex-direction: column; width: min(400px, calc(100vw - 32px)); height: min(640px, calc(100vh - 48px));
  background: var(--paper); border-radius: 18px; overflow: hidden; box-shadow: 0 18px 60px rgb(0 0 0 / .28);
  animation: rise .18s ease-out; }
@keyframes rise { from { opacity: 0; transform: translateY(12px); } }
header { display: flex; align-items: center; gap: 12px; padding: 16px 18px; background: var(--accent); color: var(--on-accent); }
.avatar { width: 38px; height: 38px; border-radius: 50%; background: rgb(255 255 255 / .18); display: grid;
  place-items: center; font-weight: 700; }
h2 { margin: 0; font-size: 16px; line-height: 1.25; }
header p { margin: 0; font-size: 13px; opacity: .95; }
.close { margin-left: auto; border: 0; background: none; color: inherit; width: 36px; height: 36px; border-radius: 10px;
  font-size: 22px; line-height: 1; }
.close:hover { background: rgb(255 255 255 / .16); }
.close:focus-visible, .launcher:focus-visible { outline-color: var(--on-accent); outline-offset: -4px; }
.status { padding: 6px 18px; background: #fff4dc; color: #6b4a00; font-size: 13px; }
.scroll { flex: 1; overflow-y: auto; padding: 18px; overscroll-behavior: contain; }
.log { display: flex; flex-direction: column; gap: 10px; }
.bubble { max-width: 86%; padding: 10px 14px; border-radius: 16px; white-space: pre-wrap; overflow-wrap: anywhere;
  animation: rise .14s ease-out; }
.customer { align-self: flex-end; background: var(--accent); color: var(--on-accent); border-bottom-right-radius: 5px; }
.customer.pending { opacity: .72; }
.desk { align-self: flex-start; background: var(--soft); border-bottom-left-radius: 5px; }
.desk a { color: var(--accent); font-weight: 600; }
.notice { align-self: stretch; max-width: none; background: none; border: 1px solid var(--line); border-left: 4px solid var(--accent);
  border-radius: 10px; font-size: 14px; }
.person { border-left: 4px solid var(--accent); }
.failed { align-self: flex-end; font-size: 13px; color: var(--bad); }
.failed button { border: 0; background: none; color: inherit; text-decoration: underline; padding: 2px 4px; }
.typing { display: flex; gap: 5px; padding: 14px; width: max-content; }
.typing i { width: 7px; height: 7px; border-radius: 50%; background: var(--quiet); animation: dot 1.1s infinite; }
.typing i:nth-child(2) { animation-delay: .15s; } .typing i:nth-child(3) { animation-delay: .3s; }
@keyframes dot { 0%, 60%, 100% { opacity: .25; } 30% { opacity: 1; } }
.card { align-self: stretch; border: 1px solid var(--line); border-radius: 14px; padding: 16px; background: var(--paper);
  box-shadow: 0 2px 10px rgb(0 0 0 / .06); }
.card h3 { margin: 0 0 4px; font-size: 15px; }
.card .amount { font-size: 26px; font-weight: 700; letter-spacing: -.01em; }
.card ul { margin: 8px 0 0; padding: 0; list-style: none; color: var(--quiet); font-size: 13.5px; }
.card .buttons { display: flex; gap: 10px; margin-top: 14px; }
.card button { flex: 1; padding: 10px; border-radius: 10px; border: 1px solid var(--line); background: var(--paper); font-weight: 600; }
.card button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
.card button[disabled] { opacity: .55; cursor: default; }
.card .outcome { margin: 12px 0 0; font-size: 13.5px; color: var(--quiet); }
.chips { display: flex; flex-wrap: wrap; gap: 8px; }
.chips button { padding: 7px 13px; border-radius: 999px; border: 1px solid var(--accent); background: var(--paper); color: var(--accent);
  font-size: 14px; }
.chips button:hover { background: var(--soft); }
.rating { align-self: center; text-align: center; color: var(--quiet); font-size: 13.5px; border: 0; padding: 4px; margin: 6px 0 0; }
.rating button { border: 0; background: none; font-size: 24px; line-height: 1; padding: 6px; color: var(--quiet); border-radius: 8px; }
.rating button:hover, .rating button[aria-checked="true"] { color: #b07a00; }
form { display: flex; gap: 8px; padding: 12px 14px; border-top: 1px solid var(--line); align-items: flex-end; }
textarea { flex: 1; resize: none; border: 1px solid var(--line); border-radius: 12px; padding: 10px 12px; max-height: 120px;
  background: var(--paper); }
textarea::placeholder { color: var(--quiet); opacity: 1; }
form button { width: 44px; height: 44px; border: 0; border-radius: 12px; background: var(--accent); color: var(--on-accent); display: grid; place-items: center; }
form button[disabled] { background: var(--line); color: var(--quiet); cursor: default; }
form svg { width: 20px; height: 20px; fill: currentColor; }
.note { margin: 0; padding: 0 18px 12px; font-size: 12px; color: var(--quiet); text-align: center; }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (max-width: 480px) { :host { right: 0; bottom: 0; left: 0; } .launcher { margin: 0 16px 16px auto; }
  .panel { width: 100vw; height: 100dvh; border-radius: 0; } }
@media (prefers-reduced-motion: reduce) { * { animation: none !important; transition: none !important; } }
`);
