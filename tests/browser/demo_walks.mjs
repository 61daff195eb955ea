// What a person clicks on each of the demo's pages. Each walk begins on its page, ready, and leaves it open.

const byTestId = (page, id) => page.locator(`[data-testid="${id}"]`);
const ready = (page) => page.waitForSelector('[data-testid="status"][data-stage="ready"]');

async function firstPage(page) {
  const cards = byTestId(page, "card");
  await cards.nth(2).locator('[data-testid="like"]').click();
  await byTestId(page, "because").first().waitFor();
  await cards.nth(1).locator('[data-testid="dislike"]').click();
  await byTestId(page, "undo").click();
  for (const text of ["learn to play the guitar", "keep my passwords safe"]) {
    await byTestId(page, "query").fill(text);
    await page.waitForFunction(
      (query) => document.getElementById("results-title").textContent === `Nearest to \u201c${query}\u201d`,
      text,
    );
  }
  await page.locator(".card-link").first().click();
  await byTestId(page, "description").locator("p, ul").first().waitFor();
  await page.keyboard.press("Escape");
  await byTestId(page, "query").fill("");
  await byTestId(page, "profile-button").click();
  await byTestId(page, "known").first().waitFor();
  await page.keyboard.press("Escape");
}

async function tokenizerPage(page) {
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
}

async function attentionPage(page) {
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
  await byTestId(page, "sample").first().click();
  await readTokens(25);
}

export const WALKS = [
  { name: "first", file: "index.html", ready, walk: firstPage },
  { name: "tokenizers", file: "tokenizers.html", ready, walk: tokenizerPage },
  { name: "attention", file: "attention.html", ready, walk: attentionPage },
];
