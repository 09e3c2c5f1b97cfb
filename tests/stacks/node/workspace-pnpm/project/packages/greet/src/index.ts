import ms from "ms";

export function greeting(name: string, waited: number): string {
  return `hello ${name} after ${ms(waited)}`;
}
