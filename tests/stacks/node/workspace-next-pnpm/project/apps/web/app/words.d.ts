declare module "@press/words" {
  export const headline: string;
}
