// What a page and its training worker say to each other, whatever is learned.

/** `Task`: what to learn from, and how. */
export type ToTrainer<Task> =
  | { type: "train"; task: Task }
  | { type: "pause" }
  | { type: "resume" }
  /** Ends the training with what has been learned so far, if anything has. */
  | { type: "stop" };

/** `Look`: how far it is, and what can be seen of it. */
export type FromTrainer<Look, Trained> =
  | { type: "look"; look: Look }
  | { type: "trained"; trained: Trained }
  | { type: "stopped" }
  | { type: "failed"; message: string };

/** What the page knows of the training. */
export type TrainState<Look, Trained> =
  | { stage: "idle" }
  | { stage: "training"; look: Look | undefined; isPaused: boolean }
  | { stage: "trained"; trained: Trained }
  | { stage: "stopped" }
  | { stage: "failed"; message: string };
