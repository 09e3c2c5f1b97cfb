import { parse } from "https://deno.land/std@0.224.0/flags/mod.ts";

const options = parse(Deno.args);
Deno.serve({ port: 4000 }, async () => {
  const rates = await fetch("https://rates.example.com/today");
  return new Response(`${options.title ?? "rates"}: ${await rates.text()}`);
});
