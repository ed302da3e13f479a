// Owns the page as a whole: what is shown where, the keyboard, and hearing that something was written.

import { ask, by, dialog, el, number, say } from "./parts.js";
import { follow, go, onMove, open, place } from "./address.js";
import * as chart from "./chart.js";
import * as contact from "./contact.js";
import * as drop from "./drop.js";
import * as filters from "./filters.js";
import * as reader from "./reader.js";
import { List } from "./list.js";
import { Review, log, queue } from "./review.js";

const KEYS = [
  ["j, k", "next, previous contact"], ["o, Enter", "open the contact"], ["Esc", "back to the list"], ["x", "mark a contact"],
  ["a", "accept"], ["r", "reject: no contact"], ["d", "doubtful"], ["m", "merge the marked, or this one with another"],
  ["s", "split"], ["e", "change the first disputed field"], ["u", "undo"], ["q", "queue"], ["l", "decisions"], ["/", "search words"], ["?", "this help"],
];

const marked = new Set();
let edition = null;
let preview = 0;

const list = new List(marked, (row) => {
  // The source of the row under the cursor, once it rests there.
  clearTimeout(preview);
  if (!row || place().show !== "list" || matchMedia("(max-width: 1000px)").matches) return;
  preview = setTimeout(function look() {
    // While a decision is being written, what the list shows may no longer be there.
    if (document.body.classList.contains("busy")) preview = setTimeout(look, 250);
    else if (list.current()?.id === row.id) peek(row).catch((error) => say(error.message));
  }, 250);
});

async function peek(row) {
  const page = await ask(`/api/contacts/${encodeURIComponent(row.id)}`);
  if (place().show !== "list" || list.current()?.id !== row.id) return;
  const first = page.shown.fields.find((f) => f.field === "kind")?.evidence[0];
  const document_ = first?.document ?? page.documents[0]?.id;
  if (document_) await reader.show(row.id, page.documents, document_, first ?? null);
}

const review = new Review(marked, () => refresh());

/** Draws what the address says. */
async function draw(reload) {
  const here = place();
  by("room").dataset.show = here.show;
  for (const [id, show] of [["to-queue", "queue"], ["to-log", "log"]]) {
    if (here.show === show) by(id).setAttribute("aria-current", "page");
    else by(id).removeAttribute("aria-current");
  }
  try {
    const work = [filters.draw(reload), chart.draw(here.filters)];
    if (here.show === "list") {
      document.title = "Readout: who spoke to whom";
      if (!list.node.isConnected) by("middle").replaceChildren(list.node);
      if (!by("source").querySelector("article")) reader.empty();
      work.push(list.load(here.filters).then(() => { if (!by("source").querySelector("article")) list.onCursor(list.current()); }));
    } else if (here.show === "contact") {
      work.push(contact.show(here.contact, review));
    } else {
      reader.empty();
      work.push(here.show === "queue" ? queue() : log(review));
    }
    await Promise.all(work);
  } catch (error) {
    say(error.message);
  }
}

async function sum() {
  const state = await ask("/api/state");
  by("sum").textContent = `${number(state.contacts, "contact")} in ${number(state.documents, "document")}${state.busy ? " · writing …" : ""}`;
  return state;
}

/** Draws again after something was written. */
async function refresh() {
  edition = (await sum()).edition;
  await draw(true);
}

async function watch() {
  try {
    if (!document.hidden) {
      const state = await sum();
      // What this page itself has just written, it draws itself.
      const mine = document.body.classList.contains("busy") || document.querySelector("dialog[open]");
      if (mine) return;
      if (edition !== null && state.edition !== edition) {
        edition = state.edition;
        await draw(true);
      }
      edition = state.edition;
    }
  } catch {
    by("sum").textContent = "The server does not answer.";
  } finally {
    setTimeout(watch, 5000);
  }
}

function help() {
  dialog("Keys", (close) => el("div", null,
    el("dl", { class: "keys" }, KEYS.map(([key, what]) => [el("dt", null, el("kbd", null, key)), el("dd", null, what)])),
    el("p", null, el("button", { type: "button", onclick: close }, "Close"))));
}

/** The contact that a key is about: the one that is open, or the row under the cursor. */
function subject() {
  const here = place();
  if (here.show === "contact") return contact.shown?.row ?? null;
  if (here.show === "list") return list.current();
  const link = document.activeElement?.closest?.("li")?.querySelector("a[data-id]");
  return link ? { id: link.dataset.id } : null;
}

/** The next or previous link of the queue. */
function stepInQueue(by_) {
  const links = [...by("middle").querySelectorAll("a[data-id]")];
  const at = links.indexOf(document.activeElement);
  links[Math.max(0, Math.min(links.length - 1, at < 0 ? 0 : at + by_))]?.focus();
}

async function neighbour(by_) {
  const here = contact.shown?.row.row;
  const next = contact.shown?.neighbours.find((row) => row.row === here + by_);
  if (next) open(next.id);
}

function step(by_) {
  const { show } = place();
  if (show === "list") list.step(document.activeElement?.closest?.(".row") ? by_ : 0);
  else if (show === "contact") neighbour(by_);
  else stepInQueue(by_);
}

async function whole(row) {
  if (contact.shown?.row.id === row.id && place().show === "contact") return contact.shown;
  return ask(`/api/contacts/${encodeURIComponent(row.id)}`);
}

const ACTS = {
  j: () => step(1),
  k: () => step(-1),
  o: () => { const row = subject(); if (row) open(row.id); },
  a: (row) => review.accept(row.id),
  r: (row) => review.reject(row.id),
  d: (row) => review.doubt(row.id),
  m: (row) => review.merge(row),
  s: async (row) => review.split(await whole(row)),
  e: async (row) => {
    const page = await whole(row);
    const field = page.shown.fields.find((f) => f.settable && f.rivals.length) ?? page.shown.fields.find((f) => f.field === "when");
    review.edit(page, field);
  },
  u: () => review.undo(),
  x: (row) => {
    if (!marked.delete(row.id)) marked.add(row.id);
    list.redraw();
  },
  q: () => go("/queue"),
  l: () => go("/log"),
  "/": () => { by("filters-box").open = true; by("text")?.focus(); },
  "?": () => help(),
  Escape: () => { if (place().show !== "list") go("/"); },
};

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (document.querySelector("dialog[open]")) return;
  if (event.target.closest("input:not([type=checkbox]), select, textarea")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const act = Object.hasOwn(ACTS, event.key) ? ACTS[event.key] : null;
  if (!act) return;
  event.preventDefault();
  const row = subject();
  if (act.length > 0 && !row) {
    say("Which contact? j and k move to one.");
    return;
  }
  Promise.resolve(act(row)).catch((error) => say(error.message));
});

by("help").addEventListener("click", help);
by("home").addEventListener("click", (event) => follow(event, () => go("/", {})));
by("to-queue").addEventListener("click", (event) => follow(event, () => go("/queue")));
by("to-log").addEventListener("click", (event) => follow(event, () => go("/log")));
if (matchMedia("(max-width: 760px)").matches) {
  by("filters-box").open = false;
  by("charts").open = false;
}
by("charts").addEventListener("toggle", () => chart.draw(place().filters).catch((error) => say(error.message)));
by("filters").addEventListener("submit", (event) => event.preventDefault());
drop.prepare(refresh, async () => {
  if (place().show === "list") {
    const rest = await list.whole();
    if (rest > 0) say(`${number(rest, "contact")} more than are printed: export “print” has them all.`);
  }
  print();
});
addEventListener("beforeprint", () => { if (place().show === "list") list.paper(); });
addEventListener("afterprint", () => list.screen());
onMove(() => draw(false));
draw(false);
watch();
