// The Emscripten glues, aliases that the build points at its outputs. One file serves both forms of a binary.
declare module "kinvec-glue" {
  import type { GlueOptions } from "./glue.ts";
  import type { NativeModule } from "./module.ts";

  export default function createKinvec(options: GlueOptions): Promise<NativeModule>;
}

declare module "kinvec-search-glue" {
  import type { GlueOptions } from "./glue.ts";
  import type { NativeSearchModule } from "./search_module.ts";

  export default function createKinvec(options: GlueOptions): Promise<NativeSearchModule>;
}

declare module "kinvec-training-glue" {
  import type { GlueOptions } from "./glue.ts";
  import type { NativeTrainingModule } from "./training_module.ts";

  export default function createKinvec(options: GlueOptions): Promise<NativeTrainingModule>;
}

declare module "kinvec-words-glue" {
  import type { GlueOptions } from "./glue.ts";
  import type { NativeWordsModule } from "./words_module.ts";

  export default function createKinvec(options: GlueOptions): Promise<NativeWordsModule>;
}

/** The SIMD128 form of the engine as text: base64 of its gzip form, made by the build. */
declare module "kinvec-packed" {
  export const packedBinary: string;
}

/** That of the binary which searches. */
declare module "kinvec-search-packed" {
  export const packedBinary: string;
}
