document.body.append("Harbour");
