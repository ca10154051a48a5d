// Shows each paper, and gives a local words of its own, or takes them back.

import { item, post } from "/files/ask.js";
import { frames } from "/files/frames.js";
import { watchOpens } from "/files/opens.js";

const here = `/locals/${encodeURIComponent(document.getElementById("local").dataset.local)}`;
const preview = document.getElementById("preview");
const screen = frames(document.getElementById("stage"));

async function show(name, title) {
  const answer = await post(`${here}/look`, { changes: [], document: name });
  if (answer.ok) screen.show((await answer.json()).preview, preview.dataset.frame.replace("{title}", title));
}

document.getElementById("main").addEventListener("click", async (event) => {
  const button = event.target.closest("button");
  if (button?.dataset.show) {
    await show(button.dataset.show, button.closest("li").querySelector("b").textContent);
  } else if (button?.dataset.document) {
    const { document: name, back } = button.dataset;
    const answer = await post(`${here}/own-words/change`, { document: name, back: back === "yes" });
    if (answer.ok) { location.reload(); return; }
    document.getElementById("refused").replaceChildren(...(await answer.json()).refused.map(item));
    document.getElementById("main").scrollIntoView();
  }
});

watchOpens(preview);
show(preview.dataset.shows, "");
