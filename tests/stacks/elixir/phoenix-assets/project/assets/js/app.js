console.log("orchard");
