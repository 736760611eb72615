/** A decimal number without rounding: `digits` × 10^`exponent`, with no trailing zeros in `digits`. */
export interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

/** More digits or a larger exponent than any SQL number has (double 308, decimal 38); without a limit a cell could hang the run. */
const mostDigits = 1_000;
const mostExponent = 1_000;
const literal = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,6}))?$/;

/** The number that a text writes in decimal, with or without an exponent; undefined for anything else, hexadecimal included. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = literal.exec(text.trim());
  if (match === null) return undefined;
  const [, sign = "", whole = "", fraction = "", power = "0"] = match;
  const written = (whole + fraction).replace(/^0+(?=\d)/, "");
  if (written === "" || written.length > mostDigits) return undefined;
  const digits = written.replace(/0+$/, "");
  if (digits === "") return { digits: 0n, exponent: 0 };
  const exponent = Number(power) - fraction.length + (written.length - digits.length);
  if (Math.abs(exponent) > mostExponent) return undefined;
  return { digits: BigInt(`${sign === "-" ? "-" : ""}${digits}`), exponent };
}

/** Whether two numbers differ by no more than a third one. */
export function isWithin(left: Decimal, right: Decimal, distance: Decimal): boolean {
  const exponent = Math.min(left.exponent, right.exponent, distance.exponent);
  const scaled = ({ digits, exponent: own }: Decimal): bigint => digits * 10n ** BigInt(own - exponent);
  const difference = scaled(left) - scaled(right);
  return (difference < 0n ? -difference : difference) <= scaled(distance);
}

/** The decimal digits of a number as YAML 1.2 writes it; undefined where they are no finite number's. */
export function decimalOfYaml(source: string): string | undefined {
  if (/^0[xo]/.test(source)) return BigInt(source).toString();
  return parseDecimal(source) === undefined ? undefined : source;
}
