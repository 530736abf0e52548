// Registers the service worker; a newer build takes over at the next start, never under somebody's hands.
export function startWorker(): void {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return
  const wasControlled = navigator.serviceWorker.controller !== null
  let isReloading = false
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (!wasControlled || isReloading) return
    isReloading = true
    location.reload()
  })
  void navigator.serviceWorker.register('/field/worker.js', { scope: '/field/' }).then((registration) => {
    if (wasControlled) registration.waiting?.postMessage('take over')
  }).catch(() => undefined)
}
