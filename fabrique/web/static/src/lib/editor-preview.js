// What a step will look like on the big screen and on a phone, as the server draws it.
import { Idiomorph } from "idiomorph";

const SIZE = { stage: [1280, 720], phone: [390, 760] };

export class Preview {
  constructor(root, code) {
    this.frames = [...root.querySelectorAll("[data-preview]")];
    this.path = `/s/${encodeURIComponent(code)}/preview`;
    this.step = "";
    new ResizeObserver(() => this.fit()).observe(root.querySelector(".studio-preview"));
    for (const frame of this.frames) [frame.width, frame.height] = SIZE[frame.dataset.preview];
  }

  get shown() {
    return this.frames.filter((frame) => frame.offsetParent);
  }

  show(step) {
    this.step = step;
    for (const frame of this.shown) {
      const address = step ? this.address(frame) : "about:blank";
      if (frame.dataset.at !== address) frame.contentWindow.location.replace(address);
      frame.dataset.at = address;
    }
    this.fit();
  }

  address(frame) {
    const query = new URLSearchParams({ step: this.step, screen: frame.dataset.preview });
    return `${this.path}?${query}`;
  }

  /** Draw again without a flash: what is the same stays where it is. */
  async refresh() {
    if (!this.step) return;
    this.show(this.step);
    for (const frame of this.shown) {
      const address = this.address(frame);
      const answer = await fetch(address, { cache: "no-store" }).catch(() => null);
      if (!answer?.ok || this.address(frame) !== address) continue;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      const page = frame.contentDocument;
      if (page?.readyState === "complete" && page.body.className === fresh.body.className) {
        Idiomorph.morph(page.body, fresh.body, { morphStyle: "innerHTML" });
      }
    }
  }

  fit() {
    for (const frame of this.shown) {
      const [width, height] = SIZE[frame.dataset.preview];
      const scale = frame.parentElement.clientWidth / width;
      frame.style.transform = `scale(${scale})`;
      frame.parentElement.style.height = `${height * scale}px`;
    }
  }
}
