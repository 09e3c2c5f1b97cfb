export const next = (): string => "high water at noon";
