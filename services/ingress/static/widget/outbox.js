// Messages on their way out: one after the other, so that they arrive in the order in which they were written, and with the
// same id at each attempt, so that one which was accepted unnoticed is not said twice.

import { RequestRefused } from "./api.js";

const ATTEMPTS = 5;
const LONGEST_PAUSE = 30; // seconds that a message waits before somebody is asked to try again

export class Outbox {
  constructor(post, words) {
    Object.assign(this, { post, words });
    this.last = Promise.resolve();
  }

  send(id, text, told) {
    this.last = this.last.then(() => this.deliver(id, text, told));
    return this.last;
  }

  async deliver(id, text, told) {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.post(id, text);
        return told.onSent();
      } catch (error) {
        const pause = pauseAfter(error, attempt);
        if (pause === null || attempt === ATTEMPTS) {
          const again = isFinal(error) ? null : () => this.send(id, text, told);
          return told.onFailed(this.why(error), again);
        }
        told.onLater(pause);
        await new Promise((resolve) => setTimeout(resolve, pause * 1000));
      }
    }
  }

  why(error) {
    if (!(error instanceof RequestRefused)) return this.words.noConnection;
    return error.status >= 500 ? this.words.unavailable : error.message;
  }
}

// Seconds until the next attempt; null: only a person can tell whether to try again.
function pauseAfter(error, attempt) {
  if (isFinal(error)) return null;
  const pause = error.retryAfter || 2 ** (attempt - 1);
  return pause > LONGEST_PAUSE ? null : pause;
}

// The server has answered that this message will not do, whoever sends it how often.
function isFinal(error) {
  return error instanceof RequestRefused && error.status < 500 && error.status !== 429 && error.status !== 401;
}
