// What this device keeps: a Storage that never throws, and remembers in memory when it must.
export class Store {
  constructor(prefix) {
    this.prefix = prefix;
    this.memory = new Map();
  }

  get(key) {
    let text = this.memory.get(key);
    try {
      text = localStorage.getItem(this.prefix + key) ?? text;
    } catch {
      // Private windows may refuse: the memory of this page is all there is.
    }
    return text === undefined ? null : JSON.parse(text);
  }

  set(key, value) {
    const text = JSON.stringify(value);
    this.memory.set(key, text);
    try {
      localStorage.setItem(this.prefix + key, text);
      this.memory.delete(key);
      return true;
    } catch {
      return false;
    }
  }

  remove(key) {
    this.memory.delete(key);
    try {
      localStorage.removeItem(this.prefix + key);
    } catch {
      // Nothing was kept there.
    }
  }

  keys() {
    const found = new Set(this.memory.keys());
    try {
      for (let i = 0; i < localStorage.length; i += 1) {
        const key = localStorage.key(i);
        if (key.startsWith(this.prefix)) found.add(key.slice(this.prefix.length));
      }
    } catch {
      // The same.
    }
    return [...found].sort();
  }

  /** Call `heard` when another tab of this device changes what is kept. */
  listen(heard) {
    addEventListener("storage", (event) => {
      if (event.key === null || event.key.startsWith(this.prefix)) heard();
    });
  }
}
