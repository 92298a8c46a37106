{#
  Runs in the reader's browser beside the pages, only to have an answer when the connection is gone. Takes `shelf`, the
  name of what it keeps, and `files`, the addresses of that. It keeps no page that a reader has read: where the browser
  has one in its own memory, that is shown.
#}
const shelf = {{ shelf | tojson }};
const files = {{ files | tojson }};

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(caches.open(shelf).then((kept) => kept.addAll(files)));
});

addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([registration.navigationPreload?.enable(), forgetOthers()]));
});

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate" && request.method === "GET") event.respondWith(page(event));
  else if (files.includes(new URL(request.url).pathname)) event.respondWith(kept(request));
});

async function forgetOthers() {
  const others = (await caches.keys()).filter((name) => name !== shelf);
  await Promise.all(others.map((name) => caches.delete(name)));
}

async function page({ request, preloadResponse }) {
  try {
    return (await preloadResponse) || (await fetch(request));
  } catch {
    const remembered = fetch(request.url, { cache: "only-if-cached", mode: "same-origin" });
    return remembered.catch(() => caches.match(files[0]));
  }
}

async function kept(request) {
  return (await caches.match(request.url)) || fetch(request);
}
