export const books = ["The Sea", "The Hill"];
