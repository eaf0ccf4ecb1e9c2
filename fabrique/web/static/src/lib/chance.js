// Ids, and orders that differ from one person to the next but not from one moment to the next.

/** A new id for an act; `randomUUID` does not exist on plain http. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A number of 32 bits that looks drawn at random from the text (FNV-1a, then mixed). */
export function hash(text) {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  }
  h = Math.imul(h ^ (h >>> 16), 0x45d9f3b);
  h = Math.imul(h ^ (h >>> 13), 0x3335b369);
  return (h ^ (h >>> 16)) >>> 0;
}

/** `items` in an order that depends on `seed` alone. */
export function shuffled(items, seed) {
  return items
    .map((item, index) => [hash(`${seed}/${index}`), item])
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);
}
