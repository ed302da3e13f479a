// Owns what a person decides: accept, reject, doubt, merge, split, change a field, and taking any of it back; queue and log.

import { ask, by, decide, dialog, el, names, number, say } from "./parts.js";
import { go, open, place } from "./address.js";
import { plainRow } from "./list.js";

/** Decisions of this page, the latest last: what undo takes back. */
const done = [];

export class Review {
  /** `marked`: ids of marked contacts; `changed`: hears when something was decided. */
  constructor(marked, changed) {
    this.marked = marked;
    this.changed = changed;
    this.line = Promise.resolve();
  }

  /** One decision after the other: the next one is about what the page shows once this one is done. */
  send(decision) {
    this.line = this.line.then(() => this.now(decision));
    return this.line;
  }

  async now(decision) {
    document.body.classList.add("busy");
    try {
      const result = await decide(decision);
      if (decision.do === "revert") {
        const at = done.indexOf(decision.correction);
        if (at >= 0) done.splice(at, 1);
        say(`Taken back.${result.note ? ` ${result.note}` : ""}`);
      } else {
        done.push(result.correction);
        say(`${result.what}${result.state === "applied" ? "" : ` (${result.state}: ${result.note})`}`, { name: "Undo", run: () => this.revert(result.correction) });
      }
      this.marked.clear();
      const here = place();
      if (here.show === "contact") {
        if (result.contacts.length === 0) go("/");
        else if (!result.contacts.includes(here.contact)) open(result.contacts[0]);
      }
      await this.changed();
    } catch (error) {
      say(error.message);
    } finally {
      document.body.classList.remove("busy");
    }
  }

  accept(id) { return this.send({ do: "confirm", contact: id }); }
  reject(id) { return this.send({ do: "not-a-contact", contact: id }); }
  doubt(id) { return this.send({ do: "unsure", contact: id }); }
  revert(correction) { return this.send({ do: "revert", correction }); }

  async undo() {
    if (done.length > 0) return this.revert(done[done.length - 1]);
    const log = await ask("/api/corrections", { limit: 50 });
    const last = log.rows.find((r) => r.state === "applied" && r.do !== "revert");
    if (!last) return say("There is nothing to take back.");
    return say(`The last decision is of ${last.by}: ${last.what}`, { name: "Take it back", run: () => this.revert(last.correction) });
  }

  /** The buttons of a contact. */
  actions(page) {
    const id = page.row.id;
    const button = (name, key, run) => el("button", { type: "button", "aria-keyshortcuts": key, title: `Key ${key}`, onclick: run }, name);
    return el("p", { class: "actions" },
      button("Accept", "a", () => this.accept(id)),
      button("Reject", "r", () => this.reject(id)),
      button("Doubtful", "d", () => this.doubt(id)),
      button("Merge…", "m", () => this.merge(page.row)),
      page.shown.reports.length > 1 ? button("Split…", "s", () => this.split(page)) : null,
      button("Undo", "u", () => this.undo()));
  }

  /** Merges what is marked, or a row with one that is chosen from those near it. */
  async merge(row) {
    const ids = [...this.marked];
    if (ids.length >= 2) return this.send({ do: "merge", contacts: ids });
    if (!row) return say("Mark two contacts (x) to merge them, or open one.");
    const page = await ask(`/api/contacts/${encodeURIComponent(row.id)}`);
    const same = (other) => other.who.filter((w) => page.row.who.some((v) => v.name === w.name)).length;
    const near = page.neighbours.toSorted((a, b) => same(b) - same(a));
    return dialog("Merge with", (close) => {
      const choose = (other) => { close(); this.send({ do: "merge", contacts: [page.row.id, other] }); };
      const typed = el("input", { id: "merge-id", autocomplete: "off" });
      return el("form", { method: "dialog", onsubmit: (event) => { event.preventDefault(); if (typed.value.trim()) choose(typed.value.trim()); } },
        el("ul", { class: "choices" }, near.map((other) => el("li", null, el("button", { type: "button", onclick: () => choose(other.id) }, `${other.when} ${other.kind}: ${names(other)}`)))),
        el("p", null, el("label", { for: "merge-id" }, "or the id of a contact"), typed),
        el("p", null, el("button", null, "Merge"), " ", el("button", { type: "button", onclick: close }, "Cancel")));
    });
  }

  /** Takes reports out of a contact. */
  split(page) {
    if (page.shown.reports.length < 2) return say("A contact with one report cannot be split.");
    return dialog("Which reports are of another contact?", (close) => {
      const boxes = page.shown.reports.map((report) => {
        const d = page.documents.find((one) => one.id === report.document);
        return el("label", { class: "check" }, el("input", { type: "checkbox", value: report.document }), `${d?.outlet ?? ""} ${d?.title ?? report.document}`);
      });
      const form = el("form", { method: "dialog" }, boxes, why(), el("p", null, el("button", null, "Split"), " ", el("button", { type: "button", onclick: close }, "Cancel")));
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        const documents = [...form.querySelectorAll("input:checked")].map((b) => b.value);
        if (documents.length === 0 || documents.length === boxes.length) return say("Some of the reports, not all of them.");
        close();
        return this.send({ do: "split", contact: page.row.id, documents, why: form.elements.why.value });
      });
      return form;
    });
  }

  /** Changes a field. */
  edit(page, field) {
    const hints = {
      kind: "call, meeting, visit, talks or message", status: "held, ongoing, planned, proposed, cancelled, denied or unclear",
      when: "a date (EDTF): 2025-06-14, 2025-06, 2025-06-13/2025-06-14", participants: "names with ; between", place: "Geneva (CH)",
      initiator: "a name", duration_minutes: "minutes: 75, 60-75, 60-", medium: "phone or video", topics: "words with ; between", outcomes: "words with ; between",
    };
    return dialog(`Change ${field.name}`, (close) => {
      const input = el("input", { id: "value", autocomplete: "off", required: true, value: start(page, field) });
      const form = el("form", { method: "dialog" },
        el("p", null, el("label", { for: "value" }, `${hints[field.field] ?? "value"}; “unknown” takes it away`), input), why(),
        el("p", null, el("button", null, "Save"), " ", el("button", { type: "button", onclick: close }, "Cancel")));
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        close();
        this.send({ do: "set", contact: page.row.id, field: field.field, value: input.value, why: form.elements.why.value });
      });
      return form;
    });
  }
}

function why() {
  return el("p", null, el("label", { for: "why" }, "Why"), el("input", { id: "why", name: "why", autocomplete: "off" }));
}

/** The value of now as a person would type it. */
function start(page, field) {
  const contact = page.contact;
  switch (field.field) {
    case "when": return contact.when.edtf;
    case "participants": return contact.participants.map((p) => p.name).join("; ");
    case "initiator": return contact.initiator?.name ?? "";
    case "duration_minutes": {
      const d = contact.duration_minutes;
      return d ? (d.min === d.max ? `${d.min}` : `${d.min ?? ""}-${d.max ?? ""}`) : "";
    }
    case "topics": case "outcomes": return contact[field.field].join("; ");
    default: return field.value ?? "";
  }
}

/** The queue of doubtful links and disputes. */
export async function queue() {
  const list = await ask("/api/queue", { limit: 200 });
  document.title = "Queue: Readout";
  by("middle").replaceChildren(el("section", { class: "contact", "aria-labelledby": "queue-title" },
    el("h2", { id: "queue-title" }, `${number(list.total, "contact")} to look at`),
    list.total === 0 ? el("p", null, "Nothing is in doubt, or everything is judged.") : null,
    el("ol", { class: "queue" }, list.rows.map((row) => plainRow(row, el("div", { class: "quiet" }, row.reasons.join("; ")))))));
}

/** What people decided. */
export async function log(review) {
  const list = await ask("/api/corrections", { limit: 200 });
  document.title = "Decisions: Readout";
  by("middle").replaceChildren(el("section", { class: "contact", "aria-labelledby": "log-title" },
    el("h2", { id: "log-title" }, number(list.total, "decision")),
    list.total === 0 ? el("p", null, "Nobody has decided anything.") : null,
    el("ul", { class: "queue" }, list.rows.map((row) => el("li", null,
      `${row.what ?? row.do} `, el("small", null, `${row.by}, ${row.at.slice(0, 16).replace("T", " ")}: ${row.state}${row.note ? `, ${row.note}` : ""}${row.why ? `; ${row.why}` : ""} `),
      row.state === "applied" && row.do !== "revert" ? el("button", { type: "button", class: "link", onclick: () => review.revert(row.correction) }, "take back") : null)))));
}
