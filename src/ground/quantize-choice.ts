/** The formats of plain weights on the GPU: as stored, 8 bits, or the 4-bit mix. */
export const quantizeChoices = ["none", "q8", "q4"] as const;
export type QuantizeChoice = (typeof quantizeChoices)[number];
