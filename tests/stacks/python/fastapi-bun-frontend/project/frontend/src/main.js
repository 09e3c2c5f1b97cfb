document.body.append("Rhubarb, row two");
