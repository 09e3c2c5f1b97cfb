console.log("report", new Date().getFullYear());
