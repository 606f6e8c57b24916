/**
 * The constants of the elementwise kernels, by name. They lie in a small table in memory, because engines rebuild a
 * vector literal at every use while a load that fills all lanes costs one instruction. exp: Cephes `expf` (Moshier);
 * tanh and erf: the rational approximations of Eigen (`MathFunctionsImpl.h`).
 */
export const constants: Readonly<Record<string, number>> = {
  one: 1,
  half: 0.5,
  minusHalf: -0.5,
  expLargest: 89,
  expSmallest: -104,
  expSmallestNormal: -86,
  log2e: 1.4426950408889634,
  roundingShift: 12582912, // 1.5·2²³: adding it rounds to an integer in the low bits
  minusLn2High: -0.693359375,
  minusLn2Low: 2.1219444e-4,
  exp5: 1.98756915e-4,
  exp4: 1.3981999507e-3,
  exp3: 8.3334519073e-3,
  exp2: 4.1665795894e-2,
  exp1: 1.6666665459e-1,
  exp0: 5.0000001201e-1,
  tanhLargest: 7.90531110763549805,
  tanhSmallest: -7.90531110763549805,
  tanhP6: -2.76076847742355e-16,
  tanhP5: 2.00018790482477e-13,
  tanhP4: -8.60467152213735e-11,
  tanhP3: 5.12229709037114e-8,
  tanhP2: 1.48572235717979e-5,
  tanhP1: 6.37261928875436e-4,
  tanhP0: 4.89352455891786e-3,
  tanhQ3: 1.19825839466702e-6,
  tanhQ2: 1.18534705686654e-4,
  tanhQ1: 2.268434632439e-3,
  tanhQ0: 4.89352518554385e-3,
  erfLargest: 4,
  erfSmallest: -4,
  erfP6: -2.72614225801306e-10,
  erfP5: 2.77068142495902e-8,
  erfP4: -2.10102402082508e-6,
  erfP3: -5.69250639462346e-5,
  erfP2: -7.34990630326855e-4,
  erfP1: -2.95459980854025e-3,
  erfP0: -1.60960333262415e-2,
  erfQ4: -1.45660718464996e-5,
  erfQ3: -2.13374055278905e-4,
  erfQ2: -1.68282697438203e-3,
  erfQ1: -7.37332916720468e-3,
  erfQ0: -1.42647390514189e-2,
  sqrtHalf: 0.7071067811865476,
  inverseSqrt2Pi: 0.3989422804014327,
  geluLinear: 1.5957691216057308, // 2·√(2/π)
  geluCubic: 0.07135481282553023, // 2·√(2/π)·0.044715
  geluCubicSlope: 0.2140644384765907, // three times that
  quickSlope: 1.702,
};
