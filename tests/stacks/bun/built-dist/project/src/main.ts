import { nanoid } from "nanoid";

const id = nanoid();
Bun.serve({ port: 5000, fetch: () => new Response(`counter ${id.length}`) });
