// Starts the attention page.
import "../styles/attention.css";
import { prepareOffline } from "../offline/register.ts";
import { pageStorage } from "../profile/page_storage.ts";
import { find } from "../view/dom.ts";
import { showSnippets } from "../view/snippets.ts";
import { setUpThemeButton } from "../view/theme.ts";
import { AttentionPage } from "./page.ts";
import { SNIPPETS } from "./snippets.ts";
import { fillHero } from "./view/hero.ts";

setUpThemeButton(find<HTMLButtonElement>("theme-button"), pageStorage());
fillHero(find("hero-picture"));
showSnippets(find("snippets"), SNIPPETS);
new AttentionPage();
if (await prepareOffline()) document.documentElement.dataset.offline = "ready";
