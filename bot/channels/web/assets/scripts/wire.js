// The way to the server: one message and its replies, what is open, and the stream of notices.

const REOPEN_MS = 30000; // after the server refused the stream, as while it restarts behind a proxy
const TIMEOUT_MS = { json: 30000, file: 300000 }; // a photo over a bad line: 600 kB at 3 kB/s

// Why a message was not answered: the server's sentence, if it sent one, and whether trying again can help.
class Unanswered extends Error {
  constructor(status, sentence, failed) {
    super(sentence || "");
    this.status = status;
    this.sentence = sentence || "";
    this.offline = status === 0;
    this.ours = failed === "crash"; // it may fail again: what comes after it need not wait
    this.final = status !== 0 && status < 500 && status !== 429;
  }
}

// The replies to my entry; its key is the message's id, so that sending it again does nothing twice.
function post(entry, file, progress) {
  const body = file ? withFile(entry, file) : JSON.stringify(Object.assign({ id: entry.key }, entry.body));
  return asked("POST", `/chat/messages?lang=${language}`, body, file ? TIMEOUT_MS.file : TIMEOUT_MS.json, progress);
}

// What waits for this person; asking changes nothing.
function whatIsOpen() {
  return asked("GET", `/chat/open?lang=${language}`, null, TIMEOUT_MS.json);
}

function leaveServer() {
  return asked("POST", "/chat/leave", null, TIMEOUT_MS.json);
}

function withFile(entry, file) {
  const body = new FormData();
  body.append("id", entry.key);
  body.append("file", file.content, file.name);
  return body;
}

// XMLHttpRequest and not fetch: it tells how much of a photo is sent, and ends in time on every phone.
// `told`: what of the answer is wanted.
function asked(method, address, body, timeout, progress, told) {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open(method, address);
    request.timeout = timeout;
    if (typeof body === "string") request.setRequestHeader("Content-Type", "application/json");
    if (progress) request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
    request.onload = () => answered(request, (answer) => done((told || repliesOf)(answer)), failed);
    request.onerror = request.ontimeout = request.onabort = () => failed(new Unanswered(0));
    request.send(body);
  });
}

function answered(request, done, failed) {
  const answer = stored(() => JSON.parse(request.responseText), null) || {};
  const fine = request.status >= 200 && request.status < 300;
  if (!fine) return failed(new Unanswered(request.status, answer.error, answer.failed));
  if (answer.idle_s) endsIdle(answer.idle_s);
  if (framed && answer.known === false) stranger();
  done(answer);
}

function repliesOf(answer) {
  return answer.replies || [];
}

// Receives notices while the page is seen: a browser opens only six connections to a site, over all its tabs.
function listen({ opened, received }) {
  if (typeof EventSource !== "function") return; // the next visit shows them
  let source = null;
  const close = () => {
    if (source) source.close();
    source = null;
  };
  const follow = () => {
    if (document.hidden) return close();
    if (source) return;
    source = new EventSource(`/chat/events?after=${seen()}`);
    source.onopen = opened;
    source.onmessage = (event) => received(JSON.parse(event.data).replies, event.lastEventId);
    source.onerror = () => {
      if (!source || source.readyState !== EventSource.CLOSED) return; // else the browser itself tries again
      close();
      setTimeout(follow, REOPEN_MS);
    };
  };
  document.addEventListener("visibilitychange", follow);
  follow();
}
