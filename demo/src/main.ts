// Starts the page: the list and the map, then the worker behind them, then what makes it work offline.
import "./privacy/page_traffic.ts"; // first, so that nothing is sent uncounted
import "./styles/index.css";
import { loadCatalogue, loadMap } from "./catalogue/catalogue.ts";
import { prepareOffline } from "./offline/register.ts";
import { Page } from "./page.ts";
import { onPageTraffic } from "./privacy/page_traffic.ts";
import { pageStorage } from "./profile/page_storage.ts";
import { ProfileStore } from "./profile/profile_store.ts";
import { find, h } from "./view/dom.ts";
import { setUpThemeButton } from "./view/theme.ts";

function showFailure(error: unknown): void {
  const retry = h("button", { type: "button", class: "button" }, "Try again");
  retry.addEventListener("click", () => location.reload());
  find("cards").replaceChildren();
  for (const id of ["begin", "taste-panel", "status", "progress", "results-note"]) find(id).hidden = true;
  find("results-title").textContent = "The catalogue could not be read";
  find("empty").hidden = false;
  find("empty").replaceChildren(
    h("p", {}, error instanceof Error ? error.message : String(error)),
    h("p", {}, "Perhaps the network is gone for a moment."),
    retry,
  );
}

async function start(): Promise<void> {
  const storage = pageStorage();
  setUpThemeButton(find<HTMLButtonElement>("theme-button"), storage);
  const [catalogue, map] = await Promise.all([loadCatalogue(), loadMap()]);
  const page = new Page(catalogue, map, new ProfileStore(storage));
  onPageTraffic((traffic) => page.setTraffic(traffic));
  if (await prepareOffline()) page.setOffline();
}

start().catch(showFailure);
