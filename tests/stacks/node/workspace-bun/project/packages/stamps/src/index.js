import ms from "ms";

export const delivery = () => ms(48 * 3_600_000, { long: true });
