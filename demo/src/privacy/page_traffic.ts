// The page's own traffic, counted from the moment that this module runs.
import { NO_TRAFFIC, type Traffic, watchTraffic } from "./traffic.ts";

let traffic = NO_TRAFFIC;
let listener: ((traffic: Traffic) => void) | undefined;

watchTraffic(globalThis, (sum) => {
  traffic = sum;
  listener?.(sum);
});

/** Calls `listen` with the traffic so far, and whenever it grows. */
export function onPageTraffic(listen: (traffic: Traffic) => void): void {
  listener = listen;
  listen(traffic);
}
