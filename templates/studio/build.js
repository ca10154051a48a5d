// Makes a local's papers, and says how far it is.

import { Gone, post, read } from "/files/ask.js";
import { far, lines, working } from "/files/stream.js";

const local = document.getElementById("local");
const here = `/locals/${encodeURIComponent(local.dataset.local)}`;
const said = document.getElementById("progress-words");
const begin = document.getElementById("begin");
const stop = document.getElementById("stop");
const outcome = document.getElementById("outcome");

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
  said.textContent = said.dataset.done.replace("{seconds}", Math.round(report.seconds));
  if (report.exit_code) list(news.findings, said.dataset.failed);
  const fresh = new DOMParser().parseFromString(await (await read(location.href)).text(), "text/html");
  document.getElementById("kit").replaceWith(fresh.getElementById("kit"));
  if (news.first) outcome.append(said.dataset.first);
  else if (!news.changed.length) outcome.append(said.dataset.nothing);
  else {
    const names = [];
    for (const document_ of news.changed) {
      const paper = document.getElementById(`paper-print/${document_}.pdf`);
      paper?.classList.add("is-changed");
      names.push(paper ? paper.querySelector("b").textContent : document_);
    }
    list(names, said.dataset.changed);
  }
  const reasons = report.locals.flatMap((each) => each.reasons ?? []);
  document.getElementById("why").hidden = !reasons.length;
  document.getElementById("reasons").replaceChildren(
    ...reasons.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
}

working(false);
