// The page: brings what is typed to the worker, and what it answers to the views.
import { TrainClient } from "../training/train_client.ts";
import { Announcer } from "../view/announcer.ts";
import { find, h } from "../view/dom.ts";
import { Comparison } from "./comparison.ts";
import { SAMPLES, type Sample } from "./samples.ts";
import { type RowKey, SCHEMES, type SchemeKey } from "./schemes.ts";
import type { Label } from "./text/pieces.ts";
import { type TextInfo, textInfo } from "./text/text_info.ts";
import type { TokenizerTrainState, Trained, TrainingLook, TrainTask } from "./training/task.ts";
import { Highlighter } from "./view/highlighter.ts";
import { Inspector } from "./view/inspector.ts";
import { TextField } from "./view/text_field.ts";
import { TrainForm } from "./view/train_form.ts";
import { TrainedView } from "./view/trained_view.ts";
import { EncodeClient, type EncodedText } from "./worker/encode_client.ts";

export interface PageUrls {
  tokenizers: Record<SchemeKey, string>;
  descriptions: string;
}

export class TokenizerPage {
  readonly #status = find("status");
  readonly #announcer = new Announcer(find("announcer"));
  readonly #area = find<HTMLTextAreaElement>("text");
  readonly #field = new TextField(find("field"), this.#area, () => this.#encode());
  readonly #special = find<HTMLInputElement>("special");
  readonly #comparison = new Comparison();
  readonly #client: EncodeClient;
  readonly #trainer = new TrainClient<TrainTask, TrainingLook, Trained>(
    () => new Worker(new URL("./training/train_worker.ts", import.meta.url), { type: "module" }),
    (state) => this.#onTraining(state),
  );
  readonly #form: TrainForm;
  readonly #trained = new TrainedView(find("trained"), (size) => this.#client.setOwnSize(size));
  readonly #highlighter: Highlighter;
  #label: Label = "text";
  #shown: { encoded: EncodedText; info: TextInfo } | undefined;

  constructor(urls: PageUrls) {
    this.#client = new EncodeClient(urls.tokenizers, {
      loaded: (vocabSizes) => this.#onLoaded(vocabSizes),
      encoded: (encoded) => this.#onEncoded(encoded),
      failed: (message) => this.#onFailure(message),
    });
    this.#form = new TrainForm(urls.descriptions, {
      train: (source, settings) => this.#trainer.train({ source, settings }),
      stop: () => this.#trainer.stop(),
    });
    this.#highlighter = new Highlighter(
      find("main"),
      () => [...this.#comparison.rows(), ...this.#trained.rows()],
      this.#field,
      new Inspector(find("inspector")),
    );
    this.#fillSamples();
    this.#listen();
  }

  #listen(): void {
    this.#special.addEventListener("change", () => this.#encode());
    find("label-choice").addEventListener("change", ({ target }) => {
      this.#label = (target as HTMLInputElement).value as Label;
      this.#draw();
    });
  }

  #fillSamples(): void {
    const buttons = SAMPLES.map((sample) => {
      const button = h("button", { type: "button", class: "chip" }, sample.name);
      button.addEventListener("click", () => this.#take(sample));
      return button;
    });
    find("samples").replaceChildren(...buttons);
    const [first] = SAMPLES;
    if (!this.#area.value && first) this.#take(first); // a reloaded page keeps what was typed
  }

  #take({ text, language }: Sample): void {
    this.#field.set(text, language);
    this.#encode();
  }

  #encode(): void {
    for (const [i, button] of Array.from(find("samples").children).entries()) {
      button.setAttribute("aria-pressed", String(SAMPLES[i]?.text === this.#field.value));
    }
    if (this.#comparison.isReady) this.#client.encode(this.#field.value, this.#special.checked);
  }

  #onLoaded(vocabSizes: Partial<Record<RowKey, number>>): void {
    this.#comparison.vocabSizes = vocabSizes;
    this.#encode();
  }

  #onEncoded(encoded: EncodedText): void {
    this.#shown = { encoded, info: textInfo(encoded.text) };
    const time = encoded.milliseconds < 10 ? encoded.milliseconds.toFixed(1) : encoded.milliseconds.toFixed(0);
    this.#status.dataset.stage = "ready";
    this.#status.replaceChildren(h("span", { class: "dot" }), `Cut by all of them in ${time} ms on this device`);
    this.#draw();
    this.#announcer.say(this.#comparison.summary);
  }

  #onFailure(message: string): void {
    const retry = h("button", { type: "button", class: "link-button" }, "Try again");
    retry.addEventListener("click", () => location.reload());
    this.#status.dataset.stage = "failed";
    this.#status.replaceChildren(`Something went wrong: ${message}.`, retry);
  }

  #draw(): void {
    if (!this.#shown) return;
    const { encoded, info } = this.#shown;
    this.#comparison.show(encoded.rows, info, this.#label);
    this.#trained.update(encoded.rows, info, this.#label);
    this.#highlighter.refresh();
  }

  #onTraining(state: TokenizerTrainState): void {
    this.#form.update(state);
    if (state.stage === "trained") this.#onTrained(state.trained);
  }

  #onTrained(trained: Trained): void {
    const { name } = SCHEMES[trained.settings.model];
    this.#trained.show(trained);
    this.#comparison.describeOwn(`${name}, trained by you. See below what it learned.`);
    this.#client.setOwn(trained.tokenizer);
  }
}
