export const ready = (loaf: string): string => `${loaf}, still warm`;
