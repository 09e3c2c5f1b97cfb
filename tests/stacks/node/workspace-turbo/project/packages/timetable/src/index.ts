import ms from "ms";

export function next(place: string): string {
  return `${place} in ${ms(13 * 60_000, { long: true })}`;
}
