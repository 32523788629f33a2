// Server-sent events over fetch: EventSource can neither tell why it failed nor resume from an id that was kept.
// Source of the format: https://html.spec.whatwg.org/multipage/server-sent-events.html

const LONGEST_PAUSE = 15_000; // ms between attempts to reconnect
const SILENCE = 45_000; // ms; heartbeats come three times as often, so a silent stream is a dead one

export class EventStream {
  constructor(api, conversation, lastId, { onEvent, onState }) {
    Object.assign(this, { api, conversation, lastId, onEvent, onState });
    this.attempts = 0;
    this.run();
  }

  close() {
    this.closed = true;
    this.controller?.abort();
  }

  async run() {
    while (!this.closed) {
      try {
        await this.read();
      } catch {
        // a cut, a restart, or a page that sleeps: come again
      }
      if (this.closed) return;
      this.attempts += 1;
      if (this.attempts > 1) this.onState(false);
      const pause = Math.min(300 * 2 ** (this.attempts - 1), LONGEST_PAUSE);
      await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + Math.random() / 2)));
    }
  }

  async read() {
    this.controller = new AbortController();
    const answer = await this.api.events(this.conversation, this.lastId, this.controller.signal);
    if (!answer.ok) {
      if (answer.status === 401) await this.api.signIn();
      throw new Error(String(answer.status));
    }
    this.attempts = 0;
    this.onState(true);
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let buffer = "";
    for (;;) {
      const silent = setTimeout(() => this.controller.abort(), SILENCE);
      const { done, value } = await reader.read().finally(() => clearTimeout(silent));
      if (done) return;
      buffer += value.replace(/\r\n?/g, "\n");
      const frames = buffer.split("\n\n");
      buffer = frames.pop();
      for (const frame of frames) this.frame(frame);
    }
  }

  frame(text) {
    let name = "message";
    let id;
    const data = [];
    for (const line of text.split("\n")) {
      const at = line.indexOf(":");
      if (at === 0) continue; // a heartbeat
      const field = at < 0 ? line : line.slice(0, at);
      const value = at < 0 ? "" : line.slice(at + 1).replace(/^ /, "");
      if (field === "event") name = value;
      else if (field === "id") id = value;
      else if (field === "data") data.push(value);
    }
    if (id !== undefined) this.lastId = id;
    if (data.length) this.onEvent(name, JSON.parse(data.join("\n")));
  }
}
