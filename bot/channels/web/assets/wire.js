// The way to the server: one message and its replies, and the stream of notices.

const REOPEN_MS = 30_000; // after the server refused the stream, as while it restarts behind a proxy
const TIMEOUT_MS = { json: 30_000, file: 180_000 };

// Why a message was not answered: the server's sentence, if it sent one, and whether trying again can help.
export class Unanswered extends Error {
  constructor(status, sentence = "") {
    super(sentence);
    this.offline = status === 0;
    this.final = status !== 0 && status < 500 && status !== 429;
  }
}

// The replies to my entry; its key is the message's id, so that sending it again does nothing twice.
export async function post(entry, file, language) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), file ? TIMEOUT_MS.file : TIMEOUT_MS.json);
  const request = { method: "POST", signal: stop.signal, ...(file ? withFile(entry, file) : withJson(entry)) };
  try {
    const response = await fetch(`/chat/messages?lang=${language}`, request).catch(() => null);
    if (!response) throw new Unanswered(0);
    const answer = await response.json().catch(() => ({}));
    if (!response.ok || !answer.replies) throw new Unanswered(response.ok ? 502 : response.status, answer.error);
    return answer.replies;
  } finally {
    clearTimeout(timer);
  }
}

// Receives notices while the page is seen: a browser opens only six connections to a site, over all its tabs.
export function listen({ opened, received, seen }) {
  let source = null;
  const close = () => {
    source?.close();
    source = null;
  };
  const follow = () => {
    if (document.hidden) return close();
    if (source) return;
    source = new EventSource(`/chat/events?after=${seen()}`);
    source.onopen = opened;
    source.onmessage = (event) => received(JSON.parse(event.data).replies, event.lastEventId);
    source.onerror = () => {
      if (source?.readyState !== EventSource.CLOSED) return; // else the browser itself tries again
      close();
      setTimeout(follow, REOPEN_MS);
    };
  };
  document.addEventListener("visibilitychange", follow);
  follow();
}

function withJson(entry) {
  const body = JSON.stringify({ id: entry.key, ...entry.body });
  return { body, headers: { "Content-Type": "application/json" } };
}

function withFile(entry, file) {
  const body = new FormData();
  body.append("id", entry.key);
  body.append("file", file);
  return { body };
}
