// Where there is no room for a page beside the fields, a button shows it.

export function watchOpens(preview) {
  document.getElementById("opens").addEventListener("click", ({ currentTarget }) => {
    const isOpen = preview.classList.toggle("is-open");
    currentTarget.setAttribute("aria-expanded", String(isOpen));
    currentTarget.textContent = isOpen ? currentTarget.dataset.hide : currentTarget.dataset.show;
  });
}
