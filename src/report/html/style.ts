/** The page's own style: system fonts, both colour schemes, one column on a phone. Contrasts are 4.5 : 1 and more. */
export const style = `
:root{color-scheme:light dark;--bg:#f6f7f9;--card:#fff;--text:#1b1f24;--soft:#545d68;--line:#d5dae0;--code:#f0f2f5;--link:#0b57c2;
--good:#146c2e;--good-bg:#dcf5e3;--bad:#b3161b;--bad-bg:#fde5e4;--warn:#7a4d00;--warn-bg:#fdf0d2;--quiet:#4d5662;--quiet-bg:#e8ebef;--bar-good:#2f9e52;--bar-bad:#d1383b;--bar-warn:#c98a00;--bar-quiet:#8a94a1}
@media(prefers-color-scheme:dark){:root{--bg:#0f1318;--card:#181d24;--text:#e6e9ed;--soft:#a3adb9;--line:#333c47;--code:#11161c;--link:#79b0ff;
--good:#7fdc9a;--good-bg:#12321d;--bad:#ff9d98;--bad-bg:#431a1b;--warn:#f2c063;--warn-bg:#3a2b0b;--quiet:#b4bdc8;--quiet-bg:#29313a;--bar-good:#3fae63;--bar-bad:#e0565a;--bar-warn:#d9a12b;--bar-quiet:#66717e}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-behavior:smooth;scroll-padding-top:1rem}
@media(prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;background:var(--bg);color:var(--text);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif}
a{color:var(--link)}
a:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:4px}
.skip{position:absolute;left:-999px;top:0;background:var(--card);padding:.6rem 1rem;z-index:2}
.skip:focus{left:.5rem;top:.5rem}
header,main,footer,nav{max-width:70rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:2rem}
h1{font-size:1.7rem;line-height:1.25;margin:0 0 .75rem;text-wrap:balance;overflow-wrap:anywhere}
h2{font-size:1.25rem;margin:0 0 1rem}
h3{font-size:1.02rem;margin:0;display:inline;overflow-wrap:anywhere}
h4{font-size:.92rem;margin:1.2rem 0 .5rem;overflow-wrap:anywhere}
p{margin:.5rem 0}
.verdict{border:1px solid var(--line);border-left:.5rem solid var(--tone);border-radius:10px;background:var(--card);padding:1rem 1.25rem;margin:1rem 0}
.verdict.good{--tone:var(--bar-good)}.verdict.bad{--tone:var(--bar-bad)}.verdict.warn{--tone:var(--bar-warn)}
.verdict .chip{font-size:1rem}
.lead{font-size:1.05rem;overflow-wrap:anywhere}
progress{width:100%;height:.6rem;border:0;border-radius:.3rem;overflow:hidden;background:var(--quiet-bg);accent-color:var(--bar-good)}
progress::-webkit-progress-bar{background:var(--quiet-bg)}
progress::-webkit-progress-value{background:var(--tone)}
progress::-moz-progress-bar{background:var(--tone)}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.25rem 1.1rem;padding:0;margin:1rem 0}
nav a{display:inline-block;padding:.35rem 0}
section{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:1.25rem;margin:1.25rem 0}
.facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));gap:.7rem 1.5rem;margin:.8rem 0}
.facts.wide,.card .facts{grid-template-columns:1fr}
dt{color:var(--soft);font-size:.82rem}
dd{margin:0;overflow-wrap:anywhere}
.chip{display:inline-block;border-radius:1rem;padding:.05rem .65rem;font-size:.86rem;font-weight:600;max-width:100%;white-space:nowrap;overflow:hidden;text-overflow:ellipsis;vertical-align:bottom;background:var(--quiet-bg);color:var(--quiet)}
.chip.good{background:var(--good-bg);color:var(--good)}.chip.bad{background:var(--bad-bg);color:var(--bad)}.chip.warn{background:var(--warn-bg);color:var(--warn)}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;font-size:.875em}
code{overflow-wrap:anywhere}
pre{background:var(--code);border:1px solid var(--line);border-radius:8px;padding:.8rem 1rem;overflow:auto;max-height:28rem;margin:.6rem 0;line-height:1.5}
pre code{overflow-wrap:normal;white-space:pre;font-size:1em}
pre mark{background:var(--bad-bg);color:var(--bad);font-weight:600;display:inline-block;min-width:100%}
.scroll{overflow-x:auto;margin:.6rem 0;border:1px solid var(--line);border-radius:8px}
table{border-collapse:collapse;width:100%;font-size:.92rem;font-variant-numeric:tabular-nums}
caption{text-align:left;color:var(--soft);padding:.5rem .75rem;font-size:.85rem}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
th,td{text-align:left;vertical-align:top;padding:.45rem .75rem;border-top:1px solid var(--line);overflow-wrap:break-word}
thead th{border-top:0;background:var(--code);color:var(--soft);font-size:.82rem;white-space:nowrap}
tbody th{font-weight:500;min-width:8rem}
td{min-width:4.5rem}
td code{display:inline-block;min-width:min(12rem,100%)}
.card{border:1px solid var(--line);border-left:.3rem solid var(--tone);border-radius:8px;padding:.9rem 1.1rem;margin:.9rem 0}
.card.bad{--tone:var(--bar-bad)}.card.warn{--tone:var(--bar-warn)}
.note{border-left:.25rem solid var(--bar-warn);padding-left:.7rem;color:var(--soft)}
details.step{border-top:1px solid var(--line)}
details.step:last-child{border-bottom:1px solid var(--line)}
summary{cursor:pointer;padding:.6rem .2rem}
details.step>summary{display:flex;flex-wrap:wrap;gap:.3rem .7rem;align-items:baseline}
details.step>summary::before{content:"▸";color:var(--soft)}
details.step[open]>summary::before{content:"▾"}
details.step>summary::-webkit-details-marker{display:none}
details.step>div{padding:0 .2rem 1rem 1.3rem}
.soft{color:var(--soft);font-size:.9rem}
.timeline{list-style:none;margin:0;padding:0}
.timeline li{display:grid;grid-template-columns:minmax(9rem,15rem) 1fr minmax(4rem,auto);gap:.2rem .9rem;align-items:center;padding:.28rem 0}
.timeline .name{overflow-wrap:anywhere}
.timeline .took{text-align:right;font-variant-numeric:tabular-nums}
.track{position:relative;height:1.1rem;background:var(--quiet-bg);border-radius:.3rem;overflow:hidden}
.bar{position:absolute;top:0;bottom:0;min-width:3px;border-radius:.3rem;background:var(--bar-quiet)}
.bar.good{background:var(--bar-good)}.bar.bad{background:var(--bar-bad)}.bar.warn{background:var(--bar-warn)}
.axis{display:flex;justify-content:space-between;color:var(--soft);font-size:.82rem;font-variant-numeric:tabular-nums;margin:.2rem 4.9rem .2rem 15.9rem}
footer{padding:1rem 1.25rem 3rem;color:var(--soft);font-size:.88rem}
@media(max-width:42rem){header,main,nav,footer{padding-left:.8rem;padding-right:.8rem}header{padding-top:1.1rem}h1{font-size:1.35rem}section{padding:1rem .85rem;border-radius:8px}
.timeline li{grid-template-columns:1fr auto}.timeline .track{grid-column:1/-1;order:3}.axis{margin:.2rem 0}.facts{grid-template-columns:1fr}details.step>div{padding-left:.2rem}}
@media print{body{background:#fff}section{break-inside:avoid-page;border-color:#999}nav,.skip{display:none}pre{max-height:none;white-space:pre-wrap}}
`;
