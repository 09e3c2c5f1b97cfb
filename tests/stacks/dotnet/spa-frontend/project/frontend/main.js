document.body.textContent = "soup";
