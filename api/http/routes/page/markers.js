// Reference markers as a sentence prints them: "(26)", "[11–13, 15]". Superscripts and authors with a year aren't told.

const MARKER = /[([]\s*\d{1,4}(?:\s*[-–—‐−,;]\s*\d{1,4})*\s*[)\]]/gu;

// The sentence in parts. A part with `numbers` is a marker: all that it says are references of the sentence.
export function parted(text, references) {
  const parts = [];
  let from = 0;
  for (const found of text.matchAll(MARKER)) {
    const numbers = numbersOf(found[0]);
    if (!numbers.length || !numbers.every((each) => references.includes(each))) continue;
    if (found.index > from) parts.push({ text: text.slice(from, found.index) });
    parts.push({ text: found[0], numbers });
    from = found.index + found[0].length;
  }
  return from < text.length ? [...parts, { text: text.slice(from) }] : parts;
}

function numbersOf(marker) {
  return marker.slice(1, -1).split(/[,;]/u).flatMap((part) => {
    const [first, last = first] = part.split(/[-–—‐−]/u).map(Number);
    return last < first || last - first > 40 ? [NaN] : Array.from({ length: last - first + 1 }, (_, step) => first + step);
  });
}
