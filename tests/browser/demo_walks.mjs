// What a person clicks on each of the demo's pages. A walk begins on its page, ready, and leaves it open; on the way it calls
// `look(what, part)` where there is something to look at, all of the page or a part of it.

const byTestId = (page, id) => page.locator(`[data-testid="${id}"]`);
const ready = (page) => page.waitForSelector('[data-testid="status"][data-stage="ready"]');

const titleBegins = (page, text) =>
  page.waitForFunction((begin) => document.getElementById("results-title").textContent.startsWith(begin), text);
/** The list for what was just pressed is there. */
const listed = (page) => page.waitForSelector('[data-testid="cards"][aria-busy="false"]');

async function firstPage(page, look) {
  const cards = byTestId(page, "card");
  await listed(page);
  await cards.nth(2).locator('[data-testid="like"]').click();
  await listed(page);
  await byTestId(page, "because").first().waitFor();
  await cards.nth(1).locator('[data-testid="dislike"]').click();
  await byTestId(page, "undo").click();
  for (const exploration of ["10", "20", "0"]) {
    await byTestId(page, "dial").fill(exploration);
    await listed(page);
  }
  for (const ranking of ["words", "popularity", "meaning"]) {
    await byTestId(page, `ranking-${ranking}`).click();
    await listed(page);
  }
  await byTestId(page, "map").focus();
  for (const key of ["ArrowRight", "ArrowDown", "+", "ArrowLeft", "-"]) await page.keyboard.press(key);
  await byTestId(page, "map-larger").click();
  await byTestId(page, "map").hover();
  await look("map", "#map-dialog");
  await page.keyboard.press("Escape");
  await byTestId(page, "query").fill("learn to play the guitar");
  await titleBegins(page, "Nearest to \u201clearn");
  await byTestId(page, "passage").first().waitFor();
  for (const way of ["words", "meaning", "both"]) {
    await byTestId(page, `by-${way}`).click();
    await listed(page);
  }
  await look("search");
  await page.locator(".card-link").first().click();
  await byTestId(page, "description").locator("p, ul").first().waitFor();
  await byTestId(page, "why").waitFor();
  await look("detail", "#detail");
  await page.keyboard.press("Escape");
  await byTestId(page, "query").fill("");
  await titleBegins(page, "For you");
  await byTestId(page, "profile-button").click();
  await byTestId(page, "known").first().waitFor();
  await look("panel", "#profile");
  await page.keyboard.press("Escape");
  await look("feed");
}

async function tokenizerPage(page, look) {
  await byTestId(page, "text").fill("Unbelievable photographers write tokenizers. ".repeat(40));
  await page.waitForFunction(
    () => document.querySelectorAll('[data-scheme="bytes"] [data-testid="piece"]').length > 500,
  );
  await byTestId(page, "piece").nth(3).hover();
  await page.locator('[name="label"][value="id"]').check();
  await byTestId(page, "special").check();
  await byTestId(page, "table").first().click();
  await page.locator('[name="model"][value="words"]').check();
  await byTestId(page, "train-size").fill("4");
  await byTestId(page, "train").click();
  await page.locator('[data-testid="scheme"][data-scheme="own"]').waitFor();
  await byTestId(page, "text").fill("Unbelievable photographers write tokenizers.");
  await page.waitForFunction(
    () => document.querySelectorAll('[data-scheme="bytes"] [data-testid="piece"]').length < 50,
  );
  await look("pieces");
}

async function attentionPage(page, look) {
  const readTokens = (count) =>
    page.waitForFunction(
      (text) => document.querySelector('[data-testid="status"]').textContent.startsWith(text),
      `${count} tokens`,
    );
  for (const [sample, count] of [
    [3, 12],
    [4, 15],
    [7, 12],
  ]) {
    await byTestId(page, "sample").nth(sample).click();
    await readTokens(count);
  }
  for (const head of [0, 30, 71]) await byTestId(page, "head").nth(head).click();
  await byTestId(page, "token").nth(3).click();
  await byTestId(page, "near-legend").locator("li").first().waitFor();
  await byTestId(page, "weights").locator("summary").click();
  await byTestId(page, "special").uncheck();
  await byTestId(page, "text").fill("The captain and the pirate saved a ship. ".repeat(60));
  await readTokens(256);
  await byTestId(page, "token").nth(40).click();
  await byTestId(page, "special").check();
  await byTestId(page, "sample").first().click();
  await readTokens(25);
  await look("sentence");
}

async function wordsPage(page, look) {
  const columnsHave = (word) =>
    page.waitForFunction(
      (text) =>
        Array.from(document.querySelectorAll('[data-testid="hit"]'), (hit) => hit.textContent)
          .join()
          .includes(text),
      word,
    );
  const mapIs = (what) => page.waitForSelector(`[data-testid="word-map"][data-stage="ready"][aria-label*="${what}"]`);
  for (const rung of ["glove", "fasttext", "static"]) await byTestId(page, `rung-${rung}`).check();
  await byTestId(page, "sample").nth(3).click();
  await columnsHave("violin");
  await byTestId(page, "hit").first().click();
  await byTestId(page, "text").fill("a cup of hot tea");
  await columnsHave("coffee");
  await byTestId(page, "analogy-sample").nth(3).click();
  await columnsHave("worse");
  await mapIs("PCA");
  await byTestId(page, "layout-umap").check();
  await mapIs("UMAP");
  await byTestId(page, "word-map").focus();
  for (const key of ["ArrowRight", "ArrowDown", "+", "ArrowLeft", "-"]) await page.keyboard.press(key);
  await byTestId(page, "map-rung").selectOption("contextual");
  await mapIs("Language model");
  await page.waitForSelector('[data-testid="senses"][data-stage="ready"]');
  await byTestId(page, "senses-sample").nth(1).click();
  await byTestId(page, "senses-layer").fill("2");
  await byTestId(page, "train-epochs").fill("1");
  await byTestId(page, "train").click();
  await byTestId(page, "compare").click();
  await page.waitForSelector('[data-testid="column"][data-rung="own"][data-stage="ready"]');
  await mapIs("Yours");
  await look("rungs");
}

export const WALKS = [
  { name: "first", file: "index.html", ready, walk: firstPage },
  { name: "tokenizers", file: "tokenizers.html", ready, walk: tokenizerPage },
  { name: "words", file: "words.html", ready, walk: wordsPage },
  { name: "attention", file: "attention.html", ready, walk: attentionPage },
];
