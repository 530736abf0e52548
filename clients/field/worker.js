// The service worker: keeps the app itself on the phone, so that it opens in a basement. Data is none of its business.
const FILES = __FILES__
const CACHE = 'trunnion-field-__VERSION__'
const PAGE = '/field/'

async function keep() {
  const cache = await caches.open(CACHE)
  await cache.addAll(FILES)
  // The page's own version, not one that some cache on the way still holds.
  const page = await fetch(PAGE, { cache: 'reload', credentials: 'same-origin' })
  if (!page.ok || page.redirected) throw new Error(`the page answered ${page.status}`)
  await cache.put(PAGE, page)
}

async function forgetOlder() {
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name.startsWith('trunnion-field-') && name !== CACHE).map((name) => caches.delete(name)))
  await self.clients.claim()
}

/** Page and files are of one build: what is kept comes first, the network only for what is not. */
async function kept(request, name) {
  const cache = await caches.open(CACHE)
  return (await cache.match(name, { ignoreVary: true })) ?? fetch(request)
}

self.addEventListener('install', (event) => event.waitUntil(keep()))
self.addEventListener('activate', (event) => event.waitUntil(forgetOlder()))
self.addEventListener('message', (event) => {
  if (event.data === 'take over') void self.skipWaiting()
})
self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin) return
  if (request.mode === 'navigate' && url.pathname.startsWith(PAGE)) event.respondWith(kept(request, PAGE))
  else if (url.pathname.startsWith('/static/field/')) event.respondWith(kept(request, request))
})
