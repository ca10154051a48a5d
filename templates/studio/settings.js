// A part of a local's settings: what is typed is shown after a moment, and saved after a little more.

import { Gone, item, post, read, wait } from "/files/ask.js";
import { frames } from "/files/frames.js";
import { watchPictures } from "/files/drop.js";
import { watchOpens } from "/files/opens.js";

const local = document.getElementById("local");
const here = `/locals/${encodeURIComponent(local.dataset.local)}`;
const saved = document.getElementById("saved");
const stage = document.getElementById("stage");
const chosen = document.getElementById("shown");
const preview = document.getElementById("preview");
const undo = document.getElementById("undo");
const redo = document.getElementById("redo");
const screen = frames(stage);

// What was changed and is not saved, by the path of the setting.
const unsaved = new Map();
let digest = local.dataset.digest;
let looks = 0;
let saving = null;
let onPaper = false;
let page = 0;
let pages = 1;

const lookSoon = wait(100, look);
const paperSoon = wait(300, paper);
const saveSoon = wait(700, save);
const checkSoon = wait(1000, check);

function say(how, isWrong = false) {
  const text = saved.dataset[how];
  if (saved.textContent !== text) saved.textContent = text;
  saved.classList.toggle("is-wrong", isWrong);
}

function changes() { return [...unsaved.values()]; }

// --- What is typed

function valueOf(control) {
  const list = control.dataset.list ?? control.name;
  if (control.dataset.kind === "item") {
    const rows = document.querySelectorAll(`[data-rows="${CSS.escape(list)}"] [data-kind]`);
    return { path: list, value: [...rows].map((row) => row.value.trim()).filter(Boolean) };
  }
  if (control.dataset.kind === "part") {
    const rows = document.querySelectorAll(`[data-rows="${CSS.escape(list)}"] > .row`);
    return { path: list, value: [...rows].map(rowValue).filter(Boolean) };
  }
  if (control.dataset.kind === "switch") return { path: list, value: String(control.checked) };
  if (control.dataset.kind === "words") {
    // The usual words again: then the local says nothing of them.
    const words = control.value.trim();
    return words && words !== control.dataset.usual ? { path: list, value: words } : { path: list, deed: "reset" };
  }
  if (control.dataset.kind === "choices") {
    const boxes = document.querySelectorAll(`input[name="${CSS.escape(list)}"]:checked`);
    return { path: list, value: [...boxes].map((box) => box.value) };
  }
  if (control.dataset.kind === "on") {
    const boxes = document.querySelectorAll(`input[data-list="${CSS.escape(list)}"]:not(:checked)`);
    return { path: list, value: [...boxes].map((box) => box.value) };
  }
  return { path: list, value: control.value.trim() };
}

// What stands in a row of several controls: a group, or a text alone where that says the same.
function rowValue(row) {
  const value = JSON.parse(row.dataset.kept ?? "{}");
  for (const control of row.querySelectorAll("[data-key]")) {
    const { key } = control.dataset;
    const isList = "lines" in control.dataset;
    if (isList && (control.closest("[hidden]") || control.value === control.defaultValue)) continue;
    const given = isList ? control.value.split("\n").map((line) => line.trim()).filter(Boolean) : control.value.trim();
    if (given.length) value[key] = given;
    else delete value[key];
  }
  if (value.who) return value.who;
  const needed = row.querySelector("[data-needed]");
  const keys = Object.keys(value);
  if (needed ? !value[needed.dataset.key] : !keys.length) return null;
  return needed && keys.length === 1 ? value[keys[0]] : value;
}

// What a row asks for depends on what was chosen in it.
function fit(row) {
  const who = row.querySelector("[data-key=who]");
  if (who) row.querySelector(".of-other").hidden = who.value !== "";
  const kind = row.querySelector("[data-key=type]");
  if (kind) row.querySelector(".of-choices").hidden = !["choice", "choices", "scale"].includes(kind.selectedOptions[0]?.dataset.kindOf) && !row.querySelector("[data-lines]").value;
}

function changed(control) {
  const { path, ...change } = valueOf(control);
  unsaved.set(path, { path, deed: "set", ...change });
  owned(path, true);
  say("typing");
  lookSoon.start();
  saveSoon.start();
  if (onPaper) paperSoon.start();
}

function owned(path, isOwn) {
  const origin = document.querySelector(`[data-origin="${CSS.escape(path)}"]`);
  const mark = origin?.querySelector("[data-own]");
  if (mark) mark.hidden = !isOwn;
  const back = origin?.querySelector("[data-reset]");
  if (back) back.hidden = !isOwn;
}

document.addEventListener("input", (event) => {
  const control = event.target;
  if (control.dataset.kind === "part") fit(control.closest(".row"));
  if (control.dataset.kind) changed(control);
  const words = control.closest(".asked .row")?.querySelector("[data-kind=words]");
  if (words && control.dataset.kind === "on") words.disabled = !control.checked;
  if (control.dataset.go) location.assign(control.dataset.go + encodeURIComponent(control.value));
  if (control.dataset.color) {
    const text = document.getElementById(`i-${control.dataset.color}`);
    text.value = control.value;
    changed(text);
  }
});

document.addEventListener("submit", (event) => event.preventDefault());

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const { reset, add, deed, path } = button.dataset;
  if (reset) {
    unsaved.set(reset, { path: reset, deed: "reset" });
    save().then((done) => done && refresh(`f-${reset}`));
  } else if (add) {
    const rows = document.querySelector(`[data-rows="${CSS.escape(add)}"]`);
    const row = document.querySelector(`template[data-row="${CSS.escape(add)}"]`);
    rows.append(row.content.cloneNode(true));
    fit(rows.lastElementChild);
    rows.lastElementChild.querySelector("[data-kind]").focus();
  } else if ("out" in button.dataset) {
    const row = button.closest(".row");
    const next = row.nextElementSibling ?? row.previousElementSibling;
    const control = row.querySelector("[data-kind]");
    const rows = row.parentElement;
    row.remove();
    const { path: list } = valueOf(control);
    unsaved.set(list, { path: list, deed: "set", value: valueOf(control).value });
    after(list);
    (next?.querySelector("[data-kind]") ?? rows.parentElement.querySelector(".add")).focus();
  } else if ("up" in button.dataset) {
    const row = button.closest(".row");
    row.previousElementSibling?.before(row);
    changed(row.querySelector("[data-kind]"));
    button.focus();
  } else if (deed) {
    structure(button, deed, path);
  }
});

function after(path) {
  owned(path, true);
  lookSoon.start();
  saveSoon.start();
}

async function structure(button, deed, path) {
  if (deed === "add") {
    const first = button.dataset.first;
    const whole = `${path}.${button.dataset.count}`;
    unsaved.set(whole, { path: whole, deed: "set", value: { [first]: button.dataset.words } });
    if (await save()) await refresh(`i-${whole}.${first}`);
  } else {
    unsaved.set(`${deed} ${path}`, { path, deed });
    if (await save()) await refresh();
  }
}

// --- What it becomes

async function look() {
  const mine = ++looks;
  try {
    const answer = await post(`${here}/look`, { changes: changes(), document: onPaper ? "" : chosen.value });
    if (mine !== looks || !answer.ok) return;
    const found = await answer.json();
    if (mine !== looks) return;
    findings(found);
    if (!onPaper) screen.show(found.preview, title());
  } catch (problem) {
    gone(problem);
  }
}

function title() {
  return preview.dataset.frame.replace("{title}", chosen.selectedOptions[0]?.textContent ?? "");
}

function findings(found) {
  const others = [...found.others];
  const places = new Map();
  for (const list of document.querySelectorAll("[data-findings]")) places.set(list.dataset.findings, []);
  for (const [path, group] of Object.entries(found.fields)) {
    let place = path;
    while (place && !places.has(place)) place = place.split(".").slice(0, -1).join(".");
    if (place) places.get(place).push(...group);
    else others.push(...group.map((each) => ({ ...each, path })));
  }
  for (const [path, group] of places) {
    const list = document.getElementById(`e-${path}`);
    list.replaceChildren(...group.map(item));
    const control = document.getElementById(`i-${path}`);
    if (group.some((each) => each.level === "error")) control?.setAttribute("aria-invalid", "true");
    else control?.removeAttribute("aria-invalid");
  }
  document.querySelector("#found ul").replaceChildren(...others.map(item));
}

async function paper() {
  const sheet = document.getElementById("sheet");
  const picture = document.getElementById("sheet-picture");
  stage.classList.add("is-stale");
  try {
    const width = Math.round(Math.max(sheet.clientWidth - 32, 300) * Math.min(devicePixelRatio, 2));
    const answer = await post(`${here}/paper`, { changes: changes(), document: chosen.value, page, width });
    if (answer.status === 204 || !onPaper) return;
    document.getElementById("no-page").hidden = answer.ok;
    if (!answer.ok) {
      if (answer.status === 422) findings(await answer.json());
      return;
    }
    pages = Number(answer.headers.get("x-pages"));
    page = Math.min(page, pages - 1);
    const before = picture.src;
    picture.src = URL.createObjectURL(await answer.blob());
    picture.alt = title();
    await picture.decode();
    if (before) URL.revokeObjectURL(before);
    const number = document.getElementById("page-number");
    number.textContent = preview.dataset.page.replace("{number}", page + 1).replace("{count}", pages);
    document.getElementById("page-before").disabled = page === 0;
    document.getElementById("page-after").disabled = page + 1 >= pages;
    stage.classList.remove("is-stale");
    stage.dataset.drawn = String(Number(stage.dataset.drawn ?? 0) + 1);
  } catch (problem) {
    gone(problem);
  }
}

function as(paperNow) {
  onPaper = paperNow;
  document.getElementById("as-web").setAttribute("aria-pressed", String(!onPaper));
  document.getElementById("as-paper").setAttribute("aria-pressed", String(onPaper));
  document.getElementById("sheet").hidden = !onPaper;
  screen.hide(onPaper);
  if (onPaper) paper();
  else look();
}

document.getElementById("as-web").addEventListener("click", () => as(false));
document.getElementById("as-paper").addEventListener("click", () => as(true));
document.getElementById("page-before").addEventListener("click", () => { page -= 1; paper(); });
document.getElementById("page-after").addEventListener("click", () => { page += 1; paper(); });
chosen.addEventListener("change", () => { page = 0; as(onPaper); });
watchOpens(preview);

// --- Saving

async function save() {
  saveSoon.stop();
  if (saving) await saving;
  if (!unsaved.size) return true;
  saving = saveNow();
  try { return await saving; } finally { saving = null; }
}

async function saveNow() {
  const taken = new Map(unsaved);
  say("saving");
  try {
    const answer = await post(`${here}/save`, { changes: [...taken.values()], digest });
    if (answer.status === 409) { conflict(await answer.json()); return false; }
    const told = await answer.json();
    for (const [path, change] of taken) if (unsaved.get(path) === change) unsaved.delete(path);
    if (!answer.ok) {
      say("wrong", true);
      document.querySelector("#found ul").replaceChildren(...told.refused.map(item));
      return false;
    }
    digest = told.digest;
    steps(told);
    say(unsaved.size ? "typing" : "saved");
    checkSoon.start();
    return true;
  } catch (problem) {
    gone(problem);
    return false;
  }
}

function gone(problem) {
  if (!(problem instanceof Gone)) throw problem;
  say("gone", true);
}

function steps(told) {
  undo.disabled = !told.undo;
  redo.disabled = !told.redo;
}

async function stepTo(to) {
  await save();
  const answer = await post(`${here}/step`, { to, digest });
  if (answer.status === 409) { conflict(await answer.json()); return; }
  digest = (await answer.json()).digest;
  await refresh();
}

undo.addEventListener("click", () => stepTo("undo"));
redo.addEventListener("click", () => stepTo("redo"));
document.addEventListener("keydown", (event) => {
  const inText = event.target.matches("input:not([type=radio], [type=checkbox]), textarea");
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z" || inText) return;
  event.preventDefault();
  stepTo(event.shiftKey ? "redo" : "undo");
});

const dialog = document.getElementById("changed");

function conflict(told) {
  say("wrong", true);
  document.getElementById("changed-lines").textContent = told.difference.join("\n");
  dialog.dataset.digest = told.digest;
  dialog.showModal();
}

document.getElementById("take-theirs").addEventListener("click", () => {
  unsaved.clear();
  digest = dialog.dataset.digest;
  dialog.close();
  refresh();
});
document.getElementById("put-mine").addEventListener("click", async () => {
  digest = dialog.dataset.digest;
  dialog.close();
  if (await save()) await refresh();
});
dialog.addEventListener("cancel", (event) => event.preventDefault());

// The page as it is now, without losing the place that one is at.
async function refresh(focus = document.activeElement?.id) {
  const answer = await read(location.href);
  const opened = [...document.querySelectorAll("details[open]")].map((each) => each.dataset.packet);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.getElementById("fields").replaceWith(fresh.getElementById("fields"));
  digest = fresh.getElementById("local").dataset.digest;
  undo.disabled = fresh.getElementById("undo").disabled;
  redo.disabled = fresh.getElementById("redo").disabled;
  say("saved");
  for (const each of document.querySelectorAll("details")) each.open ||= opened.includes(each.dataset.packet);
  const target = focus ? document.getElementById(focus) : null;
  const control = target?.matches("input, textarea, select, button") ? target : target?.querySelector("input, textarea, select");
  control?.focus();
  watch();
  as(onPaper);
  checkSoon.start();
}

async function check() {
  try {
    const answer = await post(`${here}/check`, {});
    if (!answer.ok || unsaved.size) return;
    const told = await answer.json();
    if (told.digest !== digest) return;
    findings(told);
    for (const line of document.querySelectorAll("[data-sentence]")) {
      const parts = told.sentences[line.dataset.sentence];
      line.hidden = !parts;
      if (parts) line.querySelector("q").replaceChildren(...parts.map(([text, isValue]) => {
        if (!isValue) return text;
        const bold = document.createElement("b");
        bold.textContent = text;
        return bold;
      }));
    }
  } catch (problem) {
    gone(problem);
  }
}

// A file that was changed in an editor shows up.
async function watchFile() {
  if (document.hidden || unsaved.size || saving || dialog.open) return;
  try {
    const answer = await read(`${here}/state`);
    if (!answer.ok) return;
    const now = (await answer.json()).digest;
    if (now === digest || unsaved.size || saving) return;
    await refresh();
    say("shown");
  } catch (problem) {
    gone(problem);
  }
}
setInterval(watchFile, 2000);
addEventListener("beforeunload", () => {
  if (unsaved.size) navigator.sendBeacon(`${here}/save`, new Blob([JSON.stringify({ changes: changes(), digest })], { type: "application/json" }));
});

function watch() {
  for (const row of document.querySelectorAll(".rows > .row")) fit(row);
  watchPictures(`${here}/picture`, () => digest, async (answer, setting) => {
    const told = await answer.json();
    if (answer.status === 409) { conflict(told); return; }
    if (!answer.ok) {
      // Apart from what is wrong with the setting, which is still what it was.
      document.getElementById(`r-${setting}`).replaceChildren(...told.refused.map(item));
      return;
    }
    digest = told.digest;
    await refresh(`f-${setting}`);
  });
}

watch();
look();
check();
