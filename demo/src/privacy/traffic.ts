// Counts what this page, or its worker, sends to anybody: the bodies of all requests, what stands behind "?" in the addresses of its
// own files, and the whole address of anything asked of another site. It wraps what can send, so it must start before other code.

export interface Traffic {
  /** Bytes that could carry something about the person. */
  bytes: number;
  /** Requests to other sites. */
  foreign: number;
  /** Requests for this site's own files. */
  own: number;
}

export const NO_TRAFFIC: Traffic = { bytes: 0, foreign: 0, own: 0 };

export const sumOf = (a: Traffic, b: Traffic): Traffic => ({
  bytes: a.bytes + b.bytes,
  foreign: a.foreign + b.foreign,
  own: a.own + b.own,
});

const utf8 = new TextEncoder();

/** What one request's address says: nothing for a file of this site, everything for one of another. */
export function trafficOf(url: string, origin: string): Traffic {
  const address = new URL(url, origin);
  if (!/^(https?|wss?):$/.test(address.protocol)) return NO_TRAFFIC; // data: and blob: stay in the page
  const isOwn = address.origin === origin;
  const told = isOwn ? address.search.replace(/^\?/, "") : address.href;
  return { bytes: utf8.encode(told).length, foreign: isOwn ? 0 : 1, own: isOwn ? 1 : 0 };
}

type Scope = typeof globalThis;
type Method = (...given: unknown[]) => unknown;

/** Calls `listen` with the arguments of each call of a method, then the method itself. */
function tap(owner: object | undefined, name: string, listen: (...given: never[]) => void): void {
  const methods = owner as Record<string, Method> | undefined;
  const original = methods?.[name];
  if (!methods || !original) return;
  methods[name] = function (this: unknown, ...given: unknown[]) {
    listen(...(given as never[]));
    return original.apply(this, given);
  };
}

/** Starts counting, once per page or worker. `onChange` gets the sum so far. */
export function watchTraffic(scope: Scope, onChange: (traffic: Traffic) => void): void {
  let sum = NO_TRAFFIC;
  const add = (traffic: Traffic) => {
    sum = sumOf(sum, traffic);
    onChange(sum);
  };
  // A Response takes every kind of body, and knows its bytes.
  const addBody = async (body: unknown) => {
    if (body === null || body === undefined) return;
    const { byteLength } = await new Response(body as BodyInit).arrayBuffer();
    if (byteLength > 0) add({ ...NO_TRAFFIC, bytes: byteLength });
  };
  tap(scope, "fetch", (input: RequestInfo | URL, init?: RequestInit) => {
    // A stream could be read only once, and nothing here sends one.
    if (init?.body && !(init.body instanceof ReadableStream)) void addBody(init.body);
    else if (input instanceof Request && !/^(GET|HEAD)$/.test(input.method)) void addBody(input.clone().body);
  });
  tap(scope.XMLHttpRequest?.prototype, "send", (body: unknown) => void addBody(body));
  tap(scope.WebSocket?.prototype, "send", (data: unknown) => void addBody(data));
  tap(scope.navigator, "sendBeacon", (_url: unknown, body: unknown) => void addBody(body));

  // The browser's own list of what was fetched, whoever asked for it.
  const { origin } = scope.location;
  new PerformanceObserver((list) => {
    add(list.getEntries().reduce((all, { name }) => sumOf(all, trafficOf(name, origin)), NO_TRAFFIC));
  }).observe({ type: "resource", buffered: true });
}
