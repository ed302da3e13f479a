// Owns the list: rows that are fetched and drawn only where they can be seen, the tray of those without a day, the cursor.

import { ask, by, el, kind, names, number, say } from "./parts.js";
import { contactAddress, follow, open } from "./address.js";

const PAGE = 100;

/** Heights of a row, as in room.css. */
const height = () => (matchMedia("(max-width: 760px)").matches ? 92 : 42);

export class List {
  constructor(marked, onCursor) {
    this.marked = marked;
    this.onCursor = onCursor;
    this.pages = new Map();
    this.drawn = new Map();
    this.high = 0;
    this.total = 0;
    this.cursor = 0;
    this.turn = 0;
    this.space = el("div", { class: "space", role: "rowgroup" });
    this.scroller = el("div", { class: "scroller", id: "rows", tabindex: "0", role: "table", "aria-label": "Contacts in the order of time" }, this.space);
    this.tray = el("details", { id: "tray" });
    this.head = el("h2", { id: "list" }, "Contacts");
    this.node = el("section", { class: "list", "aria-labelledby": "list" }, this.head, this.columns(), this.scroller, this.tray);
    this.top = 0;
    this.scroller.addEventListener("scroll", () => { this.top = this.scroller.scrollTop; this.soon(); }, { passive: true });
    new ResizeObserver(() => this.soon()).observe(this.scroller);
  }

  columns() {
    const names = ["", "When", "What", "Who", "Sources"];
    return el("div", { class: "columns", "aria-hidden": "true" }, names.map((n) => el("span", null, n)));
  }

  /** Loads what the filters let through. */
  async load(filters) {
    const turn = ++this.turn;
    const same = JSON.stringify(filters) === this.asked;
    this.asked = JSON.stringify(filters);
    this.filters = filters;
    if (!same) this.cursor = 0;
    // A list that was away from the page has lost its place there.
    const kept = same ? this.top : 0;
    const first = Math.floor(kept / height() / PAGE);
    const [page, tray] = await Promise.all([
      ask("/api/contacts", { ...filters, skip: first * PAGE, limit: PAGE }),
      ask("/api/contacts", { ...filters, undated: "true", limit: 200 }),
    ]);
    if (turn !== this.turn) return;
    this.pages = new Map([[first, page.rows]]);
    this.total = page.total - page.undated;
    this.cursor = Math.min(this.cursor, Math.max(0, this.total - 1));
    this.head.textContent = `${number(this.total, "contact")} in time`;
    this.scroller.setAttribute("aria-rowcount", String(this.total));
    this.space.style.height = `${this.total * height()}px`;
    this.scroller.scrollTop = kept;
    this.scroller.hidden = this.total === 0;
    this.drawTray(tray);
    this.redraw();
  }

  drawTray(tray) {
    this.tray.hidden = tray.total === 0;
    this.tray.open = this.tray.open || this.total === 0;
    const rest = tray.total > tray.rows.length ? el("p", null, `… and ${number(tray.total - tray.rows.length, "more")}: filter to see them`) : null;
    this.tray.replaceChildren(
      el("summary", null, `${number(tray.total, "contact")} without a day: no source says when`),
      el("div", { role: "table", "aria-label": "Contacts without a day" }, el("div", { role: "rowgroup" }, tray.rows.map((row) => this.row(row, null)))),
      rest ?? "",
    );
  }

  /** Back to the screen. */
  screen() {
    this.onPaper = false;
    this.redraw();
  }

  soon() {
    if (this.waits || this.onPaper) return;
    this.waits = true;
    requestAnimationFrame(() => {
      this.waits = false;
      if (!this.onPaper) this.draw();
    });
  }

  /** Draws all anew: the height of rows, or what is marked, is another. */
  redraw() {
    const focused = document.activeElement?.closest?.(".space .row")?.dataset.at;
    this.space.replaceChildren();
    this.drawn = new Map();
    this.draw();
    if (focused !== undefined) this.space.querySelector(`.row[data-at="${focused}"] a`)?.focus({ preventScroll: true });
  }

  /** Draws the rows that can be seen, and a few around them. */
  draw() {
    const high = height();
    if (high !== this.high) {
      this.high = high;
      return this.redraw();
    }
    this.space.style.height = `${this.total * high}px`;
    const from = Math.max(0, Math.floor(this.scroller.scrollTop / high) - 8);
    const to = Math.min(this.total, Math.ceil((this.scroller.scrollTop + this.scroller.clientHeight) / high) + 8);
    const wanted = new Set();
    const here = new Map();
    for (let at = from; at < to; at += 1) {
      const page = Math.floor(at / PAGE);
      const row = this.pages.get(page)?.[at % PAGE];
      if (!row) wanted.add(page);
      // A row that stays keeps its element, and with it the focus.
      const known = this.drawn.get(at);
      if (known && known.row === row) {
        here.set(at, known);
        continue;
      }
      const node = row ? this.row(row, at) : el("div", { class: "row wait", role: "row", "aria-rowindex": String(at + 1) }, el("span", { role: "cell" }, "…"));
      node.style.top = `${at * high}px`;
      here.set(at, { row, node });
    }
    for (const [at, { node }] of this.drawn) if (here.get(at)?.node !== node) node.remove();
    let next = this.space.firstChild;
    for (const { node } of here.values()) {
      if (node === next) next = next.nextSibling;
      else this.space.insertBefore(node, next);
    }
    this.drawn = here;
    for (const page of wanted) this.fetch(page);
    return undefined;
  }

  /** Loads all rows, as far as paper goes, for print; gives how many are left out. */
  async whole(most = 2000) {
    const wanted = Math.min(this.total, most);
    for (let page = 0; page * PAGE < wanted; page += 1) {
      if (!this.pages.get(page)) this.pages.set(page, (await ask("/api/contacts", { ...this.filters, skip: page * PAGE, limit: PAGE })).rows);
    }
    return this.total - wanted;
  }

  /** Puts on paper what is loaded: the window is of no use there. */
  paper() {
    this.onPaper = true;
    const rows = [];
    for (const page of [...this.pages.keys()].sort((a, b) => a - b)) for (const [n, row] of (this.pages.get(page) ?? []).entries()) if (page * PAGE + n < this.total) rows.push(this.row(row, page * PAGE + n));
    this.space.replaceChildren(...rows);
    this.tray.open = true;
  }

  async fetch(page) {
    if (this.pages.has(page)) return;
    this.pages.set(page, null);
    const turn = this.turn;
    try {
      const answer = await ask("/api/contacts", { ...this.filters, skip: page * PAGE, limit: PAGE });
      if (turn !== this.turn) return;
      this.pages.set(page, answer.rows);
      if (this.pages.size > 40) this.forget(page);
      this.soon();
    } catch (error) {
      this.pages.delete(page);
      say(error.message);
    }
  }

  forget(near) {
    for (const page of this.pages.keys()) if (Math.abs(page - near) > 10) this.pages.delete(page);
  }

  row(row, at) {
    const off = ["cancelled", "denied"].includes(row.status) ? " off" : row.status === "held" ? "" : " open";
    const status = row.status === "held" ? null : el("span", { class: `status${off}` }, row.status);
    const badge = row.disputes.length ? el("span", { class: "disputed", title: `Sources disagree on ${row.disputes.join(", ").replaceAll("_", " ")}` }, "disputed") : null;
    const verdict = row.verdict ? el("span", { class: "verdict", title: `A person says: ${row.verdict}` }, row.verdict === "confirmed" ? "✓" : "?") : null;
    const mark = el("input", {
      type: "checkbox", "aria-label": `Mark ${row.id}`, tabindex: "-1",
      onchange: (event) => (event.target.checked ? this.marked.add(row.id) : this.marked.delete(row.id)),
    });
    mark.checked = this.marked.has(row.id);
    const link = el("a", {
      href: contactAddress(row.id),
      onclick: (event) => follow(event, () => { if (at !== null) this.moveTo(at, false); open(row.id); }),
      onfocus: () => at !== null && this.moveTo(at, false),
    }, names(row));
    const node = el("div", { class: "row", role: "row", data: { id: row.id }, "aria-rowindex": at === null ? null : String(at + 1) },
      el("span", { role: "cell", class: "mark" }, mark),
      el("span", { role: "cell", class: "when" }, row.when),
      el("span", { role: "cell", class: "what" }, kind(row.kind), status),
      el("span", { role: "cell", class: "who", title: names(row) }, link),
      el("span", { role: "cell", class: "details", title: row.details }, row.details),
      el("span", { role: "cell", class: "sources" }, badge, verdict, el("span", { title: number(row.sources, "independent source") }, row.sources)),
    );
    if (at !== null) {
      node.dataset.at = String(at);
      node.classList.toggle("now", at === this.cursor);
      node.addEventListener("click", (event) => {
        if (!event.target.closest("a, input")) this.moveTo(at, true);
      });
    }
    return node;
  }

  /** The row under the cursor, where it is loaded. */
  current() {
    return this.pages.get(Math.floor(this.cursor / PAGE))?.[this.cursor % PAGE] ?? null;
  }

  /** Moves the cursor; `focus`: also the keyboard. */
  moveTo(at, focus) {
    if (this.total === 0) return;
    const next = Math.max(0, Math.min(this.total - 1, at));
    const changed = next !== this.cursor;
    this.cursor = next;
    const high = height();
    if (focus) {
      const top = next * high;
      if (top < this.scroller.scrollTop) this.scroller.scrollTop = top;
      if (top + high > this.scroller.scrollTop + this.scroller.clientHeight) this.scroller.scrollTop = top + high - this.scroller.clientHeight;
      this.draw();
      this.space.querySelector(`.row[data-at="${next}"] a`)?.focus({ preventScroll: true });
    }
    for (const row of this.space.querySelectorAll(".row")) row.classList.toggle("now", row.dataset.at === String(next));
    if (changed || focus) this.onCursor(this.current());
  }

  step(by) {
    this.moveTo(this.cursor + by, true);
  }
}

/** Rows without windows, for the queue and the neighbours. */
export function plainRow(row, extra) {
  return el("li", null,
    el("span", { class: "when" }, row.when), " ", kind(row.kind), " ",
    el("a", { href: contactAddress(row.id), data: { id: row.id }, onclick: (event) => follow(event, () => open(row.id)) }, names(row)),
    row.details ? el("span", { class: "details" }, ` ${row.details}`) : null,
    extra,
  );
}

export const middle = () => by("middle");
