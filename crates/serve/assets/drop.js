// Owns files: articles that are dropped or chosen, with progress while they are read; exports of what is shown.

import { ask, by, dialog, el, finished, number, query, say } from "./parts.js";
import { place } from "./address.js";

/** Bytes a second time: how much of a file is on its way. */
function send(file, told) {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/documents?${query({ name: file.name })}`);
    request.setRequestHeader("content-type", "application/octet-stream");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => told(event.loaded, event.total));
    request.addEventListener("load", () => (request.status === 202 ? done(request.response) : failed(new Error(request.response?.error ?? `The server answered ${request.status}.`))));
    request.addEventListener("error", () => failed(new Error("The server does not answer.")));
    request.send(file);
  });
}

/** Adds files one after the other, and says what became of them. */
async function add(files, changed) {
  const state = await ask("/api/state");
  const bar = el("progress", { max: "100", value: "0", "aria-label": "Progress" });
  const line = el("span", null, "");
  const toast = el("div", { class: "toast", id: "progress" }, line, bar);
  by("toasts").append(toast);
  const tasks = [];
  const failed = [];
  for (const [at, file] of files.entries()) {
    line.textContent = `Sending ${file.name}`;
    if (file.size > state.max_upload) {
      failed.push(`${file.name}: longer than ${number(state.max_upload, "byte")}`);
      continue;
    }
    try {
      tasks.push(await send(file, (loaded, total) => { bar.value = ((at + loaded / total) / files.length) * 50; }));
    } catch (error) {
      failed.push(`${file.name}: ${error.message}`);
    }
  }
  const results = new Map();
  for (const [at, task] of tasks.entries()) {
    line.textContent = `Reading ${task.name}`;
    bar.value = 50 + (at / tasks.length) * 50;
    try {
      const result = await finished(task, (now) => {
        if (now.state === "working") line.textContent = now.linking ? "Linking …" : `Reading: ${number(now.documents, "document")} done`;
      });
      // Files that were read together have one result.
      results.set(JSON.stringify(result), result);
    } catch (error) {
      failed.push(`${task.name}: ${error.message}`);
    }
  }
  toast.remove();
  let [fresh, known] = [0, 0];
  for (const result of results.values()) {
    fresh += result.new + result.changed;
    known += result.same;
    for (const message of result.messages) failed.push(`${message.document}: ${message.message}`);
  }
  say([fresh ? `${number(fresh, "document")} added` : null, known ? `${number(known, "document")} known before` : null].filter(Boolean).join(", ") || "Nothing was added.");
  for (const why of failed.slice(0, 3)) say(why);
  if (failed.length > 3) say(`… and ${failed.length - 3} more messages`);
  await changed();
}

function choose(paper) {
  const { filters } = place();
  return ask("/api/state").then((state) => dialog("Export what is shown", (close) => el("div", null,
    el("p", null, Object.keys(filters).length ? "With the filters of now." : "All contacts."),
    el("ul", { class: "formats" }, state.formats.map((format) => el("li", null, el("a", { href: `/api/export?${query({ format, ...filters })}`, download: true, onclick: close }, format)))),
    el("p", null, el("button", { type: "button", onclick: () => { close(); paper().catch((error) => say(error.message)); } }, "Print this page"), " ", el("button", { type: "button", onclick: close }, "Close")))));
}

/** Lets files be dropped anywhere, and chosen; `changed` hears when they are read, `paper` prints. */
export function prepare(changed, paper) {
  const input = by("file");
  const take = (files) => { if (files.length) add([...files], changed).catch((error) => say(error.message)); };
  by("add").addEventListener("click", () => input.click());
  input.addEventListener("change", () => { take(input.files); input.value = ""; });
  by("export").addEventListener("click", () => choose(paper).catch((error) => say(error.message)));
  let depth = 0;
  const over = (shown) => { by("drop").hidden = !shown; };
  addEventListener("dragenter", (event) => { if (event.dataTransfer?.types.includes("Files")) { depth += 1; over(true); } });
  addEventListener("dragleave", () => { depth = Math.max(0, depth - 1); if (depth === 0) over(false); });
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    depth = 0;
    over(false);
    take(event.dataTransfer?.files ?? []);
  });
}
