/** The style sheet of a card: light and dark, screen and print, no resource from elsewhere. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #fbfaf8; --sheet: #fff; --ink: #1d2329; --soft: #5d6873; --line: #dcdfe3;
  --first: #1f6f6b; --second: #c9762b; --alert: #a8321f; --alert-ground: #fdf1ee; --note-ground: #f4f5f3;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14181b; --sheet: #1b2024; --ink: #e7eaec; --soft: #9aa6b0; --line: #343c43;
    --first: #5bbdb3; --second: #e59a55; --alert: #f08b76; --alert-ground: #33201c; --note-ground: #22282c;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: 15px/1.55 system-ui, -apple-system, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif;
  font-variant-numeric: tabular-nums;
}
main { max-width: 1020px; margin: 0 auto; padding: 48px 28px 72px; }
h1 { font-size: 30px; line-height: 1.2; font-weight: 640; letter-spacing: -0.015em; margin: 0 0 6px; }
h2 { font-size: 18px; font-weight: 620; letter-spacing: -0.005em; margin: 44px 0 12px; }
p { margin: 0 0 10px; max-width: 68ch; }
.soft, figcaption, th, caption { color: var(--soft); }
code { font: 13px/1.5 ui-monospace, 'SF Mono', Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(180px, 1fr)); gap: 1px; margin: 28px 0 0;
  background: var(--line); border: 1px solid var(--line); border-radius: 10px; overflow: hidden; }
.tiles div { background: var(--sheet); padding: 16px 18px 14px; }
.tiles dt { color: var(--soft); font-size: 13px; }
.tiles dd { margin: 0; font-size: 26px; font-weight: 600; letter-spacing: -0.02em; }
.tiles dd small { display: block; font-size: 13px; font-weight: 400; letter-spacing: 0; color: var(--soft); }
.warnings { list-style: none; margin: 0; padding: 0; display: grid; gap: 8px; }
.warnings li { background: var(--note-ground); border-left: 3px solid var(--second); border-radius: 0 8px 8px 0;
  padding: 10px 16px; }
.warnings li.grave { background: var(--alert-ground); border-color: var(--alert); }
.warnings li.note { border-color: var(--line); }
h3 { font-size: 15px; font-weight: 620; margin: 0 0 2px; }
.warnings li.grave h3 { color: var(--alert); }
.warnings b { font-weight: 560; }
.warnings p { margin: 0; max-width: none; }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(400px, 1fr)); gap: 20px; }
figure {
  margin: 0; background: var(--sheet); border: 1px solid var(--line); border-radius: 10px; padding: 16px 18px 10px;
  min-width: 0;
}
figcaption { font-size: 13px; margin: 0 0 10px; }
figcaption b { color: var(--ink); font-weight: 620; font-size: 15px; display: block; }
figure svg { display: block; width: 100%; height: auto; max-width: 100%; overflow: visible; font-size: 11px; }
.key::before { content: ''; display: inline-block; width: 9px; height: 9px; border-radius: 3px; margin-right: 6px;
  background: var(--first); }
.key.second::before { background: var(--second); border-radius: 50%; }
.key { margin-right: 14px; white-space: nowrap; }
.wide { overflow-x: auto; }
.wide + p { margin-top: 14px; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
caption { text-align: left; padding-bottom: 6px; font-size: 13px; }
th, td { text-align: right; padding: 7px 12px 7px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { font-weight: 500; font-size: 13px; }
th:first-child, td:first-child { text-align: left; }
td small { color: var(--soft); }
td.text, th.text { text-align: left; overflow-wrap: anywhere; }
.bars td:first-child { width: 38%; overflow-wrap: anywhere; }
.bars td:last-child { width: 48%; padding-right: 0; }
.bar { display: block; height: 10px; margin-top: 6px; border-radius: 2px; background: var(--first); min-width: 1px; }
details summary { cursor: pointer; color: var(--soft); margin-top: 12px; }
pre { background: var(--note-ground); border-radius: 8px; padding: 12px 16px; margin: 0 0 10px; white-space: pre-wrap; }
footer { margin-top: 48px; padding-top: 16px; border-top: 1px solid var(--line); font-size: 13px; color: var(--soft); }
@media (max-width: 480px) { .plots { grid-template-columns: 1fr; } main { padding: 28px 16px; } }
@media print {
  body { background: #fff; } main { max-width: none; padding: 0; } figure, .warnings li { break-inside: avoid; }
}
`;
