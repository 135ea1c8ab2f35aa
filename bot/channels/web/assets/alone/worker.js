// Works while the page is closed: shows that there is news, and says so when there is no network. Keeps nothing.
// `settings`: the texts, and the page of the sentence.

const HEADERS = {
  "Content-Type": "text/html; charset=utf-8",
  "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'", // its few lines of style
};

function told(event) {
  try {
    return event.data.json();
  } catch (error) {
    return {}; // there is news all the same
  }
}

function shown(news) {
  const options = { body: news.body || settings.news, lang: news.lang, icon: settings.icon, tag: "news", renotify: true };
  return registration.showNotification(news.title || settings.name, options);
}

// The page that is open, or a new one: it shows what came.
function openPage() {
  return clients.matchAll({ type: "window" }).then((pages) => {
    const page = pages.find((one) => ["/", "/chat"].indexOf(new URL(one.url).pathname) >= 0);
    return page ? page.focus() : clients.openWindow("/");
  });
}

self.addEventListener("push", (event) => event.waitUntil(shown(told(event))));
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(openPage());
});
self.addEventListener("fetch", (event) => {
  if (event.request.mode !== "navigate") return;
  event.respondWith(fetch(event.request).catch(() => new Response(settings.offline, { status: 503, headers: HEADERS })));
});
