// Passkeys are asked for by allauth's own scripts, which tell of trouble only in the console. Here it is told on the page.
export const explainPasskeyTrouble = () => {
  document.addEventListener("allauth.error", (event) => {
    const note = document.querySelector("[data-passkey-trouble]");
    if (!note) return;
    event.preventDefault();
    note.hidden = false;
    note.focus();
  });
};
