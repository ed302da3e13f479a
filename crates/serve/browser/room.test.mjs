// Owns the reading room as a person meets it: a real browser, the real program, the example articles.
// Needs READOUT_BIN (the program), READOUT_ROOT (the repository), CHROMIUM; with READOUT_SHOTS screenshots are written there.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";

const { READOUT_BIN, READOUT_ROOT, CHROMIUM, READOUT_SHOTS } = process.env;
const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

let browser;
let room;
const opened = [];

/** Starts the program over some articles; gives its address, its folder, and what ends it. */
async function serve(articles, more = []) {
  const folder = await mkdtemp(path.join(tmpdir(), "readout-room-"));
  const program = spawn(READOUT_BIN, ["serve", ...articles, "--port", "0", "--by", "Ada", ...more], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let errors = "";
  program.stderr.on("data", (text) => { errors += text; });
  const address = await new Promise((done, failed) => {
    let out = "";
    program.stdout.on("data", (text) => {
      out += text;
      if (out.includes("\n")) done(out.split("\n")[0].trim());
    });
    program.on("exit", (code) => failed(new Error(`the program ended with ${code}: ${errors}`)));
  });
  const one = {
    address,
    folder,
    async close() {
      program.removeAllListeners("exit");
      const ended = new Promise((done) => program.on("exit", done));
      program.kill("SIGTERM");
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
  opened.push(one);
  return one;
}

/** A page in which every error counts. */
async function page(viewport = WIDE, options = {}) {
  const context = await browser.newContext({ viewport, permissions: ["clipboard-read", "clipboard-write"], ...options });
  const made = await context.newPage();
  const errors = [];
  made.on("console", (message) => { if (["error", "warning"].includes(message.type())) errors.push(`${message.type()}: ${message.text()}`); });
  made.on("response", (answer) => { if (answer.status() >= 400) errors.push(`error: ${answer.status()} of ${answer.url()}`); });
  made.on("pageerror", (error) => errors.push(String(error)));
  made.on("request", (request) => { if (!request.url().startsWith("http://127.0.0.1:")) errors.push(`asks for ${request.url()}`); });
  return { made, errors, async close(expected = []) {
    const strange = errors.filter((e) => !expected.some((x) => e.includes(x)));
    await context.close();
    assert.deepEqual(strange, [], "the console is silent and nothing is loaded from elsewhere");
  } };
}

/** Serious findings of axe. */
async function axe(made, what) {
  await made.evaluate(await readFile(AXE, "utf8"));
  const found = await made.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  const serious = found.violations.filter((v) => ["serious", "critical"].includes(v.impact));
  assert.deepEqual(serious.map((v) => `${what}: ${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.html).join(" | ")}`), []);
}

async function shot(made, name, options = {}) {
  if (!READOUT_SHOTS) return;
  await mkdir(READOUT_SHOTS, { recursive: true });
  await made.screenshot({ path: path.join(READOUT_SHOTS, `${name}.png`), ...options });
}

const rows = (made) => made.locator(".space .row:not(.wait)");
const api = async (made, where) => made.evaluate((w) => fetch(w).then((a) => a.json()), where);

async function ready(made, where = "/") {
  await made.goto(new URL(where, room.address).href);
  await made.waitForSelector(".space .row a, section.contact h2");
}

before(async () => {
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--force-color-profile=srgb"] });
  room = await serve([path.join(READOUT_ROOT, "examples/calls")]);
});

after(async () => {
  await browser?.close();
  for (const one of opened) await one.close();
});

test("the list is in windows, dense, and those without a day lie in a tray", async () => {
  const { made, close } = await page();
  await ready(made);
  const answer = await api(made, "/api/contacts?limit=500");
  const dated = answer.total - answer.undated;
  assert.ok(dated > 60 && answer.undated > 0, `${dated} and ${answer.undated}`);
  assert.ok((await rows(made).count()) < dated, "only what can be seen is there");
  await made.locator("#rows").evaluate((node) => { node.scrollTop = node.scrollHeight; });
  await made.locator(`.row[data-at="${dated - 1}"]`).waitFor();
  assert.match(await made.locator("#tray summary").innerText(), new RegExp(`${answer.undated} contacts? without a day`));
  await made.locator("#tray summary").click();
  assert.equal(await made.locator("#tray .row").count(), answer.undated);
  for (const when of await made.locator("#tray .row .when").allInnerTexts()) assert.equal(when, "undated");
  assert.ok(await made.locator("#chart .gap").count(), "gaps are drawn");
  await close();
});

test("however long the list, the page holds the rows that can be seen", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "readout-long-"));
  const leaders = ["Emmanuel Macron", "Giorgia Meloni", "Friedrich Merz", "Donald Tusk", "Keir Starmer", "Pedro Sanchez", "Alexander Stubb"];
  const lines = Array.from({ length: 200 }, (_, n) => {
    const said = Array.from({ length: 5 }, (_, k) => `${leaders[(n + k) % 7]} spoke by phone with ${leaders[(n + k + 1 + (n % 3)) % 7]} on March ${1 + ((n * 5 + k) % 28)}, ${2000 + (n % 25)}.`);
    return JSON.stringify({ id: `long-${n}`, source: `Outlet ${n % 9}`, published: `${2000 + (n % 25)}-03-29`, text: said.join("\n\n") });
  });
  await writeFile(path.join(folder, "long.jsonl"), lines.join("\n"));
  const mine = room;
  room = await serve([folder]);
  try {
    for (const [viewport, high] of [[WIDE, 42], [PHONE, 92]]) {
      const { made, close } = await page(viewport);
      await ready(made);
      const total = Number(await made.locator("#rows").getAttribute("aria-rowcount"));
      assert.ok(total > 300, `${total} contacts`);
      const seen = await made.evaluate(async (step) => {
        const list = document.getElementById("rows");
        let most = 0;
        for (let top = 0; top < list.scrollHeight; top += step) {
          list.scrollTop = top;
          await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
          most = Math.max(most, list.querySelectorAll(".row").length);
        }
        return { most, window: list.clientHeight };
      }, 700);
      const fits = Math.ceil(seen.window / high) + 1;
      assert.ok(seen.most >= Math.min(fits, total) - 1 && seen.most <= fits + 16, `${seen.most} rows in the page, ${fits} can be seen`);
      // Wherever one stops, the rows of that place are there.
      for (const at of [total - 1, Math.floor(total / 2), 0]) {
        await made.locator("#rows").evaluate((node, top) => { node.scrollTop = top; }, at * high);
        await made.locator(`.space .row[data-at="${at}"] a`).waitFor();
      }
      await close();
    }
  } finally {
    room = mine;
    await rm(folder, { recursive: true, force: true });
  }
});

test("filter, open a contact, see the highlighted sentence", async () => {
  const { made, close } = await page();
  await ready(made);
  await made.locator("#who-input").fill("Putin");
  await made.locator("#who-input").press("Enter");
  await made.waitForURL(/who=Putin/);
  await made.locator("#kind-call").check();
  await made.waitForURL(/kind=call/);
  await made.waitForFunction(() => document.querySelectorAll(".space .row").length > 0 && [...document.querySelectorAll(".space .row .what")].every((n) => n.innerText.includes("call")));
  for (const who of await made.locator(".space .row .who").allInnerTexts()) assert.match(who, /Putin/);
  await shot(made, "list-filtered-1440");
  await made.locator(".space .row .who a").first().click();
  await made.waitForURL(/\/contact\//);
  const mark = made.locator("#source mark.on").first();
  await mark.waitFor();
  assert.ok(await mark.isVisible());
  // Every field's quotation leads to its place in the text.
  const quote = made.locator(".field[data-field=kind] .quote").first();
  const words = await quote.locator("mark").innerText();
  await quote.click();
  const aim = made.locator("#source mark.aim").first();
  await aim.waitFor();
  assert.equal((await made.locator("#source mark.aim").allInnerTexts()).join("").trim(), words.trim());
  const box = await aim.boundingBox();
  assert.ok(box.y > 0 && box.y < 900, "it is in view");
  // A deep link: the same page when it is opened anew, with the filters kept.
  await made.reload();
  await made.locator("#source mark.on").first().waitFor();
  await made.goBack();
  await made.waitForFunction(() => !location.pathname.startsWith("/contact/"));
  assert.match(made.url(), /who=Putin&kind=call/);
  await made.getByRole("button", { name: "Clear all filters" }).click();
  await made.waitForURL((url) => url.search === "");
  await close();
});

test("the article opens at the words", async () => {
  const { made, close } = await page();
  await ready(made);
  const all = (await api(made, "/api/contacts?limit=500")).rows;
  for (const { id } of all) {
    const contact = await api(made, `/api/contacts/${id}`);
    const linked = contact.documents.find((d) => d.url);
    if (!linked) continue;
    await ready(made, `/contact/${id}`);
    if (contact.documents.length > 1) await made.locator("#document").selectOption(linked.id);
    await made.locator(".quote").filter({ hasText: contact.shown.fields.flatMap((f) => f.evidence).find((e) => e.document === linked.id).words }).first().click();
    await made.waitForFunction(() => document.querySelector("#article")?.href.includes("#:~:text="));
    const link = await made.locator("#article").getAttribute("href");
    assert.ok(link.startsWith(linked.url.split("#")[0]), link);
    assert.match(await made.locator("#article").getAttribute("rel"), /noopener noreferrer/);
    return close();
  }
  assert.fail("no document with an address");
});

test("a dispute stands side by side, and a citation is copied", async () => {
  // Two houses that give one call two lengths.
  const folder = await mkdtemp(path.join(tmpdir(), "readout-dispute-"));
  await writeFile(path.join(folder, "harbour.txt"), "Two presidents on the telephone\n\nTuesday 18 March 2025\n\nDonald Trump and Vladimir Putin spoke by telephone for 90 minutes on Tuesday, the White House said. They discussed a truce.\n");
  await writeFile(path.join(folder, "lantern.txt"), "A long call between Moscow and Washington\n\nTuesday 18 March 2025\n\nVladimir Putin and Donald Trump held a telephone conversation on Tuesday. It lasted two and a half hours, Kremlin spokesman Dmitry Peskov told reporters in Moscow.\n");
  const mine = room;
  room = await serve([folder]);
  const { made, close } = await page();
  try {
    await ready(made, "/?disputed=true");
    await made.locator(".space .row .who a").first().click();
    const rivals = made.locator(".rivals[role=group] .rival");
    await rivals.first().waitFor();
    assert.ok((await rivals.count()) >= 2);
    const [a, b] = [await rivals.nth(0).boundingBox(), await rivals.nth(1).boundingBox()];
    assert.ok(Math.abs(a.y - b.y) < 2 && b.x > a.x, "beside one another");
    assert.ok(await rivals.first().locator(".quote mark").count(), "with a quotation");
    await made.locator("#source mark.aim").first().waitFor();
    await shot(made, "contact-1440");
    await made.locator("#copy").click();
    await made.getByText("The citation is in the clipboard.").waitFor();
    assert.equal(await made.evaluate(() => navigator.clipboard.readText()), await made.locator("#citation").innerText());
    await axe(made, "contact");
    await close();
  } finally {
    room = mine;
    await rm(folder, { recursive: true, force: true });
  }
});

test("merge and undo", async () => {
  const { made, close } = await page();
  await ready(made, "/?who=Putin&who=Trump&kind=call");
  const before_ = (await api(made, "/api/state")).contacts;
  await made.locator(".space .row input[type=checkbox]").nth(0).check();
  await made.locator(".space .row input[type=checkbox]").nth(1).check();
  await made.keyboard.press("m");
  await made.getByText("are one contact").waitFor({ timeout: 60000 });
  assert.equal((await api(made, "/api/state")).contacts, before_ - 1);
  const file = await readFile(path.join(room.folder, "corrections.jsonl"), "utf8");
  assert.equal(JSON.parse(file.trim().split("\n").at(-1)).do, "merge");
  await made.getByRole("button", { name: "Undo" }).last().click();
  await made.getByText("Taken back.").waitFor({ timeout: 60000 });
  assert.equal((await api(made, "/api/state")).contacts, before_);
  await close();
});

test("accept, doubt, reject, change a field, split: each written, each taken back", async () => {
  const { made, close } = await page();
  await ready(made);
  const all = (await api(made, "/api/contacts?limit=500")).rows;
  const several = all.find((row) => row.reports > 1);
  const undo = async () => {
    await made.keyboard.press("u");
    await made.getByText("Taken back.").waitFor({ timeout: 60000 });
    await made.evaluate(() => document.getElementById("toasts").replaceChildren());
  };
  const last = async () => JSON.parse((await readFile(path.join(room.folder, "corrections.jsonl"), "utf8")).trim().split("\n").at(-1));
  await ready(made, `/contact/${several.id}`);
  for (const [key, word] of [["a", "confirm"], ["d", "unsure"], ["r", "not-a-contact"]]) {
    await made.locator("h2#contact-title, h2#list").first().waitFor();
    await made.goto(new URL(`/contact/${several.id}`, room.address).href);
    await made.locator("h2#contact-title").waitFor();
    await made.keyboard.press(key);
    await made.locator("#toasts button", { hasText: "Undo" }).waitFor({ timeout: 60000 });
    assert.equal((await last()).do, word);
    await undo();
  }
  await made.goto(new URL(`/contact/${several.id}`, room.address).href);
  await made.locator("h2#contact-title").waitFor();
  await made.getByRole("button", { name: "Change place" }).or(made.getByRole("button", { name: "place", exact: true })).first().click();
  await made.locator("dialog #value").fill("Geneva (CH)");
  await made.locator("dialog #why").fill("a photograph");
  await made.getByRole("button", { name: "Save" }).click();
  await made.locator(".field[data-field=place] .judged").waitFor({ timeout: 60000 });
  assert.match(await made.locator(".field[data-field=place] .value").innerText(), /Geneva/);
  assert.equal((await last()).why, "a photograph");
  await undo();
  await made.keyboard.press("s");
  await made.locator("dialog input[type=checkbox]").first().check();
  await made.locator("dialog").getByRole("button", { name: "Split" }).click();
  await made.getByText("of another contact").waitFor({ timeout: 60000 });
  assert.equal((await last()).do, "split");
  await undo();
  assert.deepEqual((await api(made, "/api/contacts?limit=500")).rows.map((r) => r.id), all.map((r) => r.id));
  await close();
});

test("drop a file, with progress, and find its contact", async () => {
  const { made, close } = await page();
  await ready(made);
  const text = "ROME, May 2, 2025 (Amber) - Giorgia Meloni met Emmanuel Macron in Rome on May 1, 2025.\n";
  const data = await made.evaluateHandle((body) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([body], "amber one.txt", { type: "text/plain" }));
    return transfer;
  }, text);
  await made.dispatchEvent("body", "dragenter", { dataTransfer: data });
  assert.ok(await made.locator("#drop").isVisible());
  await made.dispatchEvent("body", "drop", { dataTransfer: data });
  await made.locator("#progress").waitFor();
  await made.getByText("1 document added").waitFor({ timeout: 60000 });
  await made.goto(new URL("/?who=Meloni", room.address).href);
  await made.locator(".space .row", { hasText: "Meloni" }).first().waitFor();
  // The same by choosing it.
  await made.setInputFiles("#file", { name: "amber one.txt", mimeType: "text/plain", buffer: Buffer.from(text) });
  await made.getByText("1 document known before").waitFor({ timeout: 60000 });
  await close();
});

test("export what is shown", async () => {
  const { made, close } = await page();
  await ready(made, "/?who=Putin&kind=call");
  const shown = (await api(made, "/api/contacts?who=Putin&kind=call&limit=500")).total;
  await made.locator("#export").click();
  const [download] = await Promise.all([made.waitForEvent("download"), made.locator("dialog a", { hasText: /^jsonl$/ }).click()]);
  const lines = (await readFile(await download.path(), "utf8")).trim().split("\n").map((l) => JSON.parse(l));
  assert.equal(lines.length, shown);
  assert.ok(lines.every((c) => c.kind === "call"));
  await close();
});

test("the keyboard alone", async () => {
  const { made, close } = await page();
  await ready(made);
  await made.keyboard.press("?");
  await made.locator("dialog dl.keys").waitFor();
  await made.keyboard.press("Escape");
  await made.locator("dialog").waitFor({ state: "detached" });
  await made.keyboard.press("/");
  assert.equal(await made.evaluate(() => document.activeElement.id), "text");
  await made.keyboard.type("spoke");
  await made.keyboard.press("Enter");
  await made.waitForURL(/text=spoke/);
  await made.keyboard.press("Escape");
  await made.locator(".space .row").first().waitFor();
  await made.keyboard.press("j");
  await made.waitForFunction(() => document.activeElement?.closest(".row")?.dataset.at === "0");
  const total = (await api(made, "/api/contacts?text=spoke")).total;
  assert.ok(total > 1, "there is more than one to move over");
  await made.keyboard.press("j");
  await made.waitForFunction(() => document.activeElement?.closest(".row")?.dataset.at === "1");
  await made.keyboard.press("k");
  await made.waitForFunction(() => document.activeElement?.closest(".row")?.dataset.at === "0");
  await made.locator("#source mark.on").first().waitFor();
  await made.keyboard.press("o");
  await made.locator("h2#contact-title").waitFor();
  await made.keyboard.press("m");
  await made.locator("dialog .choices button").first().waitFor();
  await made.keyboard.press("Escape");
  await made.keyboard.press("a");
  await made.locator("#toasts button", { hasText: "Undo" }).waitFor({ timeout: 60000 });
  await made.keyboard.press("u");
  await made.getByText("Taken back.").waitFor({ timeout: 60000 });
  await made.keyboard.press("Escape");
  await made.waitForFunction(() => location.pathname === "/");
  await made.keyboard.press("q");
  await made.locator("#queue-title").waitFor();
  await made.keyboard.press("j");
  await made.keyboard.press("j");
  await made.keyboard.press("o");
  await made.locator("h2#contact-title").waitFor();
  await made.keyboard.press("l");
  await made.locator("#log-title").waitFor();
  // From the top, everything that can be done can be reached with Tab.
  await ready(made);
  const seen = new Set();
  for (let n = 0; n < 140; n += 1) {
    await made.keyboard.press("Tab");
    seen.add(await made.evaluate(() => document.activeElement?.id || document.activeElement?.closest("[id]")?.id));
  }
  for (const id of ["to-queue", "to-log", "add", "export", "help", "chart", "text", "who-input", "from", "to", "verdict", "clear"]) assert.ok(seen.has(id), `${id} is reached: ${[...seen]}`);
  await close();
});

test("brush, lane and matrix filter", async () => {
  const { made, close } = await page();
  await ready(made);
  const box = await made.locator("svg.overview").boundingBox();
  await made.mouse.move(box.x + box.width * 0.7, box.y + 15);
  await made.mouse.down();
  await made.mouse.move(box.x + box.width * 0.9, box.y + 15, { steps: 4 });
  await made.mouse.up();
  await made.waitForURL(/from=\d{4}-\d{2}-\d{2}&to=\d{4}-\d{2}-\d{2}/);
  await ready(made);
  await made.locator("svg.lanes a .name").first().click();
  await made.waitForURL(/who=.*&who=/);
  await ready(made);
  await made.locator(".matrix td button").first().click();
  await made.waitForURL(/who=.*&who=/);
  await close();
});

test("no serious finding of axe, at both widths, in light and dark", async () => {
  for (const scheme of ["light", "dark"]) {
    for (const [name, size] of [["1440", WIDE], ["390", PHONE]]) {
      const { made, close } = await page(size, { colorScheme: scheme });
      await ready(made);
      await axe(made, `list ${name} ${scheme}`);
      if (scheme === "light") await shot(made, `list-${name}`);
      if (name === "390" && scheme === "light") {
        await made.locator(".space .row .who a").nth(3).click();
        await made.locator("#source mark.on").first().waitFor();
        const width = await made.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(width <= 390, `one column: ${width}`);
        await axe(made, "contact 390");
        await made.evaluate(() => document.getElementById("room").scrollTo(0, 0));
        await shot(made, "contact-390");
      }
      await ready(made, "/queue");
      await axe(made, `queue ${name} ${scheme}`);
      if (scheme === "light" && name === "1440") await shot(made, "queue-1440");
      if (scheme === "dark" && name === "1440") {
        await ready(made);
        await shot(made, "list-1440-dark");
      }
      await made.keyboard.press("?");
      await made.locator("dialog").waitFor();
      await axe(made, `help ${name} ${scheme}`);
      await close();
    }
  }
});

test("in print the list stands whole, without the tools", async () => {
  const { made, close } = await page();
  await made.addInitScript(() => { globalThis.print = () => { dispatchEvent(new Event("beforeprint")); globalThis.printed = document.querySelectorAll(".space .row").length; }; });
  await ready(made);
  const answer = await api(made, "/api/contacts?limit=500");
  await made.emulateMedia({ media: "screen" });
  await made.locator("#export").click();
  await made.getByRole("button", { name: "Print this page" }).click();
  await made.waitForFunction(() => globalThis.printed > 0);
  assert.equal(await made.evaluate(() => globalThis.printed), answer.total - answer.undated);
  await made.emulateMedia({ media: "print" });
  for (const id of ["#filters-box", "#export", "#source"]) assert.equal(await made.locator(id).isVisible(), false, id);
  assert.equal(await made.locator(".space .row").count(), answer.total - answer.undated, "on paper too");
  assert.ok(await made.locator(".space .row").last().isVisible());
  assert.ok(await made.locator("#tray .row").first().isVisible());
  assert.ok(await made.locator("#chart svg.lanes").isVisible());
  await shot(made, "print", { fullPage: true });
  await close();
});

test("malicious articles do nothing", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "readout-malice-"));
  const call = (more) => `WASHINGTON, March 18, 2025 (Harbour <b>Wire</b>) - Donald Trump held a phone call with Vladimir Putin on March 18, 2025. ${more} The conversation lasted 90 minutes, the White House said.\n`;
  const attack = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\"><svg onload=\"document.title='owned'\">";
  await writeFile(path.join(folder, "plain.txt"), call(`${attack} \u202egnihton\u202c`));
  await writeFile(path.join(folder, "page.html"), `<html><head><title>${attack.replaceAll("<", "&lt;")}</title></head><body onload="document.title='owned'"><article><h1>A call</h1><p>${call(attack)}</p></article></body></html>`);
  await writeFile(path.join(folder, "endless.txt"), call("The sea was calm that day. ".repeat(200_000)));
  await writeFile(path.join(folder, "turned.jsonl"), JSON.stringify({ id: "a\u202eb", source: "Sea\u202eport", title: "A \u2066call", text: call("It was their second call this year.") }));
  const mine = room;
  room = await serve([folder]);
  const { made, close } = await page();
  try {
    await ready(made);
    for (const { id } of (await api(made, "/api/contacts?limit=500")).rows) {
      await ready(made, `/contact/${id}`);
      const select = made.locator("#document");
      await made.locator("#source article").waitFor();
      const documents = (await select.count()) ? await select.locator("option").evaluateAll((list) => list.map((o) => o.value)) : [null];
      for (const one of documents) {
        if (one) await select.selectOption(one);
        await made.locator("#source article").waitFor();
        await made.waitForTimeout(200);
        assert.notEqual(await made.title(), "owned");
        assert.doesNotMatch(await made.evaluate(() => document.body.innerText), /[\u202a-\u202e\u2066-\u2069]/);
        assert.equal(await made.locator("#source article script, #source article img, #source article svg, #middle script, #middle img").count(), 0);
      }
    }
    const text = await api(made, "/api/document?id=plain");
    assert.ok(JSON.stringify(text).includes("<script>"), "the article was the one that was meant");
    // Were a script to make markup of a text, the browser would refuse.
    const refused = await made.evaluate(() => { try { document.createElement("p").innerHTML = "<b>x</b>"; return false; } catch { return true; } });
    assert.ok(refused);
  } finally {
    room = mine;
    await rm(folder, { recursive: true, force: true });
    await close(["require", "TrustedHTML"]);
  }
});

test("a page of another site can neither write nor read", async () => {
  const { createServer } = await import("node:http");
  const evil = createServer((_, answer) => { answer.setHeader("content-type", "text/html"); answer.end("<h1>evil</h1>"); });
  await new Promise((done) => evil.listen(0, "127.0.0.1", done));
  const { made, close } = await page();
  try {
    await made.goto(`http://localhost:${evil.address().port}/`.replace("localhost", "127.0.0.1"));
    const tried = await made.evaluate(async (address) => {
      const outcomes = [];
      for (const [where, options] of [
        ["api/contacts", {}],
        ["api/corrections", { method: "POST", mode: "no-cors", body: "{\"do\":\"confirm\",\"contact\":\"x\"}" }],
        ["api/documents?name=evil.txt", { method: "POST", headers: { "content-type": "application/octet-stream" }, body: "x" }],
      ]) {
        outcomes.push(await fetch(address + where, options).then((a) => `${a.type} ${a.status}`, () => "refused"));
      }
      return outcomes;
    }, room.address);
    assert.deepEqual([tried[0], tried[2]], ["refused", "refused"]);
    assert.ok(["refused", "opaque 0"].includes(tried[1]));
    const framed = await made.evaluate((address) => new Promise((done) => {
      const frame = document.createElement("iframe");
      frame.src = address;
      frame.onload = () => { try { done(frame.contentDocument?.body?.childElementCount ?? "closed"); } catch { done("closed"); } };
      document.body.append(frame);
    }), room.address);
    assert.ok(framed === "closed" || framed === 0, String(framed));
  } finally {
    evil.close();
    await close(["CORS", "Failed to load", "ERR_", "frame", "403", "415", "Framing"]);
  }
});
