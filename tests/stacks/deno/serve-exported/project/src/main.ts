export default {
  async fetch(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (pathname === "/livez") return new Response("alive");
    return new Response(await Deno.readTextFile("static/page.html"), { headers: { "content-type": "text/html" } });
  },
} satisfies Deno.ServeDefaultExport;
