// Shows a web page in one of two frames, and changes over when it is there: nothing flickers, and
// the place that one reads at stays.

export function frames(stage) {
  let [shown, hidden] = stage.querySelectorAll("iframe");
  const nothing = stage.querySelector(".no-page");
  let latest = 0;

  function show(number, title) {
    nothing.hidden = Boolean(number);
    stage.classList.toggle("is-stale", !number && shown.src !== "");
    if (!number || number <= latest) return;
    latest = number;
    hidden.title = title;
    hidden.onload = () => {
      if (number !== latest) return;
      const before = shown.contentWindow?.scrollY ?? 0;
      hidden.classList.remove("is-under");
      hidden.contentWindow?.scrollTo(0, before);
      shown.hidden = true;
      [shown, hidden] = [hidden, shown];
      stage.dataset.number = number;
    };
    // A frame that is not displayed has no size, so it lies under the other one meanwhile.
    hidden.classList.add("is-under");
    hidden.hidden = false;
    hidden.src = `/preview/${number}`;
  }

  function hide(is_hidden) {
    shown.hidden = is_hidden;
    if (is_hidden) hidden.hidden = true;
  }

  return { show, hide };
}
