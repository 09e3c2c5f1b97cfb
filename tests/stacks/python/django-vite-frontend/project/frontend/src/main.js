document.querySelector("#shop").textContent = "A window of bread";
