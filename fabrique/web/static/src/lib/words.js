// Our sentences in the reader's language, written by the server into the page.
const page = document.querySelector("[data-words]");
const sentences = page ? JSON.parse(page.dataset.words) : {};
const plural = new Intl.PluralRules(document.documentElement.lang || "fr");

/** Say a sentence; `values.n` chooses between singular and plural where there are both. */
export function say(key, values = {}) {
  const found = sentences[key] ?? key;
  const one = Array.isArray(found) ? found[plural.select(values.n) === "one" ? 0 : 1] : found;
  return one.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
