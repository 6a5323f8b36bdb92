"use strict";
// Nothing on the page needs this script; it adds keys, and lets a tap or click open an account before it follows a link.
const marks = [...document.querySelectorAll("a.m[id]")];
const shown = (mark) => {
  const box = document.getElementById("show-" + mark.classList[1]);
  return !box || box.checked;
};
const account = (mark) => mark.nextElementSibling;

// The account over the text shows what the scan does, as the list does; copied once, when it is first asked for.
const illustrate = (mark, tip) => {
  if (tip.querySelector("img")) return;
  const entry = document.getElementById((mark.id || mark.getAttribute("href").slice(1)).replace(/^m/, "n"));
  tip.prepend(...[...(entry?.querySelectorAll("img") ?? [])].map((one) => one.cloneNode()));
};

// An account that would reach below the window goes above its line instead.
const place = (mark) => {
  const tip = account(mark);
  if (!tip || !tip.classList.contains("tip")) return;
  illustrate(mark, tip);
  tip.classList.remove("above");
  const box = tip.getBoundingClientRect();
  if (box.bottom <= innerHeight || getComputedStyle(tip).position === "fixed") return;
  if (box.top - box.height > 40) tip.classList.add("above");
};

// The OCR column shows the account of the mark beside it: copied once, when it is first asked for.
const borrow = (mark) => {
  if (mark.id || account(mark)?.classList.contains("tip")) return;
  const home = document.querySelector(mark.getAttribute("href"));
  const tip = home && account(home).cloneNode(true);
  if (!tip) return;
  tip.removeAttribute("id");
  tip.setAttribute("aria-hidden", "true");
  mark.after(tip);
};

// All that stands at one place, in every column, is lit together.
let lit = [];
const light = (mark) => {
  lit.forEach((one) => one.classList.remove("lit"));
  const name = mark && (mark.id || mark.getAttribute("href").slice(1));
  lit = name ? [...document.querySelectorAll(`.texts a[href="#${name}"]`), document.getElementById(name)] : [];
  lit.forEach((one) => one?.classList.add("lit"));
  lit = lit.filter(Boolean);
};

const root = document.documentElement;
document.addEventListener("pointerover", (event) => {
  const mark = event.target.closest?.(".texts :is(a.m, a.t)");
  light(mark ?? document.activeElement.closest(".texts a.m"));
  if (!mark?.matches(".m")) return;
  root.classList.remove("hush");
  borrow(mark);
  place(mark);
});
document.addEventListener("focusin", (event) => {
  light(event.target.closest(".texts :is(a.m, a.t)"));
  if (!event.target.matches("a.m")) return;
  root.classList.remove("hush");
  borrow(event.target);
  place(event.target);
});
document.addEventListener("click", (event) => {
  const mark = event.target.closest?.("a.m");
  if (!mark) {
    if (!event.target.closest?.(".tip")) document.activeElement?.blur();
    return;
  }
  if (event.detail === 0) return; // Enter on the keyboard follows the link to the list.
  event.preventDefault();
  mark.focus();
});

const step = (by) => {
  const here = document.activeElement;
  const at = marks.indexOf(here);
  const ahead = by > 0 ? marks.slice(at + 1) : marks.slice(0, at < 0 ? marks.length : at).reverse();
  const next = ahead.find(shown);
  if (!next) return;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "center" });
  place(next);
};
document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "Escape") {
    root.classList.add("hush");
    document.activeElement?.blur();
  } else if (event.key === "n" || event.key === "j") step(1);
  else if (event.key === "p" || event.key === "k") step(-1);
});

const refresh = () => marks.forEach((mark) => (mark.tabIndex = shown(mark) ? 0 : -1));
document.querySelectorAll(".legend input").forEach((box) => box.addEventListener("change", refresh));
refresh();
addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((one) => (one.open = true)));
document.querySelectorAll(".with-script").forEach((hint) => (hint.hidden = false));
