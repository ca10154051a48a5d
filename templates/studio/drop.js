// Pictures that are dropped on a field, or picked for it.

export function watchPictures(address, digest, done) {
  for (const place of document.querySelectorAll("[data-drop]")) {
    const setting = place.dataset.drop;
    const send = async (file) => {
      if (!file) return;
      const form = new FormData();
      form.set("setting", setting);
      form.set("digest", digest());
      form.set("file", file);
      await done(await fetch(address, { method: "POST", body: form }), setting);
    };
    place.addEventListener("dragover", (event) => { event.preventDefault(); place.classList.add("is-over"); });
    place.addEventListener("dragleave", () => place.classList.remove("is-over"));
    place.addEventListener("drop", (event) => {
      event.preventDefault();
      place.classList.remove("is-over");
      send(event.dataTransfer.files[0]);
    });
    place.querySelector("input[type=file]").addEventListener("change", (event) => send(event.target.files[0]));
  }
}
