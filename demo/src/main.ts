// Starts the page: the list first, then vectors, then the model, then what makes it work offline.
import "./styles/index.css";
import { loadCatalogue, loadItemVectors } from "./catalogue/catalogue.ts";
import { prepareOffline } from "./offline/register.ts";
import { Page } from "./page.ts";
import { Profile, pageStorage } from "./profile/profile.ts";
import { find, h } from "./view/dom.ts";
import { setUpThemeButton } from "./view/theme.ts";

function showFailure(error: unknown): void {
  const retry = h("button", { type: "button", class: "button" }, "Try again");
  retry.addEventListener("click", () => location.reload());
  find("cards").replaceChildren();
  for (const id of ["taste", "status", "progress", "results-note"]) find(id).hidden = true;
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
  const catalogue = await loadCatalogue();
  const page = new Page(catalogue, new Profile(storage));
  page.setVectors(await loadItemVectors(catalogue.dimensions));
  if (await prepareOffline()) page.setOffline();
}

start().catch(showFailure);
