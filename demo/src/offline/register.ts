// Registers the service worker, and tells when the page can do without a network.

/**
 * @returns true once every file of the page is kept; false where the browser has no service workers or the files could not be kept
 */
export async function prepareOffline(): Promise<boolean> {
  // The development server has no built worker to register.
  if (import.meta.env.DEV || !("serviceWorker" in navigator)) return false;
  try {
    await navigator.serviceWorker.register("./service_worker.js", { scope: "./" });
    await navigator.serviceWorker.ready;
    return true;
  } catch {
    return false;
  }
}
