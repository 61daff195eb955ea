// The extension's script in a page of the web. The page sees nothing of it but the document, so the outcome is left there.

const leave = (outcome) => {
  document.documentElement.dataset.outcome = JSON.stringify(outcome);
};

import(globalThis.chrome.runtime.getURL("suite.mjs"))
  .then(({ run }) => run({}))
  .then(leave, (error) => leave({ error: String(error) }));
