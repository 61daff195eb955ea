// What the WebAssembly engine accepts, found with two tiny modules.

// (module (func (export "d") (result i32)
//   i32.const 127  i8x16.splat  i32.const -1  i8x16.splat  i32.const 0  i8x16.splat
//   i32x4.relaxed_dot_i8x16_i7x16_add_s  i32x4.extract_lane 0))
const kRelaxedDot = Uint8Array.of(
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00], // magic, version 1
  ...[0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7f], // type: () -> i32
  ...[0x03, 0x02, 0x01, 0x00], // function 0 of type 0
  ...[0x07, 0x05, 0x01, 0x01, 0x64, 0x00, 0x00], // exported as "d"
  ...[0x0a, 0x17, 0x01, 0x15, 0x00], // code: one body of 21 bytes, no locals
  ...[0x41, 0xff, 0x00, 0xfd, 0x0f, 0x41, 0x7f, 0xfd, 0x0f, 0x41, 0x00, 0xfd, 0x0f],
  ...[0xfd, 0x93, 0x02, 0xfd, 0x1b, 0x00, 0x0b], // the relaxed dot (opcode 0x113), lane 0, end
);

// (module (func (result v128)  i32.const 0  i8x16.splat))
const kSimd128 = Uint8Array.of(
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
  ...[0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7b],
  ...[0x03, 0x02, 0x01, 0x00],
  ...[0x0a, 0x08, 0x01, 0x06, 0x00, 0x41, 0x00, 0xfd, 0x0f, 0x0b],
);

/** Whether the engine accepts relaxed SIMD. That it computes exactly is for the probe to say. */
export function hasRelaxedSimd(): boolean {
  return WebAssembly.validate(kRelaxedDot);
}

/**
 * Whether a sum of products that needs more than 16 bits comes out right, with bytes of -1 read as -1 or as 255. Where it
 * does not, the relaxed binary need not be fetched; where it does, the probe has the last word.
 */
export function relaxedDotIsWide(): boolean {
  try {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(kRelaxedDot));
    const sum = (exports.d as () => number)();
    return sum === 4 * 127 * -1 || sum === 4 * 127 * 255;
  } catch {
    return false; // no relaxed SIMD
  }
}

/** Whether the engine accepts 128-bit SIMD. */
export function hasSimd128(): boolean {
  return WebAssembly.validate(kSimd128);
}
