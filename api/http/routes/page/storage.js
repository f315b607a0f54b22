// What this browser keeps, and no server sees. Where storage is shut, all of it lasts as long as the page.

const PREFIX = "evqa-";
const memory = new Map();

export function kept(name, otherwise) {
  try {
    const text = localStorage.getItem(PREFIX + name);
    return text === null ? memory.get(name) ?? otherwise : JSON.parse(text);
  } catch {
    // Shut, or written by something else: as if nothing had been kept.
    return memory.get(name) ?? otherwise;
  }
}

export function keep(name, value) {
  memory.set(name, value);
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // Shut or full: it lasts as long as the page.
  }
}
