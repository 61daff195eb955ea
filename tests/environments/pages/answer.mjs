// A worker's answer to the page: the outcome of the suite, through the port that came with the options.

export const answer = (port, suite) =>
  suite.then(
    (result) => port.postMessage({ result }),
    (error) => port.postMessage({ error: String(error) }),
  );
