// Starts the tokenizer page.
import "../styles/tokenizers.css";
import descriptionsUrl from "../../generated/descriptions.json?url";
import bpeUrl from "../../generated/tokenizers/bpe.json?url";
import bytesUrl from "../../generated/tokenizers/bytes.json?url";
import charactersUrl from "../../generated/tokenizers/characters.json?url";
import unigramUrl from "../../generated/tokenizers/unigram.json?url";
import wordpieceUrl from "../../generated/tokenizers/wordpiece.json?url";
import wordsUrl from "../../generated/tokenizers/words.json?url";
import { prepareOffline } from "../offline/register.ts";
import { pageStorage } from "../profile/page_storage.ts";
import { find } from "../view/dom.ts";
import { showSnippets } from "../view/snippets.ts";
import { setUpThemeButton } from "../view/theme.ts";
import { TokenizerPage } from "./page.ts";
import { SNIPPETS } from "./snippets.ts";
import { fillWall } from "./view/wall.ts";

const absolute = (url: string) => new URL(url, location.href).href;

setUpThemeButton(find<HTMLButtonElement>("theme-button"), pageStorage());
fillWall(find("wall"));
showSnippets(find("snippets"), SNIPPETS);
new TokenizerPage({
  tokenizers: {
    words: absolute(wordsUrl),
    characters: absolute(charactersUrl),
    bytes: absolute(bytesUrl),
    wordpiece: absolute(wordpieceUrl),
    bpe: absolute(bpeUrl),
    unigram: absolute(unigramUrl),
  },
  descriptions: absolute(descriptionsUrl),
});
if (await prepareOffline()) document.documentElement.dataset.offline = "ready";
