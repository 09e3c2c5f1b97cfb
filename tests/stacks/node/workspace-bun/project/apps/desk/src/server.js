import { delivery } from "@post/stamps";
import Koa from "koa";

const app = new Koa();
app.use((context) => {
  context.body = `there in ${delivery()}`;
});
const server = app.listen(Number(process.env.PORT ?? 3600));
process.once("SIGTERM", () => server.close());
