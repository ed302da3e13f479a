// Owns the source text on the right: what a document says, with the words of evidence marked, and the way to the article itself.

import { ask, by, el, kind, say } from "./parts.js";
import { contactAddress, follow, open } from "./address.js";

let turn = 0;

/** The address of an article that opens at some words: a text fragment. */
export function fragment(url, piece) {
  const code = (text) => encodeURIComponent(text).replaceAll("-", "%2D");
  const few = (text, end) => {
    const words = text.split(/\s+/).filter(Boolean).filter((w) => !w.includes("…"));
    return (end ? words.slice(-4) : words.slice(0, 4)).join(" ");
  };
  const before = few(piece.before, true);
  const after = few(piece.after, false);
  const parts = [before && `${code(before)}-`, code(piece.words), after && `-${code(after)}`].filter(Boolean);
  return `${url.split("#")[0]}#:~:text=${parts.join(",")}`;
}

/** Shows nothing but a word of help. */
export function empty() {
  turn += 1;
  by("source").replaceChildren(el("p", { class: "quiet" }, "The source text of a contact stands here, with the words it rests on."));
}

/**
 * Shows a document with the words of one contact marked. `documents`: all that report it, to choose from; `focus`: the piece
 * of evidence to go to; `asked`: somebody asked to see it.
 */
export async function show(contact, documents, document_, focus, asked = false) {
  const mine = ++turn;
  let page;
  try {
    page = await ask("/api/document", { id: document_ });
  } catch (error) {
    if (mine === turn) say(error.message);
    return;
  }
  if (mine !== turn) return;
  const about = page.document;
  const choice = documents.length > 1 ? chooser(contact, documents, document_) : null;
  const article = el("article", { class: "text" }, page.blocks.map((block) => stretch(block, page, contact, focus)));
  by("source").replaceChildren(
    el("h2", null, about.title ?? about.id),
    el("p", { class: "about" }, [about.outlet, about.published, page.language && page.language !== "en" ? `in ${page.language}` : null, about.copy_of ? `copy of ${about.copy_of}` : null].filter(Boolean).join(" · ")),
    el("p", { class: "about" },
      about.url ? el("a", { id: "article", href: focus?.words ? fragment(about.url, focus) : about.url, rel: "noopener noreferrer", target: "_blank" }, "Open the article") : null,
      about.url ? " · " : null,
      el("a", { href: `/api/text?id=${encodeURIComponent(about.id)}`, download: true }, "Original text")),
    choice ?? "",
    article,
    page.left_out > 0 ? el("p", { class: "quiet" }, `… ${page.left_out.toLocaleString("en")} more bytes, none of which a contact rests on`) : "",
  );
  const aim = article.querySelector("mark.aim") ?? article.querySelector("mark.on");
  if (aim) reveal(aim, asked);
}

/** Brings words into view: in the pane of the source, or, where there is one column and somebody asked for them, on the page. */
function reveal(aim, asked) {
  const pane = by("source");
  if (getComputedStyle(pane).overflowY === "auto") {
    pane.scrollTop += aim.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 2;
  } else if (asked) {
    aim.scrollIntoView({ block: "center" });
  }
}

function chooser(contact, documents, chosen) {
  const select = el("select", { id: "document" }, documents.map((d) => el("option", { value: d.id, selected: d.id === chosen }, [d.outlet, d.title ?? d.id].filter(Boolean).join(": "))));
  select.addEventListener("change", () => show(contact, documents, select.value, null, true));
  return el("p", null, el("label", { for: "document" }, `One of ${documents.length} documents `), select);
}

function stretch(block, page, contact, focus) {
  const excerpts = block.excerpts.flatMap((parts, at) => [at > 0 || (block.cut && block.excerpts.length > 1 && at > 0) ? el("span", { class: "cut" }, " […] ") : null, parts.map((part) => piece(part, page, contact, focus))]);
  const end = block.cut ? el("span", { class: "cut" }, " […]") : null;
  const name = { title: "h3", heading: "h4" }[block.role] ?? "p";
  return el(name, { class: `block ${block.role}`, dir: "auto" }, excerpts, end);
}

function piece(part, page, contact, focus) {
  if (part.on.length === 0) return part.text;
  const own = part.on.filter((on) => page.contacts[on.contact]?.id === contact);
  if (own.length > 0) {
    const aim = focus && own.some((on) => on.at === focus.at);
    const fields = [...new Set(own.map((on) => on.field.replaceAll("_", " ")))];
    return el("mark", { class: aim ? "on aim" : "on", title: fields.join(", "), data: { field: fields.join(" ") } }, part.text);
  }
  const other = page.contacts[part.on[0].contact];
  return el("a", { class: "other", href: contactAddress(other.id), title: `${other.kind}, ${other.when}`, onclick: (event) => follow(event, () => open(other.id)) }, part.text);
}

export { kind };
