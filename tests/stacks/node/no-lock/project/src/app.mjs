import Hapi from "@hapi/hapi";

const server = Hapi.server({ port: 3000, host: "0.0.0.0" });
await server.start();
