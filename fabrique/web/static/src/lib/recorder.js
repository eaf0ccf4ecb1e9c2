// Recording with the microphone of this device: in small pieces, sent as they come. A pause ends a
// part; going on begins another, with its own moment on the clock of the session.
import { Sender } from "./sender.js";

const SLICE = 3000; // milliseconds of a piece
const BITS = 64000; // a second
const FORMS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
const REFUSALS = { NotAllowedError: "denied", SecurityError: "denied", NotFoundError: "absent", OverconstrainedError: "absent" };

export function followRecorder(box) {
  const node = box.querySelector("[data-recorder]");
  if (node && window.MediaRecorder && navigator.mediaDevices && window.indexedDB) {
    new Desk(box, node).begin();
  }
}

class Desk {
  constructor(box, node) {
    Object.assign(this, { box, node, form: box.querySelector("[data-announce]"), seconds: 0 });
    this.on("record", () => this.announce());
    this.on("pause", () => this.pause());
    this.on("resume", () => this.go());
    this.on("end", () => this.end());
    addEventListener("beforeunload", (event) => {
      if (this.recorder || this.sender?.waiting) event.preventDefault();
    });
    document.addEventListener("visibilitychange", () => this.wake());
    setInterval(() => this.tick(), 200);
  }

  on(name, act) {
    this.node.querySelector(`[data-${name}]`).addEventListener("click", act);
  }

  begin() {
    this.node.hidden = false;
    this.show("record");
    if (this.node.dataset.id) {
      this.show("resume", "end");
      this.say("found");
      this.sending(this.node.dataset.id).then(() => this.sender.ended && this.ended());
    }
  }

  show(...names) {
    for (const name of ["record", "pause", "resume", "end"]) {
      this.node.querySelector(`[data-${name}]`).hidden = !names.includes(name);
    }
  }

  say(what) {
    this.node.dataset.now = what;
    this.node.querySelector("[data-state]").textContent = this.node.dataset[what];
  }

  /** Whoever records says how people were told, first; then the browser asks for the microphone. */
  async announce() {
    const file = this.form.querySelector("[data-file]");
    file.required = false;
    const good = this.form.reportValidity();
    file.required = true;
    if (!good || !(await this.listen())) return;
    const given = new FormData(this.form);
    given.set("do", "record");
    const answer = await fetch(location.pathname, { method: "POST", body: given }).catch(() => null);
    const told = answer?.ok ? await (await fetch(`${this.box.dataset.here}.json`)).json() : null;
    if (!told?.id) {
      this.say("refused");
      this.deaf();
      return;
    }
    for (const one of [this.form, ...this.box.querySelectorAll("[data-before]")]) one.hidden = true;
    await this.sending(told.id);
    this.go();
  }

  async listen() {
    if (this.stream?.active) return true;
    this.say("asking");
    const audio = { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: true };
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ audio });
    } catch (error) {
      this.say(REFUSALS[error.name] ?? "busy");
      return false;
    }
    this.stream.getAudioTracks()[0].addEventListener("ended", () => this.unplugged());
    this.hear();
    return true;
  }

  async sending(id) {
    const tell = (what) => this.told(what);
    this.sender = new Sender(id, this.box.dataset.here, tell);
    await this.sender.find();
  }

  async go() {
    if (!(await this.listen())) return;
    const mimeType = FORMS.find((one) => MediaRecorder.isTypeSupported(one));
    this.recorder = new MediaRecorder(this.stream, { mimeType, audioBitsPerSecond: BITS });
    let began = Date.now();
    this.since = began;
    this.recorder.addEventListener("dataavailable", (event) => {
      if (event.data.size) {
        this.sender.add(event.data, began);
        began = 0;
      }
    });
    this.recorder.start(SLICE);
    this.say("recording");
    this.show("pause", "end");
    this.wake();
  }

  /** Stop the part; its last piece comes before this does. */
  stop() {
    const recorder = this.recorder;
    this.recorder = null;
    this.seconds += this.since ? (Date.now() - this.since) / 1000 : 0;
    this.since = 0;
    if (!recorder || recorder.state === "inactive") return Promise.resolve();
    return new Promise((resolve) => {
      recorder.addEventListener("stop", () => resolve());
      recorder.stop();
    });
  }

  async pause() {
    await this.stop();
    this.say("paused");
    this.show("resume", "end");
    this.lock?.release?.();
  }

  async unplugged() {
    await this.stop();
    this.stream = null;
    this.say("unplugged");
    this.show("resume", "end");
  }

  async end() {
    await this.stop();
    this.deaf();
    this.sender.end();
    this.ended();
  }

  ended() {
    this.show();
    this.say("ending");
  }

  deaf() {
    this.stream?.getTracks().forEach((one) => one.stop());
    this.stream = null;
  }

  told(what) {
    if (what === "arrived") {
      this.say("arrived");
      this.node.querySelector("[data-line]").textContent = "";
      this.node.dispatchEvent(new CustomEvent("arrived", { bubbles: true }));
      return;
    }
    const line = this.node.querySelector("[data-line]");
    const same = ["line", "full", "barred"].includes(line.dataset.now) && what === "sending";
    if (!same && this.node.dataset[what]) {
      line.textContent = this.node.dataset[what];
      line.dataset.now = what;
    }
    if (what === "sent") line.dataset.now = "";
  }

  async wake() {
    if (this.recorder && document.visibilityState === "visible") {
      this.lock = await navigator.wakeLock?.request("screen").catch(() => null);
    }
  }

  /** The level that is heard: whoever records sees that something is. */
  hear() {
    this.sound?.close();
    this.sound = new AudioContext();
    this.ear = this.sound.createAnalyser();
    this.sound.createMediaStreamSource(this.stream).connect(this.ear);
  }

  tick() {
    const whole = Math.floor(this.seconds + (this.since ? (Date.now() - this.since) / 1000 : 0));
    const [minutes, seconds] = [Math.floor(whole / 60), String(whole % 60).padStart(2, "0")];
    this.node.querySelector("[data-clock]").textContent = `${minutes}:${seconds}`;
    if (!this.recorder || !this.ear) return;
    const samples = new Float32Array(this.ear.fftSize);
    this.ear.getFloatTimeDomainData(samples);
    const loud = Math.min(1, Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length) * 6);
    this.node.querySelector("[data-level]").style.setProperty("inline-size", `${Math.round(loud * 100)}%`);
  }
}
