import { headline } from "@press/words";

export default function Page() {
  return <h1>{headline}</h1>;
}
