// Improves pages that work without it. No state of its own.
document.documentElement.classList.add("script");

// A filter applies as soon as it is chosen with a pointer. With the keyboard every option passed on the way is a change,
// so there the button stays.
let byPointer = false;
document.addEventListener("pointerdown", () => byPointer = true, true);
document.addEventListener("keydown", () => byPointer = false, true);
for (const form of document.querySelectorAll("[data-filters]"))
  form.addEventListener("change", () => {
    if (byPointer) form.requestSubmit();
    else form.querySelector(".without-script")?.classList.remove("without-script");
  });

// Menus close like menus.
const menus = [...document.querySelectorAll("details[data-menu]")];
document.addEventListener("click", event => {
  for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", event => {
  if (event.key !== "Escape") return;
  for (const menu of menus.filter(menu => menu.open)) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// What went wrong is heard and seen first.
document.querySelector("[data-focus]")?.focus();

// Steps that cannot be taken back ask once more.
document.addEventListener("submit", event => {
  const question = event.submitter?.dataset.confirm ?? event.target.dataset.confirm;
  if (question && !confirm(question)) event.preventDefault();
});

// Secrets shown once can be copied.
for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", () => navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim()));
}

// A page with unfinished work looks again, unless somebody is typing.
const look = () => {
  if (document.activeElement?.matches("input, select, textarea")) setTimeout(look, 3000);
  else location.reload();
};
if (document.querySelector("[data-progress]")) setTimeout(look, 3000);
