const seen = { visits: 0 };

Bun.serve({
  routes: {
    "/ping": new Response("pong"),
  },
  fetch: () => new Response(`visit ${++seen.visits}`),
});
