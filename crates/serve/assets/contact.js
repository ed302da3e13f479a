// Owns the page of a contact: every field with its evidence, rivals side by side, what became of it, why it is one contact.

import { ask, by, el, kind, names, number, say } from "./parts.js";
import { contactAddress, follow, go, open } from "./address.js";
import { plainRow } from "./list.js";
import * as reader from "./reader.js";

/** The contact that is shown, as the server gave it. */
export let shown = null;

/** Shows a contact in the middle and its first source on the right. */
export async function show(id, review) {
  const middle = by("middle");
  let page;
  try {
    page = await ask(`/api/contacts/${encodeURIComponent(id)}`);
  } catch (error) {
    shown = null;
    middle.replaceChildren(el("section", { class: "contact" }, el("h2", null, "Not here"), el("p", null, error.message), back()));
    reader.empty();
    return;
  }
  shown = page;
  const { row } = page;
  document.title = `${row.kind}, ${row.when}: ${names(row)}`;
  middle.replaceChildren(
    el("section", { class: "contact", "aria-labelledby": "contact-title" },
      back(),
      el("h2", { id: "contact-title" }, kind(row.kind), " ", names(row)),
      el("p", { class: "lead" }, `${row.when} · ${row.status} · ${number(row.sources, "independent source")} in ${number(page.documents.length, "document")}`,
        row.disputes.length ? [" · ", el("span", { class: "disputed" }, "disputed")] : null),
      review.actions(page),
      fields(page, review),
      official(page.shown.official),
      statements(page),
      history(page),
      sources(page, review),
      links(page),
      judgements(page, review),
      near(page),
    ),
  );
  middle.scrollTop = 0;
  const first = page.shown.fields.find((f) => f.field === "kind")?.evidence[0];
  const document_ = first?.document ?? page.documents[0]?.id;
  if (document_) await reader.show(row.id, page.documents, document_, first ?? null);
}

function back() {
  return el("p", { class: "back" }, el("a", { href: "/", id: "back", "aria-keyshortcuts": "Escape", onclick: (event) => follow(event, () => go("/")) }, "← All contacts"));
}

function outlet(page, id) {
  const found = page.documents.find((d) => d.id === id);
  return found?.outlet ?? id;
}

/** A quotation; a click goes to its place in the source. */
function quote(page, piece) {
  const here = outlet(page, piece.document);
  return el("blockquote", { dir: "auto" },
    el("button", {
      type: "button", class: "quote", title: "Show it in the source text",
      onclick: () => { reader.show(page.row.id, page.documents, piece.document, piece, true); },
    }, piece.before, el("mark", null, piece.words), piece.after),
    el("cite", null, `${here}${piece.title ? ", title" : ""}`));
}

function fields(page, review) {
  const rows = page.shown.fields.filter((f) => f.value !== null || f.rivals.length || f.evidence.length || f.judged);
  const empty = page.shown.fields.filter((f) => !rows.includes(f));
  return el("div", { class: "fields" },
    rows.map((f) => field(page, f, review)),
    empty.length ? el("p", { class: "quiet" }, "Nothing is said of ", empty.map((f, at) => [at ? ", " : "", el("button", { type: "button", class: "link", onclick: () => review.edit(page, f) }, f.name)]), ".") : null);
}

function field(page, f, review) {
  const support = f.support ? el("span", { class: `support ${f.support.replace(" ", "-")}` }, f.support) : null;
  const edit = f.settable ? el("button", { type: "button", class: "link", "aria-label": `Change ${f.name}`, onclick: () => review.edit(page, f) }, "change") : null;
  const quotes = f.evidence.slice(0, 3).map((piece) => quote(page, piece));
  const more = f.evidence.length > 3 ? el("details", null, el("summary", null, `${f.evidence.length - 3} more`), f.evidence.slice(3).map((piece) => quote(page, piece))) : null;
  return el("section", { class: "field", data: { field: f.field } },
    el("h3", null, f.name, " ", support, " ", edit),
    el("p", { class: "value", dir: "auto" }, f.value ?? "not known"),
    f.judged ? el("p", { class: "judged" }, `Set by ${f.judged.by}; the documents say: ${f.judged.documents_say ?? "nothing"}`) : null,
    f.rivals.length ? rivals(page, f) : quotes,
    f.rivals.length ? null : more);
}

function rivals(page, f) {
  return el("div", { class: "rivals", role: "group", "aria-label": `Rival values of ${f.name}` }, f.rivals.map((rival) =>
    el("div", { class: "rival" },
      el("h4", null, rival.value, rival.side ? el("small", null, ` (${rival.side} says)`) : null),
      el("p", null, [...new Set(rival.documents.map((d) => d.outlet ?? d.id))].join(", "), rival.said_by.length ? `: ${rival.said_by.join("; ")}` : ""),
      rival.evidence.slice(0, 3).map((piece) => quote(page, piece)))));
}

function official(list) {
  if (list.length === 0) return null;
  return el("section", null, el("h3", null, "What officials of each side say"), el("div", { class: "rivals" }, list.map((side) =>
    el("div", { class: "rival" }, el("h4", null, side.side), el("p", null, side.speakers.join("; ")), el("dl", null, side.values.map((v) => [el("dt", null, v.name), el("dd", null, v.value)]))))));
}

function statements(page) {
  const list = page.shown.statements;
  if (list.length === 0) return null;
  return el("section", null, el("h3", null, "Who said what"), el("ul", null, list.map((s) =>
    el("li", { dir: "auto" }, `${s.speaker ?? "Somebody"} ${s.cue}${s.channel ? ` (${s.channel})` : ""}: `, el("q", null, s.text), el("small", null, ` ${outlet(page, s.document)}`)))));
}

function history(page) {
  const steps = page.shown.history;
  if (steps.length === 0) return null;
  return el("section", null, el("h3", null, "Status as of each document"),
    el("ol", { class: "steps" }, steps.map((s) => el("li", null, el("span", { class: "when" }, s.as_of ?? "undated"), ` ${s.status} `, el("small", null, outlet(page, s.document))))));
}

function sources(page, review) {
  const list = page.shown.reports.map((report) => {
    const d = page.documents.find((one) => one.id === report.document) ?? { id: report.document };
    const said = report.said_by.map((s) => `${s.who}${s.denies ? " denies it" : ""}${s.channel ? ` (${s.channel})` : ""}`).join("; ");
    return el("li", null,
      el("button", { type: "button", class: "link", onclick: () => reader.show(page.row.id, page.documents, d.id, null, true) }, d.title ?? d.id),
      el("small", null, ` ${[d.outlet, d.published, `source ${report.origin + 1}`, d.copy_of ? `copy of ${d.copy_of}` : null].filter(Boolean).join(" · ")}`),
      said ? el("div", null, said) : null,
      el("div", { class: "quiet" }, `${report.status}, ${report.when}: ${report.basis || "no date of its own"} (rule ${report.rule})`));
  });
  return el("section", null, el("h3", null, `Reports (${list.length})`), el("ul", { class: "reports" }, list),
    list.length > 1 ? el("p", null, el("button", { type: "button", "aria-keyshortcuts": "s", onclick: () => review.split(page) }, "Split…")) : null);
}

function links(page) {
  const list = page.shown.links;
  const narrowing = page.shown.narrowing;
  if (list.length === 0 && narrowing.length === 0) return null;
  return el("section", { id: "links" }, list.length ? el("h3", null, "Why these reports are one contact") : null,
    el("ul", null, list.map((l) => el("li", null, `${outlet(page, l.documents[0])} and ${outlet(page, l.documents[1])}, score ${l.score.toFixed(2)}: `, l.reasons.join("; ")))),
    narrowing.length ? [el("h3", null, "How the date was narrowed"), el("ul", null, narrowing.map((n) => el("li", null, n)))] : null);
}

function judgements(page, review) {
  const list = page.shown.judgements;
  if (list.length === 0) return null;
  return el("section", null, el("h3", null, "What people decided"), el("ul", null, list.map((j) =>
    el("li", null, `${j.verdict}, ${j.by}, ${j.at.slice(0, 10)}${j.why ? `: ${j.why}` : ""} `,
      el("button", { type: "button", class: "link", onclick: () => review.revert(j.correction) }, "take back")))));
}

function near(page) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(page.citation);
      say("The citation is in the clipboard.");
    } catch {
      say("This browser does not let the page write to the clipboard; the citation can be selected and copied.");
    }
  };
  return el("section", null,
    el("h3", null, "Before and after"),
    el("ul", { class: "near" }, page.neighbours.map((row) => plainRow(row))),
    el("h3", null, "Cite it"),
    el("p", { id: "citation", dir: "auto" }, page.citation),
    el("p", null, el("button", { type: "button", id: "copy", onclick: copy }, "Copy citation"), " ",
      el("a", { href: contactAddress(page.row.id), onclick: (event) => follow(event, () => open(page.row.id)) }, "Link to this contact")));
}
