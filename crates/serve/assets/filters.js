// Owns the filters on the left: what can be asked for, and what is asked for now.

import { ask, by, el } from "./parts.js";
import { filter, place } from "./address.js";

const SHOWN = 6;

let facets = null;

/** Draws the filters for the place of now. */
export async function draw(reload) {
  if (reload || !facets) facets = await ask("/api/facets");
  const { filters } = place();
  const form = by("filters");
  const typed = document.activeElement?.id;
  form.replaceChildren(
    text(filters),
    names("who", "People and countries", [...facets.people.map((p) => p.name), ...facets.countries.map((c) => c.name)], filters, "Two names: both take part",
      facets.people.slice(0, SHOWN).map((p) => [p.name, p.contacts])),
    checks("kind", "Kind", facets.kinds, filters),
    checks("status", "Status", facets.statuses, filters),
    days(filters),
    flags(filters),
    names("outlet", "Outlets", facets.outlets.map((o) => o.name), filters, null, facets.outlets.slice(0, SHOWN).map((o) => [o.name, o.documents])),
    el("p", null, el("button", { type: "button", id: "clear", onclick: () => filter({}) }, "Clear all filters")),
  );
  if (typed) by(typed)?.focus();
}

function change(name, value) {
  const next = { ...place().filters };
  if (value === null || value === "" || (Array.isArray(value) && value.length === 0)) delete next[name];
  else next[name] = value;
  filter(next);
}

function text(filters) {
  const input = el("input", { id: "text", type: "search", value: filters.text ?? "", "aria-keyshortcuts": "/" });
  input.addEventListener("change", () => change("text", input.value.trim()));
  return el("p", null, el("label", { for: "text" }, "Words"), input);
}

function names(name, title, known, filters, hint, frequent) {
  const chosen = filters[name] ?? [];
  const input = el("input", { id: `${name}-input`, list: `${name}-known`, autocomplete: "off", placeholder: "Name" });
  const add = (value) => value && !chosen.includes(value) && change(name, [...chosen, value]);
  input.addEventListener("change", () => add(input.value.trim()));
  const chips = chosen.map((value) => el("button", {
    type: "button", class: "chip on", "aria-label": `Remove ${value}`, onclick: () => change(name, chosen.filter((c) => c !== value)),
  }, value, el("span", { "aria-hidden": "true" }, " ×")));
  const often = frequent.filter(([value]) => !chosen.includes(value)).map(([value, n]) => el("button", { type: "button", class: "chip", onclick: () => add(value) }, value, el("small", null, ` ${n}`)));
  return el("fieldset", null,
    el("legend", null, title),
    el("label", { for: `${name}-input`, class: "hidden" }, title),
    input,
    el("datalist", { id: `${name}-known` }, known.map((value) => el("option", { value }))),
    el("div", { class: "chips" }, chips, often),
    hint ? el("small", null, hint) : null,
  );
}

function checks(name, title, known, filters) {
  const chosen = filters[name] ?? [];
  const boxes = known.map((one) => {
    const box = el("input", { type: "checkbox", id: `${name}-${one.name}`, checked: chosen.includes(one.name) });
    box.addEventListener("change", () => change(name, box.checked ? [...chosen, one.name] : chosen.filter((c) => c !== one.name)));
    return el("label", { class: "check" }, box, one.name, el("small", null, ` ${one.contacts}`));
  });
  return el("fieldset", null, el("legend", null, title), boxes);
}

function days(filters) {
  const input = (name, label) => {
    const node = el("input", { id: name, value: filters[name] ?? "", placeholder: "2025-07", inputmode: "numeric", autocomplete: "off", pattern: "\\d{4}(-\\d{2}(-\\d{2})?)?", title: "A day, a month or a year: 2025-07-03, 2025-07 or 2025" });
    node.addEventListener("change", () => node.reportValidity() && change(name, node.value.trim()));
    return el("p", { class: "half" }, el("label", { for: name }, label), node);
  };
  return el("fieldset", { class: "days" }, el("legend", null, "Days"), input("from", "from"), input("to", "to"));
}

function flags(filters) {
  const box = (name, label) => {
    const node = el("input", { type: "checkbox", id: name, checked: filters[name] === "true" });
    node.addEventListener("change", () => change(name, node.checked ? "true" : null));
    return el("label", { class: "check" }, node, label);
  };
  const verdict = el("select", { id: "verdict" },
    [["", "any"], ["none", "not yet judged"], ["confirmed", "accepted"], ["unsure", "doubtful"]].map(([value, label]) => el("option", { value, selected: (filters.verdict ?? "") === value }, label)));
  verdict.addEventListener("change", () => change("verdict", verdict.value));
  return el("fieldset", null, el("legend", null, "Only"),
    box("disputed", "disputed"), box("single_source", "with a single source"),
    el("p", null, el("label", { for: "verdict" }, "A person says "), verdict));
}
