setInterval(() => console.log(new Date().toISOString()), 1000);
