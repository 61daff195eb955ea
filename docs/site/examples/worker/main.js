const worker = new Worker(new URL("search_worker.js", import.meta.url), { type: "module" });
const answer = document.querySelector("#answer");

worker.addEventListener("message", ({ data: { text, score } }) => {
  answer.textContent = `Similarity ${score.toFixed(2)}: ${text}`;
});
worker.postMessage("a fox in the snow");
