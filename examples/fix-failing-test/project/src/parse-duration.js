const seconds = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Seconds in a duration such as "1h30m". */
export function parseDuration(text) {
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+)\s*([smhd])/g)) {
    total = Number(amount) * seconds[unit];
  }
  return total;
}
