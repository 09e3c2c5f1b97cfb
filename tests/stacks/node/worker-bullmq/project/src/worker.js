const { Worker } = require("bullmq");

const worker = new Worker("mail", async (job) => job.data, { connection: { url: process.env.REDIS_URL } });
process.on("SIGTERM", () => worker.close().then(() => process.exit(0)));
