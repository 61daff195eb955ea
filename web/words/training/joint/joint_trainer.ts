// One of several trainers, each with a share of the sentences, as src/train/joint_training.h has them.
import { KinvecError } from "../../../errors.ts";
import type { WasmInstance } from "../../../native/wasm_instance.ts";
import type { NativePackets, NativeWordsModule, NativeWordTrainer } from "../../../native/words_module.ts";

export interface TrainingShare {
  index: number;
  count: number;
}

/** Rows of a matrix on their way from trainer to trainer: their numbers, and `[rows, stride]` numbers in them. */
export interface RowPacket {
  rows: Uint32Array<ArrayBuffer>;
  values: Float32Array<ArrayBuffer>;
}

/** Of the rows, and of those of the output layer. */
export type Packets = readonly [RowPacket, RowPacket];

/** The memory that a message need not copy. */
export function buffersOf(packets: readonly Packets[]): ArrayBuffer[] {
  return packets.flat().flatMap(({ rows, values }) => [rows.buffer, values.buffer]);
}

export function copyOf(packets: Packets): Packets {
  return packets.map(({ rows, values }) => ({ rows: rows.slice(), values: values.slice() })) as unknown as Packets;
}

export function noRows(): RowPacket {
  return { rows: new Uint32Array(), values: new Float32Array() };
}

export class JointTrainer {
  readonly #instance: WasmInstance<NativeWordsModule>;
  readonly #trainer: NativeWordTrainer;
  readonly #share: TrainingShare;

  /** Of a trainer that has read no text. With an index that is the count it has no sentence, and takes rows only. */
  constructor(instance: WasmInstance<NativeWordsModule>, trainer: NativeWordTrainer, share: TrainingShare) {
    this.#instance = instance;
    this.#trainer = trainer;
    this.#share = share;
    instance.run(() => trainer.keepShare(share.index, share.count));
  }

  /** After the trainer was opened; answers how many stretches there will be. Throws OUT_OF_MEMORY. */
  begin(): number {
    this.#instance.check(() => this.#trainer.openJoint());
    return this.#instance.run(() => this.#trainer.stretches());
  }

  /** Trains on the next stretch, or ends the training in its place. Answers what changed of the rows of each trainer. */
  train(isLast: boolean): Packets[] {
    const { index, count } = this.#share;
    this.#instance.run(() => (isLast ? this.#trainer.endStretches() : this.#trainer.trainStretch()));
    return Array.from({ length: count }, (_, owner) =>
      owner === index ? [noRows(), noRows()] : this.#packets(() => this.#trainer.packChanges(owner)),
    );
  }

  /** Of all trainers in their order the changes of the rows of this one. Answers what becomes of those. */
  join(changes: readonly Packets[]): Packets {
    for (const packets of changes) this.#take(packets, () => this.#trainer.addChanges());
    return this.#packets(() => this.#trainer.join());
  }

  /** Takes rows of another trainer. */
  setRows(packets: Packets): void {
    this.#take(packets, () => this.#trainer.setRows());
  }

  #packets(call: () => NativePackets): Packets {
    return this.#instance.run(() => {
      const [rows, values, outputRows, outputValues] = call();
      return [
        { rows: rows.slice(), values: values.slice() },
        { rows: outputRows.slice(), values: outputValues.slice() },
      ] as Packets;
    });
  }

  #take([first, second]: Packets, take: () => boolean): void {
    const [rows, values, outputRows, outputValues] = this.#instance.run(() =>
      this.#trainer.reservePackets(first.rows.length, second.rows.length),
    );
    rows.set(first.rows);
    values.set(first.values);
    outputRows.set(second.rows);
    outputValues.set(second.values);
    if (!this.#instance.run(take)) throw new KinvecError("ENGINE_LOST", "a worker sent rows that there are not");
  }
}
