document.title = "Books";
