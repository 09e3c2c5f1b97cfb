export const headline = "The quiet press";
