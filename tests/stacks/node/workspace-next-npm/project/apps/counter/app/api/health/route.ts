import { ready } from "@bakery/oven";

export function GET() {
  return Response.json({ status: "ok", bread: ready("rye") });
}
