// Throws in a worker where one of these texts is to be embedded, before any other listener hears of it.

addEventListener("message", (event) => {
  const { method, args } = event.data;
  if (method !== "embed" || !args[0].texts.includes("throw")) return;
  event.stopImmediatePropagation();
  throw new Error("out of luck");
});
