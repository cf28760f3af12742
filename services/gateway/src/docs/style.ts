export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#fff, #191a1b); --side: light-dark(#f6f5f2, #131415);
  --code: light-dark(#f6f5f2, #222425); --line: light-dark(#e6e3dc, #2f3233);
  --ink: light-dark(#1c1b19, #ececea); --soft: light-dark(#57534c, #b4b3af);
  --accent: light-dark(#0b5f58, #5fd0c4); --mark: light-dark(#e0f2ef, #12302d);
  --get: light-dark(#0b5f58, #5fd0c4); --post: light-dark(#1d4ed8, #93b4ff);
  --put: light-dark(#7a4b00, #f2cf7a); --delete: light-dark(#b42318, #ff9488);
}
* { box-sizing: border-box; }
html { scroll-padding-top: 16px; }
body {
  margin: 0; display: grid; grid-template: auto 1fr / 288px minmax(0, 1fr);
  background: var(--paper); color: var(--ink);
  font: 15px/23px system-ui, -apple-system, 'Segoe UI', sans-serif;
}
a { color: var(--accent); text-underline-offset: 2px; }
a:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
code, pre { font: 13px/20px ui-monospace, 'SF Mono', 'Cascadia Code', Menlo, monospace; overflow-wrap: anywhere; }
small { color: var(--soft); font-size: 12px; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 8px; top: 8px; background: var(--paper); padding: 8px; z-index: 1; }
header { grid-column: 1; padding: 24px 20px 12px; background: var(--side); border-right: 1px solid var(--line); }
h1 { margin: 0; font-size: 20px; line-height: 28px; }
header p { margin: 4px 0 0; font-size: 13px; line-height: 20px; color: var(--soft); }
nav { grid-column: 1; padding: 0 12px 24px; background: var(--side); border-right: 1px solid var(--line); }
nav summary, nav > p { margin: 0; padding: 6px 8px; font-weight: 600; cursor: pointer; }
nav > p a { margin-left: 15px; color: inherit; text-decoration: none; }
nav ul { list-style: none; margin: 0 0 8px; padding: 0 0 0 15px; }
nav li a { display: flex; gap: 8px; justify-content: space-between; padding: 4px 8px; border-radius: 6px; color: var(--soft); text-decoration: none; font-size: 13px; line-height: 20px; }
nav a:hover { color: var(--accent); }
main { grid-area: 1 / 2 / 3 / 3; min-width: 0; padding: 0 48px 96px; }
.chapter > p { max-width: 68ch; }
h2 { margin: 48px 0 12px; font-size: 26px; line-height: 34px; letter-spacing: -.01em; }
h3 { margin: 0 0 8px; font-size: 17px; line-height: 24px; }
h4 { margin: 20px 0 4px; font-size: 12px; line-height: 20px; color: var(--soft); font-weight: 600; }
h2 a, h3 a { color: inherit; text-decoration: none; }
h2 a:hover, h3 a:hover { text-decoration: underline; }
.entry { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 460px); gap: 0 40px; padding: 28px 0; border-top: 1px solid var(--line); }
.entry p { margin: 0 0 8px; max-width: 68ch; }
.entry:target h3 a, .fields > div:target { background: var(--mark); box-shadow: 0 0 0 4px var(--mark); border-radius: 2px; }
.call code { font-size: 14px; }
.method { font: 600 12px/20px ui-monospace, Menlo, monospace; }
.get { color: var(--get); } .post { color: var(--post); } .put, .patch { color: var(--put); } .delete { color: var(--delete); }
.fields { margin: 0; max-width: 860px; }
.fields > div { padding: 6px 0; border-top: 1px solid var(--line); }
.fields > div:first-child { border-top: 0; }
dt > code { font-weight: 600; margin-right: 6px; }
.type, em { color: var(--soft); font-size: 13px; }
dd { margin: 0; color: var(--soft); font-size: 14px; line-height: 21px; }
.variant { margin-top: 8px; color: var(--soft); }
.failures a { margin-left: 4px; }
figure { margin: 0 0 12px; }
figcaption { font-size: 12px; line-height: 20px; color: var(--soft); font-weight: 600; }
pre { margin: 4px 0 0; padding: 12px 14px; max-height: 420px; overflow: auto; background: var(--code); border-radius: 10px; }
pre code { white-space: pre; font-size: 12px; }
h3 code { font-size: 16px; line-height: 24px; }
@media (max-width: 1240px) {
  .entry { grid-template-columns: minmax(0, 1fr); }
  .examples { margin-top: 12px; }
}
@media (min-width: 761px) {
  header { position: sticky; top: 0; }
  nav { position: sticky; top: 88px; height: calc(100vh - 88px); overflow: auto; }
}
@media (max-width: 760px) {
  body { display: block; }
  header, nav { border-right: 0; }
  nav { border-bottom: 1px solid var(--line); padding-bottom: 12px; }
  nav summary, nav > p, nav li a { padding-block: 10px; }
  main { padding: 0 20px 64px; }
  h2 { font-size: 22px; line-height: 28px; }
}
`
