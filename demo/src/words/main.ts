// Starts the page of word vectors.
import "../styles/words.css";
import contextualModelUrl from "../../../models/all-MiniLM-L6-v2.q8.gguf?url";
import staticModelUrl from "../../../models/all-MiniLM-L6-v2-static.q4.gguf?url";
import contextualUrl from "../../generated/words/contextual.gguf?url";
import entriesUrl from "../../generated/words/entries.txt?url";
import fasttextUrl from "../../generated/words/fasttext.gguf?url";
import gloveUrl from "../../generated/words/glove.gguf?url";
import groups from "../../generated/words/groups.json";
import staticUrl from "../../generated/words/static.gguf?url";
import word2vecUrl from "../../generated/words/word2vec.gguf?url";
import licenceUrl from "../../generated/words/wordnet_licence.txt?url";
import { prepareOffline } from "../offline/register.ts";
import { pageStorage } from "../profile/page_storage.ts";
import { find, h } from "../view/dom.ts";
import { showSnippets } from "../view/snippets.ts";
import { setUpThemeButton } from "../view/theme.ts";
import { WordsPage } from "./page.ts";
import { SNIPPETS } from "./snippets.ts";
import { fillHero } from "./view/hero.ts";

const absolute = (url: string) => new URL(url, location.href).href;

setUpThemeButton(find<HTMLButtonElement>("theme-button"), pageStorage());
fillHero(find("hero-picture"));
showSnippets(find("snippets"), SNIPPETS);
find("wordnet-licence").replaceChildren(h("a", { href: licenceUrl, "data-testid": "licence" }, "its licence"));
new WordsPage(
  {
    vectors: {
      word2vec: absolute(word2vecUrl),
      glove: absolute(gloveUrl),
      fasttext: absolute(fasttextUrl),
      static: absolute(staticUrl),
      contextual: absolute(contextualUrl),
    },
    models: { static: absolute(staticModelUrl), contextual: absolute(contextualModelUrl) },
    entries: absolute(entriesUrl),
  },
  groups,
);
if (await prepareOffline()) document.documentElement.dataset.offline = "ready";
