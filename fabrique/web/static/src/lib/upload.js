// Sending a file to the session: pictures for a step, presentations for the big screen.
//
//   import { upload, UploadRefused } from "./upload.js";
//   const found = await upload(file, { media, as: "picture", progress: (share) => …, signal });
//
// `media`     where to send: "/s/CODE/media", which a page writes as `{% url "session" code %}media`.
// `as`        "picture" or "slides".
// `progress`  called with a share from 0 to 1, then with 1 while the server makes it fit.
// `signal`    an AbortSignal: what was sent so far is thrown away.
//
// A picture gives `{ src, small?, width, height }`: put `{ src, small, alt }` as the `image` of a
// step or of a question, in `order.edit` or `order.add`. The alternative is for a person to write.
// A presentation gives `{ job }`: the step is added by the server once all is drawn; `follow` tells
// how far it is.
//
// Refusals are `UploadRefused`, whose `message` is a sentence in the language of the page; it is ""
// where the line, not the server, said no.

export class UploadRefused extends Error {}

export const LARGEST = { picture: 5 * 2 ** 20, slides: 60 * 2 ** 20 };
export const ACCEPTED = {
  picture: "image/png,image/jpeg,image/webp",
  slides: ".pdf,.pptx,.odp,application/pdf",
};

const OFTEN = 700; // milliseconds between two questions about a presentation

export function upload(file, { media, as = "picture", progress = () => {}, signal = null }) {
  const query = new URLSearchParams({ as, name: file.name ?? "" });
  return send(file, `${media}?${query}`, progress, signal);
}

/** Send the bytes of a file to an address of ours; give what it answers. */
export function send(file, address, progress, signal = null) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest(); // the only one that tells how much was sent
    request.open("POST", address);
    request.setRequestHeader("Accept-Language", document.documentElement.lang);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.onprogress = (event) =>
      progress(event.lengthComputable ? event.loaded / event.total : 0);
    request.onload = () => {
      const said = read(request.responseText);
      if (request.status < 300) resolve(said);
      else reject(new UploadRefused(said.error ?? ""));
    };
    request.onerror = () => reject(new UploadRefused(""));
    request.onabort = () => reject(new DOMException("", "AbortError"));
    signal?.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}

/** Tell `heard` about every presentation of the session until none is under way. */
export async function follow(media, heard) {
  for (;;) {
    const jobs = await asked(media, "GET");
    heard(jobs?.jobs ?? null);
    const under = jobs === null || jobs.jobs.some((job) => !["done", "refused"].includes(job.state));
    if (!under) return;
    await new Promise((resolve) => setTimeout(resolve, OFTEN));
  }
}

/** Give a presentation up, or forget how it went. */
export function giveUp(media, job) {
  return asked(`${media}?${new URLSearchParams({ job })}`, "DELETE");
}

/** Ask; null where the line is down. */
async function asked(address, method) {
  const headers = { "Accept-Language": document.documentElement.lang };
  try {
    const answer = await fetch(address, { method, headers });
    return answer.ok ? await answer.json() : { jobs: [] };
  } catch {
    return null;
  }
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
