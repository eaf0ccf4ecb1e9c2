// <add-slides>: choose a presentation, see it on its way, hear what became of it.
// The server writes what is inside (parts/add-slides.html), in the language of the page.
import { LARGEST, UploadRefused, follow, giveUp, upload } from "./upload.js";

export class AddSlides extends HTMLElement {
  connectedCallback() {
    this.media = this.dataset.media;
    this.input = this.querySelector("input[type=file]");
    this.list = this.querySelector("[data-list]");
    this.model = this.querySelector("template").content.firstElementChild;
    this.input.addEventListener("change", () => this.choose());
    this.addEventListener("click", (event) => this.click(event));
    this.watch();
  }

  async choose() {
    const [file] = this.input.files;
    this.input.value = ""; // so that the same file may be chosen again
    if (!file) return;
    const line = this.line("", file.name);
    if (file.size > LARGEST.slides) return this.end(line, this.dataset.large);
    const stop = new AbortController();
    line.stop = () => stop.abort();
    try {
      await upload(file, {
        media: this.media,
        as: "slides",
        signal: stop.signal,
        progress: (share) => this.show(line, share, this.say("sending", megabytes(share, file.size))),
      });
      line.remove();
      this.watch();
    } catch (error) {
      if (error instanceof UploadRefused) this.end(line, error.message || this.dataset.lost);
      else line.remove();
    }
    return undefined;
  }

  /** Ask how far all are, one question at a time. */
  async watch() {
    if (this.watching) {
      this.again = true;
      return;
    }
    this.watching = true;
    do {
      this.again = false;
      await follow(this.media, (jobs) => jobs && this.update(jobs));
    } while (this.again);
    this.watching = false;
  }

  update(jobs) {
    const known = new Set(jobs.map(({ job }) => job));
    for (const line of this.list.querySelectorAll("[data-job]")) {
      if (!known.has(line.dataset.job)) line.remove();
    }
    for (const job of jobs) {
      const line = this.list.querySelector(`[data-job="${job.job}"]`) ?? this.line(job.job, job.title);
      const { page, pages, title } = job;
      if (job.state === "refused") this.end(line, job.text);
      else if (job.state === "done") this.end(line, this.say("done", { title }), true);
      else this.show(line, pages ? (page - 1) / pages : null, this.say(job.state, { page, pages }));
    }
  }

  line(job, title) {
    const line = this.model.cloneNode(true);
    if (job) line.dataset.job = job;
    line.querySelector("[data-title]").textContent = title;
    this.list.append(line);
    return line;
  }

  show(line, share, words) {
    const bar = line.querySelector("progress");
    if (share === null) bar.removeAttribute("value");
    else bar.value = share;
    line.querySelector("[data-told]").textContent = words;
  }

  end(line, words, well = false) {
    if (line.dataset.end) return;
    line.dataset.end = well ? "done" : "refused";
    line.querySelector("progress").hidden = true;
    line.querySelector("[data-told]").textContent = words;
    line.querySelector("button").textContent = this.dataset.close;
    this.querySelector("[role=status]").textContent = words;
  }

  click(event) {
    const button = event.target.closest("[data-stop]");
    if (!button) return;
    const line = button.closest("li");
    line.stop?.();
    line.remove();
    if (line.dataset.job) giveUp(this.media, line.dataset.job);
    this.input.focus();
  }

  say(key, values) {
    return this.dataset[key].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  }
}

function megabytes(share, bytes) {
  const written = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
  return { sent: written.format((share * bytes) / 2 ** 20), size: written.format(bytes / 2 ** 20) };
}
