// The questions of a new local, one at a time; back and forth, and a summary at the end.

import { post, wait } from "/files/ask.js";
import { frames } from "/files/frames.js";

const form = document.getElementById("questions");
const questions = [...form.querySelectorAll(".question")];
const summary = document.getElementById("summary");
const back = document.getElementById("back");
const next = document.getElementById("next");
const preview = document.getElementById("preview");
const screen = frames(document.getElementById("stage"));
let at = 0;
let looks = 0;
let before = Promise.resolve();
let toSummary = false;

const lookSoon = wait(150, () => ask([]));

function answers() {
  const given = {};
  for (const question of questions) {
    const { setting } = question.dataset;
    const picked = question.querySelector("input:checked") ?? question.querySelector("input:not([type=radio])");
    given[setting] = picked?.value ?? "";
  }
  return given;
}

// One after the other: an earlier request that came in later would be what is kept.
function ask(asked) {
  const mine = ++looks;
  const isWanted = () => asked.length > 0 || mine === looks;
  const turn = before.then(() => (isWanted() ? send(asked, mine) : {}));
  before = turn.catch(() => {});
  return turn;
}

async function send(asked, mine) {
  const answer = await post("/new/answers", { answers: answers(), asked, document: preview.dataset.shows });
  const told = await answer.json();
  if (mine === looks) screen.show(told.preview, preview.getAttribute("aria-label"));
  const folder = document.getElementById("folder");
  folder.textContent = folder.dataset.said.replace("{folder}", told.folder);
  return told.problems;
}

function problems(setting, found = []) {
  const list = document.getElementById(`p-${setting}`);
  list.replaceChildren(...found.map((text) => Object.assign(document.createElement("li"), { textContent: text, className: "finding bad" })));
  const control = list.closest(".question").querySelector("input");
  if (found.length) control.setAttribute("aria-invalid", "true");
  else control.removeAttribute("aria-invalid");
}

function show(number, focus = true) {
  at = Math.max(0, number);
  questions.forEach((question, index) => { question.hidden = index !== at; });
  const isEnd = at >= questions.length;
  summary.hidden = !isEnd;
  back.hidden = at === 0;
  next.textContent = isEnd ? next.dataset.write : next.dataset.next;
  document.getElementById("how-far").value = at + 1;
  if (isEnd) {
    const given = answers();
    for (const row of summary.querySelectorAll("[data-answer]")) {
      const text = row.querySelector("dd");
      text.textContent = given[row.dataset.answer] || text.dataset.empty;
    }
  }
  if (!focus) return;
  const place = isEnd ? summary.querySelector("h2") : questions[at].querySelector("input:checked, input");
  place.focus();
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (at >= questions.length) { await write(); return; }
  const { setting } = questions[at].dataset;
  const found = await ask([setting]);
  problems(setting, found[setting]);
  if (found[setting]) { show(at); return; }
  show(toSummary ? questions.length : at + 1);
});

async function write() {
  await before;
  const answer = await post("/new/write", { answers: answers() });
  const told = await answer.json();
  if (answer.ok) {
    location.assign(`/locals/${encodeURIComponent(told.local)}/about`);
    return;
  }
  const refused = document.getElementById("refused");
  refused.replaceChildren(...(told.refused ?? []).map((text) => Object.assign(document.createElement("li"), { textContent: text, className: "finding bad" })));
  for (const [setting, found] of Object.entries(told.problems ?? {})) problems(setting, found);
  const first = questions.findIndex((question) => told.problems?.[question.dataset.setting]);
  if (first >= 0) show(first);
}

back.addEventListener("click", () => show(at - 1));
summary.addEventListener("click", (event) => {
  const button = event.target.closest("[data-change]");
  if (!button) return;
  toSummary = true;
  show(Number(button.dataset.change));
});
form.addEventListener("input", (event) => {
  problems(event.target.closest(".question").dataset.setting);
  lookSoon.start();
});

show(0, false);
ask([]);
