// The widget's look, as a constructable style sheet: a strict `style-src` forbids <style>.

const LIGHT = `--accent: var(--frontdesk-accent, #1f5c4d); --on-accent: var(--frontdesk-accent-text, #fff); --tint: var(--frontdesk-accent, #1f5c4d);
  --paper: #fff; --ink: #1c2422; --soft: #f0f3f1; --line: #d9e0dc; --quiet: #56635e; --warn: #7d4a07; --warn-soft: #fdf3e1; --bad: #a1262c;
  --star: #a86f00; --shade: 0 24px 70px rgb(12 30 24 / .24), 0 2px 8px rgb(12 30 24 / .12); color-scheme: light;`;
const DARK = `--accent: var(--frontdesk-accent-dark, #2c7361); --on-accent: var(--frontdesk-accent-dark-text, #fff); --tint: #86ccb6;
  --paper: #161c1a; --ink: #eaf0ed; --soft: #242c29; --line: #36413d; --quiet: #a9b6b0; --warn: #efc183; --warn-soft: #33291a; --bad: #ff9d9d;
  --star: #f1bd55; --shade: 0 24px 70px rgb(0 0 0 / .6), 0 0 0 1px #2c3532; color-scheme: dark;`;

export const sheet = new CSSStyleSheet();
sheet.replaceSync(`
:host { all: initial; ${LIGHT} position: fixed; right: 24px; bottom: 24px; z-index: 2147483000; color: var(--ink);
  font: 15px/1.5 Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
@media (prefers-color-scheme: dark) { :host(:not([theme="light"])) { ${DARK} } }
:host([theme="dark"]) { ${DARK} }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
p, h2, h3, ul { margin: 0; padding: 0; font: inherit; }
ul { list-style: none; }
button, textarea, input { font: inherit; color: inherit; }
button { cursor: pointer; }
:focus-visible { outline: 2px solid var(--tint); outline-offset: 2px; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
svg { fill: currentColor; flex: none; }

.launcher { position: relative; display: flex; align-items: center; gap: 10px; padding: 15px 22px 15px 18px; border: 0; border-radius: 999px;
  background: var(--accent); color: var(--on-accent); font-weight: 600; box-shadow: var(--shade); transition: transform .18s ease-out; }
.launcher:hover { transform: translateY(-2px); }
.launcher svg { width: 24px; height: 24px; }
.badge { position: absolute; right: 0; top: -5px; min-width: 22px; padding: 0 6px; border-radius: 999px; background: #c2342b; color: #fff;
  font-size: 12.5px; line-height: 22px; text-align: center; }
.teaser { position: absolute; right: 0; bottom: calc(100% + 14px); width: max-content; max-width: min(300px, calc(100vw - 48px)); padding: 13px 16px;
  background: var(--paper); border-radius: 16px 16px 5px 16px; box-shadow: var(--shade); font-size: 14px; cursor: pointer; animation: rise .2s ease-out; }
.teaser:empty { display: none; }
.teaser strong { display: block; font-weight: 650; }

.panel { display: flex; flex-direction: column; width: min(408px, calc(100vw - 32px)); height: min(680px, calc(100dvh - 48px));
  background: var(--paper); border-radius: 22px; overflow: hidden; box-shadow: var(--shade); animation: rise .2s ease-out; transform-origin: bottom right; }
@keyframes rise { from { opacity: 0; transform: translateY(10px) scale(.985); } }
.bar { display: flex; align-items: center; gap: 12px; padding: 16px 12px 16px 18px; background: var(--accent); color: var(--on-accent); }
.avatar { flex: none; width: 42px; height: 42px; border-radius: 50%; background: var(--on-accent); color: var(--accent); display: grid;
  place-items: center; font-weight: 700; font-size: 18px; }
.head { flex: 1; min-width: 0; }
h2 { font-size: 17px; font-weight: 650; line-height: 1.25; }
.subline { font-size: 13px; line-height: 1.4; display: flex; align-items: center; gap: 7px; }
.subline::before { content: ""; width: 8px; height: 8px; border-radius: 50%; background: #8fe3b4; }
.tool { display: grid; place-items: center; border: 0; background: none; color: inherit; width: 40px; height: 40px; border-radius: 12px; padding: 0; }
.tool:hover { background: rgb(255 255 255 / .16); }
.tool svg { width: 21px; height: 21px; }
.tool:focus-visible { outline-color: currentColor; outline-offset: -3px; }
.status { padding: 7px 18px; background: var(--warn-soft); color: var(--warn); font-size: 13px; font-weight: 550; }
.status:empty { padding: 0; }

.middle { position: relative; flex: 1; min-height: 0; }
.scroll { height: 100%; overflow-y: auto; padding: 18px 18px 14px; overscroll-behavior: contain; scrollbar-width: thin; scrollbar-color: var(--line) transparent; }
.scroll:focus-visible { outline-offset: -3px; border-radius: 8px; }
.log, .live { display: flex; flex-direction: column; gap: 10px; }
.live:not(:empty) { margin-top: 10px; }
.turn { display: flex; flex-direction: column; gap: 4px; align-items: flex-start; }
.name { font-size: 12.5px; font-weight: 600; color: var(--quiet); margin: 4px 0 0 4px; }
.turn.person .name::after { content: " ●"; color: var(--tint); font-size: 9px; vertical-align: 1px; }
.bubble { max-width: 87%; padding: 10px 14px; border-radius: 18px; white-space: pre-wrap; overflow-wrap: anywhere; animation: rise .16s ease-out; }
.still, .still * { animation: none !important; }
.customer { align-self: flex-end; background: var(--accent); color: var(--on-accent); border-bottom-right-radius: 6px; }
.customer.pending { background: color-mix(in srgb, var(--accent) 86%, var(--paper)); }
.customer.unsent { background: var(--soft); color: var(--ink); outline: 1px dashed var(--bad); }
.desk { background: var(--soft); border-bottom-left-radius: 6px; }
.turn.person .desk { background: none; border: 1.5px solid var(--tint); }
.masked { display: inline-flex; align-items: center; gap: 4px; padding: 0 8px; border: 1px solid currentColor; border-radius: 999px; font-size: .92em; }
.masked svg { width: 12px; height: 12px; fill: currentColor; flex: none; }
.bubble a, .told a { color: var(--tint); font-weight: 600; text-underline-offset: 2px; }
.below { align-self: flex-end; max-width: 87%; font-size: 13px; color: var(--bad); text-align: right; }
.below button { border: 0; background: none; text-decoration: underline; text-underline-offset: 2px; padding: 2px 4px; font-weight: 600; }
.told { display: flex; gap: 11px; padding: 12px 14px; border: 1px solid var(--line); border-radius: 14px; font-size: 14px; white-space: pre-wrap;
  overflow-wrap: anywhere; animation: rise .16s ease-out; }
.told svg { width: 19px; height: 19px; margin-top: 1px; color: var(--tint); }
.told.refusal { border-color: transparent; background: var(--warn-soft); color: var(--ink); }
.told.refusal svg { color: var(--warn); }
.owner { display: flex; align-items: center; gap: 12px; font-size: 13px; color: var(--quiet); text-align: center; }
.owner::before, .owner::after { content: ""; flex: 1; height: 1px; background: var(--line); }
.typing { display: flex; align-items: center; gap: 5px; padding: 14px 15px; width: max-content; }
.typing i { width: 7px; height: 7px; border-radius: 50%; background: var(--quiet); animation: dot 1.2s infinite ease-in-out; }
.typing i:nth-child(2) { animation-delay: .16s; }
.typing i:nth-child(3) { animation-delay: .32s; }
.typing span { margin-left: 6px; font-size: 13.5px; line-height: 1; color: var(--quiet); }
@keyframes dot { 0%, 70%, 100% { opacity: .3; transform: none; } 35% { opacity: 1; transform: translateY(-3px); } }

.card { border: 1px solid var(--line); border-radius: 18px; padding: 16px; margin: 4px 0; box-shadow: 0 6px 22px rgb(12 30 24 / .08); animation: rise .2s ease-out; }
.card .kicker { font-size: 12.5px; font-weight: 600; color: var(--warn); }
.card h3 { font-weight: 650; font-size: 16px; line-height: 1.35; margin-top: 2px; }
.card .amount { font-size: 32px; font-weight: 700; letter-spacing: -.02em; line-height: 1.25; margin-top: 6px; font-variant-numeric: tabular-nums; }
.card ul { margin-top: 6px; color: var(--quiet); font-size: 14px; }
.card .buttons { display: grid; grid-template-columns: 1fr 1fr; gap: 10px; margin-top: 14px; }
.card button { padding: 11px 8px; border-radius: 12px; border: 1px solid var(--line); background: none; font-weight: 600; font-size: 14.5px; }
.card button:hover { border-color: var(--tint); }
.card button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
.card button[disabled] { opacity: .55; cursor: default; }
.until { margin-top: 10px; font-size: 12.5px; color: var(--quiet); text-align: center; }
.outcome { display: flex; align-items: center; gap: 7px; font-size: 14px; font-weight: 600; color: var(--quiet); border-radius: 8px; }
.outcome:not(:empty) { margin-top: 12px; }
.outcome.accepted { color: var(--tint); }
.outcome svg { width: 18px; height: 18px; }
.card.settled { box-shadow: none; background: var(--soft); border-color: transparent; }
.card.settled .kicker { display: none; }
.card.settled .amount { font-size: 22px; }

.tail { margin-top: 14px; }
.chips { display: flex; flex-wrap: wrap; gap: 8px; }
.chips button { padding: 8px 14px; border-radius: 999px; border: 1px solid var(--tint); background: none; color: var(--tint); font-size: 14px; font-weight: 550; text-align: left; }
.chips button:hover { background: var(--soft); }
.rating { display: flex; flex-wrap: wrap; align-items: center; justify-content: center; gap: 2px 10px; margin-bottom: 12px; padding: 8px 12px; background: var(--soft);
  border-radius: 14px; font-size: 13.5px; color: var(--quiet); }
.rating .star { border: 0; background: none; font-size: 22px; line-height: 1; padding: 5px 4px; color: var(--quiet); border-radius: 8px; }
.rating .star:hover, .rating .star.on, .stars:hover .star:has(~ .star:hover) { color: var(--star); }
.rating .dismiss { border: 0; background: none; text-decoration: underline; text-underline-offset: 2px; padding: 6px 4px; }
.rating form { display: flex; gap: 8px; flex: 1; }
.rating input { flex: 1; min-width: 0; border: 1px solid var(--line); border-radius: 10px; padding: 6px 10px; background: var(--paper); color: var(--ink); }

.composer { display: flex; gap: 10px; padding: 12px 14px 14px; border-top: 1px solid var(--line); align-items: flex-end; }
textarea { flex: 1; min-width: 0; resize: none; border: 1px solid var(--line); border-radius: 16px; padding: 10px 14px; max-height: 132px; background: var(--paper);
  field-sizing: content; }
textarea:focus-visible { outline-offset: 0; border-color: transparent; }
textarea::placeholder, input::placeholder { color: var(--quiet); opacity: 1; }
.composer button { flex: none; width: 44px; height: 44px; border: 0; border-radius: 50%; background: var(--accent); color: var(--on-accent); display: grid; place-items: center;
  transition: transform .15s; }
.composer button:not([disabled]):hover { transform: scale(1.06); }
.composer button[disabled] { background: var(--soft); color: var(--quiet); cursor: default; }
.composer svg { width: 20px; height: 20px; }
.note { margin: -4px 18px 12px; font-size: 12px; color: var(--quiet); text-align: center; }
@media (max-width: 480px) {
  :host { right: 16px; bottom: 16px; }
  .panel { position: fixed; inset: 0; width: 100vw; height: 100dvh; border-radius: 0; }
  textarea { font-size: 16px; }
}
@media (prefers-reduced-motion: reduce) { *, *::before, *::after { animation: none !important; transition: none !important; } }
@media (forced-colors: active) { .bubble, .told, .card, .launcher, .panel { border: 1px solid; } }
`);
