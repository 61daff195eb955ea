// The sizes that the vocabulary slider offers: round numbers that grow by about a quarter, since the first hundred pieces matter as
// much as the next thousands.

export const SIZES: readonly number[] = [
  300, 400, 500, 600, 800, 1000, 1200, 1500, 2000, 2500, 3000, 4000, 5000, 6000, 8000, 10_000, 12_000, 16_000, 20_000,
  25_000, 32_000,
];

/** @param step position of the slider, 0 to SIZES.length - 1 */
export const sizeOf = (step: number) => SIZES[step] as number;
