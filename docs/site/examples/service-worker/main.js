const { serviceWorker } = navigator;
const controlled = new Promise((resolve) =>
  serviceWorker.addEventListener("controllerchange", resolve, { once: true }),
);

await serviceWorker.register("service_worker.js", { type: "module" });
if (!serviceWorker.controller) await controlled;

const response = await fetch("similarity?a=a red fox&b=a fox in the snow");
document.querySelector("#answer").textContent = `Similarity ${await response.text()}`;
