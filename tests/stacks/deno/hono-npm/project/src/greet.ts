export const greet = (word: string): string => `${word}, world`;
