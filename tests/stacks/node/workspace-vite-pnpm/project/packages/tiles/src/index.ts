export const tiles = (line: string): string[] => [...line.toUpperCase()];
