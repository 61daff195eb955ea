// Runs before the first paint, so that a chosen theme does not flash in late.
try {
  const theme = localStorage.getItem("kinvec-demo.theme");
  if (theme) document.documentElement.dataset.theme = theme;
} catch {
  // No storage: the system's theme holds.
}
