// The list of people as a table, and what is made for them. Nothing of them is kept in the browser.

import { Gone, item, post, read, wait } from "/files/ask.js";
import { far, lines, working } from "/files/stream.js";

const local = document.getElementById("local");
const here = `/locals/${encodeURIComponent(local.dataset.local)}/people`;
const list = document.getElementById("list");
const table = document.getElementById("table");
const saved = document.getElementById("saved");
const keep = document.getElementById("save-list");
const drop = document.getElementById("drop-list");
const paste = document.getElementById("paste");
const said = document.getElementById("progress-words");
const one = document.getElementById("one");

// What the columns are called that formgen itself names.
const called = Object.fromEntries(
  [...document.querySelectorAll("#columns [data-column]")].map(({ dataset }) => [dataset.column, dataset.label]));

let digest = list?.dataset.digest ?? "";
let grid = [];
let numbers = [];
let head = 0;
let handed = null;
// Of answers that cross each other, the last one that was asked for counts.
let turn = 0;
let isReadOnly = Boolean(table?.dataset.readonly);
const lookSoon = wait(300, look);

// --- The list

function show(told, isSaved) {
  grid = told.rows;
  numbers = told.lines;
  head = told.head;
  const wide = Math.max(0, ...grid.map((row) => row.length));
  const body = table.tBodies[0];
  body.replaceChildren(...grid.map((row, at) => line(row, at, wide)));
  mark(told);
  if (isSaved) {
    if (told.digest !== undefined) digest = told.digest;
    handed = null;
  }
  keep.hidden = drop.hidden = isSaved;
  saved.textContent = isSaved ? saved.dataset.saved : saved.dataset.typing;
  one.replaceChildren(...grid.slice(head + 1).map((row, at) => new Option(`${row[0]} – ${row[1] ?? ""}`, numbers[at + head + 1])));
}

function line(row, at, wide) {
  const whole = document.createElement("tr");
  for (let column = 0; column < wide; column += 1) {
    const cell = document.createElement("td");
    const name = grid[head]?.[column] ?? "";
    if (at === head && Object.hasOwn(called, name)) {
      cell.append(Object.assign(document.createElement("span"), { className: "called", title: name, textContent: called[name] }));
      whole.append(cell);
      continue;
    }
    const input = document.createElement("input");
    input.value = row[column] ?? "";
    input.readOnly = isReadOnly || Boolean(handed);
    input.dataset.row = at;
    input.dataset.column = column;
    input.autocomplete = "off";
    input.setAttribute("aria-label", table.dataset.cell.replace("{row}", numbers[at] ?? at + 1).replace("{column}", (Object.hasOwn(called, name) ? called[name] : name) || column + 1));
    cell.append(input);
    whole.append(cell);
  }
  if (at <= head) whole.className = at === head ? "head" : "above";
  const tools = document.createElement("td");
  if (at > head && !handed) {
    if (!isReadOnly) tools.append(tool("out", "×", table.dataset.remove, at));
    tools.append(tool("forget", "⌫", table.dataset.forget, at));
  }
  whole.append(tools);
  return whole;
}

function tool(name, sign, words, at) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "icon";
  button.textContent = sign;
  button.dataset[name] = at;
  button.title = words.replace("{row}", numbers[at] ?? at + 1);
  button.setAttribute("aria-label", button.title);
  return button;
}

function mark(told) {
  for (const cell of table.querySelectorAll("td")) {
    cell.classList.remove("bad", "doubt");
    cell.querySelector(".findings")?.remove();
    cell.querySelector("input")?.removeAttribute("aria-invalid");
  }
  for (const found of told.cells) {
    const row = table.tBodies[0].rows[found.row];
    const cell = row?.cells[Math.max(0, found.column)];
    if (!cell) continue;
    cell.classList.add(found.level === "error" ? "bad" : "doubt");
    let place = cell.querySelector(".findings");
    if (!place) {
      place = document.createElement("ul");
      place.className = "findings";
      place.id = `c-${found.row}-${found.column}`;
      cell.append(place);
    }
    place.append(item(found));
    const input = cell.querySelector("input");
    input?.setAttribute("aria-describedby", place.id);
    if (found.level === "error") input?.setAttribute("aria-invalid", "true");
  }
  document.getElementById("others").replaceChildren(...told.others.map(item));
  const usable = document.getElementById("usable");
  usable.textContent = (told.usable === 1 ? usable.dataset.usableOne : usable.dataset.usableOther).replace("{count}", told.usable);
}

async function ask(address, values, then) {
  const mine = ++turn;
  try {
    const answer = values instanceof FormData
      ? await fetch(`${here}/${address}`, { method: "POST", body: values })
      : await post(`${here}/${address}`, values);
    const told = await answer.json();
    if (mine !== turn) return;
    if (answer.status === 409) { location.reload(); return; }
    if (!answer.ok) {
      document.getElementById("others").replaceChildren(...told.refused.map(item));
      return;
    }
    then(told);
  } catch (problem) {
    if (!(problem instanceof Gone)) throw problem;
    saved.textContent = saved.dataset.gone;
  }
}

async function load() {
  const mine = ++turn;
  const answer = await read(`${here}/rows`);
  if (answer.ok && mine === turn) show(await answer.json(), true);
}

function look() {
  ask("look", { rows: grid }, (told) => {
    // The places of rows may have moved; what is typed stays as it is.
    mark({ ...told, cells: told.cells });
  });
}

function touched() {
  keep.hidden = drop.hidden = false;
  saved.textContent = saved.dataset.typing;
  lookSoon.start();
}

table?.addEventListener("input", (event) => {
  const { row, column } = event.target.dataset;
  grid[row][column] = event.target.value;
  touched();
});

// A paste of several cells into the table fills it from there on.
table?.addEventListener("paste", (event) => {
  const text = event.clipboardData.getData("text");
  if (!/[\t\n]/.test(text.trim()) || isReadOnly) return;
  event.preventDefault();
  const { row, column } = event.target.dataset;
  const pasted = text.replace(/\r/g, "").replace(/\n$/, "").split("\n").map((each) => each.split("\t"));
  pasted.forEach((cells, down) => {
    const at = Number(row) + down;
    grid[at] ??= [];
    numbers[at] ??= (numbers[at - 1] ?? at) + 1;
    cells.forEach((cell, right) => { grid[at][Number(column) + right] = cell; });
  });
  grid = grid.map((each) => Array.from(each, (cell) => cell ?? ""));
  ask("look", { rows: grid }, (told) => show(told, false));
});

paste?.addEventListener("input", () => {
  const text = paste.value;
  if (!text.trim()) return;
  paste.value = "";
  isReadOnly = false;
  handed = null;
  ask("look", { pasted: text }, (told) => { show(told, false); table.querySelector("input")?.focus(); });
});

function fileForm(file, isMeant) {
  const form = new FormData();
  form.set("digest", digest);
  form.set("meant", isMeant ? "yes" : "no");
  form.set("file", file);
  return form;
}

document.getElementById("hand-over")?.addEventListener("change", (event) => {
  const [file] = event.target.files;
  if (!file) return;
  handed = file;
  ask("roster", fileForm(file, false), (told) => show(told, false));
});

keep?.addEventListener("click", () => {
  saved.textContent = saved.dataset.saving;
  const filled = grid.filter((row) => row.some((cell) => cell.trim()));
  const done = () => location.reload();
  if (handed) ask("roster", fileForm(handed, true), done);
  else ask("save", { rows: filled, digest }, done);
});
drop?.addEventListener("click", () => location.reload());

document.getElementById("add-row")?.addEventListener("click", () => {
  grid.push(grid[head].map(() => ""));
  numbers.push((numbers.at(-1) ?? 0) + 1);
  const row = line(grid.at(-1), grid.length - 1, grid[head].length);
  table.tBodies[0].append(row);
  row.querySelector("input").focus();
  touched();
});

// --- Forgetting

const sure = document.getElementById("sure");
let whom = null;
table?.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const { out, forget } = button.dataset;
  if (out !== undefined) {
    grid.splice(Number(out), 1);
    numbers.splice(Number(out), 1);
    show({ rows: grid, lines: numbers, head, cells: [], others: [], usable: 0 }, false);
    touched();
    document.getElementById("add-row").focus();
  } else if (forget !== undefined) {
    whom = numbers[Number(forget)];
    sure.showModal();
  }
});
document.getElementById("forget-gone")?.addEventListener("click", () => { whom = null; sure.showModal(); });
document.getElementById("do-not")?.addEventListener("click", () => sure.close());
document.getElementById("do-forget")?.addEventListener("click", () => {
  sure.close();
  ask("forget", whom === null ? {} : { line: whom }, async (told) => {
    said.textContent = said.dataset.forgotten.replace("{files}", told.files);
    await refreshMade();
  });
});

// --- Making

const make = document.getElementById("make");
make?.addEventListener("change", () => {
  one.hidden = make.elements.whom.value !== "one";
});
make?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const documents = [...make.querySelectorAll("input[name=documents]:checked")].map((each) => each.value);
  const whole = documents.length === make.querySelectorAll("input[name=documents]").length;
  const values = {
    documents: whole ? [] : documents,
    whom: make.elements.whom.value,
    lines: make.elements.whom.value === "one" ? [Number(one.value)] : [],
    date: document.getElementById("date").value,
  };
  working(true);
  said.textContent = said.dataset.running;
  document.getElementById("outcome").replaceChildren();
  try {
    const answer = await post(`${here}/make`, values);
    if (answer.ok) for await (const news of lines(answer.body)) tell(news);
  } catch (problem) {
    if (!(problem instanceof Gone) && !(problem instanceof TypeError)) throw problem;
    said.textContent = said.dataset.gone;
  }
  working(false);
  await refreshMade();
});
document.getElementById("stop")?.addEventListener("click", () => post(`/locals/${encodeURIComponent(local.dataset.local)}/stop`, {}));

function tell(news) {
  if (news.known) far(news);
  else if (news.stopped) said.textContent = said.dataset.stopped;
  else if (news.failed) wrong(news.failed);
  else if (news.made !== undefined) {
    said.textContent = news.made
      ? said.dataset.made.replace("{made}", news.made).replace("{people}", news.people)
      : said.dataset.nobody;
    if (news.findings.length) wrong(news.findings, said.textContent);
  }
}

function wrong(texts, words = said.dataset.failed) {
  said.textContent = words;
  document.getElementById("outcome").replaceChildren(...texts.map((message) => item({ message, level: "error" })));
}

async function refreshMade() {
  const fresh = new DOMParser().parseFromString(await (await read(location.href)).text(), "text/html");
  document.getElementById("made").replaceWith(fresh.getElementById("made"));
}

if (list) {
  working(false);
  load();
}
