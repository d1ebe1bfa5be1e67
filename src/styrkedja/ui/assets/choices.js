// A long list of boxes narrows as one types in the field above it. What is chosen stays, and stands first.
const box = (line) => line.querySelector("input");
const isChosen = (line) => Boolean(box(line)?.checked);
const inOrder = (lines) => lines.sort((one, other) => one.dataset.place - other.dataset.place);

const lower = (text) => text.toLocaleLowerCase(document.documentElement.lang);
const wordsOf = (text) => lower(text).split(/\s+/).filter(Boolean);
const holds = (line, words) => words.every((word) => lower(line.textContent).includes(word));

const narrow = (list, words) => {
  const lines = inOrder([...list.children]);
  const boxes = lines.filter(box);
  for (const line of boxes) {
    line.hidden = !isChosen(line) && !holds(line, words);
    line.querySelector("[data-of]")?.toggleAttribute("hidden", !isChosen(line));
  }
  // A heading stands over the boxes that are left under it; the chosen say themselves what they belong to.
  const left = new Set(boxes.filter((line) => !line.hidden && !isChosen(line)).map((line) => line.dataset.group));
  for (const heading of lines.filter((line) => !box(line))) heading.hidden = !left.has(heading.dataset.group);
  list.append(...lines.filter(isChosen), ...lines.filter((line) => !isChosen(line)));
  list.scrollTop = 0;
  return { shown: boxes.filter((line) => !line.hidden).length, all: boxes.length };
};

const tend = (search) => {
  const list = document.getElementById(search.dataset.searchChoices);
  const field = search.querySelector("input");
  const status = search.querySelector("[role=status]");
  search.hidden = false;
  field.addEventListener("input", () => {
    const { shown, all } = narrow(list, wordsOf(field.value));
    status.textContent = status.dataset.shown.replace("{shown}", shown).replace("{all}", all);
  });
  // The field is no part of the form: Enter in it must not send what is half filled in.
  field.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
};

export const searchChoices = (root) => root.querySelectorAll("[data-search-choices][hidden]").forEach(tend);
