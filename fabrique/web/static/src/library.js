// A file that goes with a text is sent as it is; the server says what it is, or why not.
import { UploadRefused, send } from "./lib/upload.js";

const form = document.querySelector("#add-file");
if (form) begin(form);

function begin(form) {
  const input = form.querySelector("input[type=file]");
  const bar = form.querySelector("progress");
  const status = form.querySelector("[role=status]");
  const refusal = form.querySelector("#refusal");

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const [file] = input.files;
    if (!file) return input.focus();
    if (file.size > form.dataset.largest * 2 ** 20) return refuse(form.dataset.large);
    refusal.hidden = true;
    bar.hidden = false;
    status.textContent = form.dataset.sending;
    const address = `${form.dataset.to}?${new URLSearchParams({ name: file.name })}`;
    try {
      const { next } = await send(file, address, show);
      location.assign(next);
    } catch (error) {
      refuse((error instanceof UploadRefused && error.message) || form.dataset.lost);
    }
    return undefined;
  });

  function show(share) {
    bar.value = share;
    if (share >= 1) status.textContent = form.dataset.reading;
  }

  function refuse(words) {
    bar.hidden = true;
    status.textContent = "";
    refusal.firstElementChild.textContent = words;
    refusal.hidden = false;
    refusal.focus();
  }
}
