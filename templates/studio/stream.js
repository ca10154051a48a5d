// Reads an answer that comes line by line, and shows how far the work is.

export async function* lines(body) {
  const decoder = new TextDecoder();
  let rest = "";
  for (const reader = body.getReader();;) {
    const { done, value } = await reader.read();
    if (done) return;
    const parts = (rest + decoder.decode(value, { stream: true })).split("\n");
    rest = parts.pop();
    for (const part of parts) yield JSON.parse(part);
  }
}

export function working(isOn) {
  document.getElementById("begin").disabled = isOn;
  document.getElementById("stop").hidden = !isOn;
  const bar = document.getElementById("progress");
  bar.hidden = !isOn;
  if (isOn) bar.value = 0;
}

export function far(news) {
  document.getElementById("progress").value = news.done / news.known;
}
