// Writes what time it is into a file of its own, and says so.
const folder = await Deno.makeTempDir();
while (true) {
  await Deno.writeTextFile(`${folder}/now`, new Date().toISOString());
  console.log(await Deno.readTextFile(`${folder}/now`));
  await new Promise((done) => setTimeout(done, 1000));
}
