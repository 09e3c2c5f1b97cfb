import { capitalCase } from "change-case";

export const knots = ["bowline", "clove hitch"].map((name) => capitalCase(name));
