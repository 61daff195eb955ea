// A page's way to the suite in the workers that it starts, and what its policy has to say. Each worker is sent the options
// and a port to answer on.

const violated = [];
addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
  violated.push(`${effectiveDirective} ${blockedURI}`);
});

/** What the page's policy has forbidden so far; such an event comes a little later than what it tells of. */
export async function violations() {
  await new Promise((resolve) => setTimeout(resolve, 100));
  return violated;
}

export async function worker(script, type, options) {
  const worker = new Worker(script, { type });
  try {
    return await ask(worker, options);
  } finally {
    worker.terminate();
  }
}

export function sharedWorker(script, type, options) {
  const shared = new SharedWorker(script, { type });
  shared.port.start();
  return ask(shared, options, shared.port);
}

export async function serviceWorker(script, type, options) {
  const registration = await activeServiceWorker(script, type);
  try {
    return await ask(registration.active, options);
  } finally {
    await registration.unregister();
  }
}

/** The suite as the answer to a request of the page's. */
export async function serviceWorkerFetch(script, type) {
  const registration = await activeServiceWorker(script, type);
  try {
    const response = await fetch("/answered-by-the-service-worker");
    if (!response.ok) throw new Error(await response.text());
    return await response.json();
  } finally {
    await registration.unregister();
  }
}

/** Registers a service worker and waits until it has taken control of the page. */
export async function activeServiceWorker(script, type) {
  const { serviceWorker } = navigator;
  const registration = await serviceWorker.register(script, { type });
  if (!serviceWorker.controller) {
    await new Promise((resolve) => serviceWorker.addEventListener("controllerchange", resolve, { once: true }));
  }
  // In Firefox the registration may hear of it a moment later.
  while (!registration.active) await new Promise((resolve) => setTimeout(resolve, 10));
  return registration;
}

function ask(target, options, port = target) {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve, reject) => {
    port1.onmessage = ({ data }) => ("error" in data ? reject(new Error(data.error)) : resolve(data.result));
    target.onerror = ({ message }) => reject(new Error(message || "the worker's script could not be loaded"));
    port.postMessage(options, [port2]);
  });
}
