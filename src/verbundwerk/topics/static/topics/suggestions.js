// The arrow key leads from the words to the topics that fit them, Escape leads back to the words. Without this file the
// tabulator does; what is chosen is the matter of the browser's own group of radio buttons.
"use strict";
document.addEventListener("keydown", (event) => {
  const words = document.getElementById("id_topic_text");
  const offered = [...document.querySelectorAll("#themen input[type=radio]")];
  if (event.key === "ArrowDown" && event.target === words && offered.length) {
    event.preventDefault();
    (offered.find((one) => one.value) ?? offered[0]).focus();
  } else if (event.key === "Escape" && offered.includes(event.target)) {
    words.focus();
  }
});
