// A menu in the header closes when one clicks outside it, tabs out of it or presses Escape; Escape gives the focus back to its button.
const openMenus = () => document.querySelectorAll("details.ui-menu[open]");

export const closeMenusOnLeave = () => {
  const closeOthers = (target) => openMenus().forEach((menu) => menu.contains(target) || menu.removeAttribute("open"));
  document.addEventListener("click", (event) => closeOthers(event.target));
  document.addEventListener("focusin", (event) => closeOthers(event.target));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    openMenus().forEach((menu) => {
      menu.removeAttribute("open");
      menu.querySelector("summary").focus();
    });
  });
};
