// The Emscripten glues, aliases that the build points at its outputs. One file serves both forms of the engine.
declare module "kinvec-glue" {
  import type { GlueOptions } from "./glue.ts";
  import type { NativeModule } from "./module.ts";

  export default function createKinvec(options: GlueOptions): Promise<NativeModule>;
}

declare module "kinvec-training-glue" {
  import type { GlueOptions } from "./glue.ts";
  import type { NativeTrainingModule } from "./training_module.ts";

  export default function createKinvec(options: GlueOptions): Promise<NativeTrainingModule>;
}

/** The SIMD128 binary as text: base64 of its gzip form, made by the build. */
declare module "kinvec-packed-binary" {
  export const packedBinary: string;
}
