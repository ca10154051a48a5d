// Asks formgen for something; says so if it does not answer.

export class Gone extends Error {}

export async function post(address, values, signal) {
  let answer;
  try {
    answer = await fetch(address, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(values),
      signal,
    });
  } catch (problem) {
    if (problem.name === "AbortError") throw problem;
    throw new Gone(problem.message);
  }
  return answer;
}

export async function read(address) {
  try {
    return await fetch(address);
  } catch (problem) {
    throw new Gone(problem.message);
  }
}

export function wait(milliseconds, what) {
  let timer = 0;
  return {
    start(...given) {
      clearTimeout(timer);
      timer = setTimeout(() => what(...given), milliseconds);
    },
    stop() { clearTimeout(timer); },
  };
}

export function item(finding) {
  const line = document.createElement("li");
  line.className = `finding ${finding.level === "error" ? "bad" : "doubt"}`;
  line.append(finding.message);
  if (finding.fix) {
    const fix = document.createElement("span");
    fix.className = "fix";
    fix.textContent = ` ${finding.fix}`;
    line.append(fix);
  }
  return line;
}
