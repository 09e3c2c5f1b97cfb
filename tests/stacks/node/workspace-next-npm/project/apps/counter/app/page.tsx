import { ready } from "@bakery/oven";

export default function Page() {
  return <h1>{ready("sourdough")}</h1>;
}
