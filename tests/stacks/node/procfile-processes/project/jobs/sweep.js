console.log("swept");
