// The worker's side of a training in several workers: a trainer that is asked by messages.
import { KinvecError } from "../../../errors.ts";
import type { WasmInstance } from "../../../native/wasm_instance.ts";
import type { NativeWordsModule, NativeWordTrainer, NativeWordTrainerOptions } from "../../../native/words_module.ts";
import type { WorkerPort } from "../../../workers/host.ts";
import { toPlain } from "../../../workers/protocol.ts";
import { readInto } from "../read_into.ts";
import { openWordsInstance } from "../words_instance.ts";
import { buffersOf, copyOf, JointTrainer, noRows, type Packets, type TrainingShare } from "./joint_trainer.ts";

/** What a worker has done in a stretch. */
export interface Stretch {
  /** Of the rows of each trainer what changed, by owner. */
  changes: Packets[];
  /** Words trained on so far. */
  words: number;
  /** Mean loss of a prediction. */
  loss: number;
}

/** What a worker can be asked to do, in this order. */
export interface TrainingCalls {
  /** `module`: compiled once, by whoever asks. */
  open(module: WebAssembly.Module, share: TrainingShare): Promise<void>;
  read(texts: string): void;
  /** Answers how many stretches there will be. */
  begin(options: NativeWordTrainerOptions): number;
  /** Takes rows of the other trainers, then trains on a stretch, or ends the training in its place. */
  train(rows: readonly Packets[], isLast: boolean): Stretch;
  /**
   * Of all trainers in their order the changes of this one's rows. Answers the new rows: first for whoever asks, on demand without
   * those of the output layer, then `others` times.
   */
  join(changes: readonly Packets[], others: number, withOutput: boolean): Packets[];
}

/** Answers the calls that come in at `port`, one at a time. */
export function serveTraining(port: WorkerPort): void {
  let instance: WasmInstance<NativeWordsModule>;
  let trainer: NativeWordTrainer;
  let joint: JointTrainer;

  const calls: TrainingCalls = {
    async open(module, share) {
      instance = await openWordsInstance(module);
      trainer = instance.run((native) => new native.WordTrainer());
      joint = new JointTrainer(instance, trainer, share);
    },
    read: (texts) => readInto(instance, trainer, texts),
    begin(options) {
      instance.check(() => trainer.open(options));
      return joint.begin();
    },
    train(rows, isLast) {
      for (const packets of rows) joint.setRows(packets);
      const changes = joint.train(isLast);
      const { words, loss } = instance.run(() => ({ words: trainer.wordsDone(), loss: trainer.takeLoss() }));
      return { changes, words, loss };
    },
    join(changes, others, withOutput) {
      const rows = joint.join(changes);
      const copies = Array.from({ length: others }, () => copyOf(rows));
      return [withOutput ? rows : [rows[0], noRows()], ...copies];
    },
  };

  port.listen(async (message) => {
    if (message.type !== "call") return;
    try {
      const method = message.method as keyof TrainingCalls;
      if (!Object.hasOwn(calls, method)) throw new KinvecError("INVALID_ARGUMENT", `no call ${method} is known here`);
      // The client's call has the types.
      const answer: unknown = await (calls[method] as (...args: readonly unknown[]) => unknown)(...message.args);
      const packets = method === "train" ? (answer as Stretch).changes : method === "join" ? (answer as Packets[]) : [];
      port.post({ type: "answer", answer, memoryBytes: 0 }, buffersOf(packets));
    } catch (error) {
      port.post({ type: "error", error: toPlain(error), memoryBytes: 0 });
    }
  });
}
