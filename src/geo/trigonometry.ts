/**
 * Sine, cosine and arc tangent from additions, multiplications and divisions alone, which IEEE 754 fixes to the last
 * bit. `Math.sin` and its kin are free to differ between versions of Node (V8 has changed its implementation more than
 * once), and a recording must give the same bytes on all of them. Coefficients are those of Sun's fdlibm (k_sin.c,
 * k_cos.c, s_atan.c, freely distributable); errors stay below 2 units in the last place.
 */
const RAD_PER_DEG = Math.PI / 180;
const DEG_PER_RAD = 180 / Math.PI;

/** Sine and cosine take degrees: the reduction to one octant is then exact. */
export function sinDeg(deg: number): number {
  const quarter = Math.round(deg / 90);
  const rad = (deg - quarter * 90) * RAD_PER_DEG;
  switch (quarter & 3) {
    case 0:
      return sinKernel(rad);
    case 1:
      return cosKernel(rad);
    case 2:
      return -sinKernel(rad);
    default:
      return -cosKernel(rad);
  }
}

export function cosDeg(deg: number): number {
  const quarter = Math.round(deg / 90);
  const rad = (deg - quarter * 90) * RAD_PER_DEG;
  switch (quarter & 3) {
    case 0:
      return cosKernel(rad);
    case 1:
      return -sinKernel(rad);
    case 2:
      return -cosKernel(rad);
    default:
      return sinKernel(rad);
  }
}

/** Angle of the point (x, y), −180 < angle ≤ 180 degrees; 0 for the origin. */
export function atan2Deg(y: number, x: number): number {
  const alongX = Math.abs(x);
  const alongY = Math.abs(y);
  if (alongX === 0 && alongY === 0) return 0;
  let angle =
    alongY <= alongX ? unitAtan(alongY / alongX) * DEG_PER_RAD : 90 - unitAtan(alongX / alongY) * DEG_PER_RAD;
  if (x < 0) angle = 180 - angle;
  return y < 0 ? -angle : angle;
}

/** For |rad| ≤ π/4. */
function sinKernel(rad: number): number {
  const z = rad * rad;
  const tail =
    8.33333333332249e-3 +
    z *
      (-1.984126982985795e-4 +
        z * (2.7557313707070068e-6 + z * (-2.5050760253406863e-8 + z * 1.58969099521155e-10)));
  return rad + rad * z * (-1.6666666666666632e-1 + z * tail);
}

/** For |rad| ≤ π/4. */
function cosKernel(rad: number): number {
  const z = rad * rad;
  const tail =
    4.16666666666666e-2 +
    z *
      (-1.388888888887411e-3 +
        z *
          (2.480158728947673e-5 +
            z * (-2.7557314351390663e-7 + z * (2.087572321298175e-9 - z * 1.1359647557788195e-11))));
  return 1 - (0.5 * z - z * z * tail);
}

const ATAN_HALF = 4.636476090008061e-1;
const ATAN_ONE = Math.PI / 4;

/** Arc tangent of 0 ≤ x ≤ 1 in radians. */
function unitAtan(x: number): number {
  if (x < 7 / 16) return atanKernel(x);
  if (x < 11 / 16) return ATAN_HALF + atanKernel((2 * x - 1) / (2 + x));
  return ATAN_ONE + atanKernel((x - 1) / (x + 1));
}

/** For |x| ≤ 7/16. */
function atanKernel(x: number): number {
  const z = x * x;
  const w = z * z;
  const even =
    z *
    (3.333333333333293e-1 +
      w *
        (1.4285714272503466e-1 +
          w *
            (9.090887133436507e-2 +
              w * (6.661073137387531e-2 + w * (4.9768779946159324e-2 + w * 1.6285820115365782e-2)))));
  const odd =
    w *
    (-1.9999999999876483e-1 +
      w *
        (-1.1111110405462356e-1 +
          w * (-7.69187620504483e-2 + w * (-5.8335701337905735e-2 + w * -3.6531572744216916e-2))));
  return x - x * (even + odd);
}
