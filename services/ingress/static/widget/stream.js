// Server-sent events over fetch: EventSource can neither tell why it failed nor resume from an id that was kept.
// Source of the format: https://html.spec.whatwg.org/multipage/server-sent-events.html

const FIRST_PAUSE = 300; // ms between attempts to reconnect
const LONGEST_PAUSE = 15_000;
const SILENCE = 45_000; // ms; heartbeats come three times as often, so a silent stream is a dead one
const UNNOTICED = 2; // attempts before the reader is told

export class EventStream {
  constructor(api, conversation, lastId, { onEvent, onState, onLost }) {
    Object.assign(this, { api, conversation, lastId, onEvent, onState, onLost });
    this.attempts = 0;
    this.retryAfter = 0; // ms, as the server asked
    this.wake = () => this.resume?.();
    addEventListener("online", this.wake);
    document.addEventListener("visibilitychange", this.wake);
    this.run();
  }

  close() {
    this.closed = true;
    this.controller?.abort();
    removeEventListener("online", this.wake);
    document.removeEventListener("visibilitychange", this.wake);
    this.resume?.();
  }

  async run() {
    while (!this.closed) {
      try {
        await this.read();
      } catch {
        // a cut, a restart, or a page that slept: come again
      }
      if (this.closed) return;
      this.attempts += 1;
      if (this.attempts > UNNOTICED) this.onState(false);
      await this.pause();
    }
  }

  async pause() {
    const backoff = Math.min(FIRST_PAUSE * 2 ** (this.attempts - 1), LONGEST_PAUSE) * (0.5 + Math.random() / 2);
    const pause = Math.max(backoff, this.retryAfter);
    this.retryAfter = 0;
    await new Promise((resolve) => {
      const timer = setTimeout(resolve, pause);
      this.resume = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.resume = undefined;
  }

  async read() {
    this.controller = new AbortController();
    const answer = await this.api.events(this.conversation, this.lastId, this.controller.signal);
    if (answer.status === 404) {
      this.close();
      return this.onLost();
    }
    if (!answer.ok) {
      this.retryAfter = (Number(answer.headers.get("Retry-After")) || 0) * 1000;
      throw new Error(String(answer.status));
    }
    this.attempts = 0;
    this.onState(true);
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let buffer = "";
    while (!this.closed) {
      const silent = setTimeout(() => this.controller.abort(), SILENCE);
      const { done, value } = await reader.read().finally(() => clearTimeout(silent));
      if (done) return undefined;
      buffer += value.replaceAll("\r\n", "\n");
      const frames = buffer.split("\n\n");
      buffer = frames.pop();
      for (const frame of frames) if (!this.closed) this.frame(frame);
    }
    return undefined;
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
      else if (field === "retry") this.retryAfter = Number(value) || 0;
    }
    if (id !== undefined) this.lastId = id;
    if (data.length) this.event(name, JSON.parse(data.join("\n")));
  }

  event(name, data) {
    if (name !== "error") return this.onEvent(name, data);
    this.retryAfter = (data.retry_after ?? 0) * 1000;
    this.controller.abort(); // the server says that it cannot go on; a session that has run out is begun anew on the way
    return undefined;
  }
}
