// Makes a local's papers, and says how far it is.

import { Gone, post, read } from "/files/ask.js";
import { far, lines, working } from "/files/stream.js";

const local = document.getElementById("local");
const here = `/locals/${encodeURIComponent(local.dataset.local)}`;
const said = document.getElementById("progress-words");
const begin = document.getElementById("begin");
const stop = document.getElementById("stop");
const outcome = document.getElementById("outcome");
const kit = () => document.getElementById("kit");

document.getElementById("build").addEventListener("submit", async (event) => {
  event.preventDefault();
  const pairs = Number(document.getElementById("pairs").value) || 0;
  working(true);
  outcome.replaceChildren();
  said.textContent = said.dataset.running;
  try {
    const answer = await post(`${here}/build`, { pairs });
    if (answer.ok) for await (const news of lines(answer.body)) tell(news);
  } catch (problem) {
    if (!(problem instanceof Gone) && !(problem instanceof TypeError)) throw problem;
    said.textContent = said.dataset.gone;
  }
  working(false);
  begin.focus();
});

stop.addEventListener("click", () => post(`${here}/stop`, {}));

function tell(news) {
  if (news.known) {
    far(news);
    const name = news.name.replace(/^.*?: /, "");
    said.textContent = said.dataset.step.replace("{done}", news.done).replace("{known}", news.known).replace("{name}", name);
  } else if (news.stopped) {
    said.textContent = said.dataset.stopped;
  } else if (news.failed) {
    said.textContent = said.dataset.failed;
    list(news.failed);
  } else if (news.report) {
    ended(news);
  }
}

function list(texts, words = "") {
  const list = document.createElement("ul");
  for (const text of texts) list.append(Object.assign(document.createElement("li"), { textContent: text }));
  outcome.append(words, list);
}

async function ended(news) {
  const { report } = news;
  const isFirst = !kit().dataset.built;
  said.textContent = said.dataset.done.replace("{seconds}", Math.round(report.seconds));
  if (report.exit_code) list(news.findings, said.dataset.failed);
  const fresh = new DOMParser().parseFromString(await (await read(location.href)).text(), "text/html");
  kit().replaceWith(fresh.getElementById("kit"));
  shown();
  if (isFirst) outcome.append(said.dataset.first);
  else if (report.locals.every((each) => each.state === "unchanged")) outcome.append(said.dataset.nothing);
  const reasons = report.locals.flatMap((each) => each.reasons ?? []);
  document.getElementById("why").hidden = !reasons.length;
  document.getElementById("reasons").replaceChildren(
    ...reasons.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
}

// What was changed meanwhile is on no paper yet; to find where it will be takes a moment.
async function lookAhead() {
  const ahead = document.getElementById("ahead");
  if (!ahead) return;
  const again = document.getElementById("again");
  ahead.textContent = again.hidden ? "" : ahead.dataset.looking;
  let found = {};
  try {
    found = await (await read(`${here}/ahead`)).json();
  } catch (problem) {
    if (!(problem instanceof Gone) && !(problem instanceof TypeError)) throw problem;
  }
  ahead.replaceChildren();
  const unknown = found.unknown?.length ?? 0;
  if (unknown) {
    const words = unknown === 1 ? ahead.dataset.unknownOne : ahead.dataset.unknownOther;
    ahead.append(Object.assign(document.createElement("p"), { textContent: words.replace("{count}", unknown) }));
    again.hidden = false;
  }
  for (const kind of ["changed", "new"]) {
    const papers = found[kind] ?? [];
    if (!papers.length) continue;
    const list = Object.assign(document.createElement("ul"), { className: "papers-again" });
    for (const { title, packets } of papers) {
      const item = Object.assign(document.createElement("li"), { textContent: title });
      if (packets) {
        const more = ahead.dataset.packets.replace("{packets}", packets);
        item.append(" ", Object.assign(document.createElement("span"), { className: "soft", textContent: more }));
      }
      list.append(item);
    }
    ahead.append(Object.assign(document.createElement("p"), { textContent: ahead.dataset[kind] }), list);
    again.hidden = false;
  }
}

function shown() {
  document.getElementById("printed")?.addEventListener("click", async () => {
    await post(`${here}/printed`, {});
    document.getElementById("changed").remove();
    document.getElementById("again").hidden = !document.getElementById("ahead").childElementCount;
    begin.focus();
  });
  lookAhead();
}

shown();
working(false);
