// The counter of what left the page, wherever the page shows it, and what it counts.
import { NO_TRAFFIC, sumOf, type Traffic } from "../privacy/traffic.ts";
import { h } from "./dom.ts";

const plural = (count: number, one: string) => `${count.toLocaleString("en")} ${one}${count === 1 ? "" : "s"}`;

export class SentBytes {
  #page = NO_TRAFFIC;
  #worker = NO_TRAFFIC;
  readonly #badge: HTMLElement;
  readonly #number = h("p", { class: "big-number", "data-testid": "bytes-sent" });
  readonly #counted = h("p", { class: "fine" });
  readonly panel: HTMLElement;

  /** @param badge shows the number in the page; the panel explains it */
  constructor(badge: HTMLElement) {
    this.#badge = badge;
    this.panel = h(
      "div",
      {},
      h("h3", {}, "What left this page"),
      this.#number,
      h("p", {}, "bytes sent to anyone since you opened it, counted here and in the page's worker:"),
      h(
        "ul",
        { class: "counted" },
        h("li", {}, "every byte in the body of a request, whoever it goes to,"),
        h("li", {}, "the whole address of anything asked of another site,"),
        h("li", {}, "whatever stands behind a \u201c?\u201d when the page fetches a file of its own."),
      ),
      this.#counted,
    );
    this.#show();
  }

  setPage(traffic: Traffic): void {
    this.#page = traffic;
    this.#show();
  }

  setWorker(traffic: Traffic): void {
    this.#worker = traffic;
    this.#show();
  }

  #show(): void {
    const { bytes, foreign, own } = sumOf(this.#page, this.#worker);
    const number = bytes.toLocaleString("en");
    this.#number.textContent = number;
    this.#badge.querySelector("strong")?.replaceChildren(number);
    this.#badge.toggleAttribute("data-sent", bytes > 0);
    this.#counted.textContent = `${plural(own, "file")} of this site fetched, ${plural(foreign, "request")} to other sites. Your search stands behind the \u201c#\u201d of the address, which browsers never send.`;
  }
}
