// Owns the drawings: contacts of each pair over time, with intervals as bars and gaps as hollow slots; how many there are when,
// with a brush; who with whom.

import { ask, by, el, letter, number, svg } from "./parts.js";
import { contactAddress, filter, follow, open, place } from "./address.js";

const DAY = 86_400_000;
const LEFT = 190;
const LANE = 22;
const LANES = 6;
/** A bound that nobody knows is drawn so many days away, with an open end. */
const OPEN = 45;

let drawn = null;

/** Draws what the filters let through; nothing while the drawings are folded. */
export async function draw(filters) {
  if (!by("charts").open) return;
  const data = recent(await ask("/api/chart", filters));
  const text = JSON.stringify([data, innerWidth]);
  if (text === drawn) return;
  drawn = text;
  const box = by("chart");
  if (!data.first) {
    box.replaceChildren(el("p", { class: "quiet" }, "Nothing with a day to draw."));
    return;
  }
  box.replaceChildren(
    el("figure", { class: "time" }, el("figcaption", null, caption(data)), overview(data), lanes(data), legend()),
    el("figure", { class: "matrix" }, el("figcaption", null, "Who with whom: contacts of two sides"), matrix(data.matrix)),
  );
}

/** Where a few early contacts would take most of the room, the drawing begins after them, and says so. */
function recent(data) {
  data.lanes = data.lanes.slice(0, LANES);
  const bins = data.overview.bins;
  const all = bins.reduce((sum, b) => sum + b.contacts, 0);
  if (!data.first || all < 10) return data;
  let [early, at] = [0, 0];
  while (at < bins.length - 1 && (early + bins[at].contacts) / all <= 0.1) early += bins[at++].contacts;
  const day = new Date(bounds(bins[at].at)[0]).toISOString().slice(0, 10);
  if (early === 0 || (time(data.last) - time(day)) / (time(data.last) - time(data.first)) > 0.6) return data;
  data.overview.bins = bins.slice(at);
  for (const lane of data.lanes) lane.items = lane.items.filter((item) => !item.last || item.last >= day);
  return { ...data, first: day, early };
}

function caption(data) {
  const rest = data.pairs > data.lanes.length ? `, the ${data.lanes.length} busiest of ${data.pairs} pairs` : "";
  const before = data.early ? `; ${data.early} before ${data.first.slice(0, 7)} are not drawn, filter by days to see them` : "";
  const some = data.lanes.some((lane) => lane.left_out > 0) ? "; of lanes with very many, some are drawn" : "";
  return `Contacts over time${rest}${before}${some}`;
}

const time = (day) => Date.parse(`${day}T00:00:00Z`);

function scale(data, width) {
  const [from, to] = [time(data.first), time(data.last) + DAY];
  const span = Math.max(to - from, 30 * DAY);
  return { from, to: from + span, width, at: (t) => LEFT + ((t - from) / span) * (width - LEFT - 8), day: (x) => new Date(from + ((x - LEFT) / (width - LEFT - 8)) * span) };
}

const wide = () => Math.max(560, Math.min(1100, by("chart").clientWidth - (innerWidth > 1000 ? 380 : 16)));

/** The days of a bin. */
function bounds(at) {
  const [year, month] = at.split("-").map(Number);
  return month ? [Date.UTC(year, month - 1, 1), Date.UTC(year, month, 1)] : [Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1)];
}

/** How many contacts there are in each month or year; dragging over it filters. */
function overview(data) {
  const width = wide();
  const high = 54;
  const s = scale(data, width);
  const most = Math.max(1, ...data.overview.bins.map((b) => b.contacts));
  const bars = data.overview.bins.map((bin) => {
    const [a, b] = bounds(bin.at).map((t) => s.at(Math.max(s.from, Math.min(s.to, t))));
    const tall = Math.max(2, (bin.contacts / most) * (high - 18));
    return svg("rect", { class: "bin", x: a, y: high - 14 - tall, width: Math.max(2, b - a - 1), height: tall }, svg("title", null, `${bin.at}: ${number(bin.contacts, "contact")}`));
  });
  const band = svg("rect", { class: "brush", y: 0, height: high - 14, x: 0, width: 0 });
  const drawing = svg("svg", { class: "overview", width, height: high, viewBox: `0 0 ${width} ${high}`, role: "img", "aria-label": `Contacts in each ${data.overview.unit}: ${data.overview.bins.map((b) => `${b.at} ${b.contacts}`).join(", ")}` },
    svg("text", { x: 0, y: 14, class: "name" }, `per ${data.overview.unit}, at most ${most}`),
    data.overview.spread ? svg("text", { x: 0, y: 30, class: "soft" }, `${data.overview.spread} spread over several`) : null,
    bars, ticks(s, high), band);
  brush(drawing, band, s);
  return drawing;
}

function brush(drawing, band, s) {
  let start = null;
  const x = (event) => Math.max(LEFT, Math.min(s.width - 8, event.clientX - drawing.getBoundingClientRect().left));
  drawing.addEventListener("pointerdown", (event) => { start = x(event); drawing.setPointerCapture(event.pointerId); });
  drawing.addEventListener("pointermove", (event) => {
    if (start === null) return;
    const now = x(event);
    band.setAttribute("x", Math.min(start, now));
    band.setAttribute("width", Math.abs(now - start));
  });
  drawing.addEventListener("pointerup", (event) => {
    if (start === null) return;
    const [a, b] = [Math.min(start, x(event)), Math.max(start, x(event))];
    start = null;
    band.setAttribute("width", 0);
    if (b - a < 4) return;
    const day = (t) => t.toISOString().slice(0, 10);
    filter({ ...place().filters, from: day(s.day(a)), to: day(s.day(b)) });
  });
}

function ticks(s, y) {
  const years = (s.to - s.from) / DAY / 365;
  const steps = [];
  const first = new Date(s.from).getUTCFullYear();
  const last = new Date(s.to).getUTCFullYear();
  const every = Math.max(1, Math.ceil(years / 12));
  for (let year = first; year <= last; year += every) steps.push([Date.UTC(year, 0, 1), String(year)]);
  if (years < 4) for (let year = first; year <= last; year += 1) for (const month of years < 1.5 ? [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] : [3, 6, 9]) steps.push([Date.UTC(year, month, 1), `${String(month + 1).padStart(2, "0")}`]);
  return steps.filter(([t]) => t >= s.from && t <= s.to).map(([t, name]) => svg("g", { class: "tick" }, svg("line", { x1: s.at(t), x2: s.at(t), y1: 0, y2: y - 12 }), svg("text", { x: s.at(t) + 2, y: y - 2 }, name)));
}

function lanes(data) {
  const width = wide();
  const s = scale(data, width);
  const high = data.lanes.length * LANE + 18;
  return svg("svg", { class: "lanes", width, height: high, viewBox: `0 0 ${width} ${high}`, role: "group", "aria-label": "Contacts of each pair over time" },
    ticks(s, high),
    data.lanes.map((lane, at) => svg("g", { transform: `translate(0 ${at * LANE})` }, head(lane), slots(lane, s), items(lane, s))));
}

/** The surname of a person; of others the name, cut where it is long. */
function short({ name, kind }) {
  const words = name.split(" ");
  const last = words[words.length - 1];
  const text = kind === "person" && words.length > 1 && !/^([IVX]+|.{1,2})$/.test(last) ? last : name;
  return text.length > 15 ? `${text.slice(0, 14)}…` : text;
}

function head(lane) {
  const who = lane.pair.map((p) => p.name);
  const link = svg("a", { href: `/?${new URLSearchParams(who.map((w) => ["who", w]))}` },
    svg("title", null, `${who.join(" and ")}: ${number(lane.contacts, "contact")}${lane.undated ? `, ${lane.undated} without a day` : ""}${lane.left_out ? `, ${lane.items.length} of them drawn` : ""}`),
    svg("text", { x: 0, y: 15, class: "name" }, `${lane.pair.map(short).join(" – ")} ${lane.contacts}`));
  link.addEventListener("click", (event) => follow(event, () => filter({ ...place().filters, who })));
  return link;
}

/** First and last day of something on the drawing; a bound that nobody knows is open. */
function stretch(first, last, s) {
  const a = Math.max(s.from, first ? time(first) : time(last) - OPEN * DAY);
  const b = last ? time(last) + DAY : Math.min(s.to, time(first) + OPEN * DAY);
  const [x, end] = [s.at(a), s.at(b)];
  const width = Math.max(6, end - x);
  return { x: end - x < 6 ? (x + end) / 2 - 3 : x, width };
}

function items(lane, s) {
  // The widest lie below: a day within a month is seen.
  const placed = lane.items.map((item) => ({ item, ...stretch(item.first, item.last, s) })).sort((a, b) => b.width - a.width);
  // A letter for each bar that has room, none upon another; the narrow bars, which lie above, come first.
  const letters = [];
  for (const { item, x, width } of [...placed].reverse()) {
    const middle = x + width / 2;
    if (width >= 11 && letters.every((l) => Math.abs(l.middle - middle) >= 10)) letters.push({ item, middle });
  }
  return placed.map(({ item, x, width }) => {
    const days = item.first === item.last ? item.first : `${item.first ?? "…"} to ${item.last ?? "…"}`;
    const held = ["held", "ongoing"].includes(item.status);
    const open_ = item.first === null || item.last === null;
    const name = `${item.kind}, ${days}, ${item.status}${item.disputed ? ", disputed" : ""}`;
    // The list has them all; with Tab one comes to the pairs.
    const link = svg("a", { href: contactAddress(item.id), "aria-label": name, tabindex: "-1" },
      svg("title", null, name),
      svg("rect", { class: `item ${item.kind}${held ? "" : " unsure"}${open_ ? " open" : item.first === item.last ? "" : " long"}`, x, y: 4, width, height: 14, rx: 2 }),
      letters.some((l) => l.item === item) ? svg("text", { class: "letter", x: x + width / 2, y: 15 }, letter(item.kind)) : null,
      item.disputed ? svg("circle", { class: "dispute", cx: x + width / 2, cy: 3, r: 2.5 }) : null);
    link.addEventListener("click", (event) => follow(event, () => open(item.id)));
    return link;
  });
}

/** What counts show to be missing: hollow, between the days that are known. */
function slots(lane, s) {
  // Slots may lie within one another; their words do not. What has no room for its own is told by its title.
  let taken = -Infinity;
  return lane.gaps.filter((gap) => !gap.before || time(gap.before) > s.from).map((gap) => {
    const a = gap.after ? time(gap.after) + DAY : s.from;
    const b = gap.before ? time(gap.before) : s.to;
    const [x, end] = [s.at(Math.max(s.from, a)), s.at(Math.min(s.to, Math.max(b, a)))];
    const text = gap.min > 0 ? `${gap.min}${gap.max === gap.min ? "" : "+"} missing` : `up to ${gap.max} missing`;
    const width = Math.max(8, end - x);
    const start = Math.max(x, taken) + 4;
    const fits = start + text.length * 6 < x + width;
    if (fits) taken = start + text.length * 6;
    return svg("g", { class: "gap", role: "img", "aria-label": gap.text }, svg("title", null, gap.text),
      svg("rect", { x, y: 2, width, height: 18, rx: 3 }),
      fits ? svg("text", { x: start, y: 10 }, text) : null);
  });
}

function legend() {
  const kinds = ["call", "meeting", "visit", "talks", "message"];
  const key = (name, draw_) => el("li", null, svg("svg", { width: 22, height: 14, "aria-hidden": "true" }, draw_), name);
  return el("ul", { class: "legend" },
    kinds.map((k) => key(k, [svg("rect", { class: `item ${k}`, x: 1, y: 0, width: 20, height: 14, rx: 2 }), svg("text", { class: "letter", x: 11, y: 11 }, letter(k))])),
    key("not (yet) held", svg("rect", { class: "item call unsure", x: 1, y: 1, width: 20, height: 12, rx: 2 })),
    key("one day unknown", svg("rect", { class: "item call open", x: 1, y: 1, width: 20, height: 12, rx: 2 })),
    key("missing by count", svg("g", { class: "gap" }, svg("rect", { x: 1, y: 1, width: 20, height: 12, rx: 3 }))),
    key("disputed", svg("circle", { class: "dispute", cx: 11, cy: 7, r: 3 })));
}

/** A table: numbers are read where shades are not. */
function matrix({ actors, cells }) {
  const most = Math.max(1, ...cells.flat());
  const cell = (n, a, b) => {
    if (a === b) return el("td", { class: "self" });
    if (n === 0) return el("td", null);
    const both = [actors[a].name, actors[b].name];
    const shade = Math.ceil((n / most) * 5);
    const button = el("button", { type: "button", tabindex: a < b ? "0" : "-1", class: `shade-${shade}`, "aria-label": `${both.join(" and ")}: ${number(n, "contact")}`, onclick: () => filter({ ...place().filters, who: both }) }, n);
    return el("td", null, button);
  };
  return el("div", { class: "wide", tabindex: "0", role: "region", "aria-label": "Who with whom" }, el("table", null,
    el("thead", null, el("tr", null, el("td", null), actors.map((a) => el("th", { scope: "col", title: a.name }, el("span", null, short(a)))))),
    el("tbody", null, cells.map((line, a) => el("tr", null, el("th", { scope: "row", title: actors[a].name }, short(actors[a])), line.map((n, b) => cell(n, a, b)))))));
}
