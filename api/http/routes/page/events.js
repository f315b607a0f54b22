// Server-sent events read from a response, since a browser's own EventSource sends no key.

import { request } from "./api.js";

export async function* events(path, signal) {
  const response = await request(path, { headers: { Accept: "text/event-stream" }, signal });
  let rest = "";
  for await (const text of pieces(response.body.pipeThrough(new TextDecoderStream()))) {
    const parts = (rest + text).replaceAll("\r\n", "\n").split("\n\n");
    rest = parts.pop();
    for (const part of parts) {
      const event = parsed(part);
      if (event) yield event;
    }
  }
}

async function* pieces(stream) {
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

function parsed(part) {
  const fields = part.split("\n").map((line) => line.match(/^(event|data): ?(.*)$/u)).filter(Boolean);
  const data = fields.filter(([, name]) => name === "data").map(([, , value]) => value).join("\n");
  return data ? { name: fields.find(([, name]) => name === "event")?.[2] ?? "message", data: JSON.parse(data) } : null;
}
