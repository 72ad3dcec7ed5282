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

// A part of a map is edited in a panel over it; a form that is refused comes back as a page of its own.
for (const link of document.querySelectorAll("a[data-panel]"))
  link.addEventListener("click", async event => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const answer = await fetch(link.href).catch(() => null);
    const content = answer?.ok && !answer.redirected && new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-panel-content]");
    if (!content) return void (location.href = link.href);
    const panel = document.createElement("dialog");
    panel.className = "panel";
    panel.setAttribute("aria-label", content.querySelector("h1").textContent);
    const heading = document.createElement("h2");
    heading.textContent = content.querySelector("h1").textContent;
    content.querySelector("h1").replaceWith(heading);
    panel.append(content);
    panel.addEventListener("click", click => { if (click.target.closest("[data-panel-close]")) { click.preventDefault(); panel.close(); } });
    panel.addEventListener("close", () => { panel.remove(); link.focus(); });
    document.body.append(panel);
    panel.showModal();
  });

// Parts of a map are dragged where they belong; the buttons beside them do the same.
const moves = document.querySelector("form[data-moves]");
if (moves) {
  let dragged = null;
  const kindOf = element => element.dataset.step.split(":")[0];
  const place = event => event.target.closest?.(`[data-drop="${kindOf(dragged)}"]`);
  const unmark = () => document.querySelectorAll(".drop-over").forEach(element => element.classList.remove("drop-over"));
  // Before which part it comes: the next one after the pointer, in the direction of reading.
  const next = (within, event) => {
    const parts = [...within.querySelectorAll(`[data-step^="${kindOf(dragged)}:"][draggable]`)];
    return parts.find(part => {
      const box = part.getBoundingClientRect();
      return event.clientY < box.top || (event.clientY <= box.bottom && (parts.some(other => other !== part && Math.abs(other.getBoundingClientRect().top - box.top) < 8)
        ? event.clientX < box.left + box.width / 2 : event.clientY < box.top + box.height / 2));
    });
  };
  document.addEventListener("dragstart", event => {
    dragged = event.target.closest?.("[data-step][draggable]") ?? null;
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.step);
    dragged.classList.add("dragged");
  });
  document.addEventListener("dragend", () => { dragged?.classList.remove("dragged"); dragged = null; unmark(); });
  document.addEventListener("dragover", event => {
    if (!dragged) return;
    unmark();
    const target = place(event);
    if (!target) return;
    event.preventDefault();
    target.classList.add("drop-over");
  });
  document.addEventListener("drop", event => {
    const target = dragged && place(event);
    if (!target) return;
    event.preventDefault();
    const stage = kindOf(dragged) === "stage";
    const before = next(stage ? document.querySelector(".journey") : target, event)?.dataset.step.split(":").pop() ?? "";
    const move = document.createElement("input");
    Object.assign(move, { type: "hidden", name: "move", value: `${dragged.dataset.step}:to:${stage ? "" : target.dataset.code + ":"}${before}` });
    moves.append(move);
    moves.submit();
  });
}
