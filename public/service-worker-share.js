// What the service worker does besides keeping the app (workbox.importScripts in vite.config.ts): it takes
// what other apps share with this one, and the clicks on notifications. The page reads what is put aside here
// (src/page/stores/device/shared.ts).

const cacheName = "shared-with-the-app";

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "POST" || request.url !== new URL("share", self.registration.scope).href) return;
  event.respondWith(
    putAside(request).then(
      () => toApp("?shared"),
      () => toApp("?shared=failed"), // no room, as a rule
    ),
  );
});

async function putAside(request) {
  const scope = self.registration.scope;
  const form = await request.formData();
  await caches.delete(cacheName);
  const cache = await caches.open(cacheName);
  const texts = Object.fromEntries(
    ["title", "text", "url"].map((name) => [name, String(form.get(name) ?? "")]),
  );
  await cache.put(new URL("shared/text", scope), Response.json(texts));
  const files = form.getAll("files").filter((file) => typeof file !== "string");
  for (const [i, file] of files.entries()) {
    const headers = {
      "Content-Type": file.type || "application/octet-stream",
      "X-File-Name": encodeURIComponent(file.name),
    };
    await cache.put(new URL(`shared/${i}`, scope), new Response(file, { headers }));
  }
}

const toApp = (search) => Response.redirect(new URL(`./${search}`, self.registration.scope), 303);

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(
    self.clients.matchAll({ type: "window", includeUncontrolled: true }).then(([client]) => client?.focus()),
  );
});
