// Owns the figures of scrolling: how long frames take while a long list moves, and how many rows it has in the page.
// CHROMIUM=/usr/bin/chromium node frames.mjs ADDRESS [SECONDS]: ADDRESS is what `readout serve` prints.

import { chromium } from "playwright-core";

const [address, seconds = "10"] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
const made = await browser.newPage({ viewport: { width: 1440, height: 900 } });
await made.goto(address);
await made.waitForSelector(".space .row a");

/** Moves the list by some pixels in each frame; gives milliseconds from frame to frame, and what stood in the page. */
const moved = (pixels, time) => made.evaluate(([step, length]) => new Promise((done) => {
  const list = document.getElementById("rows");
  const frames = [];
  let rows = 0;
  let waiting = 0;
  const begun = performance.now();
  let last = begun;
  list.scrollTop = 0;
  const next = (now) => {
    frames.push(now - last);
    last = now;
    const here = list.querySelectorAll(".row");
    rows = Math.max(rows, here.length);
    waiting += list.querySelectorAll(".row.wait").length > 0 ? 1 : 0;
    list.scrollTop = (list.scrollTop + step) % (list.scrollHeight - list.clientHeight);
    if (now - begun < length) requestAnimationFrame(next);
    else done({ frames: frames.slice(2), rows, waiting });
  };
  requestAnimationFrame(next);
}), [pixels, time * 1000]);

const total = await made.locator("#rows").getAttribute("aria-rowcount");
console.log(`${total} rows, ${await browser.version()}`);
for (const [what, pixels] of [["a wheel turned slowly (100 px a frame)", 100], ["fast (1,000 px a frame)", 1000], ["a bar that is dragged (20,000 px a frame)", 20000]]) {
  const { frames, rows, waiting } = await moved(pixels, Number(seconds));
  frames.sort((a, b) => a - b);
  const at = (share) => frames[Math.floor((frames.length - 1) * share)].toFixed(1);
  const late = frames.filter((f) => f > 50).length;
  console.log(`${what}: ${frames.length} frames, median ${at(0.5)} ms, 95 % ${at(0.95)}, 99 % ${at(0.99)}, worst ${at(1)}; ${late} over 50 ms; at most ${rows} rows in the page; ${waiting} frames with a row still to come`);
}
await browser.close();
