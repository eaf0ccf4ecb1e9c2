// What was recorded and is not on the server yet, kept by the browser: it survives a page that is
// closed, a phone that dies. Each piece says after how many bytes of the recording it stands.
const NAME = "fabrique-recordings";

function opened() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("pieces", { keyPath: ["of", "at"] });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function doing(mode, act) {
  const base = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const work = base.transaction("pieces", mode);
      const asked = act(work.objectStore("pieces"));
      work.oncomplete = () => resolve(asked?.result);
      work.onabort = work.onerror = () => reject(work.error);
    });
  } finally {
    base.close();
  }
}

const range = (of, to = Infinity) => IDBKeyRange.bound([of, 0], [of, to]);

export function keep(piece) {
  return doing("readwrite", (store) => store.put(piece));
}

export async function kept(of) {
  return (await doing("readonly", (store) => store.getAll(range(of)))) ?? [];
}

export function drop(of, at) {
  return doing("readwrite", (store) => store.delete([of, at]));
}
