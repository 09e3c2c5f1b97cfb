import { connect } from "nats";

const connection = await connect({ servers: process.env.NATS_URL });
for await (const message of connection.subscribe("mail")) {
  console.log(message.subject);
}
