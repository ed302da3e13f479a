// Owns the making of elements and the asking of the server. Texts become text nodes; nothing here or elsewhere makes markup of them.

const SVG = "http://www.w3.org/2000/svg";

// What turns the direction of the text around it, or has no form: ids and file names can hold it too.
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** A text for the screen: what cannot be seen is seen. */
export const visible = (text) => String(text).replace(HIDDEN, "\ufffd");

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "data") Object.assign(node.dataset, value);
    else if (value === true) node.setAttribute(name, "");
    else node.setAttribute(name, name === "title" || name === "aria-label" ? visible(value) : value);
  }
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : document.createTextNode(visible(child)));
  }
  return node;
}

/** An element with attributes (`onclick` and the like are listeners) and children (elements or texts). */
export function el(name, attributes, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** The same for drawings. */
export function svg(name, attributes, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

export const by = (id) => document.getElementById(id);

/** The fields of an address; lists give a field several times, empty values none. */
export function query(fields) {
  const out = new URLSearchParams();
  for (const [name, value] of Object.entries(fields ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== null && one !== undefined && one !== "" && one !== false) out.append(name, String(one));
    }
  }
  return out.toString();
}

/** What the server says to an address, as JSON. Throws what it says is wrong. */
export async function ask(path, fields, options) {
  const search = query(fields);
  const answer = await fetch(search ? `${path}?${search}` : path, options);
  return read(answer);
}

async function read(answer) {
  if (answer.status === 401) {
    location.assign("/");
    throw new Error("The token is needed again.");
  }
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(body.error ?? `The server answered ${answer.status}.`);
  return body;
}

/** Hands a decision in and waits until it is done. */
export async function decide(decision) {
  const answer = await fetch("/api/corrections", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(decision),
  });
  const task = await read(answer);
  return finished(task);
}

/** Waits for a task; `told` hears how far it is. */
export async function finished(task, told) {
  while (task.state !== "done" && task.state !== "failed") {
    await new Promise((done) => setTimeout(done, 400));
    task = await ask(`/api/tasks/${task.task}`);
    told?.(task);
  }
  if (task.state === "failed") throw new Error(task.error);
  return task.result;
}

/** Says something for a while, with a button where there is something to do about it. */
export function say(text, action) {
  const toast = el("div", { class: "toast" }, el("span", null, text));
  if (action) {
    toast.append(el("button", { type: "button", onclick: () => { toast.remove(); action.run(); } }, action.name));
  }
  toast.append(el("button", { type: "button", class: "quiet", "aria-label": "Close", onclick: () => toast.remove() }, "×"));
  by("toasts").append(toast);
  while (by("toasts").children.length > 4) by("toasts").firstChild.remove();
  setTimeout(() => toast.remove(), action ? 20000 : 8000);
  return toast;
}

/** Opens a dialog; `build` fills it and gets what closes it. */
export function dialog(title, build) {
  const box = el("dialog", { "aria-label": title });
  const close = () => box.close();
  box.append(el("h2", null, title), build(close));
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
  return box;
}

const KINDS = { call: "C", meeting: "M", visit: "V", talks: "T", message: "L" };

/** A kind as a badge: colour, letter and word say the same. */
export function kind(word) {
  return el("span", { class: `kind ${word}` }, el("b", { "aria-hidden": "true" }, KINDS[word] ?? "?"), word);
}

export const letter = (word) => KINDS[word] ?? "?";

/** `1 contact`, `2 contacts`. */
export function number(n, noun) {
  return `${n.toLocaleString("en")} ${noun}${n === 1 ? "" : "s"}`;
}

/** The names of a row. */
export function names(row) {
  const list = row.who.map((w) => w.name).join(", ") || "nobody named";
  return row.more > 0 ? `${list} and ${row.more} more` : list;
}
