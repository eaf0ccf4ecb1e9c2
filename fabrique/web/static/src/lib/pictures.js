// A picture: chosen, described, then given to the session. None goes without its words.
import { newId } from "./chance.js";
import { LARGEST, UploadRefused, upload } from "./upload.js";

const WIDE = 384; // pixels of the glimpse one describes it from

export class Pictures {
  /** `give` does what the page does with a picture: (place, { src, small, alt }). */
  constructor(root, { announcer, media, give }) {
    Object.assign(this, { announcer, media, give });
    this.model = root.querySelector("template[data-picture-new]").content.firstElementChild;
    root.addEventListener("change", ({ target }) => this.chosen(target));
    root.addEventListener("click", ({ target }) => this.pressed(target));
  }

  async chosen(input) {
    const set = input.type === "file" && input.closest("[data-picture]");
    const [file] = set ? input.files : [];
    if (!file) return;
    input.value = ""; // so that the same file may be chosen again
    const form = this.open(set);
    if (file.size > LARGEST.picture) return void this.fail(form, form.dataset.large);
    glimpse(file, form.querySelector("canvas"));
    await this.send(form, file);
  }

  /** A form of its own, which the words of the picture that is there are copied into. */
  open(set) {
    this.close(set);
    const form = this.model.cloneNode(true);
    set.querySelector("[data-new]").append(form);
    const words = form.querySelector("textarea");
    words.value = set.querySelector("[data-path]")?.value ?? "";
    words.focus();
    return form;
  }

  async send(form, file) {
    const stop = new AbortController();
    form.stop = () => stop.abort();
    const bar = form.querySelector("progress");
    const progress = (share) => {
      bar.value = share;
    };
    try {
      form.found = await upload(file, { media: this.media, progress, signal: stop.signal });
      bar.hidden = true;
      if (form.wanted) this.put(form);
    } catch (error) {
      if (error instanceof UploadRefused) this.fail(form, error.message || form.dataset.lost);
      else if (error.name !== "AbortError") throw error;
    }
  }

  pressed(target) {
    const button = target.closest("[data-picture-put], [data-picture-leave]");
    const form = button?.closest("[data-picture-form]");
    if (!form) return;
    if ("picturePut" in button.dataset) this.put(form);
    else this.leave(form.closest("[data-picture]"));
  }

  /** Show it, as soon as it is whole and has its words. */
  put(form) {
    const words = form.querySelector("textarea");
    const alt = words.value.trim();
    complain(words, alt ? "" : form.dataset.missing);
    if (!alt) return void words.focus();
    form.wanted = true;
    if (!form.found) return void this.announcer.say(form.dataset.sending);
    const set = form.closest("[data-picture]");
    const { src, small = null } = form.found;
    this.give(set, { src, small, alt });
    return void this.leave(set);
  }

  fail(form, text) {
    form.stop?.();
    const told = form.querySelector("[data-told]");
    told.textContent = text;
    told.hidden = false;
    for (const part of form.querySelectorAll(":scope > :not([data-told], .acts)")) part.hidden = true;
    form.querySelector("[data-picture-put]").hidden = true;
    form.querySelector("[data-picture-leave]").focus();
    this.announcer.say(text);
  }

  leave(set) {
    this.close(set);
    set.querySelector("input[type=file]").focus();
  }

  close(set) {
    const form = set.querySelector("[data-picture-form]");
    form?.stop?.();
    form?.remove();
  }
}

/** Draw what was chosen, where this browser can; the words do not need it. */
async function glimpse(file, canvas) {
  try {
    const picture = await createImageBitmap(file);
    canvas.width = Math.min(WIDE, picture.width);
    canvas.height = Math.round((picture.height * canvas.width) / picture.width);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    canvas.hidden = false;
  } catch {
    canvas.remove();
  }
}

function complain(control, text) {
  const place = control.closest("label").nextElementSibling;
  place.id ||= `picture-wrong-${newId()}`;
  control.setAttribute("aria-describedby", place.id);
  place.textContent = text;
  place.hidden = !text;
  if (text) control.setAttribute("aria-invalid", "true");
  else control.removeAttribute("aria-invalid");
}
