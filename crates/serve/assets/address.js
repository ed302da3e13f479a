// Owns the address of the page: every filter and every contact has one, and going back goes back.

const LISTS = ["who", "kind", "status", "outlet"];
const SINGLE = ["text", "from", "to", "verdict"];
const FLAGS = ["disputed", "single_source"];

const heard = [];

/** Calls back when the address has changed. */
export function onMove(listener) {
  heard.push(listener);
}

function moved() {
  for (const listener of heard) listener(place());
}

addEventListener("popstate", moved);

/** Where the page is: what it shows, which contact, which filters. */
export function place() {
  const path = location.pathname;
  const contact = path.startsWith("/contact/") ? decodeURIComponent(path.slice(9)) : null;
  const show = contact !== null ? "contact" : path === "/queue" ? "queue" : path === "/log" ? "log" : "list";
  return { show, contact, filters: read(location.search) };
}

function read(search) {
  const fields = new URLSearchParams(search);
  const filters = {};
  for (const name of LISTS) {
    const values = fields.getAll(name).filter((v) => v !== "");
    if (values.length) filters[name] = values;
  }
  for (const name of SINGLE) if (fields.get(name)) filters[name] = fields.get(name);
  for (const name of FLAGS) if (fields.get(name) === "true") filters[name] = "true";
  return filters;
}

function search(filters) {
  const out = new URLSearchParams();
  for (const name of [...LISTS, ...SINGLE, ...FLAGS]) {
    for (const value of [filters[name] ?? []].flat()) if (value) out.append(name, value);
  }
  const text = out.toString();
  return text ? `?${text}` : "";
}

/** The address of a contact under the filters of now. */
export function contactAddress(id) {
  return `/contact/${encodeURIComponent(id)}${search(place().filters)}`;
}

/** Goes to a contact, to the queue or the log, or back to the list. */
export function go(path, filters = place().filters) {
  const next = path + search(filters);
  if (next !== location.pathname + location.search) history.pushState(null, "", next);
  moved();
}

export const open = (id) => go(`/contact/${encodeURIComponent(id)}`);

/** Goes to the list under other filters. */
export function filter(filters) {
  go("/", filters);
}

/** Lets a plain click on a link of this page move without loading it again. */
export function follow(event, act) {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  act();
}
